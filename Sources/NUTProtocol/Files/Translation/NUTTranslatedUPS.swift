/// A UPS on its way into our format.
struct NUTTranslatedUPS: Hashable, Sendable {
    /// The name, NUT's and ours.
    var name: String
    /// Where its section begins, or the line that it was made of.
    var place: NUTFilePlace
    /// Where its settings stand.
    var places: [NUTFilePlace] = []
    /// Lines to stand above it.
    var comments: [String] = []
    /// What it is made of.
    var members: [RackDocument.Entry] = []
    /// What the device is recognised by, where our own driver reads it; two of the same are one device.
    var match: [RackDocument.Entry]?

    /// The UPS as an entry of `ups`.
    var entry: RackDocument.Entry {
        RackDocument.Entry(self.name, .group(self.members), comments: self.comments, from: self.place)
    }

    /// Adds a key with a single value.
    mutating func add(_ key: String, _ text: String, from place: NUTFilePlace? = nil) {
        self.members.append(RackDocument.Entry(key, .text(text), from: place))
    }

    /// Adds a key with keys below it, unless there are none.
    mutating func add(_ key: String, _ group: [RackDocument.Entry]) {
        if !group.isEmpty { self.members.append(RackDocument.Entry(key, .group(group))) }
    }
}

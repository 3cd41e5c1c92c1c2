public import PowerCore

/// What clients may read of all devices: one ``PowerCore/PowerSnapshot``, ready for the wire.
public struct Catalogue: Sendable {
    /// What the catalogue was made from.
    public let snapshot: PowerSnapshot
    /// The devices in the snapshot's order.
    let pages: [DevicePage]
    private let index: [String: Int]

    /// Prepares `snapshot`, taking over the pages of `previous` whose device has not changed.
    public init(_ snapshot: PowerSnapshot, reusing previous: Catalogue? = nil) {
        self.snapshot = snapshot
        var pages: [DevicePage] = []
        var index: [String: Int] = [:]
        for device in snapshot.devices {
            let name = DevicePage.wireName(device.id.name)
            guard name.count <= DevicePage.maximumNameBytes else { continue }
            let key = Self.key(name)
            let old = previous?.index[key].flatMap { previous?.pages[$0] }
            // Of two devices with one name the first is the one that clients get.
            if index[key] == nil { index[key] = pages.count }
            pages.append(old?.device == device ? old ?? DevicePage(device) : DevicePage(device))
        }
        self.pages = pages
        self.index = index
    }

    /// The device called `name`, without regard to case.
    func page(named name: ArraySlice<UInt8>) -> DevicePage? {
        self.index[Self.key(name)].map { self.pages[$0] }
    }

    /// Made of bytes that travel, so that a device and a request of the same key have names of the same length.
    private static func key(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name, as: UTF8.self).lowercased()
    }
}

public import PowerCore

/// What clients may read of all devices: one ``PowerCore/PowerSnapshot``, ready for the wire.
public final class Catalogue: Sendable {
    /// What the catalogue was made from.
    public let snapshot: PowerSnapshot
    /// The devices in the snapshot's order.
    let pages: [DevicePage]
    private let index: NameIndex

    /// Prepares `snapshot`, taking over the pages of `previous` whose device has not changed.
    public init(_ snapshot: PowerSnapshot, reusing previous: Catalogue? = nil) {
        self.snapshot = snapshot
        var pages: [DevicePage] = []
        pages.reserveCapacity(snapshot.devices.count)
        for device in snapshot.devices {
            let name = DevicePage.wireName(device.id.name)
            guard name.count <= DevicePage.maximumNameBytes else { continue }
            let old = previous?.page(named: name)
            pages.append(old?.device == device ? old ?? DevicePage(device) : DevicePage(device))
        }
        self.pages = pages
        // Of two devices with one name the first is the one that clients get.
        self.index = NameIndex(pages.map(\.name))
    }

    /// The device called `name`, without regard to case.
    func page(named name: ArraySlice<UInt8>) -> DevicePage? {
        let place = self.index.place(of: name) { ASCII.areSame(self.pages[$0].name, name) }
        return place.map { self.pages[$0] }
    }
}

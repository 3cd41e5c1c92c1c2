public import PowerCore
internal import Synchronization

/// What clients may read of all devices: one ``PowerCore/PowerSnapshot``, ready for the wire.
public final class Catalogue: Sendable {
    /// A device under another name.
    private struct Aliased: Sendable {
        var alias: Configuration.Alias
        var page: DevicePage
    }

    /// What the catalogue was made from.
    public let snapshot: PowerSnapshot
    /// Other names for devices.
    public let aliases: [Configuration.Alias]
    /// All devices, in the snapshot's order.
    private let pages: [DevicePage]
    private let index: NameIndex
    /// The devices that everybody is shown, in the same order.
    private let shown: [DevicePage]
    /// Their lines, written when somebody asks for them.
    private let shownLines = Mutex<[UInt8]?>(nil)
    /// The aliases whose device there is, in their order, by the name that is asked for.
    private let aliased: [String: [Aliased]]
    /// Those that only some clients are shown, in their order.
    private let bound: [Aliased]

    /// Prepares `snapshot`, taking over the pages of `previous` whose device has not changed.
    public init(
        _ snapshot: PowerSnapshot, aliases: [Configuration.Alias] = [], reusing previous: Catalogue? = nil
    ) {
        self.snapshot = snapshot
        self.aliases = aliases
        let pages = Self.pages(of: snapshot, reusing: previous)
        // Of two devices with one name the first is the one that clients get.
        let index = previous?.index(ifNamesAreThoseOf: pages) ?? NameIndex(pages.map(\.name))
        (self.pages, self.index) = (pages, index)
        self.shown = pages.filter { $0.device.id != ServerCommand.device }
        let made = aliases.compactMap { alias -> Aliased? in
            let target = Self.page(named: DevicePage.wireName(alias.device.name), in: pages, index)
            let key = Self.key(DevicePage.wireName(alias.name))
            let old = previous?.aliased[key]?.first { $0.alias == alias }
            return target.map { target in
                let kept = old.flatMap { $0.page.device == target.device ? $0.page : nil }
                return Aliased(alias: alias, page: kept ?? DevicePage(target.device, name: alias.name))
            }
        }
        self.aliased = Dictionary(grouping: made) { Self.key($0.page.name) }
        self.bound = made.filter { $0.alias.from != nil }
    }

    /// The device called `name`, without regard to case, as a client that comes from `address` knows it.
    func page(named name: ArraySlice<UInt8>, for address: String) -> DevicePage? {
        if !self.aliased.isEmpty,
            let found = self.aliased[Self.key(name)]?.first(where: { $0.alias.holds(for: address) })
        {
            return found.page
        }
        return Self.page(named: name, in: self.pages, self.index)
    }

    /// `UPS name "description"`, a line for each device that a client that comes from `address` is shown.
    func deviceLines(for address: String) -> [UInt8] {
        guard self.bound.isEmpty else { return self.pages(for: address).flatMap(\.deviceLine) }
        return self.shownLines.withLock { lines in
            let written = lines ?? self.shown.flatMap(\.deviceLine)
            lines = written
            return written
        }
    }

    /// The devices that a client that comes from `address` is shown, each once.
    ///
    /// An alias for some clients stands in place of its device there. One for everybody is not shown: whoever shows all
    /// devices would have the same one twice.
    func pages(for address: String) -> [DevicePage] {
        guard !self.bound.isEmpty else { return self.shown }
        var hidden: Set<String> = []
        let own = self.bound.filter { $0.alias.holds(for: address) && hidden.insert(Self.key($0.page.name)).inserted }
        return self.shown.flatMap { page -> [DevicePage] in
            let names = own.filter { $0.page.device.id == page.device.id }.map(\.page)
            guard names.isEmpty else { return names }
            return hidden.contains(Self.key(page.name)) ? [] : [page]
        }
    }

    /// With a thousand devices nearly all stay as they are, in their places.
    private static func pages(of snapshot: PowerSnapshot, reusing previous: Catalogue?) -> [DevicePage] {
        let former = previous?.pages ?? []
        return snapshot.devices.enumerated().compactMap { place, device in
            if place < former.count, former[place].device == device { return former[place] }
            let name = DevicePage.wireName(device.id.name)
            guard name.count <= DevicePage.maximumNameBytes else { return nil }
            let old = previous.flatMap { Self.page(named: name, in: $0.pages, $0.index) }
            return old?.device == device ? old : DevicePage(device)
        }
    }

    /// The index, where it serves for `pages` as well.
    private func index(ifNamesAreThoseOf pages: [DevicePage]) -> NameIndex? {
        let isSame =
            self.pages.count == pages.count
            && zip(self.pages, pages).allSatisfy { $0 === $1 || $0.name == $1.name }
        return isSame ? self.index : nil
    }

    private static func page(
        named name: ArraySlice<UInt8>, in pages: [DevicePage], _ index: NameIndex
    ) -> DevicePage? {
        index.place(of: name) { ASCII.areSame(pages[$0].name, name) }.map { pages[$0] }
    }

    private static func key(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name, as: UTF8.self).lowercased()
    }
}

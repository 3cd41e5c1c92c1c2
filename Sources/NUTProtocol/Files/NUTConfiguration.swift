/// NUT's configuration directory as values: what its server, its drivers and `upsmon` would read.
///
/// Pure: it is given the bytes of the files, opens nothing and never traps, whatever they are. What cannot be
/// understood, or could be understood in two ways, is left out of the values and stands in ``mistakes``.
public struct NUTConfiguration: Hashable, Sendable {
    /// Every directive of every file, in the order of the files and lines.
    public var directives: [NUTDirective] = []
    /// The options of `ups.conf` before its first section, which hold for all UPSes.
    public var options: [NUTUPS.Option] = []
    /// The UPSes of `ups.conf` that have a driver and a port and stand there once, in the order of the file.
    public var upses: [NUTUPS] = []
    /// The server's settings.
    public var server = NUTServerSettings()
    /// The users that stand once, in the order of the file.
    public var users: [NUTFileUser] = []
    /// What the host watches.
    public var monitor = NUTMonitor()
    /// What the host does after events.
    public var schedule = NUTSchedule()
    /// The variables of `nut.conf`, as they stand.
    public var environment: [NUTDirective] = []
    /// What is wrong, a note for each directive that is not in the values, in the order of the files.
    public var mistakes: [NUTFileNote] = []

    /// Makes a configuration in which nothing is set.
    public init() {}

    /// The last option of this name that holds for all UPSes.
    public func option(_ name: String) -> NUTUPS.Option? {
        self.options.last { $0.name.lowercased() == name.lowercased() }
    }

    /// The directive at `place`; nil where there is none.
    func directive(at place: NUTFilePlace) -> NUTDirective? { self.index(of: place).map { self.directives[$0] } }

    /// Where the directive at `place` is among ``directives``, which are in order: a file may have thousands.
    private func index(of place: NUTFilePlace) -> Int? {
        var range = 0..<self.directives.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if self.directives[middle].place == place { return middle }
            range = self.directives[middle].place < place ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// The directives below the `[name]` line at `place`, up to the next such line.
    func settings(below place: NUTFilePlace) -> ArraySlice<NUTDirective> {
        guard let start = self.index(of: place) else { return [] }
        return self.directives[(start + 1)...].prefix {
            $0.place.file == place.file && $0.shape != .section && $0.shape != .brokenSection
        }
    }

    /// Where the drivers' sockets are, as the server finds them: `upsd.conf` first; nil for NUT's built-in place.
    public var statePath: String? { self.server.statePath?.value ?? self.option("statepath")?.value }
}

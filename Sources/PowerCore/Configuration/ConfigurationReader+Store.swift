extension ConfigurationReader {
    /// Less than a day is gone before anybody looks; a hundred years are what a time can say.
    private static let keeps: ClosedRange<Duration> = .seconds(86400)...ConfigurationScalar.maximumDuration

    /// `store`: where the journal and the history are kept, and for how long.
    mutating func readStore(of file: inout ConfigurationSection) {
        guard var section = self.section("store", of: &file) else { return }
        let isMissing = !section.contains("path")
        let path = self.text("path", of: &section)
        let keep = self.duration("keep", of: &section, in: Self.keeps)
        self.finish(section)
        if isMissing {
            self.fail(section.mark, "store has no path", remedy: "add path: /var/lib/upsd-swift/events.sqlite")
        }
        guard let path else { return }
        guard self.isFile(path.value) else {
            self.fail(
                path.mark, "store: path is '\(path.value)'",
                remedy: "write a file such as /var/lib/upsd-swift/events.sqlite")
            return
        }
        self.configuration.store = Configuration.Store(
            path: path.value, keep: keep ?? Configuration.Store.defaultKeep)
    }

    /// `manager`: the host of this rack that the daemon runs on.
    mutating func readManager(of file: inout ConfigurationSection) {
        guard let manager = self.text("manager", of: &file) else { return }
        self.places[.manager] = manager.mark
        self.configuration.rack.manager = HostID(manager.value)
    }

    /// Whether a path can be that of a file: C's strings end with a zero byte, a folder's name may end with `/`, and
    /// only a shell knows what `~` is.
    func isFile(_ path: String) -> Bool {
        !path.utf8.contains(0) && !path.hasSuffix("/") && !path.hasPrefix("~")
    }
}

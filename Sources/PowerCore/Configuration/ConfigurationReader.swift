/// Reads the tree of a configuration file into values and names everything that is wrong with it in one go.
///
/// Pure: it opens nothing, and what it is given may be anything. A value that cannot be used is
/// replaced by a harmless one so that reading goes on; with one error the result has no configuration.
public struct ConfigurationReader: Sendable {
    /// More problems than anybody reads at once; a file that is something else altogether has thousands.
    static let maximumProblems = 200

    /// What has been found wrong so far.
    private(set) var problems: [ConfigurationProblem] = []
    /// What has been read so far.
    var configuration = Configuration()
    /// Where the parts of the rack stand in the file, for what the validation finds.
    var places: [RackValidation.Place: ConfigurationMark] = [:]
    /// The devices whose driver could not be read, of which nothing is said that follows from it.
    var unknownDrivers: Set<DeviceID> = []
    /// Where keys stand for the second time.
    var repeatedMarks: Set<ConfigurationMark> = []
    /// Where the password files and hashes of users stand.
    var passwordMarks: [String: ConfigurationMark] = [:]
    /// Where the files of the certificate are named.
    var tlsMarks: TLSMarks?
    /// The files that hosts name, for whoever looks at them.
    var hostFiles: [HostFile] = []
    /// Where aliases and their devices stand, in the order of the aliases.
    var aliasMarks: [(name: ConfigurationMark, device: ConfigurationMark)] = []
    /// The devices that users are limited to; looked at when all devices are known.
    var userDevices: [(user: String, device: String, mark: ConfigurationMark)] = []

    /// Begins with nothing read.
    private init() {}

    /// Reads the whole file; `root` is nil for a file with nothing in it.
    public static func read(_ root: ConfigurationNode?) -> ConfigurationReading {
        var reader = ConfigurationReader()
        reader.readFile(root ?? ConfigurationNode(.mapping([]), at: .start))
        let found = reader.sortedProblems()
        let isUsable = !found.contains { $0.severity == .error }
        return ConfigurationReading(
            configuration: isUsable ? reader.configuration : nil, problems: found,
            passwordMarks: reader.passwordMarks, tlsMarks: reader.tlsMarks, hostFiles: reader.hostFiles)
    }

    /// Reads the sections in an order in which each finds what it refers to, then looks at the rack as a whole.
    private mutating func readFile(_ root: ConfigurationNode) {
        guard var file = self.section("", root, at: root.mark) else { return }
        self.readServer(of: &file)
        self.readStore(of: &file)
        self.readUPSes(of: &file)
        self.readPDUs(of: &file)
        self.readGroups(of: &file)
        self.readTiers(of: &file)
        self.readConsumers(of: &file)
        self.readManager(of: &file)
        self.readPolicy(of: &file)
        self.readIgnored(of: &file)
        self.finish(file)
        self.fillMachines()
        self.checkUserDevices()
        self.checkAliases()
        self.checkEmulatedFeeds()
        self.checkRack()
    }

    /// Top-level sections that a later version reads; nothing that protects a host hangs on them.
    private mutating func readIgnored(of file: inout ConfigurationSection) {
        guard let entry = file.takeUnlisted("web") else { return }
        self.warn(entry.mark, "web is ignored: this version has no such part", remedy: "remove it")
    }

    /// Takes what the validation of the rack finds to the places where it stands in the file.
    private mutating func checkRack() {
        let outlets = Dictionary(
            self.configuration.pdus.map { ($0.rack.id, $0.outletCount) }, uniquingKeysWith: { first, _ in first })
        let validation = RackValidation(
            rack: self.configuration.rack, outlets: outlets, policy: self.configuration.policy)
        for problem in validation.problems() {
            let mark = self.places[problem.place] ?? .start
            // Two of one name in one group have been named as a key that stands twice.
            if problem.kind == .sameName, self.repeatedMarks.contains(mark) { continue }
            self.add(ConfigurationProblem(problem.severity, at: mark, problem.message, remedy: problem.remedy))
        }
    }

    /// The problems in the order of the file; with more than anybody reads, the first ones and a last word.
    private func sortedProblems() -> [ConfigurationProblem] {
        let sorted = self.problems.enumerated().sorted { ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset) }
        guard sorted.count > Self.maximumProblems else { return sorted.map(\.element) }
        // Errors first, so that warnings never hide the reason why there is no configuration.
        let kept = (sorted.filter { $0.element.severity == .error } + sorted.filter { $0.element.severity == .warning })
            .prefix(Self.maximumProblems).map(\.element)
        let last = kept.map(\.mark).max() ?? .start
        let rest = "\(sorted.count - kept.count) more problems are not shown"
        return kept + [ConfigurationProblem(.warning, at: last, rest, remedy: "mend these first")]
    }

    // What the sections use to say what they find.

    /// Takes note of a problem.
    mutating func add(_ problem: ConfigurationProblem) {
        self.problems.append(problem)
    }

    /// Takes note of an error.
    mutating func fail(_ mark: ConfigurationMark, _ message: String, remedy: String = "") {
        self.add(ConfigurationProblem(.error, at: mark, message, remedy: remedy))
    }

    /// Takes note of a warning.
    mutating func warn(_ mark: ConfigurationMark, _ message: String, remedy: String = "") {
        self.add(ConfigurationProblem(.warning, at: mark, message, remedy: remedy))
    }
}

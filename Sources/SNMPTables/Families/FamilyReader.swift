public import PowerCore

/// Reads a family's file, and names everything that is wrong with it in one go.
///
/// Pure, and what it is given may be anything: the file may be a user's.
public struct FamilyReader {
    /// What came of a file: the family, unless something is wrong, and what is.
    public struct Outcome: Hashable, Sendable {
        /// The family; nil where there is at least one problem.
        public var family: SNMPFamily?
        /// What is wrong, in the order of the file.
        public var problems: [ConfigurationProblem]

        /// Makes an outcome.
        public init(family: SNMPFamily?, problems: [ConfigurationProblem]) {
            self.family = family
            self.problems = problems
        }
    }

    /// More problems than anybody reads at once.
    static let mostProblems = 50
    /// Ranks a file may give itself; the families that come with the program stand between 10 and 90.
    static let ranks = 0...99
    /// What a file has that gives itself no rank.
    static let usualRank = 50

    var problems: [ConfigurationProblem] = []
    /// What names that begin with a point have in front of them.
    var base = ""

    private init() {}

    /// Reads the tree of a file; `root` is nil for a file with nothing in it.
    public static func read(_ root: ConfigurationNode?) -> Outcome {
        var reader = FamilyReader()
        let family = reader.family(root ?? ConfigurationNode(.mapping([]), at: .start))
        let problems = Array(reader.problems.sorted { $0.mark < $1.mark }.prefix(Self.mostProblems))
        return Outcome(family: problems.isEmpty ? family : nil, problems: problems)
    }

    private mutating func family(_ root: ConfigurationNode) -> SNMPFamily? {
        guard var file = self.section("", root) else { return nil }
        let name = self.text("family", of: &file, missing: "add family: and a name such as acme-strip")
        let title = self.text("title", of: &file)
        let kind = self.choice("kind", of: &file, SNMPFamily.Kind.self, missing: "add kind: pdu, or kind: ups")
        let rank = self.rank(of: &file)
        self.readBase(of: &file)
        let detect = self.objects("detect", of: &file)
        let variables = self.variables(of: &file)
        let status = self.status(of: &file)
        let outlets = self.outlets(of: &file)
        self.finish(&file)
        guard let name, let kind else { return nil }
        let family = SNMPFamily(
            name: name.value, title: title?.value ?? name.value, kind: kind, rank: rank, detect: detect,
            variables: variables, status: status, outlets: outlets)
        self.check(family, at: file.mark)
        return family
    }

    private mutating func check(_ family: SNMPFamily, at mark: ConfigurationMark) {
        if family.detect.isEmpty, family.outlets == nil {
            self.fail(
                mark, "nothing says how such a device is recognised",
                remedy: "add detect: with objects that only these devices have")
        }
        if family.kind == .ups, family.status.isEmpty {
            self.fail(mark, "a UPS needs status:", remedy: "say which numbers mean OL, OB and LB")
        }
    }

    private mutating func rank(of file: inout FamilySection) -> Int {
        guard let node = file.take("rank"), let value = self.whole("rank", node) else { return Self.usualRank }
        guard let rank = Int(exactly: value), Self.ranks.contains(rank) else {
            self.fail(node.mark, "rank is \(value)", remedy: "write a number from 0 to 99; lower is looked for first")
            return Self.usualRank
        }
        return rank
    }

    private mutating func readBase(of file: inout FamilySection) {
        guard let node = file.take("base"), let text = self.scalar("base", node) else { return }
        guard ObjectTemplate(text) != nil, !text.hasPrefix(".") else {
            self.fail(
                node.mark, "base is '\(text)'", remedy: "write the numbers in front of all others, as in 1.3.6.1.4.1.318")
            return
        }
        self.base = text
    }

    // MARK: Problems

    /// Takes note of an error.
    mutating func fail(_ mark: ConfigurationMark, _ message: String, remedy: String) {
        self.problems.append(ConfigurationProblem(.error, at: mark, message, remedy: remedy))
    }

    /// Names the keys that nobody has asked for.
    mutating func finish(_ section: inout FamilySection) {
        let known = section.known
        for entry in section.takeAll() {
            let near = Spelling.nearest(to: entry.key, among: known)
            let remedy =
                near.isEmpty ? "known: \(known.joined(separator: ", "))" : "did you mean \(near.joined(separator: " or "))?"
            self.fail(entry.mark, "unknown key \(section.label(entry.key))", remedy: remedy)
        }
    }
}

/// Why a plan cannot be built: everything that is wrong with it at once.
public struct LabPlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence for each thing that is wrong.
    public var problems: [String]

    /// The sentences, one a line.
    public var description: String { self.problems.joined(separator: "\n") }
}

import RackFile
public import SNMPTables

/// Reads the text of a family's file.
public enum FamilyFile {
    /// The largest file; ours have some 2 KiB.
    public static let longest = 64 * 1024

    /// Reads a whole file, with every problem of syntax and of meaning.
    public static func read(_ text: String) -> FamilyReader.Outcome {
        let tree = ConfigurationFile.tree(text)
        guard tree.problems.isEmpty else { return FamilyReader.Outcome(family: nil, problems: tree.problems) }
        return FamilyReader.read(tree.root)
    }
}

/// A piece of the configuration file as it was written, before anything is understood of it.
///
/// Scalars keep the text of the file: `3746` and `0463` are not numbers yet.
public struct ConfigurationNode: Hashable, Sendable {
    /// A key with its value.
    public struct Entry: Hashable, Sendable {
        /// The key's text.
        public var key: String
        /// Where the key stands.
        public var mark: ConfigurationMark
        /// What stands behind it.
        public var value: ConfigurationNode

        /// Makes an entry.
        public init(_ key: String, at mark: ConfigurationMark, _ value: ConfigurationNode) {
            self.key = key
            self.mark = mark
            self.value = value
        }
    }

    /// The three shapes.
    public enum Content: Hashable, Sendable {
        /// Keys with values, in the order of the file; a key may stand there twice, which is for the reader to say.
        case mapping([Entry])
        /// A list.
        case sequence([ConfigurationNode])
        /// A text; empty where nothing was written.
        case scalar(String)
    }

    /// Where it begins.
    public var mark: ConfigurationMark
    /// What it is.
    public var content: Content

    /// Makes a piece of a file.
    public init(_ content: Content, at mark: ConfigurationMark) {
        self.content = content
        self.mark = mark
    }

    /// What it is, for a sentence: `a list`.
    var shape: String {
        switch self.content {
        case .mapping: "a group of keys"
        case .sequence: "a list"
        case .scalar(let text): text.isEmpty ? "nothing" : "the text '\(text)'"
        }
    }

    /// Whether nothing was written where a value belongs.
    var isNothing: Bool {
        self.content == .scalar("") || self.content == .scalar("~") || self.content == .scalar("null")
    }
}

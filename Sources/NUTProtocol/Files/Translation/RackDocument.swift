public import PowerCore

/// A configuration of ours that is about to be written: keys in order, with comments, and where each came from.
public struct RackDocument: Hashable, Sendable {
    /// What stands behind a key.
    public indirect enum Value: Hashable, Sendable {
        /// A single value, as the format writes it (`15s`).
        case text(String)
        /// A list of single values.
        case list([String])
        /// Keys with values.
        case group([Entry])
    }

    /// A key with its value.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public var key: String
        /// What stands behind it.
        public var value: Value
        /// Lines to stand above it as comments.
        public var comments: [String]
        /// The directive it was made of; nil for what follows from several.
        public var place: NUTFilePlace?

        /// Makes an entry.
        public init(_ key: String, _ value: Value, comments: [String] = [], from place: NUTFilePlace? = nil) {
            self.key = key
            self.value = value
            self.comments = comments
            self.place = place
        }
    }

    /// The sections of the file.
    public var entries: [Entry] = []
    /// Lines to stand below everything as comments.
    public var remarks: [String] = []

    /// Makes a document with nothing in it.
    public init() {}

    /// The document as the reader of the configuration takes it; a mark is the line and column of the directive that
    /// the value was made of.
    public var node: ConfigurationNode { Self.node(.group(self.entries), at: .start) }

    private static func node(_ value: Value, at mark: ConfigurationMark) -> ConfigurationNode {
        switch value {
        case .text(let text): ConfigurationNode(.scalar(text), at: mark)
        case .list(let texts):
            ConfigurationNode(.sequence(texts.map { ConfigurationNode(.scalar($0), at: mark) }), at: mark)
        case .group(let entries):
            ConfigurationNode(
                .mapping(
                    entries.map { entry in
                        let place = entry.place?.mark ?? mark
                        return ConfigurationNode.Entry(entry.key, at: place, Self.node(entry.value, at: place))
                    }), at: mark)
        }
    }
}

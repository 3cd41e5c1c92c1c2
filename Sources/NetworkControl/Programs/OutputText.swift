/// What a program printed, from its beginning and as a whole, for a reader who needs every line.
struct OutputText: OutputSink {
    /// Bytes kept: a thousand for each of 64 outlets.
    static let kept = 65_536

    private(set) var bytes: [UInt8] = []
    /// Whether there was more than is kept.
    private(set) var isCut = false

    init() {}

    mutating func append(_ bytes: [UInt8]) {
        let room = Self.kept - self.bytes.count
        self.bytes.append(contentsOf: bytes.prefix(room))
        self.isCut = self.isCut || bytes.count > room
    }
}

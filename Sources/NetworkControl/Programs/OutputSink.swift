/// Keeps something of what a program prints, and not more than it has room for.
protocol OutputSink: Hashable, Sendable {
    init()
    /// Takes what was printed next.
    mutating func append(_ bytes: [UInt8])
}

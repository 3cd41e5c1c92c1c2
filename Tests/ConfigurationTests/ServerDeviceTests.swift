import Testing

@testable import upsd_swift

/// What a client is told of a reload that was refused.
@Suite struct ServerDeviceTests {
    @Test func `all lines that fit are told, and how many more there are`() {
        #expect(ServerDevice.text(of: ["a", "b"]) == "a | b")
        let lines = (1...9).map { String(repeating: "\($0)", count: 100) }
        let text = ServerDevice.text(of: lines)
        #expect(text.hasSuffix(" | 5 more in the log"))
        #expect(text.utf8.count <= ServerDevice.longestText + 40)
    }

    @Test func `a line that is too long is told all the same, for the reply cuts it`() {
        let long = String(repeating: "x", count: 1_000)
        #expect(ServerDevice.text(of: [long]) == long)
        #expect(ServerDevice.text(of: [long, "b"]) == long + " | 1 more in the log")
    }
}

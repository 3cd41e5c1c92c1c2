import Testing

@testable import NetworkControl

struct DeadlineTests {
    @Test func `work that is done in time is heard`() async {
        #expect(await decided(within: .seconds(60), otherwise: "late") { "done" } == "done")
    }

    @Test func `work that nothing ends is left alone`() async {
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        let answer = await decided(within: .milliseconds(10), otherwise: "late") {
            // A task of its own hears of no cancellation, like a system call that blocks.
            await Task { for await _ in never {} }.value
            return "done"
        }
        #expect(answer == "late")
        end.finish()
    }
}

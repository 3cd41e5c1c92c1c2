import Testing

@testable import PowerCore

struct InboxTests {
    @Test func `everything that has come is taken at once and in order`() async {
        let inbox = Inbox<Int>(limit: 8)
        for number in 1...3 { #expect(inbox.post(number)) }
        var bell = inbox.bell.makeAsyncIterator()
        #expect(await bell.next() != nil)
        #expect(inbox.take() == [1, 2, 3])
        #expect(inbox.take().isEmpty)
    }

    @Test func `what does not fit is refused, and there is room again when it has been emptied`() {
        let inbox = Inbox<Int>(limit: 2)
        #expect(inbox.post(1))
        #expect(inbox.post(2))
        #expect(!inbox.post(3))
        #expect(inbox.take() == [1, 2])
        #expect(inbox.post(4))
        #expect(inbox.take() == [4])
    }
}

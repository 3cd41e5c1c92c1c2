import NUTProtocol
import PowerCore
import Testing

struct TrackingTableTests {
    private let start = Moment(sinceOrigin: .seconds(100))

    @Test func `an order is pending until it has come out`() {
        var table = TrackingTable()
        table.begin("AB-1", at: self.start)
        #expect(table.state(of: "ab-1", at: self.start) == .pending)
        table.finish("ab-1", .failed("no"), at: self.start)
        #expect(table.state(of: "AB-1", at: self.start) == .finished(.failed("no")))
        #expect(table.state(of: "AB-2", at: self.start) == nil)
    }

    @Test func `an order that was refused is forgotten`() {
        var table = TrackingTable()
        table.begin("a", at: self.start)
        table.forget("a")
        table.finish("a", .done, at: self.start)
        #expect(table.state(of: "a", at: self.start) == nil)
        #expect(table.count == 0)
    }

    @Test func `an order that takes longer than outcomes are kept is pending all the time`() {
        var table = TrackingTable()
        table.begin("a", at: self.start)
        let late = self.start + TrackingTable.lifetime + .seconds(600)
        #expect(table.state(of: "a", at: late) == .pending)
        table.finish("a", .done, at: late)
        #expect(table.state(of: "a", at: late + TrackingTable.lifetime) == .finished(.done))
    }

    @Test func `an outcome is kept for its lifetime and no longer`() {
        var table = TrackingTable()
        table.begin("a", at: self.start)
        table.finish("a", .done, at: self.start)
        table.begin("b", at: self.start + .seconds(1))
        let end = self.start + TrackingTable.lifetime
        #expect(table.state(of: "a", at: end) == .finished(.done))
        #expect(table.state(of: "a", at: end + .milliseconds(1)) == nil)
        #expect(table.state(of: "b", at: end + .milliseconds(1)) == .pending)
        #expect(table.count == 1)
    }

    @Test func `beyond the limit the oldest is forgotten`() {
        var table = TrackingTable()
        for number in 0...TrackingTable.maximumEntries { table.begin("order-\(number)", at: self.start) }
        #expect(table.count == TrackingTable.maximumEntries)
        #expect(table.state(of: "order-0", at: self.start) == nil)
        #expect(table.state(of: "order-1", at: self.start) == .pending)
        #expect(table.state(of: "order-\(TrackingTable.maximumEntries)", at: self.start) == .pending)
    }
}

import NUTProtocol
import PowerCore
import Testing

struct PasswordBackOffTests {
    private func moment(_ seconds: Int) -> Moment { Moment(sinceOrigin: .seconds(seconds)) }

    @Test func `each wrong password of an address doubles the wait, up to four seconds`() {
        var backOff = PasswordBackOff()
        var waits: [Duration?] = []
        for second in 0..<7 {
            waits.append(backOff.failed("a", at: self.moment(second)))
            backOff.ended("a")
        }
        #expect(waits == [0.25, 0.5, 1, 2, 4, 4, 4].map { .seconds($0) })
        #expect(backOff.failed("b", at: self.moment(7)) == .milliseconds(250))
    }

    @Test func `an address that gave no wrong one for ten minutes is new`() {
        var backOff = PasswordBackOff()
        #expect(backOff.failed("a", at: self.moment(0)) == .milliseconds(250))
        #expect(backOff.failed("a", at: self.moment(600)) == .milliseconds(500))
        #expect(backOff.failed("a", at: self.moment(1_201)) == .milliseconds(250))
    }

    @Test func `eight answers of an address wait, the ninth is not given`() {
        var backOff = PasswordBackOff()
        for _ in 0..<PasswordBackOff.waitsOfOneAddress { #expect(backOff.failed("a", at: self.moment(0)) != nil) }
        #expect(backOff.failed("a", at: self.moment(0)) == nil)
        #expect(backOff.failed("b", at: self.moment(0)) != nil)
        backOff.ended("a")
        #expect(backOff.failed("a", at: self.moment(0)) == PasswordBackOff.longest)
    }

    @Test func `the address that failed longest ago makes room`() {
        var backOff = PasswordBackOff()
        for index in 0...PasswordBackOff.addresses { _ = backOff.failed("\(index)", at: self.moment(index)) }
        #expect(backOff.count == PasswordBackOff.addresses)
        #expect(backOff.failed("0", at: self.moment(2)) == .milliseconds(250))
        #expect(backOff.failed("1024", at: self.moment(1_024)) == .milliseconds(500))
    }

    @Test func `a wait that nobody began does no harm`() {
        var backOff = PasswordBackOff()
        backOff.ended("a")
        #expect(backOff.count == 0)
    }
}

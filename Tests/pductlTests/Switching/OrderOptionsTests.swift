import PowerCore
import Testing

@testable import pductl

@Suite struct OrderOptionsTests {
    @Test func `nothing said is no parameter, as old servers need it`() {
        #expect(OrderOptions().parameter(for: ["pve1"], isAlone: true) == nil)
    }

    @Test func `the parameter is words, the reason last`() throws {
        let options = try OrderOptions(
            forced: ["pve1"], reason: "disk swap", offTime: "15", delay: "1m", isNative: true, json: false)
        let text = options.parameter(for: ["pve1"], isAlone: true)
        #expect(text == "pve1 off-time=15 delay=60 native reason=disk swap")
        // The server reads what we write.
        let read = try OutletOptions(parameter: text)
        #expect(
            read
                == OutletOptions(
                    force: "pve1", offTime: .seconds(15), delay: .seconds(60), isNative: true, reason: "disk swap"))
    }

    @Test func `a delay alone is a bare number, as NUT has it`() throws {
        let options = try OrderOptions(delay: "30", json: false)
        #expect(options.parameter(for: [], isAlone: true) == "30")
        #expect(try OutletOptions(parameter: "30", isDelayed: true).delay == .seconds(30))
    }

    @Test func `a name goes with what it names, or with the only order`() throws {
        let options = try OrderOptions(forced: ["modem", "PVE1"], json: false)
        #expect(options.parameter(for: ["pve1", "rack-a/1"], isAlone: false) == "PVE1")
        #expect(options.parameter(for: ["storage"], isAlone: false) == nil)
        #expect(options.parameter(for: ["storage"], isAlone: true) == "modem")
    }

    @Test(arguments: ["soon", "", "1500ms", "-1", "1.5"]) func `what is no time in seconds is refused`(text: String) {
        #expect(Self.status { () throws(Outcome) in try OrderOptions(delay: text, json: false) } == .usage)
        #expect(Self.status { () throws(Outcome) in try OrderOptions(offTime: text, json: false) } == .usage)
    }

    @Test(arguments: ["line\nline", String(repeating: "x", count: 201), "\u{e9}"])
    func `a reason that cannot be sent is refused`(text: String) {
        #expect(Self.status { () throws(Outcome) in try OrderOptions(reason: text, json: false) } == .usage)
    }

    @Test(arguments: ["off-time=3", "a b", ""]) func `what is no name cannot be typed out`(text: String) {
        #expect(Self.status { () throws(Outcome) in try OrderOptions(forced: [text], json: false) } == .usage)
    }

    /// How a command with these options ends before it begins.
    private static func status(_ body: () throws(Outcome) -> OrderOptions) -> Ending {
        do throws(Outcome) {
            _ = try body()
            return .done
        } catch {
            return error.status
        }
    }

    @Test func `the longest reason is taken`() throws {
        let reason = String(repeating: "x", count: OrderOptions.maximumReason)
        #expect(try OrderOptions(reason: reason, json: false).reason == reason)
    }
}

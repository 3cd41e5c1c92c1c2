import NUTProtocol
import PowerCore
import Testing

extension DriverSession {
    /// How the data stands, without any effect on the session.
    var shown: Standing {
        var copy = self
        return copy.standing()
    }
}

/// A session and what a driver tells it.
private struct Conversation {
    var session = DriverSession(at: .origin)

    mutating func hear(_ text: String, at seconds: Int = 0) throws(DriverFault) -> [DriverSession.Answer] {
        try self.session.take(Array(text.utf8).span, at: Moment(sinceOrigin: .seconds(seconds)))
    }

    /// The state, where it is fresh.
    func state() -> SourcedState? {
        if case .fresh(let state) = self.session.shown { state } else { nil }
    }
}

/// What `dummy-ups` 2.8.0 answers to `DUMPALL`, shortened.
private let dump = """
    SETINFO ups.status "OL CHRG"
    SETFLAGS ups.status RW STRING
    SETAUX ups.status 32
    SETINFO ups.model "a \\"b\\" \\# c\\\\d"
    SETINFO battery.charge "87"
    SETFLAGS battery.charge RW NUMBER
    ADDCMD load.off
    DATAOK
    DUMPDONE

    """

@Test func `nothing is shown before the driver has told everything`() throws {
    var driver = Conversation()
    #expect(driver.session.shown == .incomplete)
    _ = try driver.hear("SETINFO ups.status \"OL\"\nDATAOK\n")
    #expect(driver.session.shown == .incomplete)
    _ = try driver.hear("DUMPDONE\n")
    #expect(driver.state()?.value("ups.status") == "OL")
}

@Test func `variables keep their kind, their length and the right to set them`() throws {
    var driver = Conversation()
    _ = try driver.hear(dump)
    #expect(
        driver.state()
            == SourcedState(
                variables: [
                    Variable("battery.charge", "87", kind: .number, isWritable: true),
                    Variable("ups.model", "a \"b\" # c\\d", kind: .number),
                    Variable("ups.status", "OL CHRG", kind: .string(maximumLength: 32), isWritable: true),
                ], commands: ["load.off"]))
}

@Test(arguments: [
    ("SETFLAGS a RW", "12.5", Variable.Kind.number), ("SETFLAGS a RW", "John", .string(maximumLength: 255)),
    ("SETFLAGS a RW NUMBER", "John", .number), ("SETFLAGS a RW STRING", "12.5", .string(maximumLength: 0)),
    ("SETFLAGS b RW", "John", .number),
])
func `a variable without a kind is what it holds, if it can be set`(
    flags: String, value: String, kind: Variable.Kind
) throws {
    var driver = Conversation()
    _ = try driver.hear("SETINFO a \"\(value)\"\n\(flags)\nDATAOK\nDUMPDONE\n")
    #expect(driver.state()?.variables.map(\.kind) == [kind])
}

@Test func `it does not matter how the stream is cut`() throws {
    var whole = Conversation()
    _ = try whole.hear(dump)
    var bytewise = Conversation()
    for byte in dump.utf8 { _ = try bytewise.session.take([byte].span, at: .origin) }
    #expect(bytewise.state() == whole.state())
}

@Test func `values and ranges to choose from come and go`() throws {
    var driver = Conversation()
    _ = try driver.hear(dump)
    _ = try driver.hear(
        "SETINFO input.sensitivity low\nADDENUM input.sensitivity low\nADDENUM input.sensitivity \"very high\"\n")
    #expect(
        driver.state()?.variables.first { $0.name == "input.sensitivity" }?.kind == .enumeration(["low", "very high"]))
    _ = try driver.hear("DELENUM input.sensitivity low\n")
    #expect(driver.state()?.variables.first { $0.name == "input.sensitivity" }?.kind == .enumeration(["very high"]))

    _ = try driver.hear("ADDRANGE battery.charge 10 20\nADDRANGE battery.charge 40 60\n")
    #expect(driver.state()?.variables.first?.kind == .range(10...60))
    _ = try driver.hear("DELRANGE battery.charge 40 60\n")
    #expect(driver.state()?.variables.first?.kind == .range(10...20))
    _ = try driver.hear("ADDRANGE battery.charge 9 1\nADDRANGE battery.charge a b\n")
    #expect(driver.state()?.variables.first?.kind == .range(10...20))
}

@Test func `variables and commands come and go, their names compared without case`() throws {
    var driver = Conversation()
    _ = try driver.hear(dump)
    _ = try driver.hear("DELINFO UPS.MODEL\nDELCMD Load.Off\nADDCMD test.battery.start\nSETINFO Battery.Charge 5\n")
    #expect(driver.state()?.variables.map(\.name) == ["battery.charge", "ups.status"])
    #expect(driver.state()?.value("battery.charge") == "5")
    #expect(driver.state()?.commands == ["test.battery.start"])
}

@Test func `a driver without good data says so, and when it has some again`() throws {
    var driver = Conversation()
    _ = try driver.hear(dump)
    _ = try driver.hear("DATASTALE\n")
    #expect(driver.session.shown == .stale)
    _ = try driver.hear("PONG\n")
    #expect(driver.session.shown == .stale)
    _ = try driver.hear("DATAOK\n")
    #expect(driver.state()?.value("battery.charge") == "87")
}

@Test func `a silent driver is asked once, and again when it has answered`() throws {
    var driver = Conversation()
    _ = try driver.hear(dump, at: 1)
    let moments = [3, 6, 7, 20].map { Moment(sinceOrigin: .seconds($0)) }
    let asked = moments.map { driver.session.shouldPing(at: $0, after: .seconds(5)) }
    #expect(asked == [false, true, false, false])
    _ = try driver.hear("PONG\n", at: 21)
    #expect(driver.session.lastHeard == Moment(sinceOrigin: .seconds(21)))
    let isAskedAgain = driver.session.shouldPing(at: Moment(sinceOrigin: .seconds(26)), after: .seconds(5))
    #expect(isAskedAgain)
}

@Test func `orders are quoted where they must be, and numbered`() {
    var driver = Conversation()
    let set = driver.session.order(["SET", "ups.id", "two words \"and\" #1"])
    #expect(
        String(decoding: set?.bytes ?? [], as: UTF8.self) == "SET ups.id \"two words \\\"and\\\" \\#1\" TRACKING 1\n")
    let command = driver.session.order(["INSTCMD", "load.off.delay", "30 s"])
    #expect(String(decoding: command?.bytes ?? [], as: UTF8.self) == "INSTCMD load.off.delay \"30 s\" TRACKING 2\n")
    let unsendable = driver.session.order(["SET", "ups.id", "Zürich"])
    #expect(unsendable == nil)
}

@Test(arguments: [
    ("0", DriverVerdict.done), ("1", .unknown), ("2", .invalid), ("3", .failed), ("4", .notConvertible),
])
func `what became of an order is known by its number`(code: String, verdict: DriverVerdict) throws {
    var driver = Conversation()
    let answers = try driver.hear("TRACKING 7 \(code)\nTRACKING 8 nine\nTRACKING 9\n")
    #expect(answers.map(\.order) == ["7"])
    #expect(answers.map(\.verdict) == [verdict])
}

import NUTProtocol
import PowerCore
import Testing

private func session(hearing text: String) throws(DriverFault) -> DriverSession {
    var session = DriverSession(at: .origin)
    _ = try session.take(Array(text.utf8).span, at: .origin)
    return session
}

@Test func `a driver with too many variables is not listened to`() throws {
    let enough = (1...DriverLimits.variables).map { "SETINFO v.\($0) 1\n" }.joined()
    _ = try session(hearing: enough + enough)
    #expect(throws: DriverFault.tooManyVariables) { try session(hearing: enough + "SETINFO one.more 1\n") }
}

@Test func `a driver with too many commands is not listened to`() throws {
    let enough = (1...DriverLimits.commands).map { "ADDCMD c.\($0)\n" }.joined()
    _ = try session(hearing: enough + enough)
    #expect(throws: DriverFault.tooManyCommands) { try session(hearing: enough + "ADDCMD one.more\n") }
}

@Test func `a driver with too many values to choose from is not listened to`() throws {
    let enough = "SETINFO v 1\n" + (1...DriverLimits.choices).map { "ADDENUM v \($0)\n" }.joined()
    _ = try session(hearing: enough)
    #expect(throws: DriverFault.tooManyChoices) { try session(hearing: enough + "ADDRANGE v 1 2\n") }
    // What is taken away makes room.
    _ = try session(hearing: enough + "DELINFO v\nSETINFO w 1\nADDENUM w 1\n")
}

@Test func `a line without an end is not waited for`() {
    let endless = String(repeating: "x", count: LineLimits.lineBytes + 1)
    #expect(throws: DriverFault.endlessLine) { try session(hearing: endless) }
}

@Test(arguments: [
    "SETINFO", "SETINFO ups.status", "SETAUX ups.status much", "ADDRANGE ups.status 1", "TRACKING", "NONSENSE a b c",
    "SETFLAGS never.told RW", "ADDENUM never.told 1", "SETINFO \"two words\" 1", "SETINFO \"\" 1", "", "\"#",
    "setinfo a b",
    "ADDRANGE ups.status -9223372036854775808 9223372036854775807", "SETAUX ups.status -1",
    "SETINFO " + String(repeating: "n", count: DriverLimits.nameBytes + 1) + " 1",
])
func `a line that makes no sense changes nothing that is shown`(line: String) throws {
    let begin = "SETINFO ups.status OL\nDUMPDONE\n"
    let before = try session(hearing: begin)
    let after = try session(hearing: begin + line + "\nPONG\n")
    if line.hasPrefix("ADDRANGE ups.status -9") { return }
    #expect(after.shown == before.shown)
}

@Test func `no bytes whatever trap`() {
    var random = SeededGenerator(seed: 3)
    let words = [
        "SETINFO", "ADDENUM", "DELENUM", "ADDRANGE", "SETAUX", "SETFLAGS", "ADDCMD", "DELINFO", "DUMPDONE", "a", "b",
    ]
    for _ in 0..<300 {
        var bytes: [UInt8] = []
        for _ in 0..<60 {
            if Bool.random(using: &random) {
                bytes += Array((words.randomElement(using: &random) ?? "a").utf8) + [0x20]
            } else {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            }
            if UInt8.random(in: 0...4, using: &random) == 0 { bytes.append(0x0A) }
        }
        var session = DriverSession(at: .origin)
        _ = try? session.take(bytes.span, at: .origin)
        _ = session.standing()
    }
}

import HIDReport
import Testing

struct UsageTests {
    @Test func `a usage has the name that NUT gives it`() {
        #expect(Usage(page: 0x84, id: 0x04).name == "UPS")
        #expect(Usage(page: 0x85, id: 0xd0).name == "ACPresent")
        #expect(Usage(page: 0x84, id: 0x6b).name == "SwitchOn/Off")
    }

    @Test func `a usage without a name shows eight digits`() {
        #expect(Usage(rawValue: 0xff86_0060).name == "ff860060")
        #expect(Usage(page: 0x84, id: 0xee).name == "008400ee")
        #expect(Usage(rawValue: 0).name == "00000000")
    }

    @Test func `names lead back to usages`() {
        #expect(Usage(named: "RemainingCapacity") == Usage(page: 0x85, id: 0x66))
        #expect(Usage(named: "ff860060") == Usage(rawValue: 0xff86_0060))
        #expect(Usage(named: "[4]")?.name == "[4]")
        #expect(Usage(named: "VoltageOutOfRange")?.page == 0x84)
    }

    @Test(arguments: ["", "Nonsense", "[]", "[70000]", "[-1]", "ff86006", "+f860060", "ups"])
    func `what is no name leads nowhere`(name: String) {
        #expect(Usage(named: name) == nil)
    }

    @Test(arguments: [
        "UPS.PowerSummary.PresentStatus.ACPresent", "UPS.Flow.[4].ConfigActivePower", "UPS.ff860005.ff86007c",
        "UPS.OutletSystem.Outlet.[1].PresentStatus.SwitchOn/Off",
    ])
    func `a path reads back as it is written`(text: String) throws {
        #expect(try #require(UsagePath(parsing: text)).description == text)
    }

    @Test(arguments: ["", "UPS.", ".UPS", "UPS..Voltage", "UPS.Nonsense"])
    func `what is no path is refused`(text: String) {
        #expect(UsagePath(parsing: text) == nil)
    }
}

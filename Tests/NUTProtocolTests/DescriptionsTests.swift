import NUTProtocol
import Testing

struct DescriptionsTests {
    @Test(arguments: [
        ("battery.charge", "Battery charge in percent"),
        ("Battery.Charge", "Battery charge in percent"),
        ("upstream.battery.charge", "Battery charge in percent"),
        ("outlet.1.status", "Whether this outlet is on"),
        ("outlet.128.status", "Whether this outlet is on"),
        ("outlet.group.2.status", "Whether this outlet group is on"),
        ("input.L1.voltage", "Input voltage in volts, L1"),
        ("output.l1-n.voltage", "Output voltage in volts, L1-N"),
        ("ambient.3.temperature", "Temperature at this sensor in degrees Celsius"),
    ])
    func `a variable of NUT's list has a sentence`(name: String, sentence: String) {
        #expect(Descriptions.variable(name) == sentence)
    }

    @Test func `a command of NUT's list has a sentence`() {
        #expect(Descriptions.command("outlet.12.load.cycle") == "Turn this outlet off and on again")
        #expect(Descriptions.command("LOAD.OFF") == "Cut the load at once")
    }

    @Test(arguments: ["", ".", "..", "battery", "outlet..status", "l1", "upstream", "battery.charge.", "load.off"])
    func `other names have none`(name: String) {
        #expect(Descriptions.variable(name) == nil)
    }
}

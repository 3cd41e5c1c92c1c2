import Testing

@testable import PowerCore

struct UPSStatusTests {
    private func words(_ conditions: [ConditionRule.Condition: Bool], charge: Double? = nil) -> String {
        let status = UPSStatus(conditions: conditions, charge: charge, isEmpty: false)
        return UPSReading(flags: status.flags).statusWords
    }

    @Test func `a device that tells nothing has no status`() {
        #expect(words([:]) == "")
    }

    @Test func `a device that only says that it discharges is on battery`() {
        #expect(words([.discharging: true]) == "OB DISCHRG")
        #expect(words([.discharging: false]) == "")
    }

    @Test func `a full battery does not charge`() {
        #expect(words([.online: true, .charging: true, .fullyCharged: true]) == "OL")
        #expect(words([.online: true, .charging: true, .fullyCharged: false]) == "OL CHRG")
    }

    @Test func `without a bit for full the charge decides whether it charges`() {
        #expect(words([.online: true, .charging: true], charge: 100) == "OL")
        #expect(words([.online: true, .charging: true], charge: 99) == "OL CHRG")
        #expect(words([.online: true, .charging: true], charge: 0) == "OL")
        #expect(words([.online: true, .charging: true]) == "OL CHRG")
    }

    @Test func `an empty battery gives nothing`() {
        #expect(words([.online: false, .discharging: true, .depleted: true]) == "OB")
    }

    @Test func `each low condition is a low battery`() {
        for condition: ConditionRule.Condition in [.lowBattery, .timeLimitExpired, .shutdownImminent] {
            #expect(words([.online: false, condition: true]) == "OB LB")
        }
    }

    @Test func `all other conditions have their word`() {
        let all: [ConditionRule.Condition: Bool] = [
            .online: true, .calibrating: true, .overload: true, .replaceBattery: true, .trim: true, .boost: true,
            .bypass: true, .off: true,
        ]
        #expect(words(all) == "OL CAL OVER RB TRIM BOOST BYPASS OFF")
    }

    @Test func `alarms stand in NUT's order`() {
        let status = UPSStatus(
            conditions: [.awaitingPower: true, .noBattery: true, .replaceBattery: true, .overheat: true], charge: nil,
            isEmpty: false)
        #expect(
            status.alarms == [
                "Replace battery!", "No battery installed!", "Temperature too high!", "Awaiting power!",
            ])
    }

    @Test func `an empty battery explains a worn and a missing one away, and nothing else`() {
        let status = UPSStatus(
            conditions: [.online: false, .replaceBattery: true, .noBattery: true, .shutdownImminent: true],
            charge: 1, isEmpty: true)
        #expect(status.alarms == ["Shutdown imminent!"])
        #expect(!status.flags.contains(.replaceBattery))
    }
}

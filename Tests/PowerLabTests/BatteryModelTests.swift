import PowerCore
import PowerLab
import Testing

private func river(charge: Percent = 100, limit: Percent = 0) -> BatteryModel {
    var battery = EmulatedUPSTraits.river3Plus(.current).battery
    battery.setCharge(charge)
    battery.dischargeLimit = limit
    return battery
}

private func minutes(_ duration: Duration?) -> Double {
    duration.map { $0 / .seconds(60) } ?? .nan
}

@Test(arguments: [(99.0, 187.0), (97.0, 184.0)])
func `80 W empty a River 3 Plus in the time that was measured`(charge: Double, measured: Double) {
    let runtime = minutes(river(charge: Percent(charge)).timeToEmpty(at: 80))
    #expect(abs(runtime - measured) <= 2)
}

@Test func `its own use empties a River 3 Plus in the time it shows on mains`() {
    #expect((2499.0...2559.0).contains(minutes(river().timeToEmpty(at: .zero))))
}

@Test(arguments: [0.0, 20.0])
func `the output ends at the discharge limit plus one percent`(limit: Double) {
    var battery = river(charge: 99, limit: Percent(limit))
    let end = minutes(battery.timeToCutOff(at: 80))
    battery.advance(by: .seconds(60 * (end - 1)), load: 80, mains: false)
    #expect(battery.isOutputLive)
    battery.advance(by: .seconds(120), load: 80, mains: false)
    #expect(!battery.isOutputLive)
    #expect(abs(battery.charge.value - (limit + 1)) < 0.001)
    #expect(battery.cutOff == Percent(limit + 1))
}

@Test func `the device promises the time under its limit too`() {
    let battery = river(charge: 50, limit: 20)
    #expect(minutes(battery.timeToEmpty(at: 80)) > minutes(battery.timeToCutOff(at: 80)) + 35)
}

@Test func `what ended stays ended until mains is back`() {
    var battery = river(charge: 2)
    battery.advance(by: .seconds(3600), load: 80, mains: false)
    let atEnd = battery
    battery.advance(by: .seconds(3600), load: 0, mains: false)
    #expect(battery == atEnd)
    battery.advance(by: .zero, load: 0, mains: true)
    #expect(battery.isOutputLive)
}

@Test func `mains that comes for a moment does not save an empty battery`() {
    var battery = river(charge: 0.5)
    battery.advance(by: .seconds(1), load: 80, mains: true)
    #expect(battery.isOutputLive)
    battery.advance(by: .milliseconds(250), load: 80, mains: false)
    #expect(!battery.isOutputLive)
}

@Test func `a battery below its limit charges on mains and keeps what it has without`() {
    var battery = river(charge: 10, limit: 20)
    battery.advance(by: .seconds(1), load: 80, mains: false)
    #expect(battery.charge == 10)
    battery.advance(by: .seconds(600), load: 80, mains: true)
    #expect(battery.charge > 20)
}

@Test func `charging slows down near full and ends there`() {
    var battery = river(charge: 20)
    battery.advance(by: .seconds(600), load: 200, mains: true)
    let early = battery.charge.value - 20
    battery.setCharge(90)
    battery.advance(by: .seconds(600), load: 200, mains: true)
    let late = battery.charge.value - 90
    #expect(battery.isCharging)
    #expect(late < early / 2)
    battery.advance(by: .seconds(3600), load: 200, mains: true)
    #expect(battery.isFull && !battery.isCharging)
    #expect(battery.charge == 100)
}

@Test func `a battery nearly full is not charged again`() {
    var battery = river(charge: 99)
    battery.advance(by: .seconds(60), load: 0, mains: true)
    #expect(!battery.isCharging && !battery.isFull)
    #expect(battery.charge == 99)
}

@Test func `many small steps come to what one large step comes to`() {
    var large = river(charge: 90)
    var small = large
    large.advance(by: .seconds(3600), load: 75, mains: false)
    for _ in 0..<14400 { small.advance(by: .milliseconds(250), load: 75, mains: false) }
    #expect(abs(large.charge.value - small.charge.value) < 1e-6)
}

@Test func `nonsense is taken as the nearest sense`() {
    let battery = BatteryModel(
        capacity: 0, efficiency: 0, selfConsumption: 0, charger: .init(power: 0, taperStart: 100))
    #expect(battery.charge == 0)
    #expect(battery.efficiency == 0.1)
    #expect(battery.drain(at: -5) == .zero)
    #expect(battery.timeToEmpty(at: .zero) == nil)
}

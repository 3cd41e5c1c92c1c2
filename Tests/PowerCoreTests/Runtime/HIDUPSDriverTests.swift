import PowerCore
import PowerLab
import Testing

@Test func `a UPS is found, read, and named`() async throws {
    let bench = DriverBench()
    let identity = await bench.next { if case .upsConnected(_, let identity) = $0 { identity } else { nil } }
    #expect(identity?.serial == "R631ZABAWH3B0001")
    let (reading, _) = try #require(await bench.nextReading())
    #expect(reading.flags.contains(.online))
    #expect(reading.variables.contains { $0.name == "battery.charge" && $0.value == "100" })
    #expect(reading.variables.contains { $0.name == "battery.type" && $0.value.isEmpty })
}

@Test func `mains lost is told at once where the device speaks, and within one poll where it does not`() async throws {
    for isSilent in [false, true] {
        let bench = DriverBench(isSilent: isSilent)
        _ = await bench.nextReading()
        let lost = bench.clock.now
        bench.port.update { $0.advance(by: .zero, load: 100, mains: false) }
        let (_, seen) = try #require(await bench.nextReading { $0.flags.contains(.onBattery) })
        #expect(seen - lost <= (isSilent ? .milliseconds(2100) : .zero))
    }
}

@Test(arguments: [DeviceFault.Kind.stall, .garbage, .short, .nak, .slow(.seconds(5))])
func `a device whose status cannot be read is named, and nothing it says counts as fresh`(
    kind: DeviceFault.Kind
) async throws {
    let bench = DriverBench(isSilent: true)
    _ = await bench.nextReading()
    bench.port.inject(DeviceFault(kind, report: 0x07))
    let failure = try #require(await bench.nextFailure())
    #expect(failure.device.contains("3746:ffff"))
    #expect([.stalled, .timedOut].contains(failure.kind))

    // Five more rounds: failures only, no reading between them.
    for _ in 0..<5 {
        let isReading = await bench.next { event -> Bool? in
            switch event {
            case .upsRead: true
            case .failed: false
            case .upsConnected, .upsUnavailable, .upsForced, .pduRead: nil
            }
        }
        #expect(isReading == false)
    }
    bench.port.heal()
    #expect(await bench.nextReading() != nil)
}

@Test func `a report that holds no status may fail without harm`() async throws {
    let bench = DriverBench(isSilent: true)
    _ = await bench.nextReading()
    bench.port.inject(DeviceFault(.stall, report: 0x0d))
    let (reading, _) = try #require(await bench.nextReading())
    #expect(reading.flags.contains(.online))
}

@Test func `unplugged and plugged in again three times, it is gone and comes back by itself`() async throws {
    let bench = DriverBench()
    _ = await bench.nextReading()
    for _ in 0..<3 {
        bench.port.unplug()
        #expect(await bench.nextFailure()?.kind == .gone)
        bench.port.plug()
        #expect(await bench.nextReading() != nil)
    }
}

@Test func `an absurd descriptor is refused with a remedy, and the healed device is taken`() async throws {
    let bench = DriverBench()
    _ = await bench.nextReading()
    bench.port.inject(DeviceFault(.absurdDescriptor))
    bench.port.unplug()
    bench.port.plug()
    let failure = await bench.next { event -> DeviceFailure? in
        if case .failed(_, let failure) = event, failure.kind == .notSupported { failure } else { nil }
    }
    #expect(failure?.remedy.isEmpty == false)
    bench.port.heal()
    #expect(await bench.nextReading() != nil)
}

@Test func `a limit is written to the device and read back`() async throws {
    let bench = DriverBench()
    _ = await bench.nextReading()
    try await bench.driver.set("battery.charge.low", to: "20")
    let (reading, _) = try #require(await bench.nextReading { $0.dischargeLimit == 20 })
    #expect(reading.variables.contains { $0.name == "battery.charge.low" && $0.value == "20" && $0.isWritable })
    await #expect(throws: DeviceFailure.self) { try await bench.driver.set("battery.charge", to: "20") }
    await #expect(throws: DeviceFailure.self) { try await bench.driver.run("load.off", parameter: nil) }
}

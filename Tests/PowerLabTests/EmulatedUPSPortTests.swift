import HIDReport
import PowerCore
import PowerLab
import Testing

private struct Bench {
    let clock = ManualClock()
    let port: EmulatedUPSPort

    init(isSilent: Bool = false) {
        let ups = EmulatedUPS(.river3Plus(.current), serial: "R631ZLAB00000001", charge: 90)
        self.port = EmulatedUPSPort("river", ups: ups, isSilent: isSilent, timekeeper: self.clock)
    }
}

private func failure(_ request: () async throws(DeviceFailure) -> some Any) async -> DeviceFailure? {
    do {
        _ = try await request()
        return nil
    } catch {
        return error
    }
}

private func charge(_ device: any HIDDevice) async throws(DeviceFailure) -> [UInt8] {
    try await device.getReport(.feature, id: 0x0c, length: 2)
}

@Suite(.timeLimit(.minutes(1)))
struct EmulatedUPSPortTests {
    @Test func `an open device answers with reports and strings`() async throws {
        let device = try await Bench().port.open()
        #expect(try await charge(device) == [0x0c, 90])
        #expect(try await device.getReport(.input, id: 0x0c, length: 64) == [0x0c, 90])
        #expect(try await device.getReport(.feature, id: 0x07, length: 1) == [0x07])
        #expect(try await device.string(at: 2) == "EF-UPS-RIVER 3 Plus")
        #expect(try await device.string(at: 5) == "")
        #expect(device.identity.serial == "R631ZLAB00000001")
        #expect(device.reportDescriptor.count == 403)
    }

    @Test func `what the device does not know it stalls`() async throws {
        let device = try await Bench().port.open()
        let unknown = await failure { () throws(DeviceFailure) in
            try await device.getReport(.feature, id: 0x30, length: 8)
        }
        #expect(unknown?.kind == .stalled)
        #expect(unknown?.description == "river (3746:ffff, port 1-1): GET_REPORT(feature, 0x30): stalled")
        #expect(await failure { () throws(DeviceFailure) in try await device.string(at: 9) }?.kind == .stalled)
        let set = await failure { () throws(DeviceFailure) in
            try await device.setReport(.output, id: 0x11, bytes: [0x11, 5])
        }
        #expect(set?.kind == .stalled)
    }

    @Test func `a discharge limit that was set is there afterwards`() async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        try await device.setReport(.feature, id: 0x11, bytes: [0x11, 20])
        #expect(try await device.getReport(.feature, id: 0x11, length: 2) == [0x11, 20])
        #expect(bench.port.ups.battery.cutOff == 21)
    }

    @Test func `only one may have the device open`() async throws {
        let port = Bench().port
        let first = try await port.open()
        #expect(await failure { () throws(DeviceFailure) in try await port.open() }?.kind == .busy)
        await first.close()
        await first.close()
        let second = try await port.open()
        #expect(await failure { () throws(DeviceFailure) in try await charge(first) }?.kind == .gone)
        await first.close()
        #expect(try await charge(second) == [0x0c, 90])
    }

    @Test func `an unplugged device is gone, and can be opened again when it is back`() async throws {
        let port = Bench().port
        for _ in 1...3 {
            let device = try await port.open()
            port.unplug()
            #expect(await failure { () throws(DeviceFailure) in try await charge(device) }?.kind == .gone)
            #expect(await failure { () throws(DeviceFailure) in try await port.open() }?.kind == .gone)
            for await _ in device.inputReports {}
            port.plug()
            #expect(await failure { () throws(DeviceFailure) in try await charge(device) }?.kind == .gone)
        }
    }

    @Test func `faults end by themselves after their count`() async throws {
        let port = Bench().port
        let device = try await port.open()
        port.inject(DeviceFault(.stall, count: 2))
        #expect(port.troubles == "stall, 2 more")
        for _ in 1...2 {
            #expect(await failure { () throws(DeviceFailure) in try await charge(device) }?.kind == .stalled)
        }
        #expect(try await charge(device) == [0x0c, 90])
        #expect(port.troubles == nil)
    }

    @Test func `a fault of one report leaves the others alone`() async throws {
        let port = Bench().port
        let device = try await port.open()
        port.inject(DeviceFault(.stall, report: 0x0c))
        #expect(await failure { () throws(DeviceFailure) in try await charge(device) }?.kind == .stalled)
        #expect(try await device.getReport(.feature, id: 0x11, length: 2) == [0x11, 0])
        #expect(port.troubles == "stall of report 0x0c")
        port.heal()
        #expect(try await charge(device) == [0x0c, 90])
    }

    @Test func `garbage has the right length and the wrong ID`() async throws {
        let port = Bench().port
        let device = try await port.open()
        port.inject(DeviceFault(.garbage))
        for _ in 1...300 {
            let reply = try await charge(device)
            #expect(reply.count == 2 && reply.first != 0x0c)
        }
        #expect(try await device.string(at: 2) != "EF-UPS-RIVER 3 Plus")
    }

    @Test func `a short reply is the ID alone`() async throws {
        let port = Bench().port
        let device = try await port.open()
        port.inject(DeviceFault(.short, count: 1))
        #expect(try await charge(device) == [0x0c])
        #expect(try await charge(device) == [0x0c, 90])
    }

    @Test func `an absurd descriptor comes with the next opening`() async throws {
        let port = Bench().port
        port.inject(DeviceFault(.absurdDescriptor, count: 1))
        let absurd = try await port.open()
        #expect(throws: ReportDescriptorError.self) { try ReportDescriptor(parsing: absurd.reportDescriptor) }
        #expect(try await charge(absurd) == [0x0c, 90])
        await absurd.close()
        #expect(try await port.open().reportDescriptor.count == 403)
    }

    @Test func `a slow device answers late, one request after the other`() async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        bench.port.inject(DeviceFault(.slow(.milliseconds(300))))
        async let first = charge(device)
        await bench.clock.sleepers(atLeast: 1)
        async let second = charge(device)
        await bench.clock.sleepers(atLeast: 2)
        bench.clock.advance(by: .milliseconds(300))
        #expect(try await first == [0x0c, 90])
        #expect(bench.clock.sleeperCount == 1)
        bench.clock.advance(by: .milliseconds(300))
        #expect(try await second == [0x0c, 90])
    }

    @Test(arguments: [DeviceFault.Kind.nak, .slow(.seconds(5))])
    func `a device that does not answer in time times out`(kind: DeviceFault.Kind) async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        bench.port.inject(DeviceFault(kind, count: 1))
        async let answer = failure { () throws(DeviceFailure) in try await charge(device) }
        await bench.clock.sleepers(atLeast: 1)
        bench.clock.advance(by: EmulatedUPSPort.transferTimeout)
        #expect(await answer?.kind == .timedOut)
        #expect(try await charge(device) == [0x0c, 90])
    }

    @Test func `a device that goes away in the middle of a transfer is gone`() async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        bench.port.inject(DeviceFault(.slow(.milliseconds(300))))
        async let answer = failure { () throws(DeviceFailure) in try await charge(device) }
        await bench.clock.sleepers(atLeast: 1)
        bench.port.unplug()
        bench.clock.advance(by: .milliseconds(300))
        #expect(await answer?.kind == .gone)
    }

    @Test func `a request given up ends at once`() async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        bench.port.inject(DeviceFault(.nak))
        let task = Task { await failure { () throws(DeviceFailure) in try await charge(device) } }
        await bench.clock.sleepers(atLeast: 1)
        task.cancel()
        #expect(await task.value?.kind == .timedOut)
        #expect(bench.clock.sleeperCount == 0)
    }

    @Test func `a change is sent as input reports, and only what changed`() async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        var reports = device.inputReports.makeAsyncIterator()
        bench.clock.advance(by: .seconds(5))
        bench.port.update { $0.advance(by: .zero, load: 80, mains: false) }
        let moment = Moment(sinceOrigin: .seconds(5))
        #expect(await reports.next() == ReceivedReport(bytes: [0x07, 0x0a, 0x00], moment: moment))
        #expect(await reports.next()?.bytes.first == 0x0d)
        bench.port.update { $0.advance(by: .zero, load: 80, mains: false) }
        bench.port.update { $0.battery.setCharge(50) }
        #expect(await reports.next()?.bytes == [0x0c, 50])
    }

    @Test func `a silent device sends nothing by itself, nor does one that stalls`() async throws {
        for bench in [Bench(isSilent: true), Bench()] {
            let device = try await bench.port.open()
            if !bench.port.isSilent { bench.port.inject(DeviceFault(.stall)) }
            bench.port.update { $0.advance(by: .zero, load: 80, mains: false) }
            bench.port.unplug()
            var count = 0
            for await _ in device.inputReports { count += 1 }
            #expect(count == 0)
        }
    }

    @Test func `a slow reader gets the newest input reports`() async throws {
        let bench = Bench()
        let device = try await bench.port.open()
        for index in 1...200 { bench.port.update { $0.battery.setCharge(Percent(Double(index % 2 == 0 ? 20 : 80))) } }
        bench.port.unplug()
        var count = 0
        for await _ in device.inputReports { count += 1 }
        #expect(count == EmulatedUPSPort.inputReportLimit)
    }

    @Test func `faults beyond the limit push out the oldest`() async throws {
        let port = Bench().port
        for id in 0...UInt8(EmulatedUPSPort.faultLimit) { port.inject(DeviceFault(.stall, report: id)) }
        let troubles = try #require(port.troubles)
        #expect(!troubles.contains("0x00"))
        #expect(troubles.split(separator: ",").count == EmulatedUPSPort.faultLimit)
    }

    @Test func `waiting for an arrival ends with it, or with the limit`() async throws {
        let bench = Bench()
        bench.port.unplug()
        _ = await failure { () throws(DeviceFailure) in try await bench.port.open() }
        async let arrival: Void = bench.port.waitForArrival(atMost: .seconds(30))
        await bench.clock.sleepers(atLeast: 1)
        bench.port.plug()
        try await arrival
        #expect(bench.clock.now == .origin)

        // Plugged in between the try and the wait: nothing is missed.
        try await bench.port.waitForArrival(atMost: .seconds(30))
        _ = try await bench.port.open()
        async let limit: Void = bench.port.waitForArrival(atMost: .seconds(30))
        await bench.clock.sleepers(atLeast: 1)
        bench.clock.advance(by: .seconds(30))
        try await limit
    }
}

import HIDReport
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices {
    @Suite struct Reports {
        @Test func `a report that is set is read back`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try await device.setReport(.feature, id: 0x11, bytes: [0x11, 25])
                let limit = try await device.getReport(.feature, id: 0x11, length: 2)
                #expect(limit == [0x11, 25])
                try await device.setReport(.feature, id: 0x11, bytes: [0x11, 10])
            }
        }

        @Test func `a report the device sends short comes short`() async throws {
            // River 3 Plus: ManufacturerDate has 2 bytes where the descriptor says 3.
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let date = try await device.getReport(.feature, id: 0x09, length: 3)
                #expect(date == [0x09, 0])
            }
        }

        @Test func `a report the device does not know is stalled`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let failure = await failure { _ = try await device.getReport(.feature, id: 200, length: 2) }
                #expect(failure?.kind == .stalled)
                #expect(failure?.detail == "GET_REPORT(feature, 0xc8): refused (LIBUSB_TRANSFER_STALL)")
                #expect(failure?.device.contains("R631ZABAWH3B0001") == true)
            }
        }

        @Test func `one stall does no harm to the next request`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault get_report stall times=1")
                let failure = await failure {
                    _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                }
                #expect(failure?.kind == .stalled)
                let charge = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                #expect(charge == [EmulatedDevices.charge, 100])
            }
        }

        @Test func `an answer that never comes is a time-out, and the next request is answered`() async throws {
            let options = USBOptions(timeout: .milliseconds(200))
            try await withDevice(EmulatedDevices.ups, named: "ups", options: options) { device in
                try Emulator.tell("ups fault get_report nak times=1")
                let start = ContinuousClock.now
                let failure = await failure {
                    _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                }
                #expect(failure?.kind == .timedOut)
                #expect(ContinuousClock.now - start >= .milliseconds(200))
                let charge = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                #expect(charge.count == 2)
            }
        }

        @Test func `an answer within the time-out is waited for`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault get_report delay 200 times=1")
                let charge = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                #expect(charge.count == 2)
            }
        }

        @Test(arguments: [("zero", 0), ("garbage 1", 1), ("garbage 7", 7), ("short 1", 1)])
        func `an answer of any length comes as it is`(_ fault: String, _ count: Int) async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault get_report \(fault) times=1")
                let answer = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 8)
                #expect(answer.count == count)
            }
        }

        @Test func `an answer longer than asked for is cut or an error, never more`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault get_report garbage 60 times=1")
                do {
                    let answer = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 4)
                    #expect(answer.count <= 4)
                } catch let failure as DeviceFailure {
                    #expect(failure.kind == .stalled)
                }
            }
        }

        @Test func `another report than asked for comes as it is`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault get_report hex 0700ff times=1")
                let answer = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 3)
                #expect(answer == [0x07, 0x00, 0xff])
            }
        }

        @Test func `a broken transfer is stalled and names the cable`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault get_report error 71 times=1")
                let failure = await failure {
                    _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                }
                #expect(failure?.kind == .stalled)
                #expect(failure?.remedy == "check cable and hub")
            }
        }

        @Test func `a report too long to be sent is refused before it is tried`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let bytes = [UInt8](repeating: 1, count: USBControlRequest.maximumLength + 1)
                let failure = await failure { try await device.setReport(.feature, id: 1, bytes: bytes) }
                #expect(failure?.kind == .notSupported)
            }
        }

        @Test func `hundreds of requests at once take turns and each gets its own answer`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let ids: [UInt8] = [0x01, 0x07, 0x0a, 0x0c, 0x0d, 0x11]
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<300 {
                        let id = ids[index % ids.count]
                        group.addTask {
                            let report = try await device.getReport(.feature, id: id, length: 3)
                            #expect(report.first == id)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        @Test func `requests beyond the limit are refused at once and the others answered`() async throws {
            let options = USBOptions(timeout: .seconds(30))
            try await withDevice(EmulatedDevices.ups, named: "ups", options: options) { device in
                try Emulator.tell("ups fault get_report nak times=1")
                let beyond = 20
                let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for _ in 0..<(1 + USBConnection.waitingLimit + beyond) {
                        group.addTask {
                            do throws(DeviceFailure) {
                                _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                                return true
                            } catch {
                                #expect(error.kind == .busy)
                                return false
                            }
                        }
                    }
                    // The first request hangs, so only those that are refused end.
                    for _ in 0..<beyond { #expect(try await group.next() == false) }
                    try Emulator.tell("ups clear")
                    return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(answered == 1 + USBConnection.waitingLimit)
            }
        }

        @Test func `a device that hangs does not delay another`() async throws {
            let context = USBContext()
            let office = try await source(EmulatedDevices.office, in: context).open()
            try await withDevice(EmulatedDevices.ups, named: "ups", in: context) { device in
                try Emulator.tell("ups fault get_report nak times=1")
                async let hanging = failure {
                    _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                }
                let start = ContinuousClock.now
                for _ in 0..<5 { _ = try await office.getReport(.feature, id: 12, length: 4) }
                #expect(ContinuousClock.now - start < USBOptions.defaultTimeout)
                #expect(await hanging?.kind == .timedOut)
            }
            await office.close()
        }
    }
}

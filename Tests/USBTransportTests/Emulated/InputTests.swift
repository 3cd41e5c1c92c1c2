import Dispatch
import HIDReport
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices {
    @Suite struct Input {
        @Test func `what the device says by itself arrives with its moment`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups ac lost")
                var reports: [ReceivedReport] = []
                for await report in device.inputReports {
                    reports.append(report)
                    if report.bytes.first == EmulatedDevices.status { break }
                }
                try Emulator.tell("ups ac restored")
                // Discharging, battery present; fully charged still.
                #expect(reports.last?.bytes == [EmulatedDevices.status, 0x0a, 0x01])
                #expect(reports.last?.moment ?? .origin > .origin)
            }
        }

        @Test func `what nobody reads is kept up to the limit, the newest of it`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let sent = USBDevice.inputReportLimit + 20
                let before = try Emulator.count(of: "ep:81", on: "ups")
                for number in 0..<sent {
                    try Emulator.tell("ups send 0c\(number < 16 ? "0" : "")\(String(number, radix: 16))")
                    // The emulator itself keeps no more than 64: each is to be taken before the next.
                    try await eventually("the report is taken") {
                        try Emulator.count(of: "ep:81", on: "ups") > before + number
                    }
                }
                await device.close()
                let kept = await device.inputReports.reduce(into: [UInt8]()) { $0.append($1.bytes.last ?? 0) }
                #expect(kept == (sent - USBDevice.inputReportLimit..<sent).map { UInt8($0) })
            }
        }

        @Test func `a stalled endpoint is cleared and goes on`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                try Emulator.tell("ups fault interrupt stall times=1")
                try Emulator.tell("ups send 0c2a")
                var reports = device.inputReports.makeAsyncIterator()
                #expect(await reports.next()?.bytes == [0x0c, 0x2a])
            }
        }

        @Test func `an endpoint that only stalls is left alone, and reports asked for still come`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let before = try Emulator.count(of: "ep:81", on: "ups")
                try Emulator.tell("ups fault interrupt stall")
                // The one that waits meets the fault too, and then all retries.
                let tries = 1 + USBConnection.inputRetryLimit
                try await eventually("all retries") { try Emulator.count(of: "ep:81", on: "ups") == before + tries }
                let charge = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                #expect(charge == [EmulatedDevices.charge, 100])
                #expect(try Emulator.count(of: "ep:81", on: "ups") == before + tries)
            }
        }

        @Test func `an empty or oversized report arrives as it is`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                var reports = device.inputReports.makeAsyncIterator()
                try Emulator.tell("ups send 0c")
                #expect(await reports.next()?.bytes == [0x0c])
                try Emulator.tell("ups send \(String(repeating: "ff", count: 64))")
                #expect(await reports.next()?.bytes.count == 64)
            }
        }

        @Test func `where the endpoint is not to be read, it is not`() async throws {
            let before = try Emulator.count(of: "ep:81", on: "ups")
            let options = USBOptions(readsInputReports: false)
            try await withDevice(EmulatedDevices.ups, named: "ups", options: options) { device in
                _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                #expect(try Emulator.count(of: "ep:81", on: "ups") == before)
            }
        }

        @Test func `the reports end when the device is closed`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                async let end: Void = { for await _ in device.inputReports {} }()
                await device.close()
                await end
            }
        }

        @Test(arguments: [(1, 50), (2, 100), (5, 800), (0, 50), (1000, 1600)])
        func `each retry waits twice as long as the one before`(_ retry: Int, _ milliseconds: Int) {
            #expect(USBConnection.delay(beforeRetry: retry) == .milliseconds(milliseconds))
        }
    }
}

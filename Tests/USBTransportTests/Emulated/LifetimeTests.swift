import Glibc
import HIDReport
import PowerCore
import Synchronization
import Testing

@testable import USBTransport

extension EmulatedDevices {
    @Suite struct Lifetime {
        @Test func `unplugging ends the transfer that waits, and the input reports`() async throws {
            let device = try await source(EmulatedDevices.ups).open()
            try Emulator.tell("ups fault get_report nak times=1")
            async let waiting = failure {
                _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
            }
            try await eventually("the request is out") { try Emulator.tell("ups faults").contains(#""hits": 1"#) }
            let start = ContinuousClock.now
            try Emulator.tell("ups unplug")
            #expect(await waiting?.kind == .gone)
            #expect(ContinuousClock.now - start < USBOptions.defaultTimeout)
            for await _ in device.inputReports {}
            let after = await failure {
                _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
            }
            #expect(after?.kind == .gone)
            await device.close()
            await device.close()
            try Emulator.tell("ups clear")
            try Emulator.tell("ups plug")
            await (try await openPlugged(source(EmulatedDevices.ups))).close()
        }

        @Test(.enabled(if: Emulator.tellsArrivals, "no udev runs"))
        func `plugging in wakes who waits for it`() async throws {
            let context = USBContext()
            let ups = try source(EmulatedDevices.ups, in: context)
            await (try await ups.open()).close()
            try Emulator.tell("ups unplug")
            _ = await failure { _ = try await ups.open() }
            let start = ContinuousClock.now
            async let arrival: Void = ups.waitForArrival(atMost: .seconds(60))
            try Emulator.tell("ups plug")
            try await arrival
            #expect(ContinuousClock.now - start < .seconds(30))
            await (try await openPlugged(ups)).close()
        }

        @Test func `waiting ends at the limit and with its task`() async throws {
            let context = USBContext()
            let nothing = try source(USBMatch([.vendorID: "0764"]), in: context)
            _ = await failure { _ = try await nothing.open() }
            try await nothing.waitForArrival(atMost: .milliseconds(50))
            let waiting = Task { try await nothing.waitForArrival(atMost: .seconds(60)) }
            try await eventually("it waits") { context.arrivals.waiterCount == 1 }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(context.arrivals.waiterCount == 0)
        }

        @Test func `replugging again and again leaves no file and no thread behind`() async throws {
            let context = USBContext()
            let ups = try source(EmulatedDevices.ups, in: context)
            var counts: [[Int]] = []
            for _ in 0..<4 {
                let device = try await openPlugged(ups)
                _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                counts.append([Self.entries(of: "/proc/self/fd"), Self.eventThreads()])
                try Emulator.tell("ups unplug")
                for await _ in device.inputReports {}
                await device.close()
                _ = await failure { _ = try await ups.open() }
                try Emulator.tell("ups plug")
            }
            await (try await openPlugged(ups)).close()
            #expect(Set(counts.dropFirst()).count == 1, "\(counts)")
            #expect(counts.allSatisfy { $0.last == 1 }, "\(counts)")
            await context.shutDown()
            #expect(Self.eventThreads() == 0)
        }

        @Test(.disabled(if: Self.isSanitized, "a sanitizer keeps freed memory"))
        func `opening and closing many times leaves no memory behind`() async throws {
            let context = USBContext()
            let ups = try source(EmulatedDevices.ups, in: context)
            func cycle() async throws {
                let device = try await ups.open()
                _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                await device.close()
            }
            var pages = [Self.residentPages()]
            for _ in 0..<5 {
                for _ in 0..<60 { try await cycle() }
                pages.append(Self.residentPages())
            }
            // Memory grows for a while as new threads get their own; a leak grows in every round: connections that stay
            // would be transfers, buffers and descriptors of 3 kB each, 45 pages a round.
            let growth = zip(pages, pages.dropFirst()).map { $1 - $0 }
            #expect(growth.min() ?? 0 < 20, "\(pages)")
        }

        @Test func `closing while requests wait ends them all and gives the device back`() async throws {
            for _ in 0..<10 {
                let device = try await source(EmulatedDevices.office).open()
                let outcomes = await withTaskGroup(of: DeviceFailure.Kind?.self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            do throws(DeviceFailure) {
                                _ = try await device.getReport(.feature, id: 12, length: 4)
                                return nil
                            } catch {
                                return error.kind
                            }
                        }
                    }
                    for _ in 0..<3 {
                        group.addTask {
                            await device.close(); return nil
                        }
                    }
                    return await group.reduce(into: Set<DeviceFailure.Kind?>()) { $0.insert($1) }
                }
                #expect(outcomes.isSubset(of: [nil, .gone]))
                #expect(try Emulator.tell("office drivers") == #"["usbhid"]"#)
            }
        }

        @Test func `unplugging while it is being closed and used harms nobody`() async throws {
            let context = USBContext()
            let ups = try source(EmulatedDevices.ups, in: context)
            for _ in 0..<5 {
                let device = try await openPlugged(ups)
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            _ = try? await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
                        }
                    }
                    group.addTask { _ = try? Emulator.tell("ups unplug") }
                    group.addTask { await device.close() }
                }
                try Emulator.tell("ups plug")
            }
            await (try await openPlugged(ups)).close()
        }

        @Test func `a device that hangs while it is given back keeps no other from being opened`() async throws {
            let context = USBContext()
            let office = try await source(EmulatedDevices.office, in: context).open()
            // The kernel asks for the descriptors again when its driver comes back, and waits 5 s for each.
            try Emulator.tell("office fault get_descriptor nak")
            let ending = Ending()
            let closing = Task {
                await office.close()
                ending.hasCome.store(true, ordering: .releasing)
            }
            try await eventually("the kernel's driver tries it") {
                try Emulator.tell("office drivers") == #"["usbhid"]"#
            }
            let ups = try await source(EmulatedDevices.ups, in: context).open()
            await ups.close()
            // Through umockdev there is no kernel that tries its driver.
            #expect(!ending.hasCome.load(ordering: .acquiring) || !Emulator.hasKernel)
            try Emulator.tell("office clear")
            await closing.value
        }

        private final class Ending: Sendable {
            let hasCome = Atomic(false)
        }

        @Test func `a device that is dropped gives itself back`() async throws {
            try await self.openAndDrop()
            try await eventually("it is given back") { try Emulator.tell("office drivers") == #"["usbhid"]"# }
        }

        @Test func `access that is shut down ends when the last device closes, and opens nothing`() async throws {
            let context = USBContext()
            let device = try await source(EmulatedDevices.ups, in: context).open()
            await context.shutDown()
            let charge = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2)
            #expect(charge.count == 2)
            let failure = await failure { _ = try await source(EmulatedDevices.twin, in: context).open() }
            #expect(failure?.kind == .gone)
            await device.close()
            #expect(Self.eventThreads() == 0)
            let late = await Self.failureOfClosed(device)
            #expect(late?.detail == "GET_REPORT(feature, 0x0c): the device has been closed")
        }

        private static func failureOfClosed(_ device: any HIDDevice) async -> DeviceFailure? {
            await failure { _ = try await device.getReport(.feature, id: EmulatedDevices.charge, length: 2) }
        }

        private func openAndDrop() async throws {
            _ = try await source(EmulatedDevices.office).open()
        }

        private static func entries(of directory: String) -> Int {
            guard let stream = opendir(directory) else { return -1 }
            defer { closedir(stream) }
            var count = 0
            while readdir(stream) != nil { count += 1 }
            return count
        }

        /// Whether a sanitizer is built in, which has its own idea of memory.
        static let isSanitized = dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil

        /// Pages of 4 kB of this process that are in memory.
        private static func residentPages() -> Int {
            let words = Self.text(of: "/proc/self/statm").split(separator: " ")
            return words.count > 1 ? Int(words[1]) ?? 0 : 0
        }

        /// Threads of this process that handle events of libusb.
        private static func eventThreads() -> Int {
            guard let stream = opendir("/proc/self/task") else { return -1 }
            defer { closedir(stream) }
            var count = 0
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if Self.text(of: "/proc/self/task/\(name)/comm").trimmed == USBEventThread.name { count += 1 }
            }
            return count
        }

        private static func text(of path: String) -> String {
            let file = Glibc.open(path, O_RDONLY)
            guard file >= 0 else { return "" }
            defer { Glibc.close(file) }
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = read(file, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
    }
}

import Glibc
import PowerCore
import Testing

@testable import USBTransport

/// Debian's usbrelay and sispmctl, which nobody here wrote, on the same devices: one needs the kernel's hidraw, the other its
/// usbfs as it really is.
extension EmulatedDevices {
    @Suite(.enabled(if: Emulator.hasKernel, "needs a real kernel: Tests/usb/test.sh --guest"))
    struct OtherPrograms {
        /// What a program prints.
        static func output(_ command: String) throws -> [Substring] {
            let pipe = try #require(popen("\(command) 2>&1", "r"))
            var text: [UInt8] = []
            while case let byte = fgetc(pipe), byte >= 0 { text.append(UInt8(truncatingIfNeeded: byte)) }
            pclose(pipe)
            return String(decoding: text, as: UTF8.self).split(separator: "\n")
        }

        static func isInstalled(_ program: String) -> Bool { access("/usr/bin/\(program)", X_OK) == 0 }

        /// The relays of a board by usbrelay's word (`HURTM_1=1`); it sees a board once the kernel's driver has it.
        static func relays(of id: String, count: Int) async throws -> [OutletPosition] {
            var lines: [Substring] = []
            try await eventually("usbrelay finds \(id)") {
                lines = try Self.output("usbrelay").filter { $0.hasPrefix("\(id)_") }
                return lines.count == count
            }
            return lines.sorted().map { $0.hasSuffix("=1") ? .on : .off }
        }

        /// The outlets of the strip by sispmctl's word (`Status of outlet 1:   on`).
        static func outlets() throws -> [OutletPosition] {
            try Self.output("sispmctl -g all").filter { $0.hasPrefix("Status of outlet") }
                .map { $0.hasSuffix("on") ? .on : .off }
        }

        /// Patterns of four outlets, and each the other way round.
        static let patterns: [[OutletPosition]] = [[.on, .off, .on, .off], [.off, .on, .on, .on]]

        static func turned(_ pattern: [OutletPosition]) -> [OutletPosition] { pattern.map { $0 == .on ? .off : .on } }

        /// Has us switch, and says what we read then.
        static func switched(_ outlets: any HeldOutlets, _ pattern: [OutletPosition]) async throws -> [OutletPosition?]
        {
            try await Outlets.held(outlets) {
                for (index, position) in pattern.enumerated() { try await outlets.turn(index + 1, position) }
                return try await outlets.read().outlets.map(\.position)
            }
        }

        @Test(
            .enabled(if: isInstalled("usbrelay"), "Debian's usbrelay is not installed"), arguments: Self.patterns)
        func `usbrelay says of every relay what we say, whoever has switched it`(pattern: [OutletPosition]) async throws
        {
            #expect(try await Self.switched(try Outlets.board("HURTM"), pattern) == pattern)
            #expect(try await Self.relays(of: "HURTM", count: 4) == pattern)
            for (index, position) in Self.turned(pattern).enumerated() {
                _ = try Self.output("usbrelay HURTM_\(index + 1)=\(position == .on ? 1 : 0)")
            }
            #expect(try await Self.relays(of: "HURTM", count: 4) == Self.turned(pattern))
            let ours = try Outlets.board("HURTM")
            let read = try await Outlets.holding("board", ours) { try await ours.read().outlets.map(\.position) }
            #expect(read == Self.turned(pattern))
        }

        @Test(
            .enabled(if: isInstalled("sispmctl"), "Debian's sispmctl is not installed"), arguments: Self.patterns)
        func `sispmctl says of every outlet what we say, whoever has switched it`(pattern: [OutletPosition])
            async throws
        {
            #expect(try await Self.switched(try Outlets.strip(), pattern) == pattern)
            #expect(try Self.outlets() == pattern)
            for (index, position) in Self.turned(pattern).enumerated() {
                _ = try Self.output("sispmctl -\(position == .on ? "o" : "f") \(index + 1)")
            }
            #expect(try Self.outlets() == Self.turned(pattern))
            let ours = try Outlets.strip()
            let read = try await Outlets.holding("strip", ours) { try await ours.read().outlets.map(\.position) }
            #expect(read == Self.turned(pattern))
        }

        @Test(.enabled(if: isInstalled("sispmctl"), "Debian's sispmctl is not installed"))
        func `sispmctl knows the strip by the serial number that we show, and its mains as we do`() async throws {
            for (state, word, voltage) in [("lost", "off", "critical-low"), ("restored", "on", "good")] {
                try Emulator.tell("strip ac \(state)")
                let ours = try Outlets.strip()
                let reading = try await Outlets.held(ours) { try await ours.read() }
                let serial = try #require(reading.variables.first { $0.name == "device.serial" }?.value)
                #expect(try Self.output("sispmctl -s").contains { $0.hasSuffix(serial) })
                let mains = try Self.output("sispmctl -m 1").filter { $0.hasPrefix("Power supply status") }
                #expect(mains.map { $0.hasSuffix(word) } == [true])
                #expect(reading.variables.contains(Variable(PowerStripOutlets.mainsVariable, voltage)))
            }
        }
    }
}

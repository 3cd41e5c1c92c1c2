import PowerCore
import Testing

@testable import USBTransport

/// The drivers of boards and strips on emulated devices: board (HURTM, 4 relays), pair (QAAMZ, 2 relays), gadget (the same
/// numbers, and no board), strip (four outlets).
extension EmulatedDevices {
    @Suite struct Outlets {
        static let clock = ContinuousTimekeeper()

        /// A source of boards; with an id only of the one that has it.
        static func boards(
            _ id: String? = nil, port: USBPortPath? = nil, in context: USBContext = USBContext()
        ) throws -> USBDeviceSource {
            var fields = [USBMatch.Field.product: USBDeviceDescription.relayBoardProduct]
            fields[.port] = port?.description
            let question = id.map { id in
                USBQuestion("the id \(id)") { (device) async throws(DeviceFailure) in
                    try await RelayBoardOutlets.id(of: device, timekeeper: Self.clock) == id
                }
            }
            return USBDeviceSource(
                context: context, match: try USBMatch(fields, known: USBDeviceID.relayBoards), timekeeper: Self.clock,
                options: .knownReports, asking: question)
        }

        static func strips(in context: USBContext = USBContext()) throws -> USBDeviceSource {
            USBDeviceSource(
                context: context, match: try USBMatch([:], known: USBDeviceID.powerStrips), timekeeper: Self.clock,
                options: .knownReports)
        }

        static func board(_ id: String? = nil, in context: USBContext = USBContext()) throws -> RelayBoardOutlets {
            RelayBoardOutlets(id: "rack", source: try Self.boards(id, in: context), timekeeper: Self.clock)
        }

        static func strip(in context: USBContext = USBContext()) throws -> PowerStripOutlets {
            PowerStripOutlets(id: "strip", source: try Self.strips(in: context), timekeeper: Self.clock)
        }

        /// How the outlets of an emulated device stand, by its own word.
        static func states(of name: String) throws -> [OutletPosition] {
            let list = try Emulator.tell("\(name) state").split(separator: "\"outlets\": [", maxSplits: 1).last ?? ""
            return list.prefix { $0 != "]" }.split(separator: ", ").map { $0 == "1" ? .on : .off }
        }

        /// Runs `work` while `outlets` is held, and gives the device back.
        static func held<T: Sendable>(_ outlets: any HeldOutlets, _ work: () async throws -> T) async throws -> T {
            let run = Task { await outlets.run() }
            let result: Result<T, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            run.cancel()
            await run.value
            return try result.get()
        }

        /// The same; then nothing is wrong with the device any more, and all its outlets are on.
        static func holding<T: Sendable>(
            _ name: String, _ outlets: any HeldOutlets, _ work: () async throws -> T
        ) async throws -> T {
            let result: Result<T, any Error>
            do { result = .success(try await Self.held(outlets, work)) } catch { result = .failure(error) }
            try Emulator.tell("\(name) clear")
            try Emulator.tell("\(name) heal")
            return try result.get()
        }

        @Test func `every relay is switched and read as the board says`() async throws {
            let outlets = try Self.board("HURTM")
            try await Self.holding("board", outlets) {
                for pattern in 0..<16 {
                    for relay in 1...4 { try await outlets.turn(relay, pattern >> (relay - 1) & 1 == 1 ? .on : .off) }
                    let states = try Self.states(of: "board")
                    #expect(states == (0..<4).map { pattern >> $0 & 1 == 1 ? .on : .off })
                    #expect(try await outlets.read().outlets.map(\.position) == states)
                }
            }
        }

        @Test func `every outlet of a strip is switched and read as the strip says`() async throws {
            let outlets = try Self.strip()
            try await Self.holding("strip", outlets) {
                for pattern in 0..<16 {
                    for number in 1...4 {
                        try await outlets.turn(number, pattern >> (number - 1) & 1 == 1 ? .on : .off)
                    }
                    let states = try Self.states(of: "strip")
                    #expect(states == (0..<4).map { pattern >> $0 & 1 == 1 ? .on : .off })
                    #expect(try await outlets.read().outlets.map(\.position) == states)
                }
                try Emulator.tell("strip ac lost")
                let dark = try await outlets.read()
                #expect(dark.variables.contains(Variable(PowerStripOutlets.mainsVariable, "critical-low")))
                #expect(dark.outlets.map(\.position) == [.on, .on, .on, .on])
            }
        }

        @Test func `two boards are told apart by their ids, also by two that look at the same time`() async throws {
            let context = USBContext()
            let (board, pair) = (try Self.board("HURTM", in: context), try Self.board("QAAMZ", in: context))
            let counts = try await Self.holding("board", board) {
                try await Self.holding("pair", pair) {
                    async let four = board.read().outlets.count
                    async let two = pair.read().outlets.count
                    return try await [four, two]
                }
            }
            #expect(counts == [4, 2])
        }

        @Test func `without an id two boards are ambiguous, and a gadget with the same numbers is no board`()
            async throws
        {
            let failure = await failure { _ = try await Self.boards().open() }
            #expect(failure?.kind == .busy)
            #expect(failure?.detail.hasPrefix("2 devices match: ") == true)
        }

        @Test func `an id that no board has is named, and every board is free again`() async throws {
            let context = USBContext()
            let failure = await failure { _ = try await Self.boards("NOONE", in: context).open() }
            #expect(failure?.kind == .gone)
            #expect(failure?.detail == "2 are plugged in, none has the id NOONE, or it is in use here")
            await (try await Self.boards("HURTM", in: context).open()).close()
        }

        @Test func `two boards with one id are refused, and told apart by their ports`() async throws {
            try Emulator.tell("pair ident HURTM")
            let context = USBContext()
            let failure = await failure { _ = try await Self.boards("HURTM", in: context).open() }
            #expect(failure?.kind == .busy)
            #expect(failure?.detail.hasPrefix("2 have the id HURTM, at the ports ") == true)
            let ports = try await context.devices().filter { $0.product == "USBRelay2" }.map(\.portPath)
            let pair = RelayBoardOutlets(
                id: "pair", source: try Self.boards("HURTM", port: ports.first, in: context),
                timekeeper: Self.clock)
            let count = try await Self.holding("pair", pair) { try await pair.read().outlets.count }
            #expect(count == 2)
            try Emulator.tell("pair ident QAAMZ")
        }

        @Test func `a board that was pulled is gone, and comes back with its relays dropped`() async throws {
            let outlets = try Self.board("HURTM")
            try await Self.holding("board", outlets) {
                try await outlets.turn(2, .on)
                try Emulator.tell("board unplug")
                let failure = await failure { _ = try await outlets.read() }
                #expect(failure?.kind == .gone)
                #expect(failure?.device == "rack")
                try Emulator.tell("board plug")
                #expect(try await Self.reading(outlets).outlets.map(\.position) == [.off, .off, .off, .off])
            }
        }

        @Test(arguments: ["get_report", "set_report"])
        func `transfers that fail now and then are sent again`(transfer: String) async throws {
            let outlets = try Self.strip()
            try await Self.holding("strip", outlets) {
                _ = try await outlets.read()
                try Emulator.tell("strip fault \(transfer) stall times=4")
                try await outlets.turn(3, .off)
                #expect(try await outlets.read().outlets[2].position == .off)
            }
        }

        @Test(arguments: ["nak", "stall", "short 1", "zero", "garbage", "garbage 3", "garbage 64"])
        func `a wrong answer is no position, and the next right one counts`(fault: String) async throws {
            let (board, strip) = (try Self.board("HURTM"), try Self.strip())
            for (name, outlets) in [("board", board), ("strip", strip)] as [(String, any HeldOutlets)] {
                try await Self.holding(name, outlets) {
                    _ = try await outlets.read()
                    try Emulator.tell("\(name) fault get_report \(fault)")
                    let failure = await failure { _ = try await outlets.read() }
                    // Random bytes are another board; a board that is looked for anew and says nonsense is not found.
                    #expect([.stalled, .timedOut, .gone].contains(failure?.kind))
                    try Emulator.tell("\(name) clear")
                    let positions = try await Self.reading(outlets).outlets.map(\.position)
                    #expect(try positions == Self.states(of: name))
                }
            }
        }

        @Test func `a device that tells no descriptors is used all the same`() async throws {
            try Emulator.tell("strip fault get_descriptor:report stall")
            let outlets = try Self.strip()
            let count = try await Self.holding("strip", outlets) { try await outlets.read().outlets.count }
            #expect(count == 4)
        }

        @Test func `the kernel's driver has the board back in the end`() async throws {
            let outlets = try Self.board("HURTM")
            try await Self.holding("board", outlets) { _ = try await outlets.read() }
            #expect(try Emulator.tell("board drivers").contains("usbhid"))
        }

        @Test func `devices with outlets are called what they are`() async throws {
            let kinds = try await USBContext().devices().filter { $0.vendorID == 0x16c0 || $0.vendorID == 0x04b4 }
                .map { "\($0.product) \($0.kind.map(\.rawValue) ?? "?")" }
            #expect(
                Set(kinds) == [
                    "USBRelay4 relay board, driver usb-relay", "USBRelay2 relay board, driver usb-relay", "Gadget ?",
                    "SiS-PM power strip, driver usb-sispm",
                ])
        }

        /// What a device says that has just been plugged in or healed, as soon as it can be read.
        static func reading(_ outlets: any OutletController) async throws -> PDUReading {
            let deadline = ContinuousClock.now + .seconds(30)
            while true {
                do {
                    return try await outlets.read()
                } catch {
                    guard ContinuousClock.now < deadline else { throw error }
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
        }
    }
}

/// Outlets on a device that is held while their run lasts.
protocol HeldOutlets: OutletController {
    func run() async
}

extension RelayBoardOutlets: HeldOutlets {}
extension PowerStripOutlets: HeldOutlets {}

import Foundation
import NIOCore
import PowerCore
import Synchronization
import Testing

@testable import NetworkControl

/// Kasa's local protocol: its bytes, its figures, and a strip that speaks it.
struct KasaTests {
    // Messages that tools for these plugs have had in them for years, as they go over the wire.
    @Test(arguments: [
        (
            "{\"system\":{\"set_relay_state\":{\"state\":1}}}",
            "AAAAKtDygfiL/5r31e+UtsWg1Iv5nPCR6LfEsNGlwOLYo4HyhueT9tTu36Lfog=="
        ),
        ("{ \"system\":{ \"get_sysinfo\":null } }", "AAAAI9Dw0qHYq9+61/XPtJS20bTAn+yV5o/hh+jK8J7rh+vLtpbr"),
    ])
    func `a message is framed as the devices have it`(message: String, wire: String) throws {
        let bytes = Array(try #require(Data(base64Encoded: wire)))
        #expect(KasaFrameDecoder.frame(message) == bytes)
        #expect(KasaCipher.unscrambled(bytes.dropFirst(4)) == Array(message.utf8))
    }

    @Test func `an order names its outlet, and a name in it cannot end its text`() {
        func text(_ request: KasaRequest) -> String {
            String(decoding: KasaCipher.unscrambled(request.bytes.dropFirst(4)), as: UTF8.self)
        }
        #expect(
            text(.turn("00\"x", .off))
                == #"{"context":{"child_ids":["00\"x"]},"system":{"set_relay_state":{"state":0}}}"#)
        #expect(text(.turn(nil, .on)) == #"{"system":{"set_relay_state":{"state":1}}}"#)
        #expect(
            text(.rename("1", to: "a\"},\n\\"))
                == #"{"context":{"child_ids":["1"]},"system":{"set_dev_alias":{"alias":"a\"},\u000a\\"}}}"#)
    }

    @Test(arguments: [
        (#"{"current_ma":544,"power_mw":62430,"total_wh":26889,"voltage_mv":118389}"#, [118.389, 0.544, 62.43, 26889]),
        (#"{"current":0.5,"power":62.5,"total":55.139,"voltage":231}"#, [231, 0.5, 62.5, 55139]),
        (#"{"current_ma":-1,"power_mw":1e99,"total_wh":"7","voltage_mv":null}"#, [nil, nil, nil, nil]),
    ])
    func `figures are understood in the units of both kinds of firmware`(json: String, wanted: [Double?]) throws {
        let meter = KasaMeter(try #require(JSONTree(parsing: Array(json.utf8))))
        let found = [meter.voltage, meter.current, meter.power, meter.energy]
        for (figure, wanted) in zip(found, wanted) {
            #expect(figure.map { ($0 * 1000).rounded() } == wanted.map { ($0 * 1000).rounded() })
        }
    }

    @Test func `a plug is one outlet without an identifier`() throws {
        let json = #"{"alias":"Lamp","relay_state":1,"feature":"TIM","model":"HS100(UK)"}"#
        let device = try KasaDevice(try #require(JSONTree(parsing: Array(json.utf8))))
        #expect(device.outlets == [KasaDevice.Outlet(name: "Lamp", position: .on)])
        #expect(!device.hasMeter)
    }

    @Test(arguments: [
        (#"{"children":[],"relay_state":1}"#, "it is a strip that lists no outlets"),
        (#"{"child_num":6,"relay_state":1}"#, "it is a strip that lists no outlets"),
        (#"{"children":[{"id":"0","state":1},{"id":"0","state":1}]}"#, "it lists outlets that cannot be told apart"),
        (#"{"children":[{"id":"0","state":1},{"state":1}]}"#, "it lists outlets that cannot be told apart"),
        (#"{"children":[{"id":"","state":1}]}"#, "it lists outlets that cannot be told apart"),
        (#"{"light_state":{"on_off":1}}"#, "it tells of no outlet"),
        (
            #"{"children":[\#(Array(repeating: "{}", count: 65).joined(separator: ","))]}"#,
            "it lists 65 outlets, more than any strip has"
        ),
    ])
    func `a device whose outlets cannot be told apart is not switched`(json: String, reason: String) throws {
        let tree = try #require(JSONTree(parsing: Array(json.utf8)))
        #expect(throws: UnusableAnswer(reason)) { try KasaDevice(tree) }
    }

    @Test(arguments: ["2", "-1", "0.5", "\"on\"", "null", "[]"])
    func `a state that is neither on nor off is unknown`(state: String) throws {
        let json = #"{"children":[{"id":"0","state":\#(state)}]}"#
        #expect(try KasaDevice(try #require(JSONTree(parsing: Array(json.utf8)))).outlets.map(\.position) == [nil])
    }

    /// Recordings of real strips, which are not part of this repository.
    static let recordings = ["HS300(US)_1.0_1.0.10.json", "HS300(US)_1.0_1.0.21.json"]
        .map { URL(filePath: #filePath).deletingLastPathComponent().path + "/../../../../shared/data/pdu/kasa/" + $0 }

    @Test(
        .enabled(
            if: recordings.allSatisfy { FileManager.default.fileExists(atPath: $0) }, "the recordings are not here"),
        arguments: recordings)
    func `recorded strips are understood`(path: String) throws {
        let file = try #require(FileManager.default.contents(atPath: path))
        let module = try #require(JSONTree(parsing: Array(file)))
        let device = try KasaDevice(module["system"]["get_sysinfo"])
        #expect(device.outlets.count == 6)
        #expect(device.hasMeter)
        #expect(device.outlets.allSatisfy { $0.position != nil && $0.name != nil })
        #expect(device.variables.contains(Variable("device.model", "HS300(US)")))
        let meter = KasaMeter(module["emeter"]["get_realtime"])
        #expect([meter.voltage, meter.current, meter.power, meter.energy].allSatisfy { $0 != nil })
    }
}

extension KasaOutlets {
    /// The outlets of whatever listens at a port of this machine, with limits that a test can wait for.
    init(port: Int, call: Duration = .seconds(2)) {
        self.init("strip", at: .init(host: "127.0.0.1", port: port), limits: OutletLimits(call: call))
    }
}

/// The failure that a call ends with; a call that does not fail is an issue.
func failure<Answer>(_ call: () async throws -> Answer) async -> DeviceFailure? {
    await #expect(throws: DeviceFailure.self) { _ = try await call() }
}

/// The driver against a strip that answers as real ones do.
struct KasaOutletsTests {
    @Test func `a strip is read with what its outlets draw`() async throws {
        let strip = try await FakeKasaStrip()
        strip.state.withLock { $0.outlets[1].position = .off }
        let reading = try await KasaOutlets(port: strip.port).read()
        #expect(reading.outlets.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(reading.outlets[1].position == .off)
        #expect(reading.outlets[0].name == "Plug 1")
        #expect(reading.outlets[0].power == 10)
        #expect(reading.outlets[0].voltage == 230.5)
        #expect(reading.outlets[5].energy == 1005)
        #expect(reading.variables.contains(Variable("ups.firmware", "1.0.21 Build 210524 Rel.161309")))
        try await strip.close()
    }

    @Test func `one outlet is switched, and no other`() async throws {
        let strip = try await FakeKasaStrip()
        try await KasaOutlets(port: strip.port).turn(3, .off)
        #expect(strip.state.withLock { $0.outlets.map(\.position) } == [.on, .on, .off, .on, .on, .on])
        // Never an order without an outlet: it would be one to all of them.
        let orders = strip.state.withLock { $0.requests.filter { $0.contains("set_relay_state") } }
        #expect(orders.count == 1 && orders.allSatisfy { $0.contains("child_ids") })
        try await strip.close()
    }

    @Test func `a name is stored in the strip`() async throws {
        let strip = try await FakeKasaStrip()
        try await KasaOutlets(port: strip.port).rename(2, to: "web \"1\"")
        #expect(strip.state.withLock { $0.outlets[1].alias } == "web \"1\"")
        try await strip.close()
    }

    @Test func `a closed port is told with what newer firmware does`() async throws {
        let strip = try await FakeKasaStrip()
        let port = strip.port
        try await strip.close()
        let found = await failure { try await KasaOutlets(port: port).read() }
        #expect(found?.kind == .gone)
        #expect(
            found?.description == """
                strip: nothing listens at 127.0.0.1:\(port); newer firmware closes this port and speaks only KLAP, which \
                is not spoken here: turn on "third-party compatibility" in the vendor's app
                """)
    }

    @Test func `what a strip says against an order is told`() async throws {
        let strip = try await FakeKasaStrip()
        strip.state.withLock { $0.refusing = [2] }
        let found = await failure { try await KasaOutlets(port: strip.port).turn(2, .off) }
        #expect(found?.kind == .stalled)
        #expect(found?.detail == "set_relay_state is refused with code -3: invalid argument")
        let unknown = await failure { try await KasaOutlets(port: strip.port).turn(7, .off) }
        #expect(unknown?.kind == .notSupported)
        #expect(unknown?.detail == "there is no outlet 7, there are 6")
        #expect(strip.state.withLock { $0.outlets.allSatisfy { $0.position == .on } })
        try await strip.close()
    }
}

/// Whatever may listen at the port of a strip.
struct HostileKasaTests {
    private static func peer(_ answer: @escaping @Sendable ([UInt8]) -> TCPPeer.Reply) async throws -> TCPPeer {
        try await TCPPeer(TCPPeer.Manner(cut: { FakeKasaStrip.cut(&$0) }, answer: answer))
    }

    struct Hostile: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reply: TCPPeer.Reply
        var kind: DeviceFailure.Kind
        var words: String

        init(
            _ name: String, _ reply: TCPPeer.Reply, _ kind: DeviceFailure.Kind, _ words: String
        ) {
            (self.testDescription, self.reply, self.kind, self.words) = (name, reply, kind, words)
        }
    }

    static let peers = [
        Hostile(
            "4 GB are announced", .bytes([255, 255, 255, 255, 1, 2]), .stalled, "announces an answer of 4294967295"),
        Hostile("64 KiB are announced", .bytes([0, 1, 0, 0]), .stalled, "announces an answer of 65536 bytes"),
        Hostile("an answer is cut", .last([0, 0, 0, 9, 1, 2]), .stalled, "ended in the midst of an answer"),
        Hostile("a length is cut", .last([0, 0]), .stalled, "ended in the midst of an answer"),
        Hostile("nothing is said", .silence, .timedOut, "no answer from 127.0.0.1"),
        Hostile("it hangs up", .last([]), .gone, "has ended the connection without an answer"),
        Hostile("an answer is empty", .bytes([0, 0, 0, 0]), .stalled, "is not one of a Kasa device"),
        Hostile("an answer never ends", .bytes([0, 0, 1, 0, 7]), .timedOut, "no answer from 127.0.0.1"),
        Hostile("no JSON", .bytes(FakeKasaStrip.frame("<html>")), .stalled, "is not one of a Kasa device"),
        Hostile("another JSON", .bytes(FakeKasaStrip.frame("[1]")), .stalled, "is not one of a Kasa device"),
        Hostile(
            "no code", .bytes(FakeKasaStrip.frame(#"{"system":{"get_sysinfo":{}}}"#)), .stalled,
            "is not one of a Kasa device"),
        Hostile(
            "a code of its own kind", .bytes(FakeKasaStrip.frame(#"{"system":{"get_sysinfo":{"err_code":1e99}}}"#)),
            .stalled, "is not one of a Kasa device"),
        Hostile(
            "deep JSON",
            .bytes(FakeKasaStrip.frame(String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000))),
            .stalled, "is not one of a Kasa device"),
        Hostile(
            "another module's refusal",
            .bytes(FakeKasaStrip.frame(#"{"system":{"err_code":-1,"err_msg":"module not support"}}"#)), .notSupported,
            "refused with code -1: module not support"),
        Hostile(
            "words for a terminal",
            .bytes(FakeKasaStrip.frame(#"{"system":{"err_code":-9,"err_msg":"\u001b[2J\u0007x"}}"#)), .stalled,
            "refused with code -9: \u{FFFD}[2J\u{FFFD}x"),
    ]

    @Test(arguments: peers)
    func `a peer that is no strip is refused with a sentence`(hostile: Hostile) async throws {
        let peer = try await Self.peer { _ in hostile.reply }
        for call in [0, 1] {
            let outlets = KasaOutlets(port: peer.port, call: .seconds(1))
            let found = await failure {
                if call == 0 { _ = try await outlets.read() } else { try await outlets.turn(1, .off) }
            }
            #expect(found?.kind == hostile.kind, "\(String(describing: found))")
            #expect(found?.detail.contains(hostile.words) == true, "\(String(describing: found))")
            #expect(found?.device == "strip")
        }
        try await peer.close()
    }

    @Test func `a thousand answers to one question are no harm`() async throws {
        let answer = FakeKasaStrip.frame(#"{"system":{"get_sysinfo":{"err_code":0,"relay_state":1}}}"#)
        let peer = try await Self.peer { _ in .bytes(Array([[UInt8]](repeating: answer, count: 1000).joined())) }
        #expect(try await KasaOutlets(port: peer.port).read().outlets == [OutletReading(number: 1, position: .on)])
        try await peer.close()
    }
}

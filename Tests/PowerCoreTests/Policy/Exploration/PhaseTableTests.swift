import Foundation
import PowerCore
import Testing

/// Every phase of a host and every input, as a table that `docs/POLICY.md` shows.
///
/// `UPSD_WRITE_TABLE=1 swift test --filter PhaseTableTests` writes it there.
@Suite struct PhaseTableTests {
    private static let host: HostID = "nas"
    private static let outlet = OutletID(rackA, 1)

    /// A storage behind one outlet, and a machine without outlet that needs it.
    private static let rack = Rack(
        upses: [RackUPS(id: river)], pdus: [RackPDU(id: rackA, feed: river)],
        consumers: [
            Consumer(id: host, kind: .host(StopPlan(timeout: .seconds(100))), tier: "core", feeds: [.outlet(outlet)]),
            Consumer(
                id: "vm", kind: .host(StopPlan(timeout: .seconds(100))), tier: "core", feeds: [.ups(river)],
                needs: [host]),
        ], tiers: ["core"])

    private static let settings = PolicySettings(triggers: ["core": [.onBattery(.seconds(30))]])

    // MARK: The phases

    private static var running: EngineHarness {
        var rack = EngineHarness(Self.rack, Self.settings)
        rack.mains(river)
        rack.outletsOn([Self.outlet], watts: 40)
        rack.tell(.clientLoggedIn(Self.host))
        rack.tell(.clientLoggedIn("vm"))
        rack.now = rack.now + .seconds(100)
        return rack
    }

    private static var waiting: EngineHarness {
        var rack = Self.running
        rack.battery(river, charge: 90)
        rack.pass(.seconds(30))
        return rack
    }

    private static var asked: EngineHarness {
        var rack = Self.waiting
        rack.pass(.seconds(1))
        rack.tell(.clientLoggedOut("vm", remaining: 0))
        rack.pass(.seconds(120))
        return rack
    }

    private static var stopping: EngineHarness {
        var rack = Self.asked
        rack.tell(.clientLoggedOut(Self.host, remaining: 0))
        rack.pass(.seconds(1))
        return rack
    }

    private static var stopped: EngineHarness {
        var rack = Self.stopping
        rack.outletsOn([Self.outlet], watts: 2)
        rack.pass(.seconds(1))
        return rack
    }

    private static var cut: EngineHarness {
        var rack = Self.stopped
        rack.pass(.seconds(20), obeying: true)
        return rack
    }

    private static var lostPower: EngineHarness {
        var rack = Self.running
        rack.tell(.upsReported(river, UPSCondition(supply: .off)))
        rack.pass(.seconds(1))
        return rack
    }

    private static var unasked: EngineHarness {
        var rack = Self.running
        rack.tell(.clientLoggedOut(Self.host, remaining: 0))
        rack.outletsOn([Self.outlet], watts: 2)
        rack.pass(.seconds(20))
        return rack
    }

    private static var starting: EngineHarness {
        var rack = Self.cut
        rack.mains(river)
        rack.pass(.seconds(61), obeying: true)
        return rack
    }

    private static var failed: EngineHarness {
        var rack = Self.starting
        rack.outletsOn([Self.outlet], watts: 2)
        rack.pass(.seconds(2000), obeying: true)
        return rack
    }

    private static let phases: [(name: String, rack: EngineHarness)] = [
        ("running", running), ("waiting", waiting), ("asked", asked), ("stopping", stopping), ("stopped", stopped),
        ("off (cut)", cut), ("off (lost power)", lostPower), ("off (unasked)", unasked), ("starting", starting),
        ("failed", failed),
    ]

    // MARK: The inputs

    private static let person = Actor(user: "somebody", address: "192.0.2.1")

    private typealias Happening = (name: String, body: @Sendable (inout EngineHarness) -> Void)

    private static let inputs: [Happening] = [
        ("mains lost", { $0.battery(river, charge: 80) }),
        ("mains back", { $0.mains(river) }),
        (
            "battery low",
            { $0.tell(.upsReported(river, UPSCondition(supply: .battery, charge: 14, cutOff: 11, saysLow: true))) }
        ),
        ("output cut", { $0.tell(.upsReported(river, UPSCondition(supply: .off))) }),
        ("UPS silent", { $0.tell(.upsSilent(river)) }),
        ("UPS forced", { $0.tell(.upsForced(river, by: Self.person)) }),
        ("host forced", { $0.tell(.hostForced(Self.host, by: Self.person)) }),
        ("client logs in", { $0.tell(.clientLoggedIn(Self.host)) }),
        ("client logs out", { $0.tell(.clientLoggedOut(Self.host, remaining: 0)) }),
        ("watts of a machine that runs", { $0.outletsOn([Self.outlet], watts: 40) }),
        ("watts of a machine that is off", { $0.outletsOn([Self.outlet], watts: 2) }),
        ("outlet found off", { $0.tell(.outletReported(Self.outlet, position: .off, power: 0)) }),
        ("PDU silent", { $0.tell(.pduSilent(rackA)) }),
        ("outlet off, verified", { $0.tell(.outletAnswered(Self.outlet, .off, .verified)) }),
        ("outlet on, verified", { $0.tell(.outletAnswered(Self.outlet, .on, .verified)) }),
        ("outlet off, not verified", { $0.tell(.outletAnswered(Self.outlet, .off, .notVerified)) }),
        ("answers on the network", { $0.tell(.hostProbed(Self.host, answers: true)) }),
        ("does not answer", { $0.tell(.hostProbed(Self.host, answers: false)) }),
        ("way of stopping taken", { $0.tell(.stopAnswered(Self.host, .nut, .taken)) }),
        ("method of starting failed", { $0.tell(.startAnswered(Self.host, .outlet, .failed("no"))) }),
        ("the next moment asked for", Self.wake),
        ("outlet ordered on", { Self.order(.on, &$0) }),
        ("outlet ordered off", { Self.order(.off, &$0) }),
        ("outlet ordered off and on", { Self.order(.cycle, &$0) }),
    ]

    private static let wake: @Sendable (inout EngineHarness) -> Void = { rack in
        guard let wake = rack.wake else { return }
        rack.now = max(rack.now, wake)
        rack.wake = nil
        rack.tell(.deadlineReached)
    }

    private static func order(_ order: OutletOrder, _ rack: inout EngineHarness) {
        switch rack.engine.order(order, Self.outlet, by: Self.person, at: rack.now) {
        case .success(let taken): rack.note(taken.actions)
        case .failure: rack.turned.append("refused")
        }
    }

    // MARK: The table

    /// The phase after the input where that is another one, and what was ordered for the host.
    private static func cell(_ start: EngineHarness, _ happening: Happening) -> String {
        var rack = start
        rack.orders = []
        rack.turned = []
        rack.now = rack.now + .seconds(1)
        let before = Self.name(rack)
        happening.body(&rack)
        let orders = rack.looked().filter {
            $0.contains("nas") || $0.contains("\(Self.outlet)") || $0.contains("answer")
        }
        let words = (rack.turned + orders).map {
            $0.replacing("\(Self.outlet) ", with: "outlet ").replacing(" nas", with: "")
        }
        let after = Self.name(rack)
        return ((after == before ? [] : ["**\(after)**"]) + words).joined(separator: ", ")
    }

    private static func name(_ rack: EngineHarness) -> String {
        switch rack.engine.phase(of: Self.host) {
        case .off(.cut, _): "off (cut)"
        case .off(.lostPower, _): "off (lost power)"
        case .off(.unasked, _): "off (unasked)"
        case .some(let phase): phase.word
        case nil: "?"
        }
    }

    private static var table: String {
        let rows = Self.inputs.map { happening in
            "| \(happening.name) | " + Self.phases.map { Self.cell($0.rack, happening) }.joined(separator: " | ") + " |"
        }
        let head = "| | " + Self.phases.map(\.name).joined(separator: " | ") + " |"
        let line = "| --- |" + Self.phases.map { _ in " --- |" }.joined()
        return ([head, line] + rows).joined(separator: "\n")
    }

    @Test func `each phase of the table is really reached`() {
        for (name, rack) in Self.phases { #expect(Self.name(rack) == name) }
    }

    @Test func `the manual shows what every input does in every phase`() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("docs/POLICY.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- phase table -->\n"))
        let end = try #require(text.range(of: "\n<!-- end of phase table -->"))
        let shown = begin.upperBound..<end.lowerBound
        if ProcessInfo.processInfo.environment["UPSD_WRITE_TABLE"] != nil {
            try text.replacingCharacters(in: shown, with: Self.table).write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(String(text[shown]) == Self.table)
        }
    }
}

import Foundation
import NetworkControl
import PowerCore
import Synchronization

/// A strip that answers as an HS300 does, written without any part of the driver, and that misbehaves where it is told to.
final class FakeKasaStrip: Sendable {
    struct Outlet: Sendable {
        var id: String
        var alias: String
        var position = OutletPosition.on
    }

    struct State: Sendable {
        var outlets: [Outlet]
        var stuck: Set<Int> = []
        var slow: Set<Int> = []
        var refusing: Set<Int> = []
        var isSilent = false
        var rebootsAfter: Int?
        var awayUntil: ContinuousClock.Instant?
        /// Every request as it came, in its own JSON.
        var requests: [String] = []
    }

    static let count = 6
    /// How long a slow relay takes, and how long a strip is away that restarts.
    static let pause = Duration.seconds(3)

    let state: Mutex<State>
    private let peer: Mutex<TCPPeer?>

    var port: Int { self.peer.withLock { $0?.port ?? 0 } }

    init() async throws {
        self.state = Mutex(Self.beginning)
        self.peer = Mutex(nil)
        let manner = TCPPeer.Manner(cut: { Self.cut(&$0) }, answer: { [weak self] in self?.answer($0) ?? .last([]) })
        let peer = try await TCPPeer(manner)
        self.peer.withLock { $0 = peer }
    }

    private static var beginning: State {
        State(outlets: (1...Self.count).map { Outlet(id: "80060000000000000000\($0 - 1)", alias: "Plug \($0)") })
    }

    func close() async throws {
        try await self.peer.withLock { $0 }?.close()
    }

    func heal() {
        self.state.withLock { $0 = Self.beginning }
    }

    // MARK: Wire

    static func cut(_ received: inout [UInt8]) -> [UInt8]? {
        guard received.count >= 4 else { return nil }
        let length = received[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard received.count >= 4 + length else { return nil }
        defer { received.removeFirst(4 + length) }
        var (plain, last): ([UInt8], UInt8) = ([], 171)
        for byte in received[4..<(4 + length)] {
            plain.append(byte ^ last)
            last = byte
        }
        return plain
    }

    static func frame(_ text: String) -> [UInt8] {
        var (sent, last): ([UInt8], UInt8) = ([], 171)
        for byte in text.utf8 {
            last ^= byte
            sent.append(last)
        }
        let count = UInt32(sent.count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + sent
    }

    // MARK: Answers

    private func answer(_ message: [UInt8]) -> TCPPeer.Reply {
        let text = String(decoding: message, as: UTF8.self)
        let request = (try? JSONSerialization.jsonObject(with: Data(message))) as? [String: Any] ?? [:]
        return self.state.withLock { state in
            state.requests.append(text)
            if state.isSilent { return .silence }
            if let away = state.awayUntil, ContinuousClock.now < away { return .last([]) }
            let children = (request["context"] as? [String: Any])?["child_ids"] as? [String]
            let index = children?.first.flatMap { id in state.outlets.firstIndex { $0.id == id } }
            let system = request["system"] as? [String: Any] ?? [:]
            if system["get_sysinfo"] != nil { return .bytes(Self.frame(Self.information(state))) }
            if request["emeter"] != nil { return .bytes(Self.frame(Self.meter(state, index))) }
            if let arguments = system["set_dev_alias"] as? [String: Any], let index {
                state.outlets[index].alias = arguments["alias"] as? String ?? ""
                return Self.done("set_dev_alias")
            }
            guard let arguments = system["set_relay_state"] as? [String: Any] else { return Self.done("unknown", -2) }
            return self.turn(arguments["state"] as? Int == 1 ? .on : .off, index, &state)
        }
    }

    private static func done(_ command: String, _ code: Int = 0) -> TCPPeer.Reply {
        let message = code == 0 ? "" : ",\"err_msg\":\"invalid argument\""
        return .bytes(Self.frame("{\"system\":{\"\(command)\":{\"err_code\":\(code)\(message)}}}"))
    }

    /// Without an outlet it switches all of them, as the firmware does.
    private func turn(_ position: OutletPosition, _ index: Int?, _ state: inout State) -> TCPPeer.Reply {
        let indices = index.map { [$0] } ?? Array(state.outlets.indices)
        if let index, state.refusing.contains(index + 1) { return Self.done("set_relay_state", -3) }
        for index in indices where !state.stuck.contains(index + 1) {
            if state.slow.contains(index + 1) {
                self.later { $0.outlets[index].position = position }
            } else {
                state.outlets[index].position = position
            }
        }
        if let index, state.rebootsAfter == index + 1 {
            state.rebootsAfter = nil
            state.awayUntil = .now + Self.pause
        }
        return Self.done("set_relay_state")
    }

    private func later(_ change: @escaping @Sendable (inout State) -> Void) {
        Task { [weak self] in
            try await Task.sleep(for: Self.pause)
            self?.state.withLock { change(&$0) }
        }
    }

    private static func information(_ state: State) -> String {
        let children = state.outlets.map {
            """
            {"id":"\($0.id)","state":\($0.position == .on ? 1 : 0),"alias":"\($0.alias)","on_time":7,\
            "next_action":{"type":-1}}
            """
        }
        return """
            {"system":{"get_sysinfo":{"sw_ver":"1.0.21 Build 210524 Rel.161309","hw_ver":"1.0","model":"HS300(US)",\
            "deviceId":"8006","alias":"Rack","mac":"00:00:5E:00:53:01","feature":"TIM:ENE","child_num":\(children.count),\
            "children":[\(children.joined(separator: ","))],"err_code":0}}}
            """
    }

    private static func meter(_ state: State, _ index: Int?) -> String {
        guard let index else { return "{\"emeter\":{\"get_realtime\":{\"err_code\":-1,\"err_msg\":\"no\"}}}" }
        let watts = state.outlets[index].position == .on ? 10_000 + index : 0
        return """
            {"emeter":{"get_realtime":{"current_ma":\(watts / 230),"voltage_mv":230500,"power_mw":\(watts),\
            "total_wh":\(1000 + index),"err_code":0}}}
            """
    }
}

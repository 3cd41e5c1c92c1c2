import PowerCore
import SNMPTables
import Synchronization

/// An agent in memory: objects that answer, outlets that can be switched, and faults.
final class FakeAgent: SNMPPort {
    /// An order as it came.
    struct Order: Hashable {
        var name: OID
        var value: SNMPValue
        var isRepeatable: Bool
    }

    /// Everything that changes.
    struct State {
        var objects: [OID: SNMPValue] = [:]
        /// What becomes of an object when another one is set.
        var effects: [OID: @Sendable (SNMPValue, inout State) -> Void] = [:]
        var orders: [Order] = []
        /// Why nothing can be set.
        var refusal: SNMPFailure?
        /// Why nothing can be read.
        var silence: SNMPFailure?
        /// How many objects were asked for, and by how many calls.
        var asked = 0
        var calls = 0
        var walked: [OID] = []
    }

    let state: Mutex<State>

    init(_ objects: [OID: SNMPValue] = [:]) {
        self.state = Mutex(State(objects: objects))
    }

    /// Objects written as `1.3.6.1…`; numbers are integers, texts octets.
    convenience init(_ objects: [String: any FakeValue]) {
        self.init(
            Dictionary(
                objects.compactMap { name, value in OID(name).map { ($0, value.asSNMP) } },
                uniquingKeysWith: { first, _ in first }))
    }

    func get(_ names: [OID]) async throws(SNMPFailure) -> [SNMPValue] {
        let (silence, values) = self.state.withLock { state in
            state.calls += 1
            state.asked += names.count
            return (state.silence, names.map { state.objects[$0] ?? .missing })
        }
        if let silence { throw silence }
        return values
    }

    func walk(_ root: OID, limit: Int) async throws(SNMPFailure) -> [(name: OID, value: SNMPValue)] {
        let (silence, objects) = self.state.withLock { state in
            state.calls += 1
            state.walked.append(root)
            return (state.silence, state.objects)
        }
        if let silence { throw silence }
        let found = objects.filter { $0.key.suffix(behind: root)?.isEmpty == false }.sorted { $0.key < $1.key }
        guard found.count <= limit else { throw SNMPFailure(.malformed, "more than \(limit) objects below \(root)") }
        return found.map { ($0.key, $0.value) }
    }

    func set(_ objects: [(name: OID, value: SNMPValue)], isRepeatable: Bool) async throws(SNMPFailure) {
        let refusal = self.state.withLock { state in
            for (name, value) in objects {
                state.orders.append(Order(name: name, value: value, isRepeatable: isRepeatable))
                guard state.refusal == nil else { continue }
                if let effect = state.effects[name] { effect(value, &state) } else { state.objects[name] = value }
            }
            return state.refusal
        }
        if let refusal { throw refusal }
    }

    /// Changes what it has.
    func change(_ change: @Sendable (inout State) -> Void) {
        self.state.withLock { change(&$0) }
    }

    /// The orders so far.
    var orders: [Order] { self.state.withLock { $0.orders } }
}

/// What a test may write for a value.
protocol FakeValue: Sendable {
    var asSNMP: SNMPValue { get }
}

extension Int: FakeValue {
    var asSNMP: SNMPValue { .integer(Int64(self)) }
}

extension String: FakeValue {
    var asSNMP: SNMPValue { .octets(Array(self.utf8)) }
}

extension OID {
    /// A name in a test, where it is known to be one.
    static func of(_ text: String) -> OID {
        guard let oid = OID(text) else { preconditionFailure("\(text) is no name of an object") }
        return oid
    }
}

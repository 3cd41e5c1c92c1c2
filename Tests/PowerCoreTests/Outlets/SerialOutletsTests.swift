import Synchronization
import Testing

@testable import PowerCore

/// A PDU whose calls end when the test says so.
private final class GatedPDU: OutletController {
    private struct State {
        var begun: [String] = []
        var atOnce = 0
        var mostAtOnce = 0
        var gates: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var begun: [String] { self.state.withLock { $0.begun } }
    var mostAtOnce: Int { self.state.withLock { $0.mostAtOnce } }

    func read() async throws(DeviceFailure) -> PDUReading {
        await self.pass("read")
        return PDUReading(outlets: [OutletReading(number: self.begun.count)])
    }

    func turn(_ outlet: Int, _ position: OutletPosition) async throws(DeviceFailure) {
        await self.pass("\(outlet) \(position.rawValue)")
    }

    /// Returns when so many calls have begun.
    func hasBegun(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = self.state.withLock { state in
                guard state.begun.count < count else { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Lets the call that has begun come to its end.
    func letGo() {
        self.state.withLock { state in state.gates.isEmpty ? nil : state.gates.removeFirst() }?.resume()
    }

    private func pass(_ call: String) async {
        await withCheckedContinuation { continuation in
            let woken = self.state.withLock { state in
                state.begun.append(call)
                state.atOnce += 1
                state.mostAtOnce = max(state.mostAtOnce, state.atOnce)
                state.gates.append(continuation)
                let woken = state.watchers.filter { $0.count <= state.begun.count }
                state.watchers.removeAll { $0.count <= state.begun.count }
                return woken
            }
            for watcher in woken { watcher.continuation.resume() }
        }
        self.state.withLock { $0.atOnce -= 1 }
    }
}

@Suite struct SerialOutletsTests {
    @Test func `one call at a time goes to the PDU, in the order in which they came`() async throws {
        let pdu = GatedPDU()
        let serial = SerialOutlets("rack-a", pdu)
        let first = Task { try await serial.turn(1, .off) }
        await pdu.hasBegun(1)
        let second = Task { try await serial.turn(2, .off) }
        pdu.letGo()
        await pdu.hasBegun(2)
        pdu.letGo()
        try await first.value
        try await second.value
        #expect(pdu.begun == ["1 off", "2 off"])
        #expect(pdu.mostAtOnce == 1)
    }

    @Test func `who asks for a reading before it begins shares it, who asks later gets another`() async throws {
        let pdu = GatedPDU()
        let serial = SerialOutlets("rack-a", pdu)
        let order = Task { try await serial.turn(1, .off) }
        await pdu.hasBegun(1)
        // All of these wait behind the order, however late each comes to lie down.
        let readers = (0..<20).map { _ in Task { try await serial.read().outlets.first?.number } }
        while await serial.readers < 20 { await Task.yield() }
        pdu.letGo()
        await pdu.hasBegun(2)
        let late = Task { try await serial.read().outlets.first?.number }
        while await serial.readers < 21 { await Task.yield() }
        pdu.letGo()
        for reader in readers { #expect(try await reader.value == 2) }
        await pdu.hasBegun(3)
        pdu.letGo()
        #expect(try await late.value == 3)
        try await order.value
        #expect(pdu.begun == ["1 off", "read", "read"])
    }
}

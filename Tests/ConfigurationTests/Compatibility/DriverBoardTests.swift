import Logging
import NUTTransport
import PowerCore
import Synchronization
import Testing

@testable import upsd_swift

/// What clients are shown of UPSes behind NUT's drivers.
@Suite struct DriverBoardTests {
    private let board = DriverBoard(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    private let actor = Actor(user: "admin", address: "127.0.0.1")
    private let failure = DeviceFailure(.gone, device: "a", detail: "gone")

    private func ups(_ name: String, socket: String? = nil, _ description: String? = nil)
        -> CompatibilityConfiguration.UPS
    {
        .init(id: DeviceID(name), socket: socket ?? "/run/nut/x-\(name)", description: description)
    }

    private func tell(_ status: String?, of id: DeviceID = "a") {
        let variables = status.map { [Variable("ups.status", $0)] } ?? []
        let state = SourcedState(variables: variables + [Variable("ups.id", "x")], commands: ["load.off"])
        self.board.report(.upsRead(id, UPSReading(state), at: Moment(sinceOrigin: .zero)))
    }

    private func device(_ name: String = "a") -> DeviceSnapshot? { self.board.snapshot.device(name) }

    private func status(_ name: String = "a") -> String? { self.device(name)?.variable("ups.status")?.value }

    @Test func `every name is there from the first moment on`() {
        self.board.show([self.ups("a", "Crash Dummy"), self.ups("b")])
        #expect(self.board.snapshot.devices.map(\.id) == ["a", "b"])
        #expect(self.device()?.availability == .notConnected)
        #expect(self.device()?.description == "Crash Dummy")
    }

    @Test func `a driver's words are shown as they are, and WAIT where it has none`() {
        self.board.show([self.ups("a")])
        self.tell(nil)
        #expect(self.status() == "WAIT")
        self.tell("OB DISCHRG VENDOR")
        #expect(self.status() == "OB DISCHRG VENDOR")
        #expect(self.device()?.commands.map(\.name) == ["load.off"])
    }

    @Test func `a driver that is gone leaves nothing behind`() {
        self.board.show([self.ups("a")])
        self.tell("OL")
        self.board.report(.upsUnavailable("a", .stale, self.failure))
        #expect(self.device()?.availability == .stale)
        self.tell("OL")
        #expect(self.device()?.availability == .fresh)
        self.board.report(.upsUnavailable("a", .notConnected, self.failure))
        #expect(self.device()?.availability == .notConnected)
        self.tell("OL")
        #expect(self.device()?.availability == .fresh)
    }

    @Test func `FSD stands through a restart of the driver and a reload, and ends with the UPS`() async throws {
        self.board.show([self.ups("a"), self.ups("b")])
        self.tell("OB LB")
        try await self.board.submit(.forcedShutdown("a"), by: self.actor) { _ in }
        #expect(self.status() == "FSD OB LB")
        self.board.report(.upsUnavailable("a", .notConnected, self.failure))
        self.tell("OL")
        #expect(self.status() == "FSD OL")
        self.board.show([self.ups("b"), self.ups("a", socket: "/run/nut/other-a")])
        self.tell("OL")
        #expect(self.status() == "FSD OL")
        self.board.show([self.ups("b")])
        self.board.show([self.ups("b"), self.ups("a")])
        self.tell("OL")
        #expect(self.status() == "OL")
    }

    @Test func `a reload keeps what is known of a UPS that stays`() {
        self.board.show([self.ups("a"), self.ups("b")])
        self.tell("OL")
        self.board.show([self.ups("c"), self.ups("a", "new text")])
        #expect(self.board.snapshot.devices.map(\.id) == ["c", "a"])
        #expect(self.status() == "OL")
        #expect(self.device()?.description == "new text")
        self.board.show([self.ups("a", socket: "/run/nut/other-a")])
        #expect(self.device()?.availability == .notConnected)
    }

    @Test func `a UPS that is not there any more is told nothing and shows nothing`() async {
        self.board.show([])
        self.tell("OL")
        self.board.report(.upsUnavailable("a", .stale, self.failure))
        #expect(self.board.snapshot.devices == [])
        await #expect(throws: OrderRefusal.self) {
            try await self.board.submit(.command("a", name: "load.off", parameter: nil), by: self.actor) { _ in }
        }
    }

    @Test func `orders go to the driver, and come back as it says`() async throws {
        let driver = Driver()
        self.board.show([self.ups("a")], controls: ["a": driver])
        let outcomes = await withCheckedContinuation { continuation in
            Task {
                try? await self.board.submit(.set("a", variable: "ups.id", value: "y"), by: self.actor) {
                    continuation.resume(returning: $0)
                }
            }
        }
        #expect(outcomes == .done)
        #expect(driver.orders.withLock { $0 } == ["ups.id=y"])
    }
}

/// Takes note of orders, and carries all of them out.
private final class Driver: UPSControl {
    let orders = Mutex<[String]>([])

    func set(_ variable: String, to value: String) async throws(DeviceFailure) {
        self.orders.withLock { $0.append("\(variable)=\(value)") }
    }

    func run(_ command: String, parameter: String?) async throws(DeviceFailure) {
        self.orders.withLock { $0.append(command) }
    }
}

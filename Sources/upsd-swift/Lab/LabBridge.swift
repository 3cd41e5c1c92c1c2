import PowerCore
import PowerLab
import Synchronization

/// Stands between the NUT server and the manager where the rack is emulated: it tells the emulated hosts what their
/// virtual UPS shows and whether a real client speaks for them, and lets their built-in clients log in and out.
final class LabBridge: ClientPort {
    private static let agent = Actor(user: "lab", address: "emulated")

    private static let refreshInterval = Duration.seconds(2)

    private let rack: LabRack
    private let manager: PowerManager
    /// How many real NUT clients are logged in, by device.
    private let realClients = Mutex<[DeviceID: Int]>([:])
    private let shown: AsyncStream<[HostView]>

    /// Makes a bridge; `shown` are the views of the hosts as the manager gives them.
    init(rack: LabRack, manager: PowerManager, shown: AsyncStream<[HostView]>) {
        self.rack = rack
        self.manager = manager
        self.shown = shown
    }

    /// Carries news both ways until the task is cancelled.
    func run() async {
        await withTaskGroup { group in
            group.addTask { await self.rack.run() }
            group.addTask { await self.showHosts() }
            group.addTask { await self.followAgents() }
            group.addTask { await self.refresh() }
        }
    }

    /// The lab's own figures move all the time; clients see them as often as those of a UPS.
    private func refresh() async {
        while (try? await self.rack.timekeeper.sleep(until: self.rack.timekeeper.now + Self.refreshInterval)) != nil {
            self.manager.refreshExtras()
        }
    }

    private func showHosts() async {
        for await views in self.shown {
            for view in views {
                let clients = self.realClients.withLock { $0[DeviceID(view.id.name)] ?? 0 }
                await self.rack.show(view.id, forcedShutdown: view.phase.isTold, realClients: clients)
            }
        }
    }

    private func followAgents() async {
        for await event in self.rack.events {
            switch event.kind {
            case .clientLoggedIn(let host):
                self.manager.clientLoggedIn(DeviceID(host.name), by: Self.agent)
            case .clientLoggedOut(let host):
                self.manager.clientLoggedOut(DeviceID(host.name), by: Self.agent, politely: true)
            case .mains, .output, .outletMoved, .hostBecame, .hostCrashed, .loadPowered:
                break
            }
        }
    }

    // MARK: The NUT server's side

    var snapshot: PowerSnapshot { self.manager.snapshot }

    func clientLoggedIn(_ device: DeviceID, by actor: Actor) {
        self.realClients.withLock { $0[device, default: 0] += 1 }
        self.manager.clientLoggedIn(device, by: actor)
    }

    func clientLoggedOut(_ device: DeviceID, by actor: Actor, politely: Bool) {
        self.realClients.withLock { $0[device] = max(0, ($0[device] ?? 0) - 1) }
        self.manager.clientLoggedOut(device, by: actor, politely: politely)
    }

    func submit(
        _ order: ClientOrder, by actor: Actor, outcome: @escaping @Sendable (OrderOutcome) -> Void
    ) async throws(OrderRefusal) {
        try await self.manager.submit(order, by: actor, outcome: outcome)
    }
}

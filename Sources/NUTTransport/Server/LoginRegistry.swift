internal import PowerCore
internal import Synchronization

/// Which connections are logged in to which device: `NUMLOGINS` and `LIST CLIENT`.
///
/// Holds one entry for a connection at most, so it is bounded by the number of connections.
final class LoginRegistry: Sendable {
    private struct Entry: Sendable {
        var connection: ObjectIdentifier
        var address: String
        var close: @Sendable () -> Void
    }

    /// By device, the oldest login first.
    private let entries = Mutex<[DeviceID: [Entry]]>([:])

    /// The addresses of the connections logged in to `device`, the newest first.
    func clients(of device: DeviceID) -> [String] {
        self.entries.withLock { ($0[device] ?? []).reversed().map(\.address) }
    }

    /// Counts `connection` as one that depends on `device`; `close` ends it.
    func add(
        _ connection: ObjectIdentifier, from address: String, to device: DeviceID, close: @escaping @Sendable () -> Void
    ) {
        let entry = Entry(connection: connection, address: address, close: close)
        self.entries.withLock { $0[device, default: []].append(entry) }
    }

    /// Ends the connections that are logged in to one of `devices`.
    func disconnect(from devices: Set<DeviceID>) {
        let ended = self.entries.withLock { entries in devices.flatMap { entries[$0] ?? [] } }
        for entry in ended { entry.close() }
    }

    /// Stops counting `connection`.
    func remove(_ connection: ObjectIdentifier, from device: DeviceID) {
        self.entries.withLock { entries in
            entries[device]?.removeAll { $0.connection == connection }
            if entries[device]?.isEmpty == true { entries[device] = nil }
        }
    }
}

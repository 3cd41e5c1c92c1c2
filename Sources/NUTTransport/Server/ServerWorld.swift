internal import NUTProtocol
internal import PowerCore

/// The world of one moment, as the sessions ask for it.
struct ServerWorld: SessionWorld {
    let hub: ServerHub
    let catalogue: Catalogue
    let users: UserTable
    let tls: ServerTLS?
    /// Whether the connection must encrypt; settled when it began.
    let requiresTLS: Bool

    var version: ServerVersion { self.hub.version }

    var encryption: EncryptionOffer {
        guard self.tls != nil else { return .none }
        return self.requiresTLS ? .required : .offered
    }

    func clients(of device: DeviceID) -> [String] {
        self.hub.logins.clients(of: device)
    }

    func trackingState(of id: String) -> TrackingState? {
        self.hub.trackingState(of: id)
    }
}

public import PowerCore

/// Something that happened in the lab, and when.
public struct LabEvent: Hashable, Sendable, CustomStringConvertible {
    /// What may happen.
    public enum Kind: Hashable, Sendable {
        /// The mains of a circuit came back or went.
        case mains(DeviceID, isOn: Bool)
        /// The output of a UPS came back or ended.
        case output(DeviceID, isLive: Bool)
        /// A relay of a PDU moved.
        case outletMoved(OutletID, OutletPosition)
        /// A host is in another state.
        case hostBecame(HostID, HostState)
        /// The power of a host ended while it was in this state.
        case hostCrashed(HostID, while: HostState)
        /// A load has power, or has none.
        case loadPowered(HostID, Bool)
        /// The built-in client of a host has logged in to the host's virtual UPS.
        case clientLoggedIn(HostID)
        /// The built-in client of a host has logged out.
        case clientLoggedOut(HostID)
    }

    /// When it happened.
    public var moment: Moment
    /// What happened.
    public var kind: Kind

    /// Makes an event.
    public init(_ kind: Kind, at moment: Moment) {
        self.kind = kind
        self.moment = moment
    }

    /// The event in a few words (`pve1 booting`).
    public var description: String {
        switch self.kind {
        case .mains(let source, let isOn): "mains \(isOn ? "on" : "off") at \(source)"
        case .output(let ups, let isLive): "\(ups) gives \(isLive ? "power" : "none")"
        case .outletMoved(let outlet, let position): "outlet \(outlet) \(position.rawValue)"
        case .hostBecame(let host, let state): "\(host) \(state.rawValue)"
        case .hostCrashed(let host, let state): "\(host) lost its power while \(state.rawValue)"
        case .loadPowered(let load, let isPowered): "\(load) \(isPowered ? "has power" : "has none")"
        case .clientLoggedIn(let host): "\(host) logged in"
        case .clientLoggedOut(let host): "\(host) logged out"
        }
    }
}

extension LabEvent.Kind {
    init(_ change: HostChange, of host: HostID) {
        self =
            switch change {
            case .became(let state): .hostBecame(host, state)
            case .loggedIn: .clientLoggedIn(host)
            case .loggedOut: .clientLoggedOut(host)
            case .crashed(let state): .hostCrashed(host, while: state)
            }
    }
}

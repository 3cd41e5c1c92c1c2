/// What a cluster may ask of the fence agent.
enum FenceAction: String, CaseIterable {
    case on
    case off
    case reboot
    case status
    case list
    case listStatus = "list-status"
    case monitor
    case metadata
    case validateAll = "validate-all"
    /// The word of OCF for the metadata.
    case metaData = "meta-data"

    /// Whether outlets must be named.
    var needsPlug: Bool { [.on, .off, .reboot, .status].contains(self) }

    /// Whether the server must know who asks.
    var needsUser: Bool { [.on, .off, .reboot].contains(self) }
}

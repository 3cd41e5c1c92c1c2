public import PowerCore

/// All that a session may know of the world around it, asked for afresh at each line.
public protocol SessionWorld {
    /// The devices and their values.
    var catalogue: Catalogue { get }
    /// Who may do what; may change while connections last.
    var users: UserTable { get }
    /// What the server calls itself.
    var version: ServerVersion { get }
    /// Whether connections are encrypted.
    var encryption: EncryptionOffer { get }
    /// The addresses of the connections logged in to `device`, the newest first.
    func clients(of device: DeviceID) -> [String]
    /// How the order with the identifier `id` stands; nil when nothing is known of it.
    func trackingState(of id: String) -> TrackingState?
}

/// What the server calls itself to its clients.
///
/// Clients look for "Network UPS Tools upsd" and a version number to know what they may ask for, so both are
/// there: the number is that of the NUT release whose protocol is spoken. What it really is stands behind it in
/// brackets, so that no person is misled.
public struct ServerVersion: Hashable, Sendable {
    /// The NUT release whose wire protocol this server speaks.
    public static let nutRelease = "2.8.5"

    /// The version of the protocol (`NETVER`, `PROTVER`); 1.3 has `TRACKING`, `PRIMARY` and command parameters.
    public static let netProtocol = "1.3"

    /// This program and its own version (`upsd-swift 0.1.0`).
    public let product: String

    /// Makes the version of `product`, a name and a number.
    public init(product: String) {
        self.product = product
    }

    /// The value of `server.version`.
    public var number: String { "\(Self.nutRelease) (\(self.product))" }

    /// The answer to `VER` and the value of `server.info`.
    public var text: String { "Network UPS Tools upsd \(self.number) - https://www.networkupstools.org/" }
}

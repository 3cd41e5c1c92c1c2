/// Who we are at a device, and how we prove it; in no text of any kind.
public struct HTTPSecrets: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The user's name.
    public var user: String
    /// The password, nil for nobody in particular.
    public var password: String?
    /// The API key or token, nil where there is none.
    public var token: String?

    /// Makes secrets; nobody in particular where all is left out.
    public init(user: String = "", password: String? = nil, token: String? = nil) {
        self.user = user
        self.password = password
        self.token = token
    }

    /// What stands in a log in its place.
    public var description: String { "secrets" }
    /// What stands in a log in its place.
    public var debugDescription: String { "secrets" }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether there is nothing to prove anything with.
    var isEmpty: Bool { self.password == nil && self.token == nil }
}

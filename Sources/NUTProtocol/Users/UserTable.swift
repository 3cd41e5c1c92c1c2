/// The users that the server knows.
public struct UserTable: Hashable, Sendable {
    private let users: [String: NUTUser]

    /// Makes a table; of two users with one name the first counts.
    public init(_ users: [NUTUser] = []) {
        self.users = Dictionary(users.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The user called `name`, compared with case.
    public func user(named name: String) -> NUTUser? { self.users[name] }
}

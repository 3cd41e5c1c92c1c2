extension SNMPOptions {
    /// Longest community that the library reads in an answer.
    static let longestCommunity = 255
    /// Longest name of a user or context (RFC 3411, SnmpAdminString in keys: 32).
    static let longestName = 32
    /// Shortest password (RFC 3414, 11.2).
    static let shortestPassword = 8

    /// What no agent could ever be asked with, as a sentence; nil where nothing is wrong.
    public var problem: String? {
        switch self.access {
        case .v1(let read, let write), .v2c(let read, let write):
            return [read, write].lazy.compactMap(Self.problem(community:)).first
        case .v3(let user):
            return user.problem
        }
    }

    private static func problem(community: String) -> String? {
        let length = community.utf8.count
        guard length > Self.longestCommunity else { return nil }
        return "the community has \(length) bytes; SNMP agents take at most \(Self.longestCommunity)"
    }
}

extension SNMPUser {
    /// What is wrong with the user, as a sentence; nil where nothing is.
    var problem: String? {
        let longest = SNMPOptions.longestName
        if self.name.isEmpty { return "SNMPv3 needs the name of a user" }
        if self.name.utf8.count > longest { return "the name of the user has more than \(longest) bytes" }
        if self.context.utf8.count > longest { return "the context has more than \(longest) bytes" }
        if self.privacy != nil, self.authentication == nil { return "a user with privacy needs a digest too" }
        let shortest = SNMPOptions.shortestPassword
        let passwords = [("digest", self.authentication?.password), ("privacy", self.privacy?.password)]
        for case (let kind, .some(let password)) in passwords where password.utf8.count < shortest {
            return "the \(kind) password has fewer than \(shortest) bytes, which SNMPv3 does not take"
        }
        return nil
    }
}

extension ConfigurationScalar {
    /// Reads a place to listen at: `0.0.0.0:3493`, `[::]:3493`, `localhost:3493`.
    public static func endpoint(_ text: String) throws(Refusal) -> Configuration.Endpoint {
        let refusal = Refusal(expected: "an address with a port such as 127.0.0.1:3493 or \"[::]:3493\"")
        guard let colon = text.lastIndex(of: ":") else { throw refusal }
        guard let port = try? Self.whole(String(text[text.index(after: colon)...])), port <= 65535 else {
            throw refusal
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard Self.isIPv6(host) else { throw refusal }
        } else {
            guard Self.isName(host) else { throw refusal }
        }
        return Configuration.Endpoint(host: String(host), port: port)
    }

    /// Reads the name or address of a machine, an IPv6 address without brackets: `192.0.2.11`, `fe80::1%eth0`, `pve1.lan`.
    public static func host(_ text: String) throws(Refusal) -> String {
        let text = Self.trimmed(text)
        // The range's reader takes whole addresses only, so that `pve1:22` is none.
        let isAddress = Self.isIPv6(text[...]) && NetworkRange(parsing: String(text.prefix { $0 != "%" })) != nil
        guard Self.isName(text[...]) || isAddress else {
            throw Refusal(expected: "an address or a name such as 192.0.2.11")
        }
        return text
    }

    /// Whether the text has the letters of an IPv6 address; the resolver says whether it is one.
    private static func isIPv6(_ host: Substring) -> Bool {
        host.contains(":") && host.allSatisfy { $0.isHexDigit || ":.%".contains($0) || ($0.isASCII && $0.isLetter) }
    }

    /// Whether the text has the letters of a host name or an IPv4 address. No name begins with `-`, but a program that
    /// is given one would take it for an option.
    private static func isName(_ host: Substring) -> Bool {
        !host.isEmpty && !host.hasPrefix("-")
            && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    }
}

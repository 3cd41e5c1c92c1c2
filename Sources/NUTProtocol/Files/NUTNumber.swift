/// Numbers of NUT's configuration files: whole ones, in seconds or counts, without units.
enum NUTNumber {
    /// A whole number, not negative; nil for anything else. `atoi` would take what begins like one.
    static func whole(_ text: String) -> Int? {
        let isDigits = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isDigits && text.utf8.count <= NUTFileLimits.digits ? Int(text) : nil
    }

    /// A whole number that may be negative.
    static func signed(_ text: String) -> Int? {
        text.hasPrefix("-") ? Self.whole(String(text.dropFirst())).map { -$0 } : Self.whole(text)
    }

    /// A TCP port, 1 to 65535.
    static func port(_ text: String) -> Int? {
        Self.whole(text).flatMap { (1...65535).contains($0) ? $0 : nil }
    }

    /// One of NUT's words for yes and no.
    static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }
}

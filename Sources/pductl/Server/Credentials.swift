import PowerCore

/// A user name and a password for commands that change something.
struct Credentials: Equatable {
    /// The user name.
    var user: String
    /// The password.
    var password: String

    /// A file as the search for credentials needs it.
    struct File {
        /// The text.
        var text: String
        /// Whether its group or everybody may read it.
        var isReadableByOthers: Bool
    }

    /// Looks for them: options first, then `PDUCTL_USER` and `PDUCTL_PASSWORD`, then the credentials file.
    ///
    /// `read` gives the file at a path, nil where there is none. Nil when there are no credentials at all.
    static func find(
        user: String?, passwordFile: String?, environment: [String: String], json: Bool,
        read: (String) -> File?
    ) throws(Outcome) -> Credentials? {
        let stored = try Self.stored(environment: environment, json: json, read: read)
        let name = user ?? environment["PDUCTL_USER"] ?? stored?.user
        var password = environment["PDUCTL_PASSWORD"]
        if let path = passwordFile {
            guard let file = read(path) else { throw .failure(.usage, "\(path) cannot be read", json: json) }
            password = file.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        }
        // The stored password is that of the stored user and of nobody else.
        if password == nil, stored?.user == name { password = stored?.password }
        guard let name, let password else { return nil }
        return Credentials(user: name, password: password)
    }

    /// Where the credentials file is; nil without a home.
    static func path(environment: [String: String]) -> String? {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return "\(folder)/pductl/credentials" }
        return environment["HOME"].map { "\($0)/.config/pductl/credentials" }
    }

    /// The credentials file: lines `user: NAME` and `password: WORD`, `#` begins a remark.
    private static func stored(
        environment: [String: String], json: Bool, read: (String) -> File?
    ) throws(Outcome) -> Credentials? {
        guard let path = Self.path(environment: environment), let file = read(path) else { return nil }
        guard !file.isReadableByOthers else {
            throw .failure(.usage, "\(path) can be read by others; type: chmod 600 \(path)", json: json)
        }
        var fields: [String: String] = [:]
        for line in file.text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields[Self.trimmed(parts[0])] = Self.trimmed(parts[1])
        }
        guard let user = fields["user"], let password = fields["password"] else {
            throw .failure(.usage, "\(path) needs two lines, `user: NAME` and `password: WORD`", json: json)
        }
        return Credentials(user: user, password: password)
    }

    private static func trimmed(_ text: Substring) -> String {
        let front = text.drop { $0 == " " || $0 == "\t" }
        guard let last = front.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(front[...last])
    }
}

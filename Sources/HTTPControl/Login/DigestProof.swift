/// One nonce of a device, and what has been proved with it so far (RFC 7616, 3.4; `qop` is `auth`).
struct DigestProof: Hashable {
    let algorithm: DigestAlgorithm
    let realm: String
    let nonce: String
    let opaque: String?
    /// Whether the device has written the function's name, which is then repeated.
    let isNamed: Bool
    /// The requests that carried this nonce; a device refuses a number that comes twice.
    private(set) var count: UInt32 = 0

    /// The proof that `challenge` asks for; nil where it wants something else or another function than `allowed`.
    init?(_ challenge: AuthenticationChallenge, allowed: [DigestAlgorithm]) {
        let words = challenge.parameters
        let name = words["algorithm"] ?? DigestAlgorithm.md5.rawValue
        guard challenge.scheme == "digest", let realm = words["realm"], let nonce = words["nonce"],
            let algorithm = allowed.first(where: { $0.rawValue == name.uppercased() }),
            let kinds = words["qop"], kinds.split(whereSeparator: { ", ".contains($0) }).contains("auth")
        else { return nil }
        (self.algorithm, self.realm, self.nonce, self.opaque) = (algorithm, realm, nonce, words["opaque"])
        self.isNamed = words["algorithm"] != nil
    }

    /// The strongest proof that one of the challenges of an answer asks for, in the order of `allowed`.
    static func best(of answer: HTTPAnswer, allowed: [DigestAlgorithm]) -> DigestProof? {
        let challenges = answer.values(of: "WWW-Authenticate").flatMap(AuthenticationChallenge.challenges)
        let proofs = challenges.compactMap { DigestProof($0, allowed: allowed) }
        return allowed.lazy.compactMap { algorithm in proofs.first { $0.algorithm == algorithm } }.first
    }

    /// Whether an answer says that only the nonce was too old.
    static func isStale(_ answer: HTTPAnswer) -> Bool {
        answer.values(of: "WWW-Authenticate").flatMap(AuthenticationChallenge.challenges)
            .contains { $0.parameters["stale"]?.lowercased() == "true" }
    }

    /// The value of `Authorization` for the next request with this nonce; `own` is a nonce of ours.
    mutating func authorization(
        of user: String, _ password: String, _ method: String, _ target: String, own: String
    ) -> String {
        self.count &+= 1
        let digits = String(self.count, radix: 16)
        let number = String(repeating: "0", count: 8 - digits.count) + digits
        let who = self.algorithm.hash("\(user):\(self.realm):\(password)")
        let what = self.algorithm.hash("\(method):\(target)")
        let response = self.algorithm.hash("\(who):\(self.nonce):\(number):\(own):auth:\(what)")
        var fields = [
            "username=\(Self.quoted(user))", "realm=\(Self.quoted(self.realm))", "nonce=\(Self.quoted(self.nonce))",
            "uri=\(Self.quoted(target))", "response=\"\(response)\"", "qop=auth", "nc=\(number)",
            "cnonce=\(Self.quoted(own))",
        ]
        if self.isNamed { fields.append("algorithm=\(self.algorithm.rawValue)") }
        if let opaque = self.opaque { fields.append("opaque=\(Self.quoted(opaque))") }
        return "Digest " + fields.joined(separator: ", ")
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.flatMap { "\"\\".contains($0) ? "\\\($0)" : "\($0)" } + "\""
    }
}

import Crypto
import Synchronization

/// A device's side of digest authentication, written for the tests alone.
final class DigestGuard: Sendable {
    private struct State {
        var nonce = 0
        var count = 0
        var uses = 0
    }

    let algorithm: String
    private let user: String
    private let password: String
    private let realm = "shellypro4pm-f008d1d8b8b8"
    /// How often a nonce may be used before it is stale.
    private let usesPerNonce: Int
    private let saysStale: Bool
    private let state = Mutex(State())

    init(_ algorithm: String, user: String, password: String, usesPerNonce: Int = 3, saysStale: Bool = true) {
        self.algorithm = algorithm
        self.user = user
        self.password = password
        self.usesPerNonce = usesPerNonce
        self.saysStale = saysStale
    }

    /// The refusal of a request; nil where it may pass.
    func refusal(of request: LoopbackServer.Request) -> LoopbackServer.Reply? {
        self.state.withLock { state in
            guard let fields = Self.fields(of: request.headers["authorization"] ?? "") else {
                return self.challenge(&state, stale: false)
            }
            guard fields["response"] == self.response(to: request, fields), fields["username"] == self.user else {
                return self.challenge(&state, stale: false)
            }
            guard fields["nonce"] == "n\(state.nonce)", state.uses < self.usesPerNonce else {
                return self.challenge(&state, stale: self.saysStale)
            }
            guard let count = Int(fields["nc"] ?? "", radix: 16), count > state.count else {
                return .answer(400, [], "nonce count repeated")
            }
            state.count = count
            state.uses += 1
            return nil
        }
    }

    private func challenge(_ state: inout State, stale: Bool) -> LoopbackServer.Reply {
        state = State(nonce: state.nonce + 1)
        let stale = stale ? ", stale=TRUE" : ""
        let value =
            "Digest qop=\"auth, auth-int\", realm=\"\(self.realm)\", nonce=\"n\(state.nonce)\", "
            + "algorithm=\(self.algorithm)\(stale), opaque=\"a,b\""
        return .answer(401, [("WWW-Authenticate", "Basic realm=\"x\""), ("WWW-Authenticate", value)], "no")
    }

    private func response(to request: LoopbackServer.Request, _ fields: [String: String]) -> String {
        guard fields["uri"] == request.target, fields["opaque"] == "a,b", fields["realm"] == self.realm else {
            return "none"
        }
        let who = self.hash("\(self.user):\(self.realm):\(self.password)")
        let what = self.hash("\(request.method):\(request.target)")
        let words = [fields["nonce"], fields["nc"], fields["cnonce"], fields["qop"]].map { $0 ?? "" }
        return self.hash("\(who):\(words.joined(separator: ":")):\(what)")
    }

    private func hash(_ text: String) -> String {
        let bytes: [UInt8] =
            self.algorithm == "MD5"
            ? Array(Insecure.MD5.hash(data: Array(text.utf8))) : Array(SHA256.hash(data: Array(text.utf8)))
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The fields of an `Authorization`; commas in quotes do not occur but in `opaque`.
    private static func fields(of header: String) -> [String: String]? {
        guard header.hasPrefix("Digest ") else { return nil }
        var fields: [String: String] = [:]
        for match in header.dropFirst(7).matches(of: /([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]+))/) {
            let value = String(match.2 ?? match.3 ?? "")
            fields[String(match.1)] = value.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
        }
        return fields
    }
}

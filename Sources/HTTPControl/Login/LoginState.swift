internal import PowerCore

/// What is known of a login so far: decides what a call carries, and what an answer to it means.
struct LoginState: Sendable {
    /// What comes of an answer.
    enum Verdict: Hashable {
        /// The device took the call.
        case taken
        /// It did not, for lack of a login that is known now.
        case again
    }

    private let login: HTTPLogin
    private let secrets: HTTPSecrets
    private var proof: DigestProof?
    private var unifi = UniFiLogin()

    init(_ login: HTTPLogin, _ secrets: HTTPSecrets) {
        self.login = login
        self.secrets = secrets
    }

    /// What must be sent before any call; nil where nothing must.
    var opening: SealedCall? {
        guard self.login == .unifi, self.secrets.token == nil, !self.unifi.isOpen else { return nil }
        return self.unifi.opening(self.secrets)
    }

    /// Takes in the answer to ``opening``.
    mutating func opened(by answer: HTTPAnswer) throws(HTTPProblem) {
        _ = try self.unifi.opened(by: answer)
    }

    /// The call with everything the device must see; `own` is a nonce of ours.
    mutating func seal(_ call: HTTPCall, own: String) -> SealedCall {
        var sealed = SealedCall(call)
        switch self.login {
        case .unifi: self.unifi.dress(&sealed, self.secrets)
        case .token(let header):
            if let token = self.secrets.token {
                sealed.headers.append(HTTPCall.Field(name: header, value: token))
            } else {
                self.addBasic(to: &sealed)
            }
        case .basic: self.addBasic(to: &sealed)
        case .query(let user, let password): self.addQuery(user, password, to: &sealed)
        case .digest: self.addProof(to: &sealed, own)
        }
        return sealed
    }

    private func addBasic(to sealed: inout SealedCall) {
        guard let password = self.secrets.password else { return }
        let text = Base64.text(Array("\(self.secrets.user):\(password)".utf8))
        sealed.headers.append(HTTPCall.Field(name: "Authorization", value: "Basic \(text)"))
    }

    private func addQuery(_ user: String, _ password: String, to sealed: inout SealedCall) {
        guard let secret = self.secrets.password else { return }
        sealed.query = [
            HTTPCall.Field(name: user, value: self.secrets.user), HTTPCall.Field(name: password, value: secret),
        ]
    }

    private mutating func addProof(to sealed: inout SealedCall, _ own: String) {
        guard let password = self.secrets.password, var proof = self.proof else { return }
        let value = proof.authorization(
            of: self.secrets.user, password, sealed.call.method.rawValue, sealed.target, own: own)
        self.proof = proof
        sealed.headers.append(HTTPCall.Field(name: "Authorization", value: value))
    }

    /// What an answer to a sealed call means for the login; throws where the device refuses us.
    mutating func judge(_ answer: HTTPAnswer, to sealed: SealedCall) throws(HTTPProblem) -> Verdict {
        if self.login == .unifi { self.unifi.note(answer) }
        guard answer.status == 401 else { return .taken }
        guard !self.secrets.isEmpty else {
            throw HTTPProblem(
                .notPermitted, "it asks who we are", remedy: "add password-file:, and user: where it has users")
        }
        switch self.login {
        case .digest(let allowed): return try self.renew(answer, sealed, allowed)
        case .unifi where self.secrets.token == nil && self.unifi.isOpen:
            self.unifi.close()
            return .again
        default: throw Self.refusal
        }
    }

    /// The next proof, unless the last one was right and refused all the same.
    private mutating func renew(
        _ answer: HTTPAnswer, _ sealed: SealedCall, _ allowed: [DigestAlgorithm]
    ) throws(HTTPProblem) -> Verdict {
        let old = self.proof
        self.proof = DigestProof.best(of: answer, allowed: allowed)
        guard self.proof != nil else {
            let names = allowed.map(\.rawValue).joined(separator: " or ")
            throw HTTPProblem(
                .notSupported, "it does not ask for a digest with \(names), and nothing weaker is sent to it",
                remedy: "see whether profile: is that of this device")
        }
        let wasProved = sealed.headers.contains { $0.name == "Authorization" }
        // Some devices never say stale: a nonce that has served before may just have aged.
        if wasProved, !DigestProof.isStale(answer), (old?.count ?? 0) <= 1 {
            self.proof = nil
            throw Self.refusal
        }
        return .again
    }

    /// The device knows neither user nor password.
    static let refusal = HTTPProblem(
        .notPermitted, "it refuses the user, password or token", remedy: "see user:, password-file: and token-file:")
}

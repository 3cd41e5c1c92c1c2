internal import PowerCore

/// What a UniFi controller knows us by: an API key, or cookies and a token against forged requests after a login.
///
/// A gateway or console (UniFi OS) has its login at `/api/auth/login` and the network's paths behind `/proxy/network`; a
/// controller that runs as a program of its own has `/api/login` and no prefix. An API key exists on UniFi OS alone.
struct UniFiLogin: Sendable {
    /// Which of the two is at the other end.
    enum Kind: Hashable {
        case console, program
    }

    private(set) var kind = Kind.console
    private(set) var isOpen = false
    private var cookies: [String: String] = [:]
    private var forgery: String?

    /// Puts on a call what the controller knows us by.
    func dress(_ sealed: inout SealedCall, _ secrets: HTTPSecrets) {
        if self.kind == .console { sealed.prefix = "/proxy/network" }
        if let token = secrets.token {
            sealed.headers.append(HTTPCall.Field(name: "X-API-KEY", value: token))
            return
        }
        let cookies = self.cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if !cookies.isEmpty {
            sealed.headers.append(HTTPCall.Field(name: "Cookie", value: cookies.joined(separator: "; ")))
        }
        if let forgery { sealed.headers.append(HTTPCall.Field(name: "X-CSRF-Token", value: forgery)) }
    }

    /// The request that logs in.
    func opening(_ secrets: HTTPSecrets) -> SealedCall {
        let path = self.kind == .console ? "/api/auth/login" : "/api/login"
        var sealed = SealedCall(HTTPCall(method: .post, path: path, isOrder: true))
        sealed.body = .json([
            "username": .string(secrets.user), "password": .string(secrets.password ?? ""), "remember": false,
        ])
        return sealed
    }

    /// Takes in the answer to ``opening(_:)``; false where the other kind of controller must be tried.
    mutating func opened(by answer: HTTPAnswer) throws(HTTPProblem) -> Bool {
        if answer.status == 404, self.kind == .console {
            self.kind = .program
            return false
        }
        guard (200..<300).contains(answer.status) else {
            throw HTTPProblem(
                answer.status == 429 ? .busy : .notPermitted, "the controller refuses the login (\(answer.status))",
                remedy: "see user: and password-file:, and that the user is a local one without a second factor")
        }
        self.note(answer)
        self.isOpen = true
        return true
    }

    /// Takes in what any answer says of cookies and of the token against forged requests.
    mutating func note(_ answer: HTTPAnswer) {
        for cookie in answer.values(of: "Set-Cookie") {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, self.cookies[pair[0]] != nil || self.cookies.count < HTTPLimits.cookies else {
                continue
            }
            self.cookies[pair[0]] = pair[1]
            if pair[0] == "csrf_token" { self.forgery = pair[1] }
        }
        let tokens = answer.values(of: "X-Updated-CSRF-Token") + answer.values(of: "X-CSRF-Token")
        self.forgery = tokens.first ?? self.forgery
    }

    /// Forgets everything but the kind: the controller no longer knows us.
    mutating func close() {
        (self.isOpen, self.cookies, self.forgery) = (false, [:], nil)
    }
}

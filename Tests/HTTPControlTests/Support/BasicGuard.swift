import Foundation

/// A device's side of basic authentication.
struct BasicGuard: Sendable {
    let user: String
    let password: String

    /// The refusal of a request; nil where it may pass.
    func refusal(of request: LoopbackServer.Request) -> LoopbackServer.Reply? {
        let expected = "Basic " + Data("\(self.user):\(self.password)".utf8).base64EncodedString()
        guard request.headers["authorization"] != expected else { return nil }
        return .answer(401, [("WWW-Authenticate", "Basic realm=\"device\"")], "401 Unauthorized")
    }
}

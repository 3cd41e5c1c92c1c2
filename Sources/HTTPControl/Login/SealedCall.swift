/// A call with everything that proves who asks; what is sent, and never shown.
struct SealedCall: Sendable, CustomStringConvertible, CustomReflectable {
    /// The call as it was decided, which may be shown.
    let call: HTTPCall
    /// What stands before the path, such as a gateway's `/proxy/network`.
    var prefix = ""
    /// More of the query.
    var query: [HTTPCall.Field] = []
    /// More headers.
    var headers: [HTTPCall.Field] = []
    /// A body in the place of the call's own.
    var body: HTTPCall.Body?

    init(_ call: HTTPCall) {
        self.call = call
    }

    /// What follows the host in the first line.
    var target: String {
        var call = self.call
        call.path = self.prefix + call.path
        call.query = self.query + call.query
        return call.target
    }

    var description: String { "\(self.call.method.rawValue) \(self.call.path)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

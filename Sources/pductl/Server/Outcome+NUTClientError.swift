import NUTProtocol
import NUTTransport

extension Outcome {
    /// What is said when a request to the server came to nothing.
    init(_ error: NUTClientError, about subject: String? = nil, json: Bool) {
        let sentence = subject.map { "\($0): \(Self.sentence(error))" } ?? Self.sentence(error)
        self = .failure(Self.status(error), sentence, json: json)
    }

    /// The server's own sentence where it gives one: that is what its user wants to read.
    private static func sentence(_ error: NUTClientError) -> String {
        switch error {
        case .refused(_, let sentence?, _): "refused: \(sentence)"
        case .failed(_, let sentence?, _): "failed: \(sentence)"
        default: error.description
        }
    }

    private static func status(_ error: NUTClientError) -> Ending {
        switch error {
        case .unreachable, .notEncrypted, .timedOut, .closed, .unreadable, .unexpected: .unreachable
        case .refused(.accessDenied, _, _), .refused(.usernameRequired, _, _), .refused(.passwordRequired, _, _):
            .notPermitted
        case .refused(.unknownUPS, _, _), .refused(.variableNotSupported, _, _), .unsendable: .usage
        case .refused, .failed, .noResult, .tooManyRequests: .failed
        }
    }
}

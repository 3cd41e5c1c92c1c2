import NUTProtocol
import NUTTransport

extension Outcome {
    /// What is said when a request to the server came to nothing.
    init(_ error: NUTClientError, about subject: String? = nil, json: Bool) {
        let sentence = subject.map { "\($0): \(error.sentence)" } ?? error.sentence
        self = .failure(error.ending, sentence, json: json)
    }
}

extension NUTClientError {
    /// The server's own sentence where it gives one: that is what its user wants to read.
    var sentence: String {
        switch self {
        case .refused(_, let sentence?): "refused: \(sentence)"
        case .failed(_, let sentence?): "failed: \(sentence)"
        default: self.description
        }
    }

    /// How a command ends because of it.
    var ending: Ending {
        switch self {
        case .unreachable, .notEncrypted, .timedOut, .closed, .unreadable, .unexpected: .unreachable
        case .refused(.accessDenied, _), .refused(.usernameRequired, _), .refused(.passwordRequired, _): .notPermitted
        case .refused(.unknownUPS, _), .refused(.variableNotSupported, _): .notFound
        case .refused(.dataStale, _), .refused(.driverNotConnected, _): .unreachable
        case .unsendable: .usage
        case .noResult: .notVerified
        case .refused, .failed: Ending(kind: self.kind)
        case .tooManyRequests: .failed
        }
    }

    /// The word that the server puts behind its sentence; nil where it gives none.
    private var kind: String? { nil }
}

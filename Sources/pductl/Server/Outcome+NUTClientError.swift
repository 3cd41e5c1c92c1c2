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
        case .refused(_, let sentence?, _): "refused: \(sentence)"
        case .failed(_, let sentence?, _): "failed: \(sentence)"
        default: self.description
        }
    }

    /// How a command ends because of it.
    var ending: Ending {
        switch self {
        case .unreachable, .notEncrypted, .timedOut, .closed, .unreadable, .unexpected: .unreachable
        case .unsendable: .usage
        case .noResult: .notVerified
        case .refused(let word, _, let kind): Self.ending(word) ?? Ending(kind: kind)
        case .failed(_, _, let kind): Ending(kind: kind)
        case .tooManyRequests: .failed
        }
    }

    /// What NUT's own words mean; nil for those that say nothing of why.
    private static func ending(_ word: ErrorWord) -> Ending? {
        switch word {
        case .accessDenied, .usernameRequired, .passwordRequired: .notPermitted
        case .unknownUPS, .variableNotSupported: .notFound
        case .dataStale, .driverNotConnected: .unreachable
        default: nil
        }
    }
}

public import NUTProtocol

/// Why a request to a NUT server came to nothing, each with what its user can do.
public enum NUTClientError: Error, Hashable, Sendable {
    /// No connection came about.
    case unreachable(host: String, port: Int, reason: String)
    /// The connection could not be encrypted as asked for, or the server is not who it should be; it has been closed.
    case notEncrypted(String)
    /// The server took longer than ``NUTClientLimits/answer``; the connection has been closed.
    case timedOut
    /// The server or ``NUTClient/close()`` ended the connection.
    case closed
    /// More than ``NUTClientLimits/requestsInFlight`` requests wait for an answer.
    case tooManyRequests
    /// The server's bytes break the protocol; the connection has been closed.
    case unreadable(ClientReplyFault)
    /// A word of the request holds what the wire does not carry; it was not sent.
    case unsendable(String)
    /// The server refused, with its word and perhaps a sentence and the kind of trouble (``OrderTrouble``).
    case refused(ErrorWord, sentence: String?, kind: String? = nil)
    /// The server answered with something that is no answer to the request.
    case unexpected(String)
    /// The order was taken but failed, with the server's word and perhaps a sentence and the kind of trouble.
    case failed(ErrorWord, sentence: String?, kind: String? = nil)
    /// The order was taken, but how it came out was not known within ``NUTClientLimits/result``.
    case noResult
}

extension NUTClientError: CustomStringConvertible {
    /// What went wrong and what to do about it, in one or two sentences.
    public var description: String {
        switch self {
        case .unreachable(let host, let port, let reason):
            "no connection to \(host) port \(port): \(reason). Is the server running, and does it listen there?"
        case .notEncrypted(let reason): "no TLS with the server: \(reason)."
        case .timedOut: "the server did not answer in time. Try again, and look at the server's log."
        case .closed: "the connection is closed. Connect again."
        case .tooManyRequests: "too many requests at once. Wait for answers before asking more."
        case .unreadable(let fault): "the server sent what no NUT server sends (\(fault)). Is it the right port?"
        case .unsendable(let word): "'\(word)' cannot be sent: use printable ASCII, at most 512 characters."
        case .refused(let word, let sentence, _): Self.describe(word, sentence)
        case .unexpected(let line): "the server gave an answer that does not fit: '\(line)'. Is it a NUT server?"
        case .failed(let word, let sentence, _): "the order was taken but failed: \(Self.describe(word, sentence))"
        case .noResult: "the order was taken, but its result is not known yet. Read the state before trying again."
        }
    }

    private static func describe(_ word: ErrorWord, _ sentence: String?) -> String {
        if let sentence { return "\(sentence) (\(word))" }
        switch word {
        case .accessDenied: return "access denied: check the user, the password and the user's rights (\(word))"
        case .unknownUPS: return "the server has no device of this name; list the devices (\(word))"
        case .variableNotSupported: return "the device has no such variable; list its variables (\(word))"
        case .commandNotSupported: return "the device has no such command; list its commands (\(word))"
        case .readOnly: return "the variable cannot be set (\(word))"
        case .tooLong: return "the value is too long (\(word))"
        case .invalidValue: return "the value is not among those allowed (\(word))"
        case .dataStale: return "the server has lost contact with the device; look at its cable and log (\(word))"
        case .driverNotConnected: return "the server has not reached the device yet; wait, look at its log (\(word))"
        case .usernameRequired, .passwordRequired: return "a user name and a password are needed (\(word))"
        default: return "the server refused (\(word))"
        }
    }
}

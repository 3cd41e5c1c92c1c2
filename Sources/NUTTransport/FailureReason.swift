internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// What an error of the event loop says about the world, in words for people.
struct FailureReason {
    let text: String

    init(_ error: any Error) {
        switch error {
        case let error as NIOConnectionError:
            self.text = error.connectionErrors.first.map { FailureReason($0.error).text } ?? "the name is not known"
        case let error as IOError:
            // The system's own words; NIO's put the name of a Swift function before them.
            self.text = String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout:
            self.text = "nobody answered in time"
        case is SocketAddressError, is SocketAddressError.UnknownHost:
            self.text = "the name is not known"
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self.text = "its certificate names another server"
        case let error as NIOSSLError:
            self.text = Self.text(of: error)
        default:
            self.text = "\(error)"
        }
    }

    private static func text(of error: NIOSSLError) -> String {
        guard case .handshakeFailed(let cause) = error else { return "the encrypted connection broke (\(error))" }
        let words = "\(cause)"
        // The library has no value of its own for it, only words.
        if words.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not one that is trusted here" }
        if words.contains("WRONG_VERSION_NUMBER") { return "it answered with something that is no TLS" }
        return "the handshake failed (\(words))"
    }
}

internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import PowerCore

/// What an error of the client says of a device, in words for people and without what was sent.
struct FailureReason {
    let problem: HTTPProblem

    /// Reads the error of a call; `late` is what is said when its time was over.
    init(_ error: any Error, _ call: HTTPCall, _ late: HTTPProblem) {
        switch error {
        case let error as CertificatePin.Mismatch: self.problem = Self.stranger(error)
        case let error as HTTPClientError: self.problem = Self.problem(error, call, late)
        case let error as NIOConnectionError: self.problem = Self.problem(error)
        case is NIOTooManyBytesError:
            self.problem = HTTPProblem(
                .stalled, "its answer to \(call.path) has more than \(HTTPLimits.answer) bytes",
                remedy: "see whether url: is that of this device")
        case is HTTPParserError:
            self.problem = HTTPProblem(
                .stalled, "what it answers is no HTTP", remedy: "see whether url: has the right port, and https or http"
            )
        case let error as IOError: self.problem = Self.gone(Self.words(for: error.errnoCode))
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self.problem = Self.untrusted("\(error)")
        case is CancellationError: self.problem = late
        default: self.problem = HTTPProblem(.stalled, "\(call.path) failed: \(type(of: error))")
        }
    }

    private static func problem(_ error: HTTPClientError, _ call: HTTPCall, _ late: HTTPProblem) -> HTTPProblem {
        switch error {
        case .connectTimeout, .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
            .getConnectionFromPoolTimeout, .cancelled:
            late
        case .remoteConnectionClosed, .uncleanShutdown: Self.closed(call)
        case .alreadyShutdown: HTTPProblem(.gone, "the daemon is ending")
        default: HTTPProblem(.stalled, "\(call.path) failed: \(error.shortDescription)")
        }
    }

    /// The device ended the connection before its answer was complete.
    static func closed(_ call: HTTPCall) -> HTTPProblem {
        HTTPProblem(.stalled, "it closed the connection before it had answered \(call.path)")
    }

    private static func problem(_ error: NIOConnectionError) -> HTTPProblem {
        if error.connectionErrors.isEmpty {
            return HTTPProblem(.gone, "its name cannot be looked up", remedy: "see the host in url:")
        }
        let codes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
        return Self.gone(codes.first.map(Self.words) ?? "no connection")
    }

    private static func gone(_ words: String) -> HTTPProblem {
        HTTPProblem(.gone, "it cannot be reached: \(words)", remedy: "see its power, its network and url:")
    }

    private static func stranger(_ error: CertificatePin.Mismatch) -> HTTPProblem {
        guard let shown = error.shown else { return HTTPProblem(.notPermitted, "it shows no certificate") }
        return HTTPProblem(
            .notPermitted,
            "it shows another certificate than that of fingerprint:, with SHA-256 \(DigestAlgorithm.hexadecimal(shown))",
            remedy: "if its certificate was replaced on purpose, compare this with the device and write it there")
    }

    private static func untrusted(_ words: String) -> HTTPProblem {
        guard words.contains("CERTIFICATE_VERIFY_FAILED") || words.contains("Hostname") || words.contains("Identity")
        else {
            return HTTPProblem(
                .stalled, "no TLS handshake came about: \(HTTPAnswer.plain(words))",
                remedy: "see whether url: has the right port, and https or http")
        }
        return HTTPProblem(
            .notPermitted, "its certificate is not one that is trusted here, or not for this host",
            remedy: "write its SHA-256 as fingerprint:, or the authority that signed it as ca:")
    }

    /// The system's own words for an error number.
    private static func words(for code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}

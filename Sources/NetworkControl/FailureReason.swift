internal import Glibc
internal import NIOCore

/// What an error of the event loop says, in words for people.
struct FailureReason {
    let text: String

    init(_ error: any Error) {
        switch error {
        case let error as IOError: self.text = Self.words(for: error.errnoCode)
        case ChannelError.connectTimeout: self.text = "nobody answered in time"
        default: self.text = "\(error)"
        }
    }

    /// The system's own words for an error number.
    static func words(for code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}

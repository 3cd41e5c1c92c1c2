internal import Glibc
internal import NIOCore
internal import NIOPosix

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
        default:
            self.text = "\(error)"
        }
    }
}

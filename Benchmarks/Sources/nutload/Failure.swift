internal import Glibc

/// Why a run cannot go on; the program says it and ends.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// A system call that failed, with its reason.
    static func system(_ call: String) -> Failure {
        let reason = errno
        return Failure("\(call): \(String(cString: strerror(reason)))")
    }
}

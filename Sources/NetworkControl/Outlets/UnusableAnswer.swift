/// Why an answer of a device cannot be used, as a sentence without a full stop.
struct UnusableAnswer: Error, Hashable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

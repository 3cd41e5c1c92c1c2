import NUTFuzzing

/// Feeds one input of libFuzzer to all that reads NUT's lines, and stops where something does not hold.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    do throws(NUTFuzz.Violation) {
        try NUTFuzz.feed(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        preconditionFailure(error.description)
    }
    return 0
}

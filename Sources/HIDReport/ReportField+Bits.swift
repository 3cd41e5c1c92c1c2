extension ReportField {
    /// The number that `payload` (a report without its ID) holds in this field's bits; bits that are missing are 0.
    ///
    /// A field is signed where its logical minimum is negative (HID 1.11, 5.8).
    func number(in payload: ArraySlice<UInt8>) -> Int {
        var bits: UInt64 = 0
        for index in 0..<self.bitSize {
            let (byte, bit) = (self.bitOffset + index).quotientAndRemainder(dividingBy: 8)
            guard byte < payload.count else { break }
            bits |= UInt64(payload[payload.startIndex + byte] >> UInt8(bit) & 1) << UInt64(index)
        }
        guard self.logicalMinimum < 0 else { return Int(clamping: bits) }
        let unused = UInt64(Self.maximumNumberBits - self.bitSize)
        return Int(Int64(bitPattern: bits << unused) >> Int64(unused))
    }

    /// Puts the lower bits of `number` into this field's bits of `payload`, and leaves all others as they are.
    func put(_ number: Int, into payload: inout ArraySlice<UInt8>) {
        let bits = UInt64(bitPattern: Int64(number))
        for index in 0..<self.bitSize {
            let (byte, bit) = (self.bitOffset + index).quotientAndRemainder(dividingBy: 8)
            guard byte < payload.count else { return }
            let mask: UInt8 = 1 << UInt8(bit)
            if bits >> UInt64(index) & 1 == 1 {
                payload[payload.startIndex + byte] |= mask
            } else {
                payload[payload.startIndex + byte] &= ~mask
            }
        }
    }
}

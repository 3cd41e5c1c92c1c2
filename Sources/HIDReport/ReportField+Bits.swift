extension ReportField {
    /// The number that `report` holds in this field's bits, the payload beginning at `start`; missing bits are 0.
    ///
    /// A field is signed where its logical minimum is negative (HID 1.11, 5.8).
    func number(in report: [UInt8], from start: Int) -> Int {
        var bits: UInt64 = 0
        for piece in self.pieces where start + piece.byte < report.count {
            bits |= UInt64(report[start + piece.byte] >> piece.shift & piece.mask) << UInt64(piece.done)
        }
        guard self.logicalMinimum < 0 else { return Int(clamping: bits) }
        let unused = UInt64(Self.maximumNumberBits - self.bitSize)
        return Int(Int64(bitPattern: bits << unused) >> Int64(unused))
    }

    /// Puts the lower bits of `number` into this field's bits of `report`, and leaves all others as they are.
    func put(_ number: Int, into report: inout [UInt8], from start: Int) {
        let bits = UInt64(bitPattern: Int64(number))
        for piece in self.pieces where start + piece.byte < report.count {
            let index = start + piece.byte
            let part = UInt8(truncatingIfNeeded: bits >> UInt64(piece.done)) & piece.mask
            report[index] = report[index] & ~(piece.mask << piece.shift) | part << piece.shift
        }
    }

    /// The part of a field that lies in one byte.
    private struct Piece {
        /// The byte, counted from the payload's first.
        var byte: Int
        /// The part's lowest bit within the byte.
        var shift: UInt8
        /// As many ones as the part has bits.
        var mask: UInt8
        /// How many bits of the field lie before the part.
        var done: Int
    }

    /// The field byte by byte, its lowest bits first; at most nine pieces for a number.
    private var pieces: some Sequence<Piece> {
        sequence(state: 0) { (done: inout Int) -> Piece? in
            guard done < self.bitSize else { return nil }
            let (byte, shift) = (self.bitOffset + done).quotientAndRemainder(dividingBy: 8)
            let count = min(8 - shift, self.bitSize - done)
            defer { done += count }
            return Piece(byte: byte, shift: UInt8(shift), mask: UInt8.max >> UInt8(8 - count), done: done)
        }
    }
}

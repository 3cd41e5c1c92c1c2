internal import HIDReport

/// How many bytes to ask of the interrupt endpoint at a time.
enum InputReportLength {
    /// Most bytes of one input report that are read at once; the longest of a UPS has less than 100.
    static let limit = 4096

    /// The longest input report that the descriptor tells of, in whole packets, and at least one packet.
    ///
    /// Whole packets, because a device that sends more than was asked for would be an error on the wire; no more than
    /// the longest report, because a report that fills its last packet is not followed by a shorter one (HID 1.11, 8.4),
    /// so that a longer transfer would not end with it.
    static func bytes(descriptor: [UInt8], packetSize: Int) -> Int {
        guard packetSize > 0 else { return 0 }
        let parsed = try? ReportDescriptor(parsing: descriptor)
        let longest = parsed.map { parsed in
            parsed.reportIDs(of: .input).compactMap { parsed.byteCount(of: .input, id: $0) }.max() ?? 0
        }
        let packets = ((longest ?? 0) + packetSize - 1) / packetSize
        return packetSize * max(1, min(packets, self.limit / packetSize))
    }
}

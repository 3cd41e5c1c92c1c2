/// How all plugs of a fencing request stand together.
enum FenceState: String, Equatable {
    case on = "ON"
    case off = "OFF"
    case unknown = "UNKNOWN"

    /// Off only where every plug is off; on where any is on; otherwise nothing is known that a cluster could rely on.
    init(of plugs: [String?]) {
        let words = plugs.map { $0?.lowercased() }
        if !words.isEmpty, words.allSatisfy({ $0 == "off" }) {
            self = .off
        } else {
            self = words.contains("on") ? .on : .unknown
        }
    }
}

/// How a call of the fence agent ends.
struct FenceEnd: Error, Equatable {
    /// For the standard output.
    var output = ""
    /// For the standard error.
    var complaint = ""
    /// The exit status of the interface: 0 done or on, 1 not done or not verified, 2 off.
    var status: Int32

    /// Something worked.
    static func done(_ output: String, status: Int32 = 0) -> FenceEnd { FenceEnd(output: output, status: status) }

    /// Nothing that a cluster may rely on.
    static func failed(_ sentence: String) -> FenceEnd {
        FenceEnd(complaint: "fence_pductl: \(PlainText.printable(sentence))\n", status: 1)
    }
}

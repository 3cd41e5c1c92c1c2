import PowerCore
import PowerLab

/// Reads the words of scenarios and of `pductl simulate`: times, stretches of time, charges, faults.
///
/// Whether the names exist is for ``Scenario`` to say, which knows the rack.
enum ScenarioWords {
    /// Why words cannot be read, as a sentence without a full stop.
    struct Failure: Error, Equatable {
        /// The sentence.
        var sentence: String
    }

    /// A stretch of time: from when, and to when where it ends.
    struct Stretch: Equatable {
        /// When it begins.
        var from: Duration
        /// When it ends; nil: never.
        var to: Duration?
    }

    /// What goes wrong, of whom, and when.
    struct Fault: Equatable {
        /// Whom it is about; nil: nobody in particular.
        var subject: String?
        /// What happens.
        var word: FaultWord
        /// When.
        var stretch: Stretch
    }

    /// The words for what may go wrong.
    enum FaultWord: String, CaseIterable {
        /// A host never comes to its end.
        case hangs
        /// A host does not boot.
        case staysOff = "stays-off"
        /// A host boots at the second attempt only.
        case bootsLate = "boots-late"
        /// A host runs no client.
        case deaf
        /// A UPS or a PDU says nothing.
        case silent
        /// The output of a UPS ends.
        case dies
        /// An outlet does not move.
        case sticks
        /// The mains come and go.
        case flickers
        /// The daemon is gone, and comes back.
        case crash
    }

    /// A time such as `45m`.
    static func time(_ text: String) throws(Failure) -> Duration {
        do {
            return try ConfigurationScalar.duration(text)
        } catch {
            throw Failure(sentence: "'\(text)' is not \(error.expected)")
        }
    }

    /// A share such as `80%`.
    static func percent(_ text: String) throws(Failure) -> Percent {
        do {
            return try ConfigurationScalar.percent(text)
        } catch {
            throw Failure(sentence: "'\(text)' is not \(error.expected)")
        }
    }

    /// A stretch of time: `10m..20m`, `10m..` (for ever), or `10m`, which `lone` makes a stretch of.
    static func stretch(_ text: String, lone: (Duration) -> Stretch) throws(Failure) -> Stretch {
        guard let dots = text.firstRange(of: "..") else { return lone(try Self.time(text)) }
        let from = try Self.time(String(text[..<dots.lowerBound]))
        let behind = String(text[dots.upperBound...])
        guard !behind.isEmpty else { return Stretch(from: from, to: nil) }
        let to = try Self.time(behind)
        guard to > from else { throw Failure(sentence: "'\(text)' ends before it begins") }
        return Stretch(from: from, to: to)
    }

    /// An outage: `45m` from the beginning on, or `10m..55m`.
    static func outage(_ text: String) throws(Failure) -> Stretch {
        try Self.stretch(text) { Stretch(from: .zero, to: $0) }
    }

    /// The charge that the batteries begin with: `charge=80%`, or `river.charge=60%` for one.
    static func charge(_ text: String) throws(Failure) -> (ups: String?, charge: Percent) {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let names = sides[0].split(separator: ".", omittingEmptySubsequences: false)
        guard sides.count == 2, names.last == "charge", names.count <= 2, names.first != "" else {
            throw Failure(sentence: "'\(text)' is not charge=80% or UPS.charge=80%")
        }
        return (names.count == 2 ? String(names[0]) : nil, try Self.percent(String(sides[1])))
    }

    /// A fault: `pve2=hangs`, `river=silent@10m..20m`, `a/4=sticks`, `flickers@5m`, `crash@12m`.
    static func fault(_ text: String) throws(Failure) -> Fault {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let sides = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let name = sides.last, let word = FaultWord(rawValue: name), sides.first?.isEmpty == false else {
            let words = FaultWord.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(sentence: "'\(text)' is not NAME=WORD or NAME=WORD@TIME, with a word out of \(words)")
        }
        let stretch =
            parts.count == 2
            ? try Self.stretch(parts[1]) { Stretch(from: $0, to: nil) } : Stretch(from: .zero, to: nil)
        return Fault(subject: sides.count == 2 ? sides[0] : nil, word: word, stretch: stretch)
    }
}

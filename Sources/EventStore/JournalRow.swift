internal import Foundation
internal import PowerCore

/// What an entry of the journal is about; of each subject only the newest entry counts.
struct JournalSubject: Hashable, Sendable, CustomStringConvertible {
    /// `host`, `ups`, `outlet` or `lock`.
    var kind: String
    var name: String

    var description: String { "\(self.kind) \(self.name)" }
}

extension JournalSubject {
    init(_ entry: JournalEntry) {
        switch entry {
        case .host(let host, _): self.init(kind: "host", name: host.name)
        case .ups(let ups, _): self.init(kind: "ups", name: ups.name)
        case .outlet(let outlet, _): self.init(kind: "outlet", name: outlet.description)
        case .lock(let outlet, _): self.init(kind: "lock", name: outlet.description)
        }
    }
}

/// An entry of the journal as it is in the file.
struct JournalRow: Hashable, Sendable {
    /// The form of ``payload`` that is written; one more whenever older programs could not read it.
    static let version = 1
    /// Longer than any entry: a host's has a few hundred bytes.
    static let payloadLimit = 1 << 20

    let subject: JournalSubject
    let moment: Moment
    let wall: WallTime
    let version: Int
    let payload: String
}

extension JournalRow {
    /// Puts an entry into its stored form.
    init(_ entry: JournalEntry, moment: Moment, wall: WallTime) throws(JournalFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A device that divides by zero must not keep its host out of the journal.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let subject = JournalSubject(entry)
        do {
            let payload = String(decoding: try encoder.encode(entry), as: UTF8.self)
            self.init(subject: subject, moment: moment, wall: wall, version: Self.version, payload: payload)
        } catch {
            throw JournalFailure("the entry of \(subject) cannot be put into the journal (\(error))")
        }
    }

    /// Reads the entry back, or says why that is not possible.
    func entry() throws(JournalFailure) -> JournalEntry {
        guard self.version == Self.version else {
            throw self.unreadable("it has the form \(self.version), which this program does not know")
        }
        guard self.payload.utf8.count <= Self.payloadLimit else { throw self.unreadable("it is too long") }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        do {
            return try decoder.decode(JournalEntry.self, from: Data(self.payload.utf8))
        } catch {
            throw self.unreadable("it is damaged, or another version's")
        }
    }

    private func unreadable(_ reason: String) -> JournalFailure {
        JournalFailure("the journal's entry of \(self.subject) cannot be read and is left out: \(reason)")
    }
}

extension PolicyMemory {
    /// Folds the newest entries of all subjects; says of each that cannot be read that it is left out.
    static func folding(_ rows: [JournalRow]) -> (memory: PolicyMemory, notes: [String]) {
        var memory = PolicyMemory()
        var notes: [String] = []
        for row in rows {
            do {
                memory.take(try row.entry())
            } catch {
                notes.append(error.reason)
            }
        }
        return (memory, notes)
    }
}

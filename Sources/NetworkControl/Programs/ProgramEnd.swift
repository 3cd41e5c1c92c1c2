internal import Glibc
internal import PowerCore

/// How a program ended, and what it had printed by then.
struct ProgramEnd: Hashable, Sendable {
    /// The ways in which a program can end.
    enum How: Hashable, Sendable {
        /// By itself, with this code.
        case exited(Int32)
        /// By a signal that it was sent by somebody else.
        case signalled(Int32)
        /// It was ended here, because it took longer than this.
        case late(Duration)
        /// It took longer than this, and not even a kill has ended it.
        case stuck(Duration)
        /// It never began, in words.
        case notStarted(String)
    }

    var how: How
    /// What it said, on both channels, or what it complained of where what it printed is kept apart.
    var output = OutputTail()
    /// What it printed, where that is kept apart; otherwise empty.
    var printed = OutputText()

    /// The sentence for a person, with the last of the output.
    func sentence(about program: String) -> String {
        switch self.how {
        case .exited(let code): self.withOutput("\(program) ended with code \(code)")
        case .signalled(let signal):
            self.withOutput("\(program) was ended by signal \(signal) (\(Self.name(of: signal)))")
        case .late(let limit): self.withOutput("\(program) took longer than \(limit.inWords) and was ended")
        case .stuck(let limit): self.withOutput("\(program) took longer than \(limit.inWords) and cannot be ended")
        case .notStarted(let reason): reason
        }
    }

    private func withOutput(_ sentence: String) -> String {
        let note = self.output.note
        return note.isEmpty ? sentence : "\(sentence): \(note)"
    }

    private static func name(of signal: Int32) -> String {
        strsignal(signal).map { String(cString: $0) } ?? "unknown"
    }
}

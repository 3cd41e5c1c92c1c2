public import PowerCore

extension ReplyBuffer {
    /// Answers an order that the daemon has taken.
    public mutating func appendTaken(_ order: ClientOrder, trackingID: String?) {
        switch order {
        case .forcedShutdown: self.append("OK FSD-SET")
        case .command, .set:
            self.append("OK")
            if let trackingID {
                self.append(" TRACKING")
                self.appendWord(trackingID)
            }
        }
        self.endLine()
    }

    /// Answers an order that the daemon has refused, with its sentence behind the word that NUT's clients know.
    public mutating func appendRefused(_ order: ClientOrder, _ refusal: OrderRefusal) {
        switch order {
        case .command: self.appendError(.commandFailed, refusal.reason, refusal.trouble)
        case .set: self.appendError(.setFailed, refusal.reason, refusal.trouble)
        case .forcedShutdown: self.appendError(.accessDenied, refusal.reason)
        }
    }

    /// Appends `ERR` with its word and perhaps a sentence and the kind of trouble, which stock clients do not look at.
    public mutating func appendError(
        _ word: ErrorWord, _ sentence: String? = nil, _ trouble: OrderTrouble = .failed
    ) {
        self.append("ERR")
        self.appendWord(word.text)
        if let sentence {
            self.appendQuoted(sentence)
            if trouble != .failed { self.appendWord(trouble.rawValue) }
        }
        self.endLine()
    }

    /// Appends a line that never changes.
    mutating func appendLine(_ text: StaticString) {
        self.append(text)
        self.endLine()
    }

    /// Appends the first or last line of a list about `words`.
    mutating func appendFrame(_ text: StaticString, _ words: ArraySlice<UInt8>...) {
        self.append(text)
        for word in words { self.appendWord(word) }
        self.endLine()
    }
}

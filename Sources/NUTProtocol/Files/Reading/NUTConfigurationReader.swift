internal import PowerCore

/// Turns the directives of NUT's files into values and names every mistake in one go.
struct NUTConfigurationReader {
    /// What has been read so far.
    var configuration = NUTConfiguration()
    /// The directives of which a mistake is known; the first mistake is the one that counts.
    private var faulty: Set<NUTFilePlace> = []

    /// Reads all files.
    static func read(_ files: [NUTFile: [UInt8]]) -> NUTConfiguration {
        var reader = NUTConfigurationReader()
        for file in NUTFile.allCases {
            let directives = reader.directives(of: file, files[file] ?? [])
            reader.configuration.directives += directives
            let readable = directives.filter { !reader.isFaulty($0) }
            switch file {
            case .ups: reader.readUPSes(readable)
            case .upsd: reader.readServer(readable)
            case .users: reader.readUsers(readable)
            case .upsmon: reader.readMonitor(readable)
            case .upssched: reader.readSchedule(readable)
            case .nut: reader.configuration.environment = readable
            }
        }
        reader.configuration.mistakes.sort { $0.place < $1.place }
        return reader.configuration
    }

    /// The directives of one file; the unreadable ones among them are noted.
    private mutating func directives(of file: NUTFile, _ bytes: [UInt8]) -> [NUTDirective] {
        var scan = NUTFileScanner.scan(Array(bytes.prefix(NUTFileLimits.bytes)))
        if bytes.count > NUTFileLimits.bytes, scan.cutAt == nil {
            scan.cutAt = scan.lines.popLast()?.mark ?? .start
        }
        var directives = scan.lines.map { NUTDirective($0, of: file) }
        for directive in directives {
            if let fault = directive.faults.first(where: \.isFatal) { self.fail(directive, Self.text(of: fault)) }
        }
        if let mark = scan.cutAt {
            let rest = NUTDirective(NUTFileLine(words: [], mark: mark, faults: [.tooLong]), of: file)
            self.fail(
                rest,
                "the file has more than \(NUTFileLimits.directives) directives or \(NUTFileLimits.bytes / 1024) KiB; "
                    + "nothing is read from here on")
            directives.append(rest)
        }
        return directives
    }

    /// What is wrong with a line that cannot be read.
    private static func text(of fault: NUTFileLine.Fault) -> String {
        switch fault {
        case .hashInQuotes: "a # stands in quotes, and NUT refuses the line; write \\#"
        case .openQuote: "a quote is not closed on its line"
        case .tooLong, .droppedWords, .cutWord, .droppedBytes: "the line is longer than \(LineLimits.lineBytes) bytes"
        }
    }

    // What the files use to say what they find.

    /// Whether a mistake of this directive is known.
    func isFaulty(_ directive: NUTDirective) -> Bool { self.faulty.contains(directive.place) }

    /// Takes note of a mistake, the first one of each directive only.
    mutating func fail(_ directive: NUTDirective, _ text: String) {
        guard self.faulty.insert(directive.place).inserted else { return }
        let note = NUTFileNote(directive.place, .mistake, NUTDirectiveNames.subject(of: directive), text)
        self.configuration.mistakes.append(note)
    }

    /// The value of a directive with its place; nil, and a mistake, where the text is no such value.
    mutating func placed<Value>(
        _ directive: NUTDirective, expected: String, _ parse: (String) -> Value?
    ) -> NUTPlaced<Value>? {
        guard let text = directive.value else {
            self.fail(directive, "it has no value; NUT ignores it")
            return nil
        }
        guard let value = parse(text) else {
            // `MAXAGE = 15` is the usual slip in the files that have no `=`.
            let remedy = text == "=" ? "this file has no '='" : "expected \(expected)"
            self.fail(directive, "\(remedy); NUT ignores it")
            return nil
        }
        return NUTPlaced(value, at: directive.place)
    }
}

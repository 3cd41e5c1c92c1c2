/// The names that NUT's files know, and how a directive is called in a report.
///
/// A report may be shown around, and a slip can put a secret where a name belongs. So a name is shown only where NUT
/// knows it, or where an `=` behind it shows that a name was meant.
enum NUTDirectiveNames {
    /// How a report calls `directive`.
    static func subject(of directive: NUTDirective) -> String {
        switch directive.shape {
        case .section: "[\(Self.printable(directive.name))]"
        case .brokenSection: "["
        case .unreadable: "line"
        case .assignment: Self.printable(directive.name)
        case .words: Self.isKnown(directive) ? directive.name : "line"
        }
    }

    /// Whether NUT knows this name, in this file.
    private static func isKnown(_ directive: NUTDirective) -> Bool {
        switch directive.place.file {
        // A flag of a driver may have any name; what is no name of one is not shown.
        case .ups: Self.isOptionName(directive.name)
        case .nut: false
        case .upsd, .users, .upsmon, .upssched: Self.names(of: directive.place.file).contains(directive.name)
        }
    }

    /// The words that `file` knows, for comparison with one that it does not.
    static func names(of file: NUTFile) -> [String] {
        switch file {
        case .ups: ["pollinterval", "statepath"] + NUTDriverOptions.programs.sorted()
        case .upsd:
            [
                "LISTEN", "MAXAGE", "TRACKINGDELAY", "MAXCONN", "STATEPATH", "DATAPATH", "ALLOW_NO_DEVICE",
                "ALLOW_NOT_ALL_LISTENERS", "DEBUG_MIN", "CERTFILE", "CERTPATH", "CERTIDENT", "CERTREQUEST",
                "DISABLE_WEAK_SSL", "ACL", "ACCEPT", "REJECT",
            ]
        case .users: ["password", "actions", "instcmds", "upsmon", "allowfrom"]
        case .upsmon: ["MONITOR", "MINSUPPLIES"] + NUTMonitorNames.texts.keys.sorted()
        case .upssched: ["AT", "CMDSCRIPT", "PIPEFN", "LOCKFN", "DEBUG_MIN"]
        case .nut: NUTEnvironmentNames.texts.keys.sorted()
        }
    }

    /// Whether the word is made like the name of a driver's option.
    private static func isOptionName(_ word: String) -> Bool {
        NUTDriverOptions.flags.contains(word.lowercased()) || NUTDriverOptions.programs.contains(word)
            || NUTDriverOptions.texts.keys.contains(word.lowercased())
    }

    /// The name in letters that steer no terminal, cut where it is longer than any name is.
    static func printable(_ name: String) -> String {
        let letters = name.unicodeScalars.prefix(64).map { (0x20...0x7e).contains($0.value) ? $0 : "?" }
        return String(String.UnicodeScalarView(letters))
    }
}

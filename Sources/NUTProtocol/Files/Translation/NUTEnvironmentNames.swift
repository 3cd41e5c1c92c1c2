/// What becomes of the variables of `nut.conf`, which NUT's start scripts read.
enum NUTEnvironmentNames {
    /// The variables by name.
    static let texts: [String: (verdict: NUTFileNote.Verdict, text: String)] = [
        "UPSD_OPTIONS": (.notSupported, "they are options of NUT's server; `upsd-swift --help` shows ours"),
        "UPSMON_OPTIONS": (.taken, "upsmon stays and is started with them"),
        "ALLOW_NO_DEVICE": (
            .notSupported, "a configuration needs a UPS; one whose device is not there yet is waited for"
        ),
        "ALLOW_NOT_ALL_LISTENERS": (.notSupported, "an address that cannot be listened at ends the start"),
        "POWEROFF_WAIT": (.taken, "the shutdown script goes on reading it"),
        "POWEROFF_QUIET": (.taken, "the shutdown script goes on reading it"),
        "NUT_DEBUG_LEVEL": (.notSupported, "start upsd-swift with --log-level"),
        "NUT_DEBUG_PID": (.notNeeded, "the journal shows the process"),
        "NUT_DEBUG_SYSLOG": (.notNeeded, "the journal takes the log"),
        "NUT_QUIET_INIT_SSL": (.notNeeded, "it silences a message that is not ours"),
        "NUT_QUIET_INIT_UPSNOTIFY": (.notNeeded, "it silences a message that is not ours"),
        "NUT_QUIET_INIT_BANNER": (.notNeeded, "it silences a message that is not ours"),
        "NUT_IGNORE_CHECKPROCNAME": (.notNeeded, "it is about NUT's own PID files"),
    ]

    /// What the value of `MODE` means from now on; nil for one that NUT does not know.
    static func mode(_ value: String) -> (verdict: NUTFileNote.Verdict, text: String)? {
        switch value.lowercased() {
        case "none": (.notNeeded, "upsd-swift is a service of its own")
        case "standalone": (.notNeeded, "upsd-swift takes the place of nut-server; nut-monitor stays")
        case "netserver": (.notNeeded, "upsd-swift takes the place of nut-server; nut-monitor stays")
        case "netclient": (.taken, "nut-monitor stays as it is")
        case "controlled", "manual": (.notNeeded, "upsd-swift is a service of its own")
        default: nil
        }
    }
}

/// What becomes of the settings of `upsmon.conf`: upsmon stays on every host and goes on reading them.
enum NUTMonitorNames {
    private static let stays = "upsmon stays in charge of this host and goes on reading it"

    /// The settings by name, `MONITOR` and `MINSUPPLIES` apart.
    static let texts: [String: (verdict: NUTFileNote.Verdict, text: String)] = [
        "SHUTDOWNCMD": (.taken, stays), "FINALDELAY": (.taken, stays), "SHUTDOWNEXIT": (.taken, stays),
        "POLLFREQ": (.taken, stays), "POLLFREQALERT": (.taken, stays), "DEADTIME": (.taken, stays),
        "NOCOMMWARNTIME": (.taken, stays), "RBWARNTIME": (.taken, stays), "NOTIFYCMD": (.taken, stays),
        "NOTIFYMSG": (.taken, stays), "NOTIFYFLAG": (.taken, stays), "RUN_AS_USER": (.taken, stays),
        "OFFDURATION": (.taken, stays), "OBLBDURATION": (.taken, stays), "OVERDURATION": (.taken, stays),
        "ALARMCRITICAL": (.taken, stays), "POLLFAIL_LOG_THROTTLE_MAX": (.taken, stays), "DEBUG_MIN": (.taken, stays),
        "HOSTSYNC": (
            .changed,
            "upsmon goes on reading it; for a host of our plan, `stop: {timeout: ...}` is how long stopping may take"
        ),
        "POWERDOWNFLAG": (
            .notSupported,
            "upsmon still writes the file, but the UPS itself is not switched off at the end of a shutdown"
        ),
        "CERTPATH": (.taken, stays), "CERTFILE": (.taken, stays), "CERTIDENT": (.taken, stays),
        "CERTHOST": (.taken, stays), "CERTVERIFY": (.taken, stays),
        "FORCESSL": (.taken, stays),
    ]

    /// The settings with which upsmon would not talk to a server that does not encrypt, where they are switched on.
    static let demandingEncryption: Set<String> = ["FORCESSL", "CERTVERIFY"]
}

import PowerCore

extension CompatibilityOptions {
    /// What `-V` prints; whoever looks for NUT's name finds it.
    static let versionText = "Network UPS Tools upsd 2.8.5 (upsd-swift \(productVersion))"

    /// What `-D -h` says besides, for scripts that want to know what can be asked of the server.
    static let abilities =
        "NUT data server was built with OpenSSL sans CERTIDENT (BoringSSL), without client certificate validation"

    /// What `-h` prints.
    static let helpText = """
        \(Self.versionText)
        Serves UPSes behind NUT's drivers, in the place of NUT's upsd.

        usage: upsd [OPTIONS]

          -c <command>  send <command> to the server that runs: reload, reload-or-error, stop
          -P <pid>      send it to this process, without looking for the PID file
          -D            log more, and stay in front; may be repeated
          -F            stay in front
          -FF           stay in front, and write the PID file
          -B            go to the back although -D is given
          -h            show this
          -r <dir>      take <dir> for the root of all paths
          -q            log less; may be repeated
          -t            read the configuration, say what is wrong with it, and end
          -u <user>     be <user> once listening (if started as root)
          -V            show the version
          -4            IPv4 only
          -6            IPv6 only

        NUT_CONFPATH, NUT_STATEPATH, NUT_ALTPIDPATH and NUT_DEBUG_LEVEL are looked at as upsd does.

        """
}

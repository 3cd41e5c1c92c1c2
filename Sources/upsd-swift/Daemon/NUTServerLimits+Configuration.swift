import Logging
import NUTTransport
import PowerCore

extension NUTServerLimits {
    /// The limits that a configuration sets, as far as the system allows so many open files.
    init(for configuration: Configuration, logger: Logger) throws(OpenFileLimit.TooFew) {
        let wanted = configuration.server.maximumClients
        let files = try OpenFileLimit.raised(for: wanted, devices: configuration.upses.count + configuration.pdus.count)
        self.init()
        if files.clients < wanted {
            let share = "\(files.clients) of max-clients \(wanted) may connect"
            logger.warning(
                "the system allows \(files.total) open files: \(share); see LimitNOFILE of systemd, or ulimit -n",
                source: "server")
        }
        self.connections = files.clients
        self.idle = configuration.server.idleTimeout
    }
}

import Logging
import NUTTransport
import PowerCore

extension NUTServerLimits {
    /// The limits that a configuration sets, as far as the system allows so many open files.
    init(for configuration: Configuration, logger: Logger) {
        self.init()
        let wanted = configuration.server.maximumClients
        let descriptors = DescriptorLimit.raised(
            for: wanted, devices: configuration.upses.count + configuration.pdus.count)
        if descriptors.clients < wanted {
            logger.warning(
                "the system allows \(descriptors.total) open files, so that \(descriptors.clients) of \(wanted) clients may connect; see LimitNOFILE of systemd, or ulimit -n",
                source: "server")
        }
        self.connections = descriptors.clients
        self.idle = configuration.server.idleTimeout
    }
}

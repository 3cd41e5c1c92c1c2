import Glibc
import Logging

/// Sends log lines to the system's log, as a server in the back does.
struct SystemLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    /// `LOG_DAEMON` of syslog(3), which C writes as an expression.
    private static let facility: Int32 = 3 << 3

    /// Opens the log under the name of NUT's server.
    static func begin() {
        let name: StaticString = "upsd"
        // The system keeps the pointer; that of a static text stays good.
        name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount + 1) {
            openlog($0, LOG_PID | LOG_NDELAY, Self.facility)
        }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        "\(event.message)".withCString { text in
            withVaList([text]) { vsyslog(Self.priority(event.level), "%s", $0) }
        }
    }

    private static func priority(_ level: Logger.Level) -> Int32 {
        switch level {
        case .trace, .debug: LOG_DEBUG
        case .info: LOG_INFO
        case .notice: LOG_NOTICE
        case .warning: LOG_WARNING
        case .error: LOG_ERR
        case .critical: LOG_CRIT
        }
    }
}

import Foundation
import Logging

/// The start in the place of NUT's server: `upsd-swift --nut-compat`, or under the name `upsd`.
enum Compatibility {
    private static let flag = "--nut-compat"

    /// The options behind the name, where the program is to be NUT's server; nil where it is to be itself.
    static func options(of arguments: [String]) -> [String]? {
        let name = arguments.first?.split(separator: "/").last ?? ""
        guard name == "upsd" || arguments.dropFirst().contains(Self.flag) else { return nil }
        return arguments.dropFirst().filter { $0 != Self.flag }
    }

    /// Does what the options say; returns the status to end with.
    static func run(_ arguments: [String]) async -> Int32 {
        let options: CompatibilityOptions
        do throws(CompatibilityOptions.Refusal) {
            options = try CompatibilityOptions(parsing: arguments)
        } catch {
            Self.complain("\(error)\n\(CompatibilityOptions.helpText)")
            return 1
        }
        switch options.action {
        case .help:
            print(CompatibilityOptions.helpText + (options.debug > 0 ? "\(CompatibilityOptions.abilities)\n" : ""))
            return 0
        case .version:
            print(CompatibilityOptions.versionText)
            return 0
        case .check: return self.check(options)
        case .tell(let order): return self.tell(order, options)
        case .serve: return await self.serve(options)
        }
    }

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("upsd: \(text)\n".utf8))
    }

    private static var files: CompatibilityFiles {
        CompatibilityFiles(places: CompatibilityPlaces(environment: self.environment), environment: self.environment)
    }

    /// `-t`: everything that is wrong with the files.
    private static func check(_ options: CompatibilityOptions) -> Int32 {
        do throws(CompatibilityConfiguration.Refusal) {
            try self.changeRoot(options.root)
            let loaded = try self.files.load()
            if let problem = loaded.certificateProblem { throw .init(description: problem) }
            for note in loaded.configuration.notes { print(note) }
            for ups in loaded.configuration.upses { print("UPS [\(ups.id)]: \(ups.socket)") }
            return 0
        } catch {
            self.complain("\(error)")
            return 1
        }
    }

    /// `-c`: a signal to the server that runs.
    private static func tell(_ order: CompatibilityOptions.Order, _ options: CompatibilityOptions) -> Int32 {
        let file = PIDFile(path: self.files.places.pidFile)
        guard let number = options.process ?? file.number else {
            self.complain("\(file.path) has no number of a process; is a server running in the back?")
            return 1
        }
        guard PIDFile.isServer(number) else {
            self.complain("process \(number) is no server of this kind, or there is none")
            return 1
        }
        guard kill(number, order == .stop ? SIGTERM : SIGHUP) == 0 else {
            self.complain("process \(number): \(String(cString: strerror(errno)))")
            return 1
        }
        return 0
    }

    private static func serve(_ options: CompatibilityOptions) async -> Int32 {
        let background = BackgroundStart()
        self.unblockSignals()
        umask(0o022)
        do throws(CompatibilityConfiguration.Refusal) {
            let account = try self.account(options)
            if let running = PIDFile(path: self.files.places.pidFile).running, running != getpid() {
                throw .init(
                    description: "another server is running as process \(running); stop it, or tell it to reload")
            }
            if !options.staysInFront, !background.isSecond { return BackgroundStart.start() }
            try self.changeRoot(options.root)
            let daemon = CompatibilityDaemon(
                options: options, files: self.files, background: background, account: account,
                logger: self.logger(options, isInBack: background.isSecond))
            try await daemon.run()
            return 0
        } catch {
            self.complain("\(error)")
            return 1
        }
    }

    /// Whoever starts a server may have blocked them, and children inherit that.
    private static func unblockSignals() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGHUP, SIGTERM, SIGINT] { sigaddset(&set, signal) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// Who the server is to be: NUT's own user unless said otherwise, where root starts it.
    private static func account(
        _ options: CompatibilityOptions
    ) throws(CompatibilityConfiguration.Refusal) -> Account? {
        guard geteuid() == 0 else { return nil }
        let name = options.user ?? Account.usual
        guard let account = Account(named: name) else {
            throw .init(description: "there is no user \(name); name one with -u")
        }
        return account
    }

    private static func changeRoot(_ path: String?) throws(CompatibilityConfiguration.Refusal) {
        guard let path else { return }
        guard chroot(path) == 0, chdir("/") == 0 else {
            throw .init(description: "-r \(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func logger(_ options: CompatibilityOptions, isInBack: Bool) -> Logger {
        if isInBack { SystemLogHandler.begin() }
        var logger = Logger(label: "upsd") { label -> any LogHandler in
            isInBack ? SystemLogHandler() : StreamLogHandler.standardError(label: label)
        }
        let debug = max(options.debug, Int(self.environment["NUT_DEBUG_LEVEL"] ?? "") ?? 0)
        logger.logLevel = Self.level(debug: debug, quiet: options.quiet)
        return logger
    }

    /// The level of `debug` times `-D` and `quiet` times `-q`.
    static func level(debug: Int, quiet: Int) -> Logger.Level {
        switch (debug, quiet) {
        case (0, 0): .notice
        case (0, 1): .warning
        case (0, _): .error
        case (1, _): .info
        case (2...5, _): .debug
        default: .trace
        }
    }
}

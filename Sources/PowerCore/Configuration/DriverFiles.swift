/// A file that a device's driver reads, such as one with a password.
public struct DriverFile: Hashable, Sendable {
    /// What it is, for a sentence (`password file`).
    public var what: String
    /// Where it stands.
    public var path: String
    /// Whether its first line must have text, as a password's.
    public var isSecret: Bool
    /// Whether it is a program that is run, and not read.
    public var isProgram = false

    /// Makes a file.
    public init(_ what: String, _ path: String, isSecret: Bool = true) {
        self.what = what
        self.path = path
        self.isSecret = isSecret
    }

    /// Makes a program.
    public init(program what: String, _ path: String) {
        self.init(what, path, isSecret: false)
        self.isProgram = true
    }
}

/// The options of a driver that may name files.
public protocol NamesFiles {
    /// The files it reads.
    var files: [DriverFile] { get }
    /// Puts `path(old)` in the place of every path.
    mutating func mapPaths(_ path: (String) -> String)
}

extension NamesFiles {
    /// Most drivers read no file.
    public var files: [DriverFile] { [] }
    /// Most drivers read no file.
    public mutating func mapPaths(_ path: (String) -> String) {}
}

extension Configuration.NUTUpstream: NamesFiles {
    /// The password and the authorities.
    public var files: [DriverFile] {
        [
            self.passwordFile.map { DriverFile("password file", $0) },
            self.authoritiesFile.map { DriverFile("ca", $0, isSecret: false) },
        ].compactMap(\.self)
    }

    /// Puts `path(old)` in the place of both paths.
    public mutating func mapPaths(_ path: (String) -> String) {
        self.passwordFile = self.passwordFile.map(path)
        self.authoritiesFile = self.authoritiesFile.map(path)
    }
}

extension Configuration.DummyUPS: NamesFiles {
    /// Puts `path(old)` in the place of the file of variables, which may come later and is not looked at before.
    public mutating func mapPaths(_ path: (String) -> String) {
        self.file = path(self.file)
    }
}

extension Configuration.UPS.Driver {
    /// The files its driver reads.
    public var files: [DriverFile] {
        switch self {
        case .nutUpstream(let options): options.files
        case .snmp(let options): options.files
        case .usbHID, .emulated, .nutDriver, .dummy: []
        }
    }

    /// The same with `path(old)` in the place of every path.
    public func mappingPaths(_ path: (String) -> String) -> Self {
        func mapped<Options: NamesFiles>(_ options: Options) -> Options {
            var options = options
            options.mapPaths(path)
            return options
        }
        return switch self {
        case .nutUpstream(let options): .nutUpstream(mapped(options))
        case .snmp(let options): .snmp(mapped(options))
        case .dummy(let options): .dummy(mapped(options))
        case .usbHID, .emulated, .nutDriver: self
        }
    }
}

extension Configuration.PDU.Driver {
    /// What is not reached through the lab or a driver of NUT's.
    private var options: (any NamesFiles)? {
        switch self {
        case .emulated, .nutDriver: nil
        case .nutUpstream(let options): options
        case .snmp(let options): options
        case .usbRelay(let options), .usbSispm(let options): options
        case .http(let options): options
        case .kasa(let options): options
        case .powerman(let options): options
        case .command(let options): options
        }
    }

    /// The files its driver reads.
    public var files: [DriverFile] { self.options?.files ?? [] }

    /// The same with `path(old)` in the place of every path.
    public func mappingPaths(_ path: (String) -> String) -> Self {
        func mapped<Options: NamesFiles>(_ options: Options) -> Options {
            var options = options
            options.mapPaths(path)
            return options
        }
        return switch self {
        case .emulated, .nutDriver: self
        case .nutUpstream(let options): .nutUpstream(mapped(options))
        case .snmp(let options): .snmp(mapped(options))
        case .usbRelay(let options): .usbRelay(mapped(options))
        case .usbSispm(let options): .usbSispm(mapped(options))
        case .http(let options): .http(mapped(options))
        case .kasa(let options): .kasa(mapped(options))
        case .powerman(let options): .powerman(mapped(options))
        case .command(let options): .command(mapped(options))
        }
    }
}

extension Configuration.PDU.Driver {
    /// The driver in a few words, for the report of a configuration.
    var inWords: String {
        switch self {
        case .emulated(let count): "\(count) outlets"
        case .nutDriver(let driver): "NUT driver at \(driver.path)"
        case .nutUpstream(let upstream): "\(upstream.name)@\(upstream.server)"
        case .snmp(let agent): "snmp at \(agent.address)"
        case .usbRelay(let device): "usb-relay\(device.inWords)"
        case .usbSispm(let device): "usb-sispm\(device.inWords)"
        case .http(let device): "\(device.profile.rawValue) at \(device.url)"
        case .kasa(let strip): "kasa at \(strip.address)"
        case .powerman(let daemon): "powerman at \(daemon.address)"
        case .command(let commands): "command \(commands.read.first ?? "")"
        }
    }
}

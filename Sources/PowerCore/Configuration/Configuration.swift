/// The whole configuration file as values, checked and complete.
public struct Configuration: Hashable, Sendable {
    /// A place to listen at.
    public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
        /// A numeric address or a host name, without brackets.
        public var host: String
        /// The TCP port; 0 lets the system choose.
        public var port: Int
        /// Whether clients that come here must encrypt, whatever holds for the others.
        public var requiresTLS: Bool

        /// Makes an endpoint.
        public init(host: String, port: Int, requiresTLS: Bool = false) {
            self.host = host
            self.port = port
            self.requiresTLS = requiresTLS
        }

        /// The endpoint as `host:port`, an IPv6 address in brackets.
        public var description: String {
            self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
        }
    }

    /// Someone who may log in.
    public struct User: Hashable, Sendable {
        /// What a user may do with devices as a whole.
        public enum Role: String, Hashable, Sendable, CaseIterable {
            /// May log in (`LOGIN`): its host depends on the device.
            case secondary
            /// May also announce a shutdown to everybody (`FSD`).
            case primary
        }

        /// What a right extends to.
        public enum Scope: Hashable, Sendable {
            /// Everything.
            case all
            /// These names only; empty is nothing.
            case only(Set<String>)
        }

        /// Where the password stands.
        public enum Password: Hashable, Sendable {
            /// In the configuration itself.
            case plain(String)
            /// In a file of its own, the first line.
            case file(String)
            /// Nowhere: only its hash is known (`scrypt:N:r:p:SALT:HASH`).
            case hash(String)
        }

        /// The name given with `USERNAME`, compared with case.
        public var name: String
        /// Where the password stands.
        public var password: Password
        /// Secondary, primary, or nil for a user who only sets and commands.
        public var role: Role?
        /// The variables it may set.
        public var set: Scope
        /// The instant commands it may run.
        public var commands: Scope
        /// The devices that all its rights are limited to.
        public var devices: Scope

        /// Makes a user.
        public init(
            name: String, password: Password, role: Role? = nil, set: Scope = .only([]), commands: Scope = .only([]),
            devices: Scope = .all
        ) {
            self.name = name
            self.password = password
            self.role = role
            self.set = set
            self.commands = commands
            self.devices = devices
        }
    }

    /// The certificate that clients are shown which say `STARTTLS`.
    public struct TLS: Hashable, Sendable {
        /// The file with the certificate, and those that vouch for it behind it.
        public var certificate: String
        /// The file with its private key.
        public var key: String
        /// Whether clients that do not encrypt are refused.
        public var isRequired: Bool
        /// The file with the authorities that vouch for clients' certificates; nil where clients show none.
        public var clientAuthorities: String?
        /// Whether a client must show a certificate, or only may.
        public var needsClientCertificate: Bool

        /// Makes the words about encryption.
        public init(
            certificate: String, key: String, isRequired: Bool = false, clientAuthorities: String? = nil,
            needsClientCertificate: Bool = false
        ) {
            self.certificate = certificate
            self.key = key
            self.isRequired = isRequired
            self.clientAuthorities = clientAuthorities
            self.needsClientCertificate = needsClientCertificate
        }
    }

    /// The NUT server.
    public struct Server: Hashable, Sendable {
        /// Where to listen.
        public var listen: [Endpoint]
        /// Who may log in, in the order of the file.
        public var users: [User]
        /// How many clients may be connected at once.
        public var maximumClients: Int
        /// After how long without a complete line a client is disconnected.
        public var idleTimeout: Duration
        /// How connections are encrypted; nil where they are not.
        public var tls: TLS?
        /// From where connections are taken; nil is from everywhere.
        public var allow: [NetworkRange]?
        /// Other names for devices, for clients that can ask for one fixed name only. The first that fits counts.
        public var aliases: [Alias]

        /// Makes a server; without more words on loopback, port 3493, with nobody to log in.
        public init(
            listen: [Endpoint] = [Endpoint(host: "127.0.0.1", port: 3493)], users: [User] = [],
            maximumClients: Int = 1024, idleTimeout: Duration = .seconds(60), tls: TLS? = nil,
            allow: [NetworkRange]? = nil, aliases: [Alias] = []
        ) {
            self.listen = listen
            self.users = users
            self.maximumClients = maximumClients
            self.idleTimeout = idleTimeout
            self.tls = tls
            self.allow = allow
            self.aliases = aliases
        }
    }

    /// What a USB device is recognised by; all that is given must match.
    public struct USBCriteria: Hashable, Sendable {
        /// The vendor number as a regular expression over four hexadecimal digits.
        public var vendorID: String?
        /// The product number as a regular expression over four hexadecimal digits.
        public var productID: String?
        /// The manufacturer string, a regular expression.
        public var manufacturer: String?
        /// The product string, a regular expression.
        public var product: String?
        /// The serial number, a regular expression.
        public var serial: String?
        /// The bus number, a regular expression over three digits.
        public var bus: String?
        /// The port path (`1-2.4`), a regular expression.
        public var port: String?

        /// Makes criteria; nil leaves a property open.
        public init(
            vendorID: String? = nil, productID: String? = nil, manufacturer: String? = nil, product: String? = nil,
            serial: String? = nil, bus: String? = nil, port: String? = nil
        ) {
            self.vendorID = vendorID
            self.productID = productID
            self.manufacturer = manufacturer
            self.product = product
            self.serial = serial
            self.bus = bus
            self.port = port
        }
    }

    /// An emulated UPS, one of the models of the lab.
    public struct EmulatedUPS: Hashable, Sendable {
        /// The model (`river-3-plus`, `delta-3-plus`).
        public var model: String
        /// The charge it begins with.
        public var charge: Percent
        /// The serial number it shows.
        public var serial: String?

        /// Makes an emulated UPS.
        public init(model: String, charge: Percent = 100, serial: String? = nil) {
            self.model = model
            self.charge = charge
            self.serial = serial
        }
    }

    /// A UPS and the driver that talks to it.
    public struct UPS: Hashable, Sendable {
        /// The driver of a UPS.
        public enum Driver: Hashable, Sendable {
            /// A HID power device on USB.
            case usbHID(USBCriteria)
            /// One of the lab's.
            case emulated(EmulatedUPS)
            /// Whatever one of NUT's own drivers talks to.
            case nutDriver(NUTDriver)
            /// A made-up device out of a file.
            case dummy(DummyUPS)
            /// A UPS that another NUT server serves.
            case nutUpstream(NUTUpstream)
            /// A UPS whose network card is asked by SNMP.
            case snmp(SNMPAgent)
        }

        /// The UPS's place in the power graph, with its NUT name.
        public var rack: RackUPS
        /// The text for `UPSDESC`.
        public var description: String?
        /// The driver and its options.
        public var driver: Driver
        /// How often the quick items are polled, 250 ms at least.
        public var pollInterval: Duration
        /// How often everything is read.
        public var fullPollInterval: Duration
        /// After how long without fresh data the variables are stale.
        public var staleAfter: Duration
        /// Values that replace what the device says, by variable name; NUT's `override.`.
        public var overrides: [String: String]

        /// Makes a UPS.
        public init(
            rack: RackUPS, description: String? = nil, driver: Driver, pollInterval: Duration = .seconds(2),
            fullPollInterval: Duration = .seconds(30), staleAfter: Duration = .seconds(15),
            overrides: [String: String] = [:]
        ) {
            self.rack = rack
            self.description = description
            self.driver = driver
            self.pollInterval = pollInterval
            self.fullPollInterval = fullPollInterval
            self.staleAfter = staleAfter
            self.overrides = overrides
        }
    }

    /// A PDU and the driver that talks to it.
    public struct PDU: Hashable, Sendable {
        /// The driver of a PDU.
        public enum Driver: Hashable, Sendable {
            /// One of the lab's, with so many outlets.
            case emulated(outlets: Int)
            /// Whatever one of NUT's own drivers talks to; it tells how many outlets there are.
            case nutDriver(NUTDriver)
            /// One of another NUT server's; it tells how many outlets there are.
            case nutUpstream(NUTUpstream)
            /// One that is asked by SNMP; it tells how many outlets there are.
            case snmp(SNMPAgent)
            /// A board of relays on USB.
            case usbRelay(USBOutlets)
            /// A power strip on USB.
            case usbSispm(USBOutlets)
            /// One that is reached by HTTP.
            case http(HTTPOutlets)
            /// A strip with Kasa's local protocol.
            case kasa(KasaStrip)
            /// Outlets behind a `powermand`.
            case powerman(Powerman)
            /// Outlets that programs read and switch.
            case command(OutletCommands)
        }

        /// The PDU's place in the power graph, with its NUT name.
        public var rack: RackPDU
        /// The text for `UPSDESC`.
        public var description: String?
        /// The driver and its options.
        public var driver: Driver
        /// How often the outlets are read.
        public var pollInterval: Duration
        /// After how long without an answer what is known of the outlets is stale.
        public var staleAfter: Duration
        /// Names of outlets by number, in place of the name of what hangs on them.
        public var outletNames: [Int: String]
        /// What the PDU itself must call an outlet before it is switched, by number; others may have any name there.
        public var namesAtDevice: [Int: String] = [:]

        /// Makes a PDU.
        public init(
            rack: RackPDU, description: String? = nil, driver: Driver, pollInterval: Duration = .seconds(2),
            staleAfter: Duration = .seconds(15), outletNames: [Int: String] = [:]
        ) {
            self.rack = rack
            self.description = description
            self.driver = driver
            self.pollInterval = pollInterval
            self.staleAfter = staleAfter
            self.outletNames = outletNames
        }
    }

    /// How an emulated machine behaves; read only where the rack is emulated.
    public struct EmulatedMachine: Hashable, Sendable {
        /// The power it draws while it runs.
        public var watts: Watts
        /// How long it takes from power to a running system.
        public var boot: Duration
        /// How long it takes from the order to stop until it is off.
        public var stop: Duration
        /// How long its agent takes to notice a forced shutdown.
        public var notices: Duration

        /// Makes a machine.
        public init(
            watts: Watts = 60, boot: Duration = .seconds(30), stop: Duration = .seconds(20),
            notices: Duration = .seconds(5)
        ) {
            self.watts = watts
            self.boot = boot
            self.stop = stop
            self.notices = notices
        }
    }

    /// The NUT server.
    public var server: Server
    /// The UPSes in the order of the file.
    public var upses: [UPS]
    /// The PDUs in the order of the file.
    public var pdus: [PDU]
    /// The hosts, loads and tiers, together with the graph's view of `upses` and `pdus`.
    public var rack: Rack
    /// The texts for `UPSDESC` of the hosts' virtual UPSes.
    public var hostDescriptions: [HostID: String]
    /// The times and triggers.
    public var policy: PolicySettings
    /// The lab's machines, by the name of their host or load.
    public var machines: [HostID: EmulatedMachine]
    /// How hosts are reached that are not only told through the NUT protocol.
    public var access: [HostID: HostAccess]
    /// Where what must outlive the daemon is kept; nil where nothing is.
    public var store: Store?
    /// Outlets that people switch together, by the group's name.
    public var groups: [String: [OutletID]] = [:]

    /// Makes a configuration.
    public init(
        server: Server = Server(), upses: [UPS] = [], pdus: [PDU] = [], rack: Rack = Rack(),
        hostDescriptions: [HostID: String] = [:], policy: PolicySettings = PolicySettings(),
        machines: [HostID: EmulatedMachine] = [:], access: [HostID: HostAccess] = [:], store: Store? = nil
    ) {
        self.server = server
        self.upses = upses
        self.pdus = pdus
        self.rack = rack
        self.hostDescriptions = hostDescriptions
        self.policy = policy
        self.machines = machines
        self.access = access
        self.store = store
    }
}

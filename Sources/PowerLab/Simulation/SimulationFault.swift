public import PowerCore

/// Something that goes wrong in a simulated rack, and when.
public struct SimulationFault: Hashable, Sendable {
    /// What goes wrong.
    public enum Kind: Hashable, Sendable {
        /// The host, once told to stop, never comes to its end.
        case hostHangs(HostID)
        /// The host does not boot, whatever is done.
        case hostStaysOff(HostID)
        /// The host boots only when its power comes back for the second time.
        case hostBootsLate(HostID)
        /// No NUT client runs on the host: it never hears that it is to stop.
        case clientMissing(HostID)
        /// Nothing is heard of the UPS; its output goes on.
        case upsSilent(DeviceID)
        /// The output of the UPS ends, mains or not.
        case upsDies(DeviceID)
        /// The PDU neither tells anything nor takes orders; its outlets stay as they are.
        case pduSilent(DeviceID)
        /// The outlet takes orders and does not move.
        case outletSticks(OutletID)
        /// Several short cuts of the mains of these UPSes, or of all where none is named.
        case mainsFlicker([DeviceID])
        /// The daemon is gone, and is started again at the end.
        case daemonCrash
    }

    /// How often the mains flicker.
    public static let flickers = 5
    /// How long each of the short cuts is: below the debounce that is usual.
    public static let flickerCut = Duration.seconds(3)
    /// How long the mains are back between two of them.
    public static let flickerPause = Duration.seconds(9)
    /// How long a service manager waits until it starts a daemon again that went down.
    public static let restartDelay = Duration.seconds(5)

    /// What goes wrong.
    public var kind: Kind
    /// When it begins, counted from the beginning of the scenario.
    public var from: Duration
    /// When it is over; nil: never (a crash: after ``restartDelay``).
    public var to: Duration?

    /// Makes a fault.
    public init(_ kind: Kind, from: Duration = .zero, to: Duration? = nil) {
        self.kind = kind
        self.from = from
        self.to = to
    }

    /// The fault as a sentence without a full stop and without the name of whom it is about.
    public var sentence: String {
        switch self.kind {
        case .hostHangs: "will hang when it is to stop"
        case .hostStaysOff: "will not boot"
        case .hostBootsLate: "will boot at the second attempt only"
        case .clientMissing: "runs no NUT client"
        case .upsSilent: "says nothing"
        case .upsDies: "is broken: its output ends"
        case .pduSilent: "neither answers nor takes orders"
        case .outletSticks: "is stuck"
        case .mainsFlicker: "flicker"
        case .daemonCrash: "crashes"
        }
    }

    /// Whom it is about, by name.
    public var subject: String {
        switch self.kind {
        case .hostHangs(let host), .hostStaysOff(let host), .hostBootsLate(let host), .clientMissing(let host):
            host.name
        case .upsSilent(let device), .upsDies(let device), .pduSilent(let device): device.name
        case .outletSticks(let outlet): outlet.description
        case .mainsFlicker: "mains"
        case .daemonCrash: "daemon"
        }
    }
}

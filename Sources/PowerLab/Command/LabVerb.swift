/// The verbs of the lab: each is one NUT instant command, and one or two words for a person.
enum LabVerb: String, CaseIterable {
    case mainsOff = "mains.off"
    case mainsOn = "mains.on"
    case unplug = "device.unplug"
    case plug = "device.plug"
    case stall = "device.stall"
    case garbage = "device.garbage"
    case short = "device.short"
    case nak = "device.nak"
    case absurd = "device.absurd"
    case slow = "device.slow"
    case heal = "device.heal"
    case charge = "charge.set"
    case limit = "limit.set"
    case stick = "outlet.stick"
    case lag = "outlet.lag"
    case deny = "outlet.deny"
    case lock = "outlet.lock"
    case call = "outlet.call"
    case restart = "device.restart"
    case hang = "host.hang"
    case speed = "speed.set"
    case status = "lab.status"

    /// What a person types.
    var words: [String] {
        switch self {
        case .mainsOff: ["mains", "off"]
        case .mainsOn: ["mains", "on"]
        case .unplug: ["unplug"]
        case .plug: ["plug"]
        case .stall: ["stall"]
        case .garbage: ["garbage"]
        case .short: ["short"]
        case .nak: ["nak"]
        case .absurd: ["absurd"]
        case .slow: ["slow"]
        case .heal: ["heal"]
        case .charge: ["charge"]
        case .limit: ["limit"]
        case .stick: ["stick"]
        case .lag: ["lag"]
        case .deny: ["deny"]
        case .lock: ["lock"]
        case .call: ["call"]
        case .restart: ["restart"]
        case .hang: ["hang"]
        case .speed: ["speed"]
        case .status: ["status"]
        }
    }

    /// What follows, in square brackets where it may be left out.
    var arguments: [String] {
        switch self {
        case .mainsOff, .mainsOn: ["[SOURCE|UPS]"]
        case .unplug, .plug: ["UPS|PDU"]
        case .stall: ["UPS|PDU", "[TIMES]"]
        case .garbage, .short, .nak, .absurd: ["UPS", "[TIMES]"]
        case .slow: ["UPS|PDU", "MILLISECONDS"]
        case .heal: ["UPS|PDU|HOST"]
        case .charge, .limit: ["UPS", "PERCENT"]
        case .stick, .deny, .lock: ["PDU/OUTLET"]
        case .lag: ["PDU/OUTLET", "MILLISECONDS"]
        case .call: ["PDU/OUTLET", "NAME"]
        case .restart: ["PDU"]
        case .hang: ["HOST"]
        case .speed: ["FACTOR"]
        case .status: []
        }
    }

    /// One sentence for a list of commands.
    var explanation: String {
        switch self {
        case .mainsOff: "Take the mains from a circuit or a UPS, from everything without a name"
        case .mainsOn: "Give the mains back to a circuit or a UPS, to everything without a name"
        case .unplug: "Pull the cable through which a UPS or a PDU is read"
        case .plug: "Plug that cable in again"
        case .stall: "Make a UPS stall its next requests or all of them, or a PDU refuse"
        case .garbage: "Make a UPS answer its next requests or all of them with noise"
        case .short: "Make a UPS answer its next requests or all of them with one byte"
        case .nak: "Make a UPS leave its next requests or all of them without an answer"
        case .absurd: "Make a UPS give an absurd report descriptor when it is opened"
        case .slow: "Make a UPS or a PDU answer so many milliseconds later"
        case .heal: "Take back every fault of a UPS, a PDU or a host"
        case .charge: "Set the charge of a UPS"
        case .limit: "Set the discharge limit of a UPS"
        case .stick: "Make the relay of an outlet stay where it is"
        case .lag: "Make the relay of an outlet move so many milliseconds later"
        case .deny: "Make a PDU refuse orders to an outlet, as to one who may only read"
        case .lock: "Lock an outlet at the PDU itself"
        case .call: "Give an outlet another name at the PDU itself"
        case .restart: "Make a PDU start anew as soon as it has taken its next order"
        case .hang: "Make a host never finish stopping"
        case .speed: "Let the batteries empty and fill so many times as fast as time"
        case .status: "Show the true state of the lab"
        }
    }

    /// The words and what follows them, as a person types them.
    var usage: String { (self.words + self.arguments).joined(separator: " ") }

    /// How many arguments there may be.
    var argumentCount: ClosedRange<Int> {
        self.arguments.count(where: { !$0.hasPrefix("[") })...self.arguments.count
    }
}

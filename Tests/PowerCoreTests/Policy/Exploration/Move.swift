import PowerCore

/// Something that may happen next in a small world.
enum Move: Hashable {
    // What an obedient world does by itself.
    /// The PDU carries out the first order on its way, and answers.
    case answer(pdu: Int)
    /// The host has seen FSD: its client logs out, and it goes down.
    case reacts(Int)
    /// The host is down: its watts fall.
    case isDown(Int)
    /// The host has booted, and its client logs in.
    case isUp(Int)
    /// A client that was lost, or had to connect anew after a crash, logs in.
    case logsIn(Int)
    /// Time passes until the moment that the engine asked for.
    case wait

    // The weather.
    case mainsLost(Int)
    case mainsBack(Int)
    case batteryLow(Int)
    /// A battery that was low is empty.
    case batteryEmpty(Int)

    // Faults, and people.
    case upsDies(Int)
    case upsSilent(Int)
    case upsHeard(Int)
    case hangs(Int)
    /// An outlet takes its order and does nothing, now and later.
    case sticks(pdu: Int)
    case pduSilent(Int)
    case pduHeard(Int)
    /// A client goes away although its host runs on.
    case logsOut(Int)
    /// A person shuts a host down.
    case shutByHand(Int)
    case ordered(OutletOrder, Int)
    /// A person switches an outlet off with the name of what it feeds typed out.
    case forcedOff(Int)
    case upsForced(Int)
    case hostForced(Int)

    // The daemon ends without a word and is started again.
    /// Orders on their way are lost, or are carried out unseen.
    case crash(isCarriedOut: Bool)
    /// As `crash`, but no device is heard until the engine has waited as long as it would.
    case deafCrash

    /// What it costs of the number of such things that are tried on one path.
    enum Cost {
        case nothing, weather, fault, crash
    }

    var cost: Cost {
        switch self {
        case .answer, .reacts, .isDown, .isUp, .logsIn, .wait, .upsHeard, .pduHeard: .nothing
        case .mainsLost, .mainsBack, .batteryLow, .batteryEmpty: .weather
        case .upsDies, .upsSilent, .hangs, .sticks, .pduSilent, .logsOut, .shutByHand, .ordered, .forcedOff, .upsForced,
            .hostForced:
            .fault
        case .crash, .deafCrash: .crash
        }
    }
}

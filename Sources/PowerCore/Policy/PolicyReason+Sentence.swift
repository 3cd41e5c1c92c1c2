extension PolicyReason {
    /// The reason as a sentence without a full stop, for people.
    public var sentence: String {
        switch self {
        case .mainsLost(let ups): "\(ups) runs on battery"
        case .mainsRestored(let ups): "\(ups) has mains again"
        case .outputCut(let ups): "\(ups) has cut its output"
        case .upsSilent(let ups, let last): "\(ups) says nothing; when last heard it ran on \(last.rawValue)"
        case .upsHeard(let ups): "\(ups) is heard again"
        case .pduSilent(let pdu): "\(pdu) says nothing; what is known of its outlets is old"
        case .onBattery(let time, let limit): "on battery for \(time.inWords), and the limit is \(limit.inWords)"
        case .charge(let charge, let limit): "charge is \(charge.inWords), and the limit is \(limit.inWords)"
        case .runtime(let time, let limit): "\(time.inWords) of power left, and the limit is \(limit.inWords)"
        case .lastSafeMoment(let left, let needed):
            "\(left.inWords) of power left, and stopping in order may take \(needed.inWords)"
        case .batteryLow: "the battery it lives on is low"
        case .forced(let actor): "shutdown forced by \(actor.inWords)"
        case .needs(let host): "needs \(host), which must stop"
        case .turnCame: "its turn has come: nothing that needs it is up any more"
        case .loggedOut: "its client has logged out; it is going down"
        case .asking(let way): "it is asked to stop by \(way.inWords)"
        case .wayTaken(let way): "\(way.inWords) has taken the order to stop; it is going down"
        case .wayFailed(let way, let why): "it could not be asked to stop by \(way.inWords): \(why)"
        case .stopped(let witness): witness.sentence
        case .settled: "it is down, so its outlets are cut"
        case .lostPower: "its power ended while it may have been running"
        case .wentDown: "it went down although nobody asked it to; it is left alone"
        case .wentDownInOutage: "it went down by itself during the outage; it is started again when that is over"
        case .powerIsBack: "its power is back, and it may start by itself"
        case .starting(let method): "it is started by \(method.inWords)"
        case .methodFailed(let method, let why): "it could not be started by \(method.inWords): \(why)"
        case .tight(let ups, let sum, let rated):
            "\(ups) is made for \(rated.inWords), and \(sum.inWords) would hang on it if another UPS died"
        case .seenUp(let witness): witness.sentence
        case .cancelled: "the mains are back before its turn came; it stays up"
        case .startTurn(let round):
            "the mains are stable and what it needs is up" + (round > 1 ? " (attempt \(round))" : "")
        case .turnedRound: "the mains failed again while it was being started; it stays off until they are back"
        case .startFailed: "it was started and never seen up; a person must look"
        case .ordered(let order, let actor): "\(order.rawValue) ordered by \(actor.inWords)"
        case .outletRefused(let outlet, let position, let answer):
            "outlet \(outlet) did not turn \(position.rawValue): \(answer.inWords)"
        }
    }
}

extension StopPlan.Way {
    /// The way in words.
    public var inWords: String {
        switch self {
        case .nut: "its NUT client"
        case .command: "a command"
        case .ssh: "ssh"
        }
    }
}

extension StartPlan.Method {
    /// The method in words.
    public var inWords: String {
        switch self {
        case .outlet: "its outlets"
        case .wakeOnLAN: "wake-on-LAN"
        case .command: "a command"
        }
    }
}

extension StopWitness {
    /// The witness as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .outletWatts: "its outlets draw no more than a machine that is off"
        case .unreachable: "it no longer answers on the network"
        case .timeSinceLogout: "its client logged out, and the time it takes to be off has passed"
        case .timeout: "its time to stop ran out; nothing proves that it is down"
        }
    }
}

extension StartWitness {
    /// The witness as a sentence without a full stop.
    public var sentence: String {
        switch self {
        case .login: "its client has logged in"
        case .reachable: "it answers on the network"
        case .outletWatts: "its outlets draw power, though no client has logged in"
        case .outletOn: "its outlets have power"
        }
    }
}

extension OutletAnswer {
    /// The answer in words.
    public var inWords: String {
        switch self {
        case .verified: "done"
        case .notVerified: "not verified, the PDU said yes and the outlet did not move"
        case .failed(let why), .unreachable(let why), .notPermitted(let why), .locked(let why), .renamed(let why),
            .unknown(let why):
            why
        }
    }

    /// Which kind of trouble it is; nil where it is none.
    public var trouble: OrderTrouble? {
        switch self {
        case .verified: nil
        case .notVerified: .notVerified
        case .failed: .failed
        case .unreachable: .unreachable
        case .notPermitted: .notPermitted
        case .locked: .locked
        case .renamed: .interlock
        case .unknown: .notFound
        }
    }

    /// The answer as the outcome of an order.
    var outcome: OrderOutcome {
        self.trouble.map { .failed(self.inWords, $0) } ?? .done
    }
}

extension Actor {
    /// The actor in words, as `admin at 127.0.0.1`.
    public var inWords: String { "\(self.user) at \(self.address)" }
}

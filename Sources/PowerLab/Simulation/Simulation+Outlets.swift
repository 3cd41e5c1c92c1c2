import PowerCore

extension Simulation {
    /// How long a relay takes from the order until its new position is read back.
    private static let movingTime = Duration.seconds(1)
    /// How much longer it takes until an order is given up to a PDU that does not answer.
    private static let noAnswerTime = Duration.seconds(4)
    /// How much longer an outlet is read back that does not move, until the order counts as not verified.
    private static let verifyingTime = Duration.seconds(9)

    /// The engine orders an outlet.
    mutating func order(_ outlet: OutletID, _ position: OutletPosition, _ reason: PolicyReason) {
        guard let index = self.topology.outletIndex[outlet] else { return }
        var starts = false
        if case .startTurn = reason { starts = true }
        let isUnderWay = self.outlets[index].orders.contains {
            $0.epoch == self.daemon.epoch && self.now - $0.given < PolicyEngine.answerTimeout
        }
        if isUnderWay { self.find(.orderedTwice(outlet)) }
        if starts, position == .on {
            for machine in self.topology.outlets[index].feeds { self.judgeStart(of: machine) }
        }
        let at = self.now + Self.movingTime
        self.outlets[index].orders.append(
            SimulatedOutlet.Order(position: position, at: at, epoch: self.daemon.epoch, given: self.now))
        self.queue.add(.outlet(index), at: at)
    }

    /// An outlet moves, or an order to it is answered.
    mutating func stepOutlet(_ outlet: Int) {
        guard let place = self.outlets[outlet].orders.firstIndex(where: { $0.at == self.now }) else { return }
        let order = self.outlets[outlet].orders[place]
        if let answer = order.answer {
            self.outlets[outlet].orders.remove(at: place)
            self.answer(order, outlet, answer)
        } else if !self.answers(self.topology.outlets[outlet].pdu) {
            self.delay(outlet, place, .failed("no answer"), Self.noAnswerTime)
        } else if self.outlets[outlet].sticks > 0, self.outlets[outlet].position != order.position {
            self.delay(outlet, place, .notVerified, Self.verifyingTime)
        } else {
            self.outlets[outlet].orders.remove(at: place)
            self.move(outlet, order.position)
            self.tellOutlet(outlet)
            self.answer(order, outlet, .verified)
        }
    }

    private mutating func delay(_ outlet: Int, _ place: Int, _ answer: OutletAnswer, _ time: Duration) {
        self.outlets[outlet].orders[place].answer = answer
        self.outlets[outlet].orders[place].at = self.now + time
        self.queue.add(.outlet(outlet), at: self.now + time)
    }

    /// Who gave an order to be answered is gone after a crash; the outlet has moved all the same.
    private mutating func answer(_ order: SimulatedOutlet.Order, _ outlet: Int, _ answer: OutletAnswer) {
        guard order.epoch == self.daemon.epoch else { return }
        self.tell(.outletAnswered(self.topology.outlets[outlet].id, order.position, answer))
    }

    private mutating func move(_ outlet: Int, _ position: OutletPosition) {
        guard self.outlets[outlet].position != position else { return }
        if position == .off { self.judgeCut(of: outlet) }
        self.outlets[outlet].position = position
        self.record(.moved(self.topology.outlets[outlet].id, position))
        self.isCutting = true
        self.settlePower()
        self.isCutting = false
    }
}

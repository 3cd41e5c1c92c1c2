internal import NIOCore
internal import NUTProtocol
internal import PowerCore

/// An order on its way to a driver, and who waits for what becomes of it.
struct DriverOrder: Sendable {
    var words: [String]
    var answer: EventLoopPromise<DriverVerdict>
}

/// Owns the conversation with one driver: feeds it bytes and moments, sends what it says, passes its data on.
final class DriverHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = DriverOrder
    typealias OutboundOut = ByteBuffer

    private let device: String
    private let limits: DriverLinkLimits
    private let timekeeper: any Timekeeper
    private let updates: AsyncStream<SourcedUpdate>.Continuation

    private var session: DriverSession
    private var orders: [String: (answer: EventLoopPromise<DriverVerdict>, timeout: Scheduled<Void>)] = [:]
    private var watch: Scheduled<Void>?
    /// Set while an update waits for its turn.
    private var publication: Scheduled<Void>?
    private var lastPublished: NIODeadline?
    private var isSilent = false
    private var reason: DeviceFailure

    init(
        device: String, limits: DriverLinkLimits, timekeeper: any Timekeeper,
        updates: AsyncStream<SourcedUpdate>.Continuation
    ) {
        self.device = device
        self.limits = limits
        self.timekeeper = timekeeper
        self.updates = updates
        self.session = DriverSession(at: timekeeper.now)
        self.reason = DeviceFailure(
            .gone, device: device, detail: "the driver has closed the connection",
            remedy: "start it again (upsdrvctl start) if it does not come back by itself")
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: DriverSession.greeting)), promise: nil)
        self.scheduleWatch(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = [UInt8](buffer: self.unwrapInboundIn(data))
        do throws(DriverFault) {
            for answer in try self.session.take(bytes.span, at: self.timekeeper.now) {
                guard let order = self.orders.removeValue(forKey: answer.order) else { continue }
                order.timeout.cancel()
                order.answer.succeed(answer.verdict)
            }
            self.schedulePublication(context)
        } catch {
            self.reason = DeviceFailure(
                .notSupported, device: self.device, detail: error.description,
                remedy: "look whether a NUT driver is behind this socket")
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.watch?.cancel()
        self.publication?.cancel()
        for order in self.orders.values {
            order.timeout.cancel()
            order.answer.fail(self.reason)
        }
        self.orders = [:]
        self.updates.yield(.lost(self.reason))
        self.updates.finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    // MARK: Passing on

    /// Passes on what the driver has said, at once or as soon as the last time is long enough ago.
    private func schedulePublication(_ context: ChannelHandlerContext) {
        guard self.publication == nil else { return }
        let due = (self.lastPublished ?? .distantPast) + TimeAmount(self.limits.updates)
        guard due > .now() else { return self.publish() }
        self.publication = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.publication = nil
            self.publish()
        }
    }

    private func publish() {
        let standing = self.session.standing()
        // A driver that is still telling what it has has published nothing that the next word would have to wait for.
        if case .incomplete = standing { return }
        self.lastPublished = .now()
        switch standing {
        case .incomplete: break
        case .fresh(let state):
            self.isSilent = false
            self.updates.yield(.heard(state, at: self.session.lastHeard))
        case .stale:
            let failure = DeviceFailure(
                .stalled, device: self.device, detail: "the driver says that it gets no good data from the device",
                remedy: "look at the device's cable and at the driver's own log")
            self.updates.yield(.unavailable(.stale, failure))
        }
    }

    // MARK: Silence

    /// Looks at moments that are the same for all: those who look after a thousand drivers wake up together, and not
    /// one after the other.
    private func scheduleWatch(_ context: ChannelHandlerContext) {
        let ping = TimeAmount(self.limits.ping)
        // A full second with NUT's usual limit.
        let grid = UInt64(max(1, ping.nanoseconds / 5))
        let due = context.eventLoop.now + ping
        let full = due + .nanoseconds(Int64(grid - 1 - (due.uptimeNanoseconds + grid - 1) % grid))
        self.watch = context.eventLoop.assumeIsolated().scheduleTask(deadline: full) {
            self.lookAfter(context)
            self.scheduleWatch(context)
        }
    }

    private func lookAfter(_ context: ChannelHandlerContext) {
        let now = self.timekeeper.now
        if self.session.shouldPing(at: now, after: self.limits.ping) {
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: DriverSession.ping)), promise: nil)
        }
        guard now - self.session.lastHeard >= self.limits.staleAfter, !self.isSilent else { return }
        self.isSilent = true
        let failure = DeviceFailure(
            .timedOut, device: self.device,
            detail: "the driver has said nothing for \(self.limits.staleAfter.inWords)",
            remedy: "look at the driver's own log; it may have to be ended and started again")
        self.updates.yield(.unavailable(.stale, failure))
    }

    // MARK: Orders

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let order = self.unwrapOutboundIn(data)
        guard self.orders.count < DriverLimits.orders else {
            let detail = "\(DriverLimits.orders) orders already wait for the driver"
            order.answer.fail(DeviceFailure(.busy, device: self.device, detail: detail))
            promise?.succeed()
            return
        }
        guard let (id, bytes) = self.session.order(order.words) else {
            let detail = "the order holds characters that NUT drivers do not take"
            order.answer.fail(DeviceFailure(.notSupported, device: self.device, detail: detail))
            promise?.succeed()
            return
        }
        let timeout = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(self.limits.order)) {
            self.giveUp(id)
        }
        self.orders[id] = (order.answer, timeout)
        context.write(self.wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: promise)
    }

    private func giveUp(_ id: String) {
        let detail = "the driver has not said within \(self.limits.order.inWords) what became of the order"
        self.orders.removeValue(forKey: id)?.answer.fail(
            DeviceFailure(.timedOut, device: self.device, detail: detail, remedy: "read the state before trying again"))
    }
}

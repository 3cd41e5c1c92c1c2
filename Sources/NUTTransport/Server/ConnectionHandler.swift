internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import NUTProtocol
internal import PowerCore

/// One connection: owns its session on its event loop, and never makes another connection wait.
///
/// Lines are handled in order. While an order is awaited, or replies wait to be sent, nothing more is read, so a
/// connection holds at most one read, one batch of replies and what the kernel keeps.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// Lines are handled as they come.
        case ready
        /// A line of the client is being handled; a change of writability must not begin again.
        case handling
        /// The daemon has been asked to take an order; further lines wait.
        case awaiting(ClientOrder, trackingID: String?)
        /// The password is being checked, or the answer to a wrong one waits; the line is handled again after it.
        case checking(PasswordCheck)
        /// The client may begin its handshake; what it sent before is not looked at.
        case startingTLS(ServerTLS)
        /// The end has been told; what the client still sends is not looked at.
        case closing
    }

    private let hub: ServerHub
    private let origin: Places.Origin?
    /// Whether the client must encrypt, as it was when it came.
    private let requiresTLS: Bool
    private var state = State.ready
    private var conversation = Conversation(address: "")
    private var input = ByteBuffer()
    /// Whether the rest of the input waits until others have had their turn.
    private var isYielding = false
    /// Whether the channel asked to read while nothing more could be taken.
    private var isReadHeld = false
    private var lastLine = NIODeadline.now()
    private var idle: Scheduled<Void>?
    private var unread: Scheduled<Void>?
    private var end: Scheduled<Void>?
    private var handshake: Scheduled<Void>?
    /// While the answer to a wrong password waits.
    private var wait: Scheduled<Void>?

    init(hub: ServerHub, origin: Places.Origin?, requiresTLS: Bool) {
        self.hub = hub
        self.origin = origin
        self.requiresTLS = requiresTLS
    }

    func channelActive(context: ChannelHandlerContext) {
        self.conversation = Conversation(address: context.remoteAddress?.ipAddress ?? "")
        self.lastLine = .now()
        self.scheduleIdle(after: TimeAmount(self.hub.idle), context: context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        for timer in [self.idle, self.unread, self.end, self.handshake] { timer?.cancel() }
        self.state = .closing
        self.endWait()
        if let device = self.conversation.session.device { self.logOut(of: device, politely: false) }
        context.fireChannelInactive()
    }

    /// Called whatever way the connection ends, unlike `channelInactive`.
    func handlerRemoved(context: ChannelHandlerContext) {
        self.hub.leave(.served, of: self.origin)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = self.unwrapInboundIn(data)
        if self.input.readableBytes == 0 { self.input = buffer } else { self.input.writeBuffer(&buffer) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.handleInput(context: context)
    }

    func read(context: ChannelHandlerContext) {
        self.isReadHeld = true
        self.readOn(context: context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            self.unread?.cancel()
            self.unread = nil
            self.handleInput(context: context)
            self.readOn(context: context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.handshakeCompleted) = event as? TLSUserEvent {
            self.handshake?.cancel()
            self.handshake = nil
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if self.handshake != nil { self.complain(ClientComplaint(handshake: error)) }
        context.close(promise: nil)
    }
}

// Lines in, replies out.
extension ConnectionHandler {
    private func handleInput(context: ChannelHandlerContext) {
        guard case .ready = self.state, self.input.readableBytes > 0, context.channel.isWritable else { return }
        self.state = .handling
        let world = self.hub.world(requiresTLS: self.requiresTLS)
        let readAt = NIODeadline.now()
        let buffer = self.input
        let bytes = buffer.readableBytesUInt8Span
        var index = 0
        var isFull = false
        while case .handling = self.state, index < bytes.count, !isFull {
            let progress = self.conversation.take(bytes, from: index, limit: self.hub.limits.unsentBytes, in: world)
            index = progress.next
            if progress.hadLine { self.lastLine = readAt }
            switch progress.stop {
            case .end: break
            case .full: isFull = true
            case .effects(let effects): self.carryOut(effects, in: world, context: context)
            case .endless:
                self.complain(.endlessLine)
                // The client has not stopped sending: it gets time to read why this is the end.
                self.closeAfterReplies(withFarewell: true, context: context)
            }
        }
        self.input.moveReaderIndex(forwardBy: index)
        // The channel reads into the same memory again when nobody else has it.
        if self.input.readableBytes == 0 { self.input = ByteBuffer() }
        self.flushReplies(context: context)
        if case .startingTLS(let tls) = self.state { self.startTLS(tls, context: context) }
        if case .handling = self.state { self.state = .ready }
        if isFull { self.yield(context: context) }
    }

    /// Goes on with the input when the other connections have had their turn: what a client asked for in one packet
    /// may be a megabyte of replies.
    private func yield(context: ChannelHandlerContext) {
        guard !self.isYielding else { return }
        self.isYielding = true
        context.eventLoop.assumeIsolated().execute {
            self.isYielding = false
            self.handleInput(context: context)
            self.readOn(context: context)
        }
    }

    private func carryOut(_ effects: [SessionEffect], in world: ServerWorld, context: ChannelHandlerContext) {
        for effect in effects { self.carryOut(effect, in: world, context: context) }
    }

    private func carryOut(_ effect: SessionEffect, in world: ServerWorld, context: ChannelHandlerContext) {
        switch effect {
        case .login(let device):
            let channel = context.channel
            self.hub.logins.add(ObjectIdentifier(self), from: self.conversation.session.address, to: device) {
                channel.close(promise: nil)
            }
            self.hub.daemon.clientLoggedIn(device, by: self.conversation.session.actor)
        case .logout(let device):
            self.logOut(of: device, politely: true)
        case .submit(let order, let isTracked):
            self.submit(order, isTracked: isTracked, context: context)
        case .check(let check):
            self.check(check, context: context)
        case .startTLS:
            if let tls = world.tls { self.state = .startingTLS(tls) }
        case .close:
            self.closeAfterReplies(withFarewell: false, context: context)
        }
    }

    private func logOut(of device: DeviceID, politely: Bool) {
        self.hub.logins.remove(ObjectIdentifier(self), from: device)
        self.hub.daemon.clientLoggedOut(device, by: self.conversation.session.actor, politely: politely)
    }

    private func flushReplies(context: ChannelHandlerContext) {
        guard !self.conversation.replies.isEmpty else { return }
        self.write(promise: nil, context: context)
    }

    private func write(promise: EventLoopPromise<Void>?, context: ChannelHandlerContext) {
        let buffer = context.channel.allocator.buffer(bytes: self.conversation.replies.bytes)
        self.conversation.replies.removeAll()
        context.writeAndFlush(self.wrapOutboundOut(buffer), promise: promise)
        if !context.channel.isWritable { self.scheduleUnread(context: context) }
    }

    /// Lets the channel read if it asked to and there is room for what comes.
    private func readOn(context: ChannelHandlerContext) {
        guard self.isReadHeld, case .ready = self.state, self.input.readableBytes == 0, context.channel.isWritable
        else { return }
        self.isReadHeld = false
        context.read()
    }
}

// Orders.
extension ConnectionHandler {
    private func submit(_ order: ClientOrder, isTracked: Bool, context: ChannelHandlerContext) {
        let hub = self.hub
        let id = isTracked ? hub.beginTracking() : nil
        self.state = .awaiting(order, trackingID: id)
        let actor = self.conversation.session.actor
        let eventLoop = context.eventLoop
        let connection = NIOLoopBound((handler: self, context: context), eventLoop: eventLoop)
        // Not cancelled when the client goes: an order that was given stays given.
        Task {
            var refusal: OrderRefusal?
            do throws(OrderRefusal) {
                try await hub.daemon.submit(order, by: actor) { outcome in
                    if let id { hub.finishTracking(id, outcome) }
                }
            } catch {
                refusal = error
            }
            let answer = refusal
            eventLoop.execute {
                connection.value.handler.orderAnswered(refusal: answer, context: connection.value.context)
            }
        }
    }

    private func orderAnswered(refusal: OrderRefusal?, context: ChannelHandlerContext) {
        guard case .awaiting(let order, let id) = self.state else { return }
        if let refusal {
            if let id { self.hub.forgetTracking(id) }
            self.conversation.replies.appendRefused(order, refusal)
        } else {
            self.conversation.replies.appendTaken(order, trackingID: id)
        }
        self.state = .ready
        self.handleInput(context: context)
        self.flushReplies(context: context)
        self.readOn(context: context)
    }
}

// Passwords.
extension ConnectionHandler {
    private func check(_ check: PasswordCheck, context: ChannelHandlerContext) {
        self.state = .checking(check)
        guard let hash = check.hash, let hashing = self.hub.hashing else { return self.delay(check, context: context) }
        let eventLoop = context.eventLoop
        let connection = NIOLoopBound((handler: self, context: context), eventLoop: eventLoop)
        Task {
            let isRight = await hashing.isRight(check.candidate, for: hash)
            eventLoop.execute {
                let (handler, context) = connection.value
                guard case .checking = handler.state else { return }
                guard isRight else { return handler.delay(check, context: context) }
                handler.conclude(check, isRight: true, context: context)
            }
        }
    }

    /// Lets the answer to a wrong password wait. Whoever has too many answers waiting is not worth one.
    private func delay(_ check: PasswordCheck, context: ChannelHandlerContext) {
        self.complain(.wrongPassword)
        guard let duration = self.hub.beginWait(self.conversation.session.address) else {
            return context.close(promise: nil)
        }
        self.wait = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(duration)) {
            self.endWait()
            self.conclude(check, isRight: false, context: context)
        }
    }

    private func endWait() {
        guard let wait = self.wait else { return }
        self.wait = nil
        wait.cancel()
        self.hub.endWait(self.conversation.session.address)
    }

    private func conclude(_ check: PasswordCheck, isRight: Bool, context: ChannelHandlerContext) {
        guard case .checking = self.state else { return }
        self.state = .handling
        let world = self.hub.world(requiresTLS: self.requiresTLS)
        self.carryOut(self.conversation.conclude(check, isRight: isRight, in: world), in: world, context: context)
        if case .handling = self.state { self.state = .ready }
        self.handleInput(context: context)
        self.flushReplies(context: context)
        self.readOn(context: context)
    }
}

// Encryption.
extension ConnectionHandler {
    /// Puts TLS between the network and this handler, and forgets what came in plain behind `STARTTLS`: somebody
    /// between the client and us may have put it there to have it taken for the client's own words (RFC 7457, 2.2).
    private func startTLS(_ tls: ServerTLS, context: ChannelHandlerContext) {
        self.input = ByteBuffer()
        self.conversation.forgetLine()
        self.state = .ready
        self.scheduleHandshake(context: context)
        do {
            let handler = NIOSSLServerHandler(context: tls.context)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            context.close(promise: nil)
        }
    }
}

extension ConnectionHandler {
    private func complain(_ complaint: ClientComplaint) {
        self.hub.complaints.note(complaint, of: self.conversation.session.address)
    }
}

// Limits of time.
extension ConnectionHandler {
    /// One timer for a connection, set anew only when it fires: lines are far more frequent than its end.
    private func scheduleIdle(after delay: TimeAmount, context: ChannelHandlerContext) {
        self.idle = context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            let end = self.lastLine + TimeAmount(self.hub.idle)
            let now = NIODeadline.now()
            if now >= end {
                context.close(promise: nil)
            } else {
                self.scheduleIdle(after: end - now, context: context)
            }
        }
    }

    private func scheduleUnread(context: ChannelHandlerContext) {
        guard self.unread == nil else { return }
        self.unread = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(self.hub.limits.unread)) {
            self.complain(.deaf)
            context.close(promise: nil)
        }
    }

    private func scheduleHandshake(context: ChannelHandlerContext) {
        self.handshake = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(self.hub.limits.handshake)) {
            self.complain(.handshake)
            context.close(promise: nil)
        }
    }

    /// Closes when all replies have gone out; what the client still sends is not looked at.
    ///
    /// With a farewell only our half is closed at first: closing with bytes of the client unread would reset the
    /// connection and could take the last reply with it.
    private func closeAfterReplies(withFarewell: Bool, context: ChannelHandlerContext) {
        self.state = .closing
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            guard withFarewell, context.channel.isActive else { return context.close(promise: nil) }
            context.close(mode: .output, promise: nil)
            self.end = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(self.hub.limits.farewell)) {
                context.close(promise: nil)
            }
        }
        self.write(promise: sent, context: context)
    }
}

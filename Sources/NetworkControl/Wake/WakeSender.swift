internal import NIOCore
internal import NIOPosix
internal import PowerCore

/// Sends magic packets.
struct WakeSender: Sendable {
    let names: NameResolver
    let gap: Duration
    let group: any EventLoopGroup

    /// Sends the packet to a card some times; that it was heard nobody can know.
    func send(to card: Configuration.HostAccess.WakeOnLAN) async throws(HostFailure) {
        guard let packet = MagicPacket(for: card.hardwareAddress) else {
            throw HostFailure("the address of the network card is not six bytes")
        }
        guard let place = try await self.names.addresses(of: card.broadcast).first else {
            throw HostFailure("\(card.broadcast.host) has no address")
        }
        do {
            try await self.send(packet, to: place)
        } catch {
            throw HostFailure("no magic packet could be sent to \(card.broadcast): \(FailureReason(error).text)")
        }
    }

    private func send(_ packet: MagicPacket, to place: SocketAddress) async throws {
        let loop = self.group.next()
        let anywhere = try SocketAddress(ipAddress: place.protocol == .inet6 ? "::" : "0.0.0.0", port: 0)
        let channel = try await loop.flatSubmit {
            DatagramBootstrap(group: loop).channelOption(.socketOption(.so_broadcast), value: 1).bind(to: anywhere)
        }.get()
        do {
            for number in 1...NetworkLimits.magicPackets {
                if number > 1 { try await Task.sleep(for: self.gap) }
                let envelope = AddressedEnvelope(remoteAddress: place, data: ByteBuffer(bytes: packet.bytes))
                try await channel.writeAndFlush(envelope)
            }
        } catch {
            channel.close(promise: nil)
            throw error
        }
        channel.close(promise: nil)
    }
}

internal import NIOPosix

/// Goes from the places a server listens at to others, in a way that can be taken back.
struct ListenerChange {
    let hub: ServerHub
    let group: MultiThreadedEventLoopGroup
    /// What was open before and still is.
    private var kept: [NUTListener]
    private var opened: [NUTListener] = []
    /// What had to be closed because something new wants its port.
    private var closed: [ListenAddress] = []

    init(hub: ServerHub, group: MultiThreadedEventLoopGroup, before: [NUTListener]) {
        self.hub = hub
        self.group = group
        self.kept = before
    }

    /// Opens what is missing, then closes what is too much; returns the listeners in the order of `addresses`.
    mutating func listen(on addresses: [ListenAddress]) async throws(NUTServerError) -> [NUTListener] {
        for address in addresses where !(self.kept + self.opened).contains(where: { $0.isAt(address) }) {
            try await self.open(address, wanted: addresses)
        }
        let all = addresses.compactMap { address in (self.kept + self.opened).first { $0.isAt(address) } }
        for listener in self.kept where !addresses.contains(where: listener.isAt) { await listener.close() }
        for (listener, address) in zip(all, addresses) { listener.require(tls: address.requiresTLS) }
        return all
    }

    /// Takes back what ``listen(on:)`` had done when it failed, and returns what is open then.
    mutating func undo() async -> [NUTListener] {
        for listener in self.opened { await listener.close() }
        for address in self.closed {
            if let listener = try? await NUTListener(on: address, hub: self.hub, group: self.group) {
                self.kept.append(listener)
            }
        }
        return self.kept
    }

    /// `127.0.0.1:3493` cannot be had beside `0.0.0.0:3493`: what is to be closed anyway is then closed first.
    private mutating func open(_ address: ListenAddress, wanted: [ListenAddress]) async throws(NUTServerError) {
        do {
            self.opened.append(try await NUTListener(on: address, hub: self.hub, group: self.group))
        } catch let first {
            let rivals = self.kept.filter { listener in
                listener.bound.port == address.port && !wanted.contains(where: listener.isAt)
            }
            for rival in rivals { await rival.close() }
            self.closed += rivals.map(\.asked)
            self.kept.removeAll { listener in rivals.contains { $0 === listener } }
            guard !rivals.isEmpty else { throw .cannotListen(address, reason: FailureReason(first).text) }
            do {
                self.opened.append(try await NUTListener(on: address, hub: self.hub, group: self.group))
            } catch {
                throw .cannotListen(address, reason: FailureReason(error).text)
            }
        }
    }
}

internal import PowerCore
public import SNMPTables
internal import Synchronization

/// An SNMP agent on the network.
///
/// This module knows libnetsnmp: how to send a message to an agent and to understand what it answers. It refuses to know
/// what an object means. Nothing is sent before the first call; names of hosts are looked up then, and again after every
/// failure. An answer counts only where it comes from the address that was asked.
public final class SNMPAgent: SNMPPort {
    /// Most names in one request: agents of old management cards run out of memory with more (SNMPv1), or of a message.
    static let mostNames = (v1: 10, other: 20)
    /// How many objects a step of a walk asks for; what fits into one message of 1,500 bytes.
    static let repetitions = 10

    let options: SNMPOptions
    private let line = Mutex<SNMPLine?>(nil)
    private let isClosed = Mutex(false)
    /// How many names the agent has taken in one request.
    private let names: Mutex<Int>

    /// Makes an agent.
    public init(_ options: SNMPOptions) {
        self.options = options
        self.names = Mutex(options.isV1 ? Self.mostNames.v1 : Self.mostNames.other)
    }

    deinit {
        guard let line = self.line.withLock({ $0 }) else { return }
        (try? SNMPThread.shared())?.perform { line.end() }
    }

    /// Ends what is under way, which then fails, and gives the socket back.
    public func close() async {
        self.isClosed.withLock { $0 = true }
        guard let line = self.line.withLock({ $0 }), let thread = try? SNMPThread.shared() else { return }
        await withCheckedContinuation { ended in
            thread.perform {
                line.end()
                ended.resume()
            }
        }
    }
}

extension SNMPAgent {
    /// Sends a request and waits for its answer.
    func send(_ request: SNMPRequest) async throws(SNMPFailure) -> SNMPResponse {
        let thread = try SNMPThread.shared()
        if self.isClosed.withLock({ $0 }) { throw .closed }
        let line = self.line.withLock { line in
            let found = line ?? SNMPLine(self.options, on: thread)
            line = found
            return found
        }
        let exchange = SNMPExchange(request)
        let result: Result<SNMPResponse, SNMPFailure> = await withTaskCancellationHandler {
            await withCheckedContinuation { waiting in
                thread.perform {
                    exchange.begin(waiting)
                    line.take(exchange)
                }
            }
        } onCancel: {
            thread.perform { line.cancel(exchange) }
        }
        return try result.get()
    }

    /// How many names go into one request.
    var namesPerRequest: Int { self.names.withLock { $0 } }

    /// Takes note that `count` names were too many; false where it is not to be had with fewer.
    func halve(from count: Int) -> Bool {
        guard count > 1 else { return false }
        self.names.withLock { $0 = min($0, max(1, count / 2)) }
        return true
    }
}

extension SNMPOptions {
    /// Whether SNMPv1 is spoken, which fails as a whole where one object is missing, and has no GETBULK.
    var isV1: Bool {
        if case .v1 = self.access { return true }
        return false
    }
}

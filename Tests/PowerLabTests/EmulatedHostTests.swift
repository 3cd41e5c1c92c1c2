import PowerCore
import PowerLab
import Testing

private func host(
    agentDelay: Duration? = .seconds(5), startsRunning: Bool = true
) -> EmulatedHost {
    EmulatedHost(
        LabHostPlan(
            "pve1", feeds: [.ups("river")], watts: 45, bootTime: .seconds(40), stopTime: .seconds(30),
            agentDelay: agentDelay, startsRunning: startsRunning))
}

private func at(_ seconds: Int) -> Moment { Moment(sinceOrigin: .seconds(seconds)) }

/// One exchange with a host: what is done to it and what it answers.
private func expect(
    _ changes: [HostChange], of host: inout EmulatedHost, _ act: (inout EmulatedHost) -> [HostChange],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let answered = act(&host)
    #expect(answered == changes, sourceLocation: sourceLocation)
}

@Test func `a host without a real client stops by its built-in one, a poll after it was told`() {
    var host = host()
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(10)) }
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(12)) }
    expect([], of: &host) { $0.advance(to: at(14)) }
    #expect(host.nextMoment == at(15))
    expect([.loggedOut, .became(.stopping)], of: &host) { $0.advance(to: at(15)) }
    #expect(host.watts == 45)
    expect([], of: &host) { $0.advance(to: at(44)) }
    expect([.became(.off)], of: &host) { $0.advance(to: at(45)) }
    #expect(host.watts == 2.5)
    #expect(host.crashes == 0)
    expect([], of: &host) { $0.power(false, at: at(60)) }
    #expect(host.watts == .zero)
}

@Test func `a forced shutdown taken back in time is forgotten`() {
    var host = host()
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(10)) }
    expect([], of: &host) { $0.show(forcedShutdown: false, realClients: 0, at: at(14)) }
    expect([], of: &host) { $0.advance(to: at(100)) }
    #expect(host.state == .running && host.isLoggedIn)
    // Told anew, the delay begins anew.
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(100)) }
    #expect(host.nextMoment == at(105))
}

@Test func `a shutdown that has begun is not taken back`() {
    var host = host()
    _ = host.show(forcedShutdown: true, realClients: 0, at: at(0))
    expect([.loggedOut, .became(.stopping)], of: &host) { $0.advance(to: at(5)) }
    expect([], of: &host) { $0.show(forcedShutdown: false, realClients: 0, at: at(6)) }
    expect([.became(.off)], of: &host) { $0.advance(to: at(40)) }
}

@Test func `with a real client the built-in one stands back until the last has left`() {
    var host = host()
    expect([.loggedOut], of: &host) { $0.show(forcedShutdown: false, realClients: 2, at: at(0)) }
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 2, at: at(10)) }
    #expect(host.nextMoment == nil)
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 1, at: at(20)) }
    expect([.became(.stopping)], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(21)) }
    expect([.became(.off)], of: &host) { $0.advance(to: at(51)) }
}

@Test func `a real client that leaves without a forced shutdown is replaced by the built-in one`() {
    var host = host()
    expect([.loggedOut], of: &host) { $0.show(forcedShutdown: false, realClients: 1, at: at(0)) }
    expect([.loggedIn], of: &host) { $0.show(forcedShutdown: false, realClients: 0, at: at(1)) }
    #expect(host.state == .running)
}

@Test func `a host without a built-in client stops only through real ones`() {
    var host = host(agentDelay: nil)
    #expect(!host.isLoggedIn)
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(0)) }
    #expect(host.nextMoment == nil)
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 1, at: at(1)) }
    expect([.became(.stopping)], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(2)) }
}

@Test func `power that comes back boots a host, and its client logs in`() {
    var host = host(startsRunning: false)
    #expect(host.state == .off)
    expect([], of: &host) { $0.power(true, at: at(0)) }
    expect([], of: &host) { $0.advance(to: at(1000)) }
    expect([], of: &host) { $0.power(false, at: at(1000)) }
    expect([.became(.booting)], of: &host) { $0.power(true, at: at(1010)) }
    #expect(host.watts == 45)
    expect([], of: &host) { $0.advance(to: at(1049)) }
    expect([.became(.running), .loggedIn], of: &host) { $0.advance(to: at(1050)) }
}

@Test(arguments: [HostState.running, .stopping, .booting])
func `power that ends while something runs is a crash`(state: HostState) {
    var host = host()
    if state == .stopping {
        _ = host.show(forcedShutdown: true, realClients: 0, at: at(0))
        _ = host.advance(to: at(5))
    }
    if state == .booting {
        _ = host.show(forcedShutdown: true, realClients: 0, at: at(0))
        _ = host.advance(to: at(100))
        _ = host.power(false, at: at(100))
        _ = host.power(true, at: at(101))
    }
    #expect(host.state == state)
    let logOut: [HostChange] = state == .running ? [.loggedOut] : []
    expect(logOut + [.crashed(while: state), .became(.off)], of: &host) { $0.power(false, at: at(110)) }
    #expect(host.crashes == 1)
    #expect(host.nextMoment == nil)
}

@Test func `a host that boots under a forced shutdown stops again`() {
    var host = host()
    _ = host.power(false, at: at(0))
    _ = host.power(true, at: at(1))
    expect([], of: &host) { $0.show(forcedShutdown: true, realClients: 0, at: at(2)) }
    expect([.became(.running), .loggedIn], of: &host) { $0.advance(to: at(41)) }
    expect([.loggedOut, .became(.stopping)], of: &host) { $0.advance(to: at(46)) }
}

@Test func `a host that hangs never gets to off until it is healed`() {
    var host = host()
    host.hang()
    _ = host.show(forcedShutdown: true, realClients: 0, at: at(0))
    expect([.loggedOut, .became(.stopping)], of: &host) { $0.advance(to: at(5)) }
    expect([], of: &host) { $0.advance(to: at(10000)) }
    host.heal(at: at(10000))
    expect([.became(.off)], of: &host) { $0.advance(to: at(10030)) }
}

@Test func `a late look makes up for everything that was due`() {
    var host = host()
    _ = host.show(forcedShutdown: true, realClients: 0, at: at(0))
    expect([.loggedOut, .became(.stopping), .became(.off)], of: &host) { $0.advance(to: at(1000)) }
}

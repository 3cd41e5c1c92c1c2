import SNMPTransport
import Testing

@Test func `a password that is too short for SNMPv3 is a sentence`() {
    let user = SNMPUser(name: "u", authentication: .init(digest: .sha, password: "seven77"))
    let options = SNMPOptions(host: "h", access: .v3(user))
    #expect(options.problem == "the digest password has fewer than 8 bytes, which SNMPv3 does not take")
}

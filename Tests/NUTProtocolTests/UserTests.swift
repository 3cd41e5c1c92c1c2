import NUTProtocol
import PowerCore
import Testing

struct UserTests {
    @Test func `a password matches itself and nothing else`() throws {
        let password = try #require(Password(plain: "secret"))
        #expect(password.matches("secret"))
        for wrong in ["", "s", "secre", "secrets", "Secret", "secreT", "secretsecret"] {
            #expect(!password.matches(wrong), "\(wrong)")
        }
    }

    @Test func `an empty password matches only nothing`() throws {
        let password = try #require(Password(plain: ""))
        #expect(password.matches(""))
        #expect(!password.matches("\0"))
        #expect(!password.matches("x"))
    }

    @Test func `a password that no client could send is not taken`() {
        #expect(Password(plain: "größe") == nil)
        #expect(Password(plain: "a\nb") == nil)
        #expect(Password(plain: String(repeating: "x", count: LineLimits.wordBytes + 1)) == nil)
        #expect(Password(plain: String(repeating: "x", count: LineLimits.wordBytes)) != nil)
        #expect(Password(plain: " \"#\\=~") != nil)
    }

    @Test func `a password is never shown`() throws {
        let user = NUTUser("admin", "secret", nil)
        var dumped = ""
        dump(user, to: &dumped)
        #expect(!"\(user) \(String(reflecting: user)) \(dumped)".contains("secret"))
        // Nor its bytes.
        #expect(!dumped.contains("115"))
    }

    @Test func `a user is found by the exact name, the first of two`() {
        let table = UserTable([NUTUser("a", "1", .primary), NUTUser("a", "2", nil), NUTUser("b", "2", nil)])
        #expect(table.user(named: "a")?.role == .primary)
        #expect(table.user(named: "A") == nil)
        #expect(table.user(named: "b") != nil)
        #expect(UserTable().user(named: "") == nil)
    }

    @Test func `a role is what may be done in a shutdown`() {
        let nobody = NUTUser("n", "", nil, settable: .all, commands: .all)
        let secondary = NUTUser("s", "", .secondary)
        let primary = NUTUser("p", "", .primary)
        #expect(!nobody.may(.login, on: "ups"))
        #expect(secondary.may(.login, on: "ups"))
        #expect(!secondary.may(.actAsPrimary, on: "ups"))
        #expect(!secondary.may(.forceShutdown, on: "ups"))
        for right in [NUTUser.Right.login, .actAsPrimary, .forceShutdown] { #expect(primary.may(right, on: "ups")) }
        #expect(!primary.may(.set(variable: "ups.id"), on: "ups"))
        #expect(!primary.may(.run(command: "load.off"), on: "ups"))
    }

    @Test func `a grant covers names in any case`() {
        let grant = Grant.only(["Load.Off"])
        #expect(grant.covers("load.off"))
        #expect(grant.covers("LOAD.OFF"))
        #expect(!grant.covers("load.on"))
        #expect(Grant.all.covers("anything"))
        #expect(!Grant.none.covers("anything"))
    }

    @Test func `a user for some devices may do nothing to others`() {
        let user = NUTUser("u", "", .primary, settable: .all, commands: .all, devices: .only(["Attic"]))
        let rights: [NUTUser.Right] = [.login, .actAsPrimary, .forceShutdown, .set(variable: "x"), .run(command: "y")]
        for right in rights {
            #expect(user.may(right, on: "attic"))
            #expect(!user.may(right, on: "ups"))
        }
    }
}

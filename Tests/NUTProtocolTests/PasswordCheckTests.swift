import NUTProtocol
import PowerCore
import Testing

struct PasswordCheckTests {
    private func rig() -> SessionRig {
        var rig = SessionRig()
        rig.hashes = ["H": "secret", "I": "other"]
        rig.users = UserTable([NUTUser(name: "mon", password: Password(hash: "H"), role: .secondary)])
        return rig
    }

    @Test func `a hashed password is checked once for a connection`() {
        var rig = self.rig()
        rig.authenticate("mon", "secret")
        #expect(rig.checks == 0)
        #expect(rig.ask("LOGIN ups") == "OK")
        #expect(rig.ask("PRIMARY ups") == "ERR ACCESS-DENIED")
        #expect(rig.ask("FSD ups") == "ERR ACCESS-DENIED")
        #expect(rig.checks == 1)
        #expect(rig.effects == [.login("ups")])
    }

    @Test func `a wrong one is checked once as well`() {
        var rig = self.rig()
        rig.authenticate("mon", "H")
        #expect(rig.ask("LOGIN ups") == "ERR ACCESS-DENIED")
        #expect(rig.ask("LOGIN ups") == "ERR ACCESS-DENIED")
        #expect(rig.checks == 1)
        #expect(rig.effects.isEmpty)
    }

    @Test func `another password of the user is another question`() {
        var rig = self.rig()
        rig.authenticate("mon", "secret")
        #expect(rig.ask("LOGIN ups") == "OK")
        rig.users = UserTable([NUTUser(name: "mon", password: Password(hash: "I"), role: .primary)])
        #expect(rig.ask("FSD ups") == "ERR ACCESS-DENIED")
        rig.users = UserTable([NUTUser(name: "mon", password: Password(hash: "H"), role: .primary)])
        #expect(rig.ask("FSD ups") == "OK FSD-SET")
        #expect(rig.checks == 3)
    }

    @Test func `a right plain password is no question, a wrong one or an unknown user is`() {
        var right = SessionRig()
        right.authenticate("mon", "pass")
        #expect(right.ask("LOGIN ups") == "OK")
        #expect(right.checks == 0)
        for user in ["mon", "nobody"] {
            var wrong = SessionRig()
            wrong.authenticate(user, "nothing")
            #expect(wrong.ask("LOGIN ups") == "ERR ACCESS-DENIED")
            #expect(wrong.checks == 1)
        }
    }

    @Test func `what is to be checked is not shown`() {
        var shown = ""
        var rig = self.rig()
        rig.authenticate("mon", "letmein")
        _ = rig.ask("LOGIN ups")
        dump(Password(hash: "scrypt:1"), to: &shown)
        #expect(!shown.contains("scrypt"))
    }
}

import Testing

@testable import pductl

@Suite struct CredentialsTests {
    /// Looks for credentials among these files.
    static func find(
        user: String? = nil, file: String? = nil, environment: [String: String] = [:],
        files: [String: Credentials.File] = [:]
    ) throws(Outcome) -> Credentials? {
        try Credentials.find(user: user, passwordFile: file, environment: environment, json: false) { files[$0] }
    }

    static let path = "/home/a/.config/pductl/credentials"
    static let stored = Credentials.File(text: "# mine\nuser: anna\npassword: s: e\n", isReadableByOthers: false)

    @Test func `without anything there are none`() throws {
        #expect(try Self.find() == nil)
        #expect(try Self.find(user: "a") == nil)
        #expect(try Self.find(environment: ["PDUCTL_PASSWORD": "x"]) == nil)
    }

    @Test func `options come before the environment, and that before the file`() throws {
        let environment = ["HOME": "/home/a", "PDUCTL_USER": "bert", "PDUCTL_PASSWORD": "env"]
        let files = [Self.path: Self.stored, "/p": Credentials.File(text: "file\nmore", isReadableByOthers: true)]
        #expect(
            try Self.find(user: "otto", file: "/p", environment: environment, files: files)
                == Credentials(user: "otto", password: "file"))
        #expect(try Self.find(environment: environment, files: files) == Credentials(user: "bert", password: "env"))
        #expect(
            try Self.find(environment: ["HOME": "/home/a"], files: files) == Credentials(user: "anna", password: "s: e")
        )
    }

    @Test func `a stored password is not sent for another user`() throws {
        #expect(try Self.find(user: "otto", environment: ["HOME": "/home/a"], files: [Self.path: Self.stored]) == nil)
    }

    @Test func `the folder for settings is respected`() {
        #expect(Credentials.path(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/pductl/credentials")
        #expect(
            Credentials.path(environment: ["XDG_CONFIG_HOME": "", "HOME": "/h"]) == "/h/.config/pductl/credentials")
        #expect(Credentials.path(environment: [:]) == nil)
    }

    @Test func `a file others can read is refused with the remedy`() {
        let open = Credentials.File(text: Self.stored.text, isReadableByOthers: true)
        #expect {
            try Self.find(environment: ["HOME": "/home/a"], files: [Self.path: open])
        } throws: { error in
            (error as? Outcome)
                == Outcome(
                    complaint: "pductl: \(Self.path) can be read by others; type: chmod 600 \(Self.path)\n",
                    status: .usage)
        }
    }

    @Test(arguments: ["", "user: a", "password: b", "user a\npassword b"])
    func `a file without both lines is refused`(text: String) {
        let file = Credentials.File(text: text, isReadableByOthers: false)
        #expect(throws: Outcome.self) { try Self.find(environment: ["HOME": "/home/a"], files: [Self.path: file]) }
    }

    @Test func `a password file that is missing is refused`() {
        #expect(throws: Outcome.self) { try Self.find(user: "a", file: "/none") }
    }
}

import Foundation
import PowerCore
import Testing

@testable import upsd_swift

private let salt = "AAAAAAAAAAA="
private let hash = "AAAAAAAAAAAAAAAAAAAAAA=="

struct ScryptHashTests {
    /// RFC 7914, 12, the third vector.
    @Test func `a vector of the specification comes out`() throws {
        let hash = "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw=="
        let read = try #require(ScryptHash(parsing: "scrypt:16384:8:1:U29kaXVtQ2hsb3JpZGU=:\(hash)"))
        #expect(read.matches("pleaseletmein"))
        #expect(!read.matches("pleaseletmeit"))
    }

    @Test func `a password has its hash and no other`() throws {
        let made = try ScryptHash(of: "secret")
        let read = try #require(ScryptHash(parsing: made.text))
        #expect(read == made)
        #expect(read.matches("secret"))
        for wrong in ["", "secre", "secrets", "Secret"] { #expect(!read.matches(wrong)) }
        #expect(try ScryptHash(of: "secret") != made)
    }

    @Test(arguments: [
        "", "x", "scrypt", "scrypt:16384:8:1:\(salt)", "bcrypt:16384:8:1:\(salt):\(hash)",
        "scrypt:16383:8:1:\(salt):\(hash)", "scrypt:1:8:1:\(salt):\(hash)", "scrypt:0:8:1:\(salt):\(hash)",
        "scrypt:-2:8:1:\(salt):\(hash)", "scrypt:131072:8:1:\(salt):\(hash)",
        "scrypt:4611686018427387904:8:1:\(salt):\(hash)", "scrypt:16384:9223372036854775807:1:\(salt):\(hash)",
        "scrypt:16384:0:1:\(salt):\(hash)", "scrypt:16384:8:17:\(salt):\(hash)", "scrypt:16384:8:0:\(salt):\(hash)",
        "scrypt:16384:8:1::\(hash)", "scrypt:16384:8:1:\(salt):", "scrypt:16384:8:1:\(salt):AAAA",
        "scrypt:16384:8:1:!:\(hash)",
    ])
    func `what is no hash, or one that costs too much, is none`(text: String) {
        #expect(ScryptHash(parsing: text) == nil)
    }

    @Test func `the largest cost is allowed`() {
        #expect(ScryptHash(parsing: "scrypt:65536:8:16:AAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAA==") != nil)
    }

    @Test func `a password that was right is known again, a wrong one never`() async throws {
        let (hash, other) = (try ScryptHash(of: "secret").text, try ScryptHash(of: "other").text)
        let hasher = PasswordHasher()
        for _ in 0..<2 {
            #expect(await hasher.isRight("secret", for: hash))
            #expect(await !hasher.isRight("other", for: hash))
            #expect(await !hasher.isRight("secret", for: other))
            #expect(await !hasher.isRight("secret", for: "nonsense"))
        }
    }

    @Test func `a hash that cannot be checked is an error at its place`() {
        let yaml = "server: {users: {a: {password-hash: \"scrypt:1:2\"}}}\nups: {u: {driver: usb-hid}}\n"
        let problem = ConfigurationProblem(
            .error, at: ConfigurationMark(line: 1, column: 37),
            "user a: password-hash is no hash that can be checked", remedy: "write what upsd-swift hash-password prints"
        )
        #expect(ConfigurationLoader.load(text: yaml, directory: "/").reading.problems == [problem])
    }
}

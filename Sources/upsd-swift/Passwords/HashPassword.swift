import ArgumentParser
import Foundation

/// Makes a line for the configuration of a password that then stands nowhere.
struct HashPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash-password",
        abstract: "Reads a password, without showing it on a terminal, and prints its hash for password-hash.")

    func run() throws {
        let isTerminal = isatty(STDIN_FILENO) == 1
        let password = isTerminal ? try Self.ask() : readLine()
        guard let password, !password.isEmpty else { throw ValidationError("There is no password to hash.") }
        guard password.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !#"#"\="#.utf8.contains($0) }) else {
            throw ValidationError(
                "Stock NUT clients cannot send it: use letters, digits and signs other than space, #, \", \\ and =.")
        }
        print(try ScryptHash(of: password).text)
    }

    private static func ask() throws -> String? {
        let first = Self.secret("Password: ")
        guard first == Self.secret("Again: ") else { throw ValidationError("The two are not the same.") }
        return first
    }

    /// A line from the terminal, which does not show it.
    private static func secret(_ prompt: String) -> String? {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        FileHandle.standardError.write(Data(prompt.utf8))
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine()
    }
}

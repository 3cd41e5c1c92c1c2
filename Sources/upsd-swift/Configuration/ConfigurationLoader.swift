import Foundation
import NUTTransport
import PowerCore
import RackFile

/// Reads the configuration and the passwords from files: all that touches the disk.
enum ConfigurationLoader {
    /// A password is a word, not a document.
    static let longestPasswordFile = 4096

    /// What came of reading a configuration with its password files.
    struct Loaded: Equatable {
        /// The values, unless there are errors, and every problem.
        var reading: ConfigurationReading
        /// The password of each user, wherever it stood; empty after an error.
        var passwords: [String: String]
        /// The server's certificate; nil where there is none, and after an error.
        var tls: ServerTLS?
    }

    /// Reads the file at `path` and the password files it names, which may be relative to it.
    static func load(path: String) -> Loaded {
        let file: SecretFile
        do {
            file = try SecretFile(path: path, limit: FileLimits.maximumBytes)
        } catch {
            return Loaded(reading: Self.failed("the file \(error.reason)"), passwords: [:])
        }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            let remedy = "save it as plain UTF-8 text"
            return Loaded(reading: Self.failed("the file is not UTF-8", remedy: remedy), passwords: [:])
        }
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return Self.load(text: text, directory: directory, isWorldReadable: file.isWorldReadable)
    }

    /// Reads a configuration that is there as text already.
    static func load(text: String, directory: String, isWorldReadable: Bool = false) -> Loaded {
        var reading = ConfigurationFile.read(text)
        if var configuration = reading.configuration {
            Self.resolvePaths(of: &configuration, directory: directory)
            reading.configuration = configuration
            reading.problems += Self.problems(ofDevices: configuration)
            reading.problems += Self.problems(ofFamilies: configuration)
            reading.problems += Self.problems(of: reading.hostFiles, configuration, directory: directory)
        }
        let users = reading.configuration?.server.users ?? []
        let loaded = Self.loadPasswords(of: users, at: reading.passwordMarks, directory: directory)
        reading.problems += loaded.problems
        let tls = Self.loadTLS(reading.configuration?.server.tls, at: reading.tlsMarks, directory: directory)
        reading.problems += tls.problems
        if isWorldReadable, users.contains(where: { if case .plain = $0.password { true } else { false } }) {
            reading.problems.append(
                ConfigurationProblem(
                    .warning, at: .start, "everybody on this machine can read the passwords in this file",
                    remedy: "chmod o-r, or use password-file"))
        }
        reading.problems.sort { $0.mark < $1.mark }
        if reading.hasErrors { reading.configuration = nil }
        guard !reading.hasErrors else { return Loaded(reading: reading, passwords: [:]) }
        return Loaded(reading: reading, passwords: loaded.passwords, tls: tls.identity)
    }

    /// Reads the password of each user from wherever the configuration says it stands.
    static func loadPasswords(
        of users: [Configuration.User], at marks: [String: ConfigurationMark], directory: String
    ) -> (passwords: [String: String], problems: [ConfigurationProblem]) {
        var passwords: [String: String] = [:]
        var problems: [ConfigurationProblem] = []
        for user in users {
            switch user.password {
            case .plain(let password):
                passwords[user.name] = password
            case .hash(let text):
                guard ScryptHash(parsing: text) == nil else { continue }
                let message = "user \(user.name): password-hash is no hash that can be checked"
                problems.append(
                    ConfigurationProblem(
                        .error, at: marks[user.name] ?? .start, message,
                        remedy: "write what upsd-swift hash-password prints"))
            case .file(let path):
                let mark = marks[user.name] ?? .start
                let full = path.hasPrefix("/") ? path : "\(directory)/\(path)"
                let (password, found) = Self.password(of: user.name, in: full, at: mark)
                passwords[user.name] = password
                problems += found
            }
        }
        return (passwords, problems)
    }

    /// The first line of a password file, and what is wrong with the file.
    private static func password(
        of user: String, in path: String, at mark: ConfigurationMark
    ) -> (String?, [ConfigurationProblem]) {
        do {
            let file = try SecretFile(path: path, limit: Self.longestPasswordFile)
            guard let password = file.firstLine else {
                let message = "user \(user): password file \(path) has no text in its first line"
                return (nil, [ConfigurationProblem(.error, at: mark, message, remedy: "write the password there")])
            }
            guard file.isWorldReadable else { return (password, []) }
            let message = "user \(user): everybody on this machine can read \(path)"
            return (password, [ConfigurationProblem(.warning, at: mark, message, remedy: "chmod 640 \(path)")])
        } catch {
            let message = "user \(user): password file \(path) \(error.reason)"
            return (nil, [ConfigurationProblem(.error, at: mark, message, remedy: "create it with mode 640")])
        }
    }

    /// A result that consists of one error.
    private static func failed(_ message: String, remedy: String = "") -> ConfigurationReading {
        ConfigurationReading(
            configuration: nil, problems: [ConfigurationProblem(.error, at: .start, message, remedy: remedy)])
    }
}

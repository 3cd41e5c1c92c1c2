import Foundation
import NUTProtocol
import NUTTransport

/// Reads NUT's files as they are on the disk.
struct CompatibilityFiles {
    /// What a server is started with, or goes on with.
    struct Loaded {
        var configuration: CompatibilityConfiguration
        var tls: ServerTLS?
        /// Why there is no certificate although there should be one.
        var certificateProblem: String?
    }

    /// What `-r` has made the root of all paths is no concern of this: it is the process's.
    var places: CompatibilityPlaces
    var environment: [String: String]

    /// Reads everything, or says why the server cannot run with it.
    func load() throws(CompatibilityConfiguration.Refusal) -> Loaded {
        var notes: [String] = []
        var files: [NUTFile: [UInt8]] = [:]
        files[.upsd] = try self.read(.upsd, &notes)
        files[.ups] = try self.read(.ups, &notes)
        do throws(CompatibilityConfiguration.Refusal) {
            files[.users] = try self.read(.users, &notes)
        } catch {
            notes.append("\(error); nobody can log in")
        }
        let nut = NUTConfiguration(files)
        var configuration = CompatibilityConfiguration(
            nut, places: self.places.completed(by: nut, environment: self.environment), environment: self.environment)
        configuration.notes = notes + configuration.notes
        guard !configuration.upses.isEmpty || configuration.allowsNoDevice else {
            throw .init(
                description: "ups.conf has no UPS that could be served; with ALLOW_NO_DEVICE true the server starts "
                    + "all the same")
        }
        var loaded = Loaded(configuration: configuration)
        guard let path = configuration.certificate else { return loaded }
        do {
            let file = try SecretFile(path: path, limit: TLSFiles.longestFile)
            loaded.tls = try ServerTLS(certificates: file.bytes, key: file.bytes)
        } catch {
            let reason = (error as? SecretFile.Failure)?.reason ?? "\(error)"
            loaded.certificateProblem = "CERTFILE \(path) \(reason)"
        }
        return loaded
    }

    private func read(
        _ file: NUTFile, _ notes: inout [String]
    ) throws(CompatibilityConfiguration.Refusal) -> [UInt8] {
        let path = "\(self.places.configuration)/\(file.rawValue)"
        do throws(SecretFile.Failure) {
            let found = try SecretFile(path: path, limit: NUTFileLimits.bytes)
            // Passwords of clients and of keys stand in these two.
            if found.isWorldReadable, file != .ups { notes.append("\(path) can be read by everybody on this machine") }
            return found.bytes
        } catch {
            throw .init(description: "\(path) \(error.reason)")
        }
    }
}

import HTTPControl
import PowerCore

extension Drivers {
    /// The outlets of a device that is reached by HTTP.
    func http(_ device: Configuration.HTTPOutlets, _ pdu: Configuration.PDU) throws(Refusal) -> any OutletController {
        let id = pdu.rack.id
        let secrets = HTTPSecrets(
            user: device.user ?? device.profile.usualUser ?? "",
            password: try Self.secret(in: device.passwordFile, "password file", of: id),
            token: try Self.secret(in: device.tokenFile, "token file", of: id))
        return HTTPOutlets(
            id, device, secrets: secrets, trust: try Self.trust(of: device, id), clients: self.httpClients)
    }

    /// The first line of a file; nil where none is named.
    private static func secret(in path: String?, _ what: String, of id: DeviceID) throws(Refusal) -> String? {
        guard let path else { return nil }
        let file = try Self.file(path, what, of: id, limit: ConfigurationLoader.longestPasswordFile)
        guard let line = file.firstLine else {
            throw Refusal(description: "\(id): \(what) \(path) has no text in its first line")
        }
        return line
    }

    private static func trust(of device: Configuration.HTTPOutlets, _ id: DeviceID) throws(Refusal) -> HTTPTrust {
        if let fingerprint = device.fingerprint { return .pin(fingerprint) }
        guard let path = device.authoritiesFile else { return .system }
        let file = try Self.file(path, "ca", of: id, limit: ConfigurationLoader.longestAuthorities)
        guard let trust = HTTPTrust(authorities: file.bytes) else {
            throw Refusal(description: "\(id): ca \(path) has no certificate in PEM")
        }
        return trust
    }

    private static func file(
        _ path: String, _ what: String, of id: DeviceID, limit: Int
    ) throws(Refusal) -> SecretFile {
        do throws(SecretFile.Failure) {
            return try SecretFile(path: path, limit: limit)
        } catch {
            throw Refusal(description: "\(id): \(what) \(path) \(error.reason)")
        }
    }
}

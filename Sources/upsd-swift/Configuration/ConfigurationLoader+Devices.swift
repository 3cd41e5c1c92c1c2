import PowerCore

extension ConfigurationLoader {
    /// Makes the paths that devices, hosts and the store name whole: they are relative to the configuration file.
    static func resolvePaths(of configuration: inout Configuration, directory: String) {
        for index in configuration.upses.indices {
            switch configuration.upses[index].driver {
            case .dummy(var dummy):
                dummy.file = Self.path(dummy.file, in: directory)
                configuration.upses[index].driver = .dummy(dummy)
            case .nutUpstream(let upstream):
                configuration.upses[index].driver = .nutUpstream(Self.resolved(upstream, directory))
            case .usbHID, .emulated, .nutDriver: break
            }
        }
        for index in configuration.pdus.indices {
            guard case .nutUpstream(let upstream) = configuration.pdus[index].driver else { continue }
            configuration.pdus[index].driver = .nutUpstream(Self.resolved(upstream, directory))
        }
        Self.resolveHostPaths(of: &configuration, directory: directory)
    }

    private static func resolved(
        _ upstream: Configuration.NUTUpstream, _ directory: String
    ) -> Configuration.NUTUpstream {
        var resolved = upstream
        resolved.passwordFile = upstream.passwordFile.map { Self.path($0, in: directory) }
        resolved.authoritiesFile = upstream.authoritiesFile.map { Self.path($0, in: directory) }
        return resolved
    }

    /// More than all authorities of a machine in one file.
    static let longestAuthorities = 1_048_576

    /// What is wrong with the files about other servers, which nobody would otherwise hear of before the start.
    static func problems(ofDevices configuration: Configuration) -> [ConfigurationProblem] {
        configuration.upstreams.flatMap { id, upstream -> [ConfigurationProblem] in
            let isUPS = configuration.upses.contains { $0.rack.id == id }
            let owner = "\(isUPS ? "ups" : "pdu") \(id)"
            return [
                Self.problem("password file", upstream.passwordFile, limit: Self.longestPasswordFile, of: owner),
                Self.problem("ca", upstream.authoritiesFile, limit: Self.longestAuthorities, of: owner),
            ].compactMap(\.self)
        }
    }

    private static func problem(
        _ what: String, _ path: String?, limit: Int, of owner: String
    ) -> ConfigurationProblem? {
        guard let path else { return nil }
        let subject = "\(owner): \(what) \(path)"
        do throws(SecretFile.Failure) {
            let file = try SecretFile(path: path, limit: limit)
            guard file.firstLine == nil else { return nil }
            return ConfigurationProblem(
                .error, at: .start, "\(subject) has no text in its first line", remedy: "write it there")
        } catch {
            return ConfigurationProblem(
                .error, at: .start, "\(subject) \(error.reason)", remedy: "create it, or correct its path")
        }
    }

    static func path(_ path: String, in directory: String) -> String {
        path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }
}

extension Configuration {
    /// The devices of other NUT servers, in the order of the file.
    var upstreams: [(DeviceID, NUTUpstream)] {
        let upses = self.upses.compactMap { ups -> (DeviceID, NUTUpstream)? in
            guard case .nutUpstream(let upstream) = ups.driver else { return nil }
            return (ups.rack.id, upstream)
        }
        let pdus = self.pdus.compactMap { pdu -> (DeviceID, NUTUpstream)? in
            guard case .nutUpstream(let upstream) = pdu.driver else { return nil }
            return (pdu.rack.id, upstream)
        }
        return upses + pdus
    }
}

import PowerCore

extension ConfigurationLoader {
    /// Makes the paths that devices, hosts and the store name whole: they are relative to the configuration file.
    static func resolvePaths(of configuration: inout Configuration, directory: String) {
        for index in configuration.upses.indices {
            switch configuration.upses[index].driver {
            case .dummy(var dummy):
                dummy.file = Self.path(dummy.file, in: directory)
                configuration.upses[index].driver = .dummy(dummy)
            case .nutUpstream(var upstream):
                upstream.passwordFile = upstream.passwordFile.map { Self.path($0, in: directory) }
                upstream.authoritiesFile = upstream.authoritiesFile.map { Self.path($0, in: directory) }
                configuration.upses[index].driver = .nutUpstream(upstream)
            case .usbHID, .emulated, .nutDriver: break
            }
        }
        Self.resolveHostPaths(of: &configuration, directory: directory)
    }

    /// More than all authorities of a machine in one file.
    static let longestAuthorities = 1_048_576

    /// What is wrong with the files about other servers, which nobody would otherwise hear of before the start.
    static func problems(ofDevices configuration: Configuration) -> [ConfigurationProblem] {
        configuration.upses.flatMap { ups -> [ConfigurationProblem] in
            guard case .nutUpstream(let upstream) = ups.driver else { return [] }
            return [
                Self.problem("password file", upstream.passwordFile, limit: Self.longestPasswordFile, of: ups),
                Self.problem("ca", upstream.authoritiesFile, limit: Self.longestAuthorities, of: ups),
            ].compactMap(\.self)
        }
    }

    private static func problem(
        _ what: String, _ path: String?, limit: Int, of ups: Configuration.UPS
    ) -> ConfigurationProblem? {
        guard let path else { return nil }
        let subject = "ups \(ups.rack.id): \(what) \(path)"
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

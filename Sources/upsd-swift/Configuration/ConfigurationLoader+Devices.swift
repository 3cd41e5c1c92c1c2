import PowerCore

extension ConfigurationLoader {
    /// Makes the paths that devices name whole: they are relative to the configuration file.
    static func resolvePaths(of configuration: inout Configuration, directory: String) {
        for index in configuration.upses.indices {
            switch configuration.upses[index].driver {
            case .dummy(var dummy):
                dummy.file = Self.path(dummy.file, in: directory)
                configuration.upses[index].driver = .dummy(dummy)
            case .nutUpstream(var upstream):
                upstream.passwordFile = upstream.passwordFile.map { Self.path($0, in: directory) }
                configuration.upses[index].driver = .nutUpstream(upstream)
            case .usbHID, .emulated, .nutDriver: break
            }
        }
    }

    /// What is wrong with the password files of other servers, which nobody would otherwise hear of before the start.
    static func problems(ofDevices configuration: Configuration) -> [ConfigurationProblem] {
        configuration.upses.compactMap { ups -> ConfigurationProblem? in
            guard case .nutUpstream(let upstream) = ups.driver, let path = upstream.passwordFile else { return nil }
            let subject = "ups \(ups.rack.id): password file \(path)"
            do throws(SecretFile.Failure) {
                let file = try SecretFile(path: path, limit: Self.longestPasswordFile)
                guard file.firstLine == nil else { return nil }
                return ConfigurationProblem(
                    .error, at: .start, "\(subject) has no text in its first line", remedy: "write the password there")
            } catch {
                return ConfigurationProblem(
                    .error, at: .start, "\(subject) \(error.reason)", remedy: "create it with mode 640")
            }
        }
    }

    private static func path(_ path: String, in directory: String) -> String {
        path.hasPrefix("/") ? path : "\(directory)/\(path)"
    }
}

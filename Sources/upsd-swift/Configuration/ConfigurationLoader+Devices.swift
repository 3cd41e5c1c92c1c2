import PowerCore

extension ConfigurationLoader {
    /// Makes the paths that devices, hosts and the store name whole: they are relative to the configuration file.
    static func resolvePaths(of configuration: inout Configuration, directory: String) {
        for index in configuration.upses.indices {
            configuration.upses[index].driver = configuration.upses[index].driver
                .mappingPaths { Self.path($0, in: directory) }
        }
        for index in configuration.pdus.indices {
            configuration.pdus[index].driver = configuration.pdus[index].driver
                .mappingPaths { Self.path($0, in: directory) }
        }
        Self.resolveHostPaths(of: &configuration, directory: directory)
    }

    /// More than all authorities of a machine in one file.
    static let longestAuthorities = 1_048_576

    /// What is wrong with the files that drivers read, which nobody would otherwise hear of before the start.
    static func problems(ofDevices configuration: Configuration) -> [ConfigurationProblem] {
        let upses = configuration.upses.map { ("ups \($0.rack.id)", $0.driver.files) }
        let pdus = configuration.pdus.map { ("pdu \($0.rack.id)", $0.driver.files) }
        return (upses + pdus).flatMap { owner, files in files.compactMap { Self.problem($0, of: owner) } }
    }

    private static func problem(_ wanted: DriverFile, of owner: String) -> ConfigurationProblem? {
        let subject = "\(owner): \(wanted.what) \(wanted.path)"
        if wanted.isProgram {
            return Self.refusal(of: wanted.path, .program).map {
                ConfigurationProblem(.error, at: .start, "\(subject) \($0)", remedy: "create it, or correct its path")
            }
        }
        do throws(SecretFile.Failure) {
            let limit = wanted.isSecret ? Self.longestPasswordFile : Self.longestAuthorities
            let file = try SecretFile(path: wanted.path, limit: limit)
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

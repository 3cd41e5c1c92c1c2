import Foundation
import PowerCore

extension ConfigurationLoader {
    /// Makes the paths of the store and of keys whole: they are relative to the configuration file.
    static func resolveHostPaths(of configuration: inout Configuration, directory: String) {
        if let store = configuration.store { configuration.store?.path = Self.path(store.path, in: directory) }
        for (host, access) in configuration.access {
            guard let identity = access.ssh?.identity else { continue }
            configuration.access[host]?.ssh?.identity = Self.path(identity, in: directory)
        }
    }

    /// Programs and keys that are not there, of which nobody would otherwise hear before a host is to stop. What belongs
    /// to a machine of the lab is not looked for: it is never used.
    static func problems(
        of files: [HostFile], _ configuration: Configuration, directory: String
    ) -> [ConfigurationProblem] {
        files.compactMap { file in
            guard configuration.machines[file.host] == nil else { return nil }
            let path = Self.path(file.path, in: directory)
            guard let reason = Self.refusal(of: path, file.use) else { return nil }
            return ConfigurationProblem(
                .error, at: file.mark, "\(file.label): \(path) \(reason)", remedy: "create it, or correct its path")
        }
    }

    /// Why a file cannot be what it is named for, as the end of a sentence; nil where it can.
    static func refusal(of path: String, _ use: HostFile.Use) -> String? {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return "does not exist" }
        guard !isFolder.boolValue else { return "is a folder" }
        switch use {
        case .program: return manager.isExecutableFile(atPath: path) ? nil : "cannot be run by this user"
        case .key: return manager.isReadableFile(atPath: path) ? nil : "cannot be read by this user"
        }
    }
}

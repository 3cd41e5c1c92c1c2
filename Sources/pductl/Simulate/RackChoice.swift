import Foundation
import PowerCore
import RackFile

/// Reads the rack that a simulation is about: all of it that touches the disk to read.
enum RackChoice {
    /// The configuration behind a source; a path may be relative to `folder`.
    static func configuration(
        _ source: Scenario.RackSource, relativeTo folder: String? = nil, json: Bool
    ) throws(Outcome) -> Configuration {
        switch source {
        case .demo: return try Self.configuration(of: DemoRack.yaml, "demo", json: json)
        case .file(let path):
            let full = path.hasPrefix("/") ? path : folder.map { "\($0)/\(path)" } ?? path
            let text = try Self.text(of: full, limit: FileLimits.maximumBytes, json: json)
            return try Self.configuration(of: text, path, json: json)
        }
    }

    /// The text of a regular file that is not larger than `limit`.
    static func text(of path: String, limit: Int, json: Bool) throws(Outcome) -> String {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        // Opening a pipe would wait for whoever writes to it.
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw .failure(.usage, "\(path) is no file", json: json)
        }
        guard let size = (attributes?[.size] as? NSNumber)?.intValue, size <= limit else {
            throw .failure(.usage, "\(path) is larger than \(limit / 1024) KiB", json: json)
        }
        guard let data = FileManager.default.contents(atPath: target),
            let text = String(validating: data.prefix(limit), as: UTF8.self)
        else { throw .failure(.usage, "\(path) cannot be read as UTF-8 text by this user", json: json) }
        return text
    }

    private static func configuration(of text: String, _ name: String, json: Bool) throws(Outcome) -> Configuration {
        let reading = ConfigurationFile.read(text)
        guard let configuration = reading.configuration else {
            let errors = reading.problems.filter { $0.severity == .error }.map { $0.line(in: name) }
            throw .failure(.usage, "\(name) is no configuration that could be run:", details: errors, json: json)
        }
        return configuration
    }
}

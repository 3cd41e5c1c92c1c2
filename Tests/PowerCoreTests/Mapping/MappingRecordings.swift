import Foundation

/// Recordings of real devices, and what NUT says of the same bytes; both lie beside the package.
enum MappingRecordings {
    static let absence = "no recordings beside the package (../shared)"

    static let shared: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "../shared").standardizedFileURL
    }()

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: shared.appending(path: "lab/golden").path)
            && FileManager.default.fileExists(atPath: shared.appending(path: "data/hid/devices").path)
    }

    /// The bytes in a file of hexadecimal digits.
    static func bytes(_ path: String) throws -> [UInt8] {
        try lines(path).flatMap(hexBytes)
    }

    /// The reports in a file with one report a line.
    static func reports(_ path: String) -> [[UInt8]] {
        (try? lines(path).map(hexBytes)) ?? []
    }

    /// What NUT's driver says, by variable; what it says of itself left out.
    static func golden(_ name: String) throws -> [String: String] {
        var variables: [String: String] = [:]
        for line in try lines("lab/golden/\(name).upsc") where !line.hasPrefix("driver.") {
            let parts = line.split(separator: ":", maxSplits: 1)
            variables[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return variables
    }

    private static func lines(_ path: String) throws -> [String] {
        let text = try String(contentsOf: shared.appending(path: path), encoding: .utf8)
        return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }
}

/// The bytes that two-digit hexadecimal numbers stand for, white space between them.
func hexBytes(_ text: String) -> [UInt8] {
    text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
}

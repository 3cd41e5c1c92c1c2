import Foundation
import HIDReport

/// Recordings of real devices, which lie beside the package and are not part of it.
enum Recordings {
    /// The word that a skipped test shows.
    static let absence = "no recordings beside the package (../shared/data/hid)"

    static let folder: URL = {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appending(path: "../shared/data/hid").standardizedFileURL
    }()

    /// Every report descriptor recorded, by the path of its file without the suffix.
    static let descriptors: [URL] = ["ecoflow", "devices"].flatMap { name -> [URL] in
        let folder = folder.appending(path: name)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".hex") }.sorted().map { folder.appending(path: String($0.dropLast(4))) }
    }

    static var isPresent: Bool { !descriptors.isEmpty }

    static func bytes(_ stem: URL) throws -> [UInt8] {
        let lines = try lines(stem, "hex").filter { !$0.hasPrefix("#") }
        return hexBytes(lines.joined(separator: " "))
    }

    static func descriptor(_ stem: URL) throws -> ReportDescriptor {
        try ReportDescriptor(parsing: bytes(stem))
    }

    /// The rows of a table, the comment lines and the header left out.
    static func rows(_ stem: URL, _ suffix: String) throws -> [[String]] {
        try lines(stem, suffix).filter { !$0.hasPrefix("#") }.dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }

    static func reports(_ stem: URL) throws -> [[UInt8]] {
        try lines(stem, "reports.txt").filter { !$0.hasPrefix("#") }.map(hexBytes)
    }

    static func has(_ stem: URL, _ suffix: String) -> Bool {
        FileManager.default.fileExists(atPath: stem.path + "." + suffix)
    }

    private static func lines(_ stem: URL, _ suffix: String) throws -> [String] {
        let text = try String(contentsOf: URL(filePath: stem.path + "." + suffix), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }
}

/// The bytes that two-digit hexadecimal numbers stand for, white space between them.
func hexBytes(_ text: String) -> [UInt8] {
    text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
}

import Foundation
import NUTProtocol

/// Reads the files of NUT's configuration directory: all of the import that touches the disk to read.
struct NUTFolder {
    /// Why a directory cannot be imported.
    struct Failure: Error, Equatable {
        /// What is wrong, as a sentence without a full stop.
        var reason: String
    }

    /// The files that are there.
    let files: [NUTFile: [UInt8]]

    /// Reads the directory at `path`.
    init(path: String) throws(Failure) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(reason: "\(path) is no directory")
        }
        var files: [NUTFile: [UInt8]] = [:]
        for file in NUTFile.allCases {
            if let bytes = try Self.bytes(of: "\(path)/\(file.rawValue)") { files[file] = bytes }
        }
        guard !files.isEmpty else {
            let names = NUTFile.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(reason: "\(path) has none of \(names)")
        }
        self.files = files
    }

    /// The file's bytes; nil where it does not exist.
    private static func bytes(of path: String) throws(Failure) -> [UInt8]? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard FileManager.default.fileExists(atPath: target) else { return nil }
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        // Opening a pipe would wait for whoever writes to it.
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw Failure(reason: "\(path) is not a regular file")
        }
        guard let size = (attributes?[.size] as? NSNumber)?.intValue, size <= NUTFileLimits.bytes else {
            throw Failure(reason: "\(path) is larger than \(NUTFileLimits.bytes / 1024) KiB")
        }
        guard let data = FileManager.default.contents(atPath: target) else {
            throw Failure(reason: "\(path) cannot be read by this user")
        }
        return Array(data.prefix(NUTFileLimits.bytes))
    }
}

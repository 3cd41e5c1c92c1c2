import Glibc

/// Files of the package and beside it.
enum PackageFile {
    /// The report descriptor of a River 3 Plus as it was recorded.
    static let riverDescriptor = "../shared/data/hid/ecoflow/river3plus-rdesc-403-reconstructed.hex"

    /// The text of a file, by its path from the package's root; nil where it is not there.
    static func text(of path: String) -> String? {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let file = open("/\(root)/\(path)", O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// The bytes of a file of hexadecimal digits; nil where it is not there.
    static func hex(of path: String) -> [UInt8]? {
        Self.text(of: path).map { $0.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) } }
    }
}

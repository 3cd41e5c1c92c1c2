internal import Glibc

/// What a driver tells of its device: lines of the driver's socket protocol, kept as they are sent.
struct Dump {
    let bytes: [UInt8]
    let variables: [String]
    let commands: [String]

    init(path: String) throws(Failure) {
        guard let file = fopen(path, "r") else { throw .system(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        self.bytes = bytes
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        self.variables = lines.filter { $0.first == "SETINFO" && $0.count > 1 }.map { String($0[1]) }
        self.commands = lines.filter { $0.first == "ADDCMD" && $0.count > 1 }.map { String($0[1]) }
    }
}

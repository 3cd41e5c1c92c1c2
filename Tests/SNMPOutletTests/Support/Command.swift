import Foundation

/// Runs a program that nobody here wrote.
enum Command {
    /// Its exit code and what it printed; ends with the program, which has time limits of its own.
    static func run(_ program: String, _ arguments: [String]) async throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { waiting in
            process.terminationHandler = { process in
                let output = pipe.fileHandleForReading.readDataToEndOfFile()
                waiting.resume(returning: (process.terminationStatus, String(decoding: output, as: UTF8.self)))
            }
            do { try process.run() } catch { waiting.resume(throwing: error) }
        }
    }
}

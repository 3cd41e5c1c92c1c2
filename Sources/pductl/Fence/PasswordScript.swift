import Foundation

/// Runs the program that prints a password.
enum PasswordScript {
    /// How long it may take; a program that asks another machine needs a moment, a cluster does not wait long.
    static let patience = Duration.seconds(10)
    /// Most bytes that are read of it.
    static let maximumBytes = 4096

    /// The first line that the program prints; nil where it cannot be run, fails, or takes too long.
    ///
    /// `command` is a path and perhaps arguments, separated by blanks; no shell reads it.
    static func password(_ command: String) -> String? {
        let words = command.split(separator: " ").map(String.init)
        guard let path = words.first else { return nil }
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(words.dropFirst())
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let watchdog = DispatchWorkItem { if process.isRunning { process.terminate() } }
        DispatchQueue.global().asyncAfter(
            deadline: .now() + .seconds(Int(Self.patience.components.seconds)), execute: watchdog)
        let data = (try? pipe.fileHandleForReading.read(upToCount: Self.maximumBytes)) ?? nil
        process.waitUntilExit()
        watchdog.cancel()
        guard process.terminationStatus == 0, let data else { return nil }
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
    }
}

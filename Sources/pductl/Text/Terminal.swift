import Foundation

/// What the process knows of the terminal it may run in.
enum Terminal {
    /// Whether a person can be asked.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether a person reads what is printed.
    static var isShown: Bool { isatty(STDOUT_FILENO) == 1 }

    /// How many lines and columns are seen; nil where nobody looks.
    static var size: (rows: Int, columns: Int)? {
        var size = winsize()
        guard Self.isShown, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
            return nil
        }
        return (Int(size.ws_row), Int(size.ws_col))
    }

    /// Asks a question on the standard error, and reads the line that is typed; nil at the end of the input.
    static func ask(_ question: String) -> String? {
        FileHandle.standardError.write(Data(PlainText.printable(question).utf8))
        return readLine()
    }

    /// Asks a question that is answered by yes or no.
    static func agrees(_ question: String) -> Bool {
        ["y", "yes"].contains(Self.ask(question)?.lowercased() ?? "")
    }
}

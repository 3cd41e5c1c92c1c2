/// A table of plain ASCII text, its columns aligned.
struct TextTable {
    /// How a cell looks on a terminal that has colours.
    enum Paint: String {
        case plain = ""
        case good = "32"
        case doubtful = "33"
        case bad = "31"
        case faint = "2"
    }

    /// One cell.
    struct Cell: ExpressibleByStringLiteral {
        /// The text, made printable.
        let text: String
        /// Its colour.
        let paint: Paint

        /// Makes a cell; a missing or empty text is shown as `-`.
        init(_ text: String?, _ paint: Paint = .plain) {
            let printable = PlainText.printable(text ?? "")
            self.text = printable.isEmpty ? "-" : printable
            self.paint = printable.isEmpty ? .faint : paint
        }

        init(stringLiteral value: String) {
            self.init(value)
        }
    }

    /// The titles of the columns.
    private let titles: [String]
    /// The columns that are aligned to the right, by index.
    private let rightAligned: Set<Int>
    /// The rows, each as long as there are titles.
    private(set) var rows: [[Cell]] = []

    /// Makes a table without rows; a title that begins with `>` aligns its column to the right.
    init(_ titles: String...) {
        self.titles = titles.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
        self.rightAligned = Set(titles.indices.filter { titles[$0].hasPrefix(">") })
    }

    /// Adds a row; cells that are missing are empty.
    mutating func add(_ cells: Cell...) {
        self.rows.append((0..<self.titles.count).map { cells.indices.contains($0) ? cells[$0] : Cell(nil) })
    }

    /// The lines of the table, the titles first; nothing at all without rows.
    func text(colour: Bool) -> String {
        guard !self.rows.isEmpty else { return "" }
        let header = self.titles.map { Cell($0, .faint) }
        let widths = self.titles.indices.map { column in
            ([header] + self.rows).map { $0[column].text.utf8.count }.max() ?? 0
        }
        return ([header] + self.rows).map { self.line($0, widths, colour: colour) + "\n" }.joined()
    }

    private func line(_ cells: [Cell], _ widths: [Int], colour: Bool) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let gap = String(repeating: " ", count: widths[column] - cell.text.utf8.count)
            let isPainted = colour && cell.paint != .plain
            let text = isPainted ? "\u{1b}[\(cell.paint.rawValue)m\(cell.text)\u{1b}[0m" : cell.text
            let isLast = column == cells.count - 1
            line += self.rightAligned.contains(column) ? gap + text : text + (isLast ? "" : gap)
            if !isLast { line += "  " }
        }
        return line
    }
}

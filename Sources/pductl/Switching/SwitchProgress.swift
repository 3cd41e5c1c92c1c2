import Foundation
import PowerCore

/// Shows how the orders of a command come along.
actor SwitchProgress {
    /// How that is shown.
    enum Style: Equatable {
        /// A line for each order that has come out.
        case lines
        /// A line for each order, changed in place and cut so that it stays one line.
        case inPlace(columns: Int)
        /// A line of JSON for each change.
        case json
        /// Nothing: all is printed at the end.
        case silent
    }

    private let orders: [SwitchOrder]
    private let style: Style
    private(set) var states: [SwitchState]
    private var isDrawn = false

    /// Begins to show; nothing is printed yet.
    init(_ orders: [SwitchOrder], style: Style) {
        self.orders = orders
        self.style = style
        self.states = orders.map { _ in .waiting }
    }

    /// Takes in how an order stands now, and shows it.
    func note(_ order: SwitchOrder, _ state: SwitchState) {
        guard let index = self.orders.firstIndex(of: order) else { return }
        self.states[index] = state
        switch self.style {
        case .lines:
            switch state {
            case .done, .taken: Self.print(state.line(of: order) + "\n")
            case .waiting, .underWay, .failed: break
            }
        case .inPlace(let columns): self.draw(columns)
        case .json: if state != .waiting { Self.print(state.json(of: order).line + "\n") }
        case .silent: break
        }
    }

    /// The orders with how they stand.
    var summary: SwitchSummary {
        SwitchSummary(ends: zip(self.orders, self.states).map { (order: $0, state: $1) })
    }

    private func draw(_ columns: Int) {
        let up = self.isDrawn ? "\u{1b}[\(self.orders.count)A" : ""
        let lines = zip(self.orders, self.states).map { order, state in
            "\u{1b}[2K\(state.line(of: order).prefix(max(1, columns - 1)))\n"
        }
        Self.print(up + lines.joined())
        self.isDrawn = true
    }

    private static func print(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}

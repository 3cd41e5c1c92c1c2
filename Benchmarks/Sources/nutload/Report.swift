internal import Glibc

/// One line of JSON: what a run found.
struct Report {
    private var fields: [String] = []

    mutating func add(_ name: String, _ value: Int) {
        self.fields.append("\"\(name)\": \(value)")
    }

    mutating func add(_ name: String, _ value: Double?) {
        guard let value, value.isFinite else { return self.fields.append("\"\(name)\": null") }
        // Three digits behind the point: microseconds are measured in nanoseconds.
        self.fields.append("\"\(name)\": \((value * 1000).rounded() / 1000)")
    }

    /// Latencies in microseconds.
    mutating func add(_ latencies: inout Latencies) {
        latencies.sort()
        for (name, share) in [("p50", 0.5), ("p99", 0.99), ("p999", 0.999), ("max", 1.0)] {
            self.add("\(name)_us", latencies.microseconds(at: share))
        }
    }

    func print() {
        Swift.print("{\(self.fields.joined(separator: ", "))}")
        fflush(nil)
    }
}

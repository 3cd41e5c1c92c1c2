extension Double {
    /// The number with so many decimals, rounded as C's `printf` does it: to the nearest, of two as near to the even.
    func formatted(decimals: Int) -> String {
        let decimals = min(Self.mostDecimals, max(0, decimals))
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        // Beyond this no fraction is left, and the digits would not fit an Int.
        guard self.isFinite, self.magnitude * power < 1e18 else { return "\(self)" }
        let units = Int(self.roundedProduct(power))
        let text = String(units.magnitude)
        let digits = String(repeating: "0", count: max(0, decimals + 1 - text.utf8.count)) + text
        let sign = units < 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        return sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }

    /// Most decimals written; no variable of NUT has more.
    private static var mostDecimals: Int { 6 }

    /// `self` times `power`, rounded as if multiplied exactly: 13.35 lies a little below its text and becomes 13.3.
    private func roundedProduct(_ power: Double) -> Double {
        let product = self * power
        let error = (-product).addingProduct(self, power)
        let lower = product.rounded(.down)
        guard product - lower == 0.5, error != 0 else { return product.rounded(.toNearestOrEven) }
        return error > 0 ? lower + 1 : lower
    }
}

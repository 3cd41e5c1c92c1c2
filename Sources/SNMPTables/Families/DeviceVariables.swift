import PowerCore

/// Makes NUT variables of a device's objects.
struct DeviceVariables: Sendable {
    let sources: [VariableSource]
    let filling: ObjectTemplate.Filling

    /// The objects of the variables that may change, or of those that do not.
    func names(constant: Bool) -> [OID] {
        self.sources.filter { $0.isConstant == constant }.flatMap { source in
            source.objects.compactMap { $0.filled(with: self.filling) }
        }
    }

    /// The variables that the device has, each name once.
    func variables(_ values: [OID: SNMPValue]) -> [Variable] {
        var seen: Set<String> = []
        return self.sources.compactMap { source in
            guard !seen.contains(source.name), let variable = self.variable(source, values) else { return nil }
            seen.insert(source.name)
            return variable
        }
    }

    private func variable(_ source: VariableSource, _ values: [OID: SNMPValue]) -> Variable? {
        let found = source.objects.compactMap { $0.filled(with: self.filling).flatMap { values[$0] } }
        switch source.content {
        case .constant(let text): return Variable(source.name, text)
        case .text:
            guard let text = found.lazy.compactMap(\.text).first(where: { !$0.isEmpty }) else { return nil }
            return Variable(source.name, text)
        case .words(let words):
            return found.lazy.compactMap { $0.whole.flatMap { words[$0] } }.first.map { Variable(source.name, $0) }
        case .number(let scale):
            let numbers = found.compactMap(\.number).filter { number in
                !source.absent.contains { Double($0) == number }
            }
            guard let number = source.combination.of(numbers), let text = scale.text(of: number) else { return nil }
            return Variable(source.name, text, kind: .number)
        }
    }
}

extension VariableSource.Combination {
    /// One number of several; nil where there is none.
    fileprivate func of(_ numbers: [Double]) -> Double? {
        switch self {
        case .first: numbers.first
        case .sum: numbers.isEmpty ? nil : numbers.reduce(0, +)
        case .largest: numbers.max()
        }
    }
}

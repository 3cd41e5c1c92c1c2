extension HIDMapping.ProductString {
    /// Takes a product string apart into model, firmware and the firmware of the USB part.
    func split(_ text: String) -> (model: String, firmware: String?, auxiliaryFirmware: String?) {
        guard self == .firmwareAppended, let (model, rest) = Self.cut(text, at: "FW:") else { return (text, nil, nil) }
        guard let (firmware, auxiliary) = Self.cut(rest, at: "USB FW:") else { return (model, rest, nil) }
        return (model, firmware, auxiliary)
    }

    /// What stands before and behind the first `mark`, spaces at its sides left out; nil where there is none.
    private static func cut(_ text: String, at mark: String) -> (before: String, behind: String)? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(mark) {
                let behind = text[text.index(index, offsetBy: mark.count)...]
                return (Self.trimmed(text[..<index]), Self.trimmed(behind))
            }
            index = text.index(after: index)
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

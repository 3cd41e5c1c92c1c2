internal import FoundationEssentials

/// What a device says in JSON, of which nothing is taken for granted.
enum JSONTree: Decodable, Hashable {
    case members([String: JSONTree])
    case items([JSONTree])
    case text(String)
    case number(Double)
    case truth(Bool)
    case nothing

    /// Reads a text; nil where it is no JSON.
    init?(parsing bytes: [UInt8]) {
        guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)) else { return nil }
        self = tree
    }

    /// Takes what is there for what it is.
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .nothing
        } else if let truth = try? value.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let items = try? value.decode([JSONTree].self) {
            self = .items(items)
        } else {
            self = .members(try value.decode([String: JSONTree].self))
        }
    }

    /// What a member holds; nothing where there is no such member.
    subscript(name: String) -> JSONTree {
        if case .members(let members) = self { members[name] ?? .nothing } else { .nothing }
    }

    /// The text, nil where it is none.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The number, nil where it is none.
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// The items, nil where it is no list.
    var items: [JSONTree]? { if case .items(let items) = self { items } else { nil } }

    /// A text between quotes, as JSON holds it.
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\0"..<" ": "\\u00\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))"
            default: "\(scalar)"
            }
        }
        return "\"\(escaped.joined())\""
    }
}

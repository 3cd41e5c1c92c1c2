/// A request to a device, decided but not yet sent, and without anything secret in it.
struct HTTPCall: Hashable, Sendable {
    /// What is asked for.
    enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
    }

    /// What goes with it.
    enum Body: Hashable, Sendable {
        case json(JSONValue)
        case form(String)
    }

    /// One name with its value, of a header or in the query.
    struct Field: Hashable, Sendable {
        var name: String
        var value: String
    }

    var method: Method
    /// The path from the root, its parts encoded.
    var path: String
    /// What stands behind the question mark, not yet encoded.
    var query: [Field] = []
    var headers: [Field] = []
    var body: Body?
    /// Whether the device does something because of it: such a call is sent once and never again by itself.
    var isOrder: Bool

    /// Asks for something.
    static func get(_ path: String, _ query: [Field] = [], headers: [Field] = []) -> HTTPCall {
        HTTPCall(method: .get, path: path, query: query, headers: headers, isOrder: false)
    }

    /// Asks or tells with a document.
    static func send(_ method: Method, _ path: String, _ document: JSONValue, isOrder: Bool = true) -> HTTPCall {
        HTTPCall(method: method, path: path, body: .json(document), isOrder: isOrder)
    }

    /// What follows the host in a request's first line, encoded.
    var target: String {
        guard !self.query.isEmpty else { return self.path }
        let pairs = self.query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
        return "\(self.path)?\(pairs.joined(separator: "&"))"
    }

    /// The text with everything but letters, digits and `-._~` as `%XX` (RFC 3986, 2.3).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let letter = Character(Unicode.Scalar(byte))
            if letter.isASCII, letter.isLetter || letter.isNumber || "-._~".contains(letter) { return String(letter) }
            return "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
        }.joined()
    }
}

/// What a device answered.
struct HTTPAnswer: Hashable, Sendable {
    /// The status, such as 200.
    var status: Int
    var headers: [HTTPCall.Field] = []
    var body: [UInt8] = []

    /// The values of every header called `name`, whatever the case of its letters.
    func values(of name: String) -> [String] {
        self.headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

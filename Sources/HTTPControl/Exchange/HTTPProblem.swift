internal import PowerCore

/// Why a device could not be asked or did not do what it was told: a `DeviceFailure` that does not know whose it is.
struct HTTPProblem: Error, Hashable, Sendable {
    var kind: DeviceFailure.Kind
    /// What went wrong, without the device's name and without anything secret.
    var detail: String
    var remedy = ""

    init(_ kind: DeviceFailure.Kind, _ detail: String, remedy: String = "") {
        self.kind = kind
        self.detail = detail
        self.remedy = remedy
    }

    /// An answer without what it must have.
    static func lacks(_ what: String, in call: String) -> HTTPProblem {
        HTTPProblem(
            .stalled, "its answer to \(call) has no \(what)",
            remedy: "see whether profile: is that of this device and its firmware")
    }

    /// An outlet that was not in the last reading.
    static func noOutlet(_ number: Int) -> HTTPProblem {
        HTTPProblem(.notSupported, "it has no outlet \(number)", remedy: "see which it lists")
    }

    /// An outlet without a relay.
    static func fixed(_ number: Int) -> HTTPProblem {
        HTTPProblem(.notSupported, "outlet \(number) cannot be switched")
    }
}

/// A device that answers calls: the real one through `HTTPLink`, a made-up one in tests.
protocol HTTPExchange: Sendable {
    /// Sends a call and returns the answer, whatever its status but 401 and redirects, which are problems.
    func send(_ call: HTTPCall) async throws(HTTPProblem) -> HTTPAnswer
}

extension HTTPExchange {
    /// Sends a call and reads the answer as a document, when its status says that all is well.
    func document(_ call: HTTPCall) async throws(HTTPProblem) -> JSONValue {
        let answer = try await self.send(call)
        try answer.check(call)
        return try answer.document(of: call)
    }

    /// Sends an order whose answer may be empty.
    func order(_ call: HTTPCall) async throws(HTTPProblem) {
        try (await self.send(call)).check(call)
    }
}

extension HTTPAnswer {
    /// The answer as a document.
    func document(of call: HTTPCall) throws(HTTPProblem) -> JSONValue {
        do throws(JSONReader.Failure) {
            return try JSONReader.read(self.body)
        } catch {
            throw HTTPProblem(
                .stalled, "its answer to \(call.path) is no JSON: \(error.reason) (byte \(error.offset))",
                remedy: "see whether profile: is that of this device")
        }
    }

    /// Throws what a status other than 2xx means.
    func check(_ call: HTTPCall) throws(HTTPProblem) {
        guard !(200..<300).contains(self.status) else { return }
        let said = "it answers \(call.path) with \(self.status)\(self.words)"
        switch self.status {
        case 401, 403:
            throw HTTPProblem(.notPermitted, said, remedy: "see what the user may do there")
        case 404, 405, 501:
            throw HTTPProblem(
                .notSupported, said,
                remedy: "see whether profile: is that of this device, and whether its interface is enabled there")
        case 423: throw HTTPProblem(.locked, said, remedy: "unlock it at the device")
        default: throw HTTPProblem(.stalled, said)
        }
    }

    /// What the device says of an error, in brackets, where it is one of the known forms.
    private var words: String {
        guard let document = try? JSONReader.read(self.body) else { return "" }
        let extended = document["error"]?["@Message.ExtendedInfo"]?.items?.first?["Message"]
        let known = [extended, document["error"]?["message"], document["message"], document["meta"]?["msg"]]
        return known.compactMap { $0?.text }.first.map { " (\(Self.plain($0)))" } ?? ""
    }

    /// A device's own words, which may be anything: one line, and no more of it than a log needs.
    static func plain(_ words: String) -> String {
        let line = words.unicodeScalars.prefix(160).map { $0.value < 0x20 || $0.value == 0x7f ? " " : String($0) }
        return line.joined() + (words.unicodeScalars.count > 160 ? "..." : "")
    }
}

import NUTProtocol
import NUTTransport
import PowerCore

/// What is said of a configuration that was read again.
enum ReloadReport {
    /// It was taken.
    static func done(json: Bool) -> Outcome {
        let value = JSONValue.object([("reloaded", .boolean(true))])
        return .done(json ? value.text + "\n" : "the configuration was read again; the log says what has changed\n")
    }

    /// It was not; each line that the server gives stands by itself.
    static func outcome(of error: NUTClientError, json: Bool) -> Outcome {
        switch error {
        case .refused(.commandFailed, let text?, _):
            let lines = text.split(separator: ServerCommand.lineSeparator).map(String.init)
            return .failure(
                .failed, "the configuration was not taken; all stays as it was:", details: lines, json: json)
        case .refused(.unknownUPS, _, _):
            return .failure(.failed, "this server cannot be told to read its configuration again", json: json)
        default:
            return Outcome(error, about: "reload", json: json)
        }
    }
}

import ArgumentParser
import Foundation
import NUTTransport
import PowerCore

/// `pductl fence`, which is `fence_pductl` where the program is called so: a fence agent for Pacemaker and Proxmox.
struct Fence: AsyncParsableCommand {
    /// The name under which the program is a fence agent.
    static let programName = "fence_pductl"

    static let configuration = CommandConfiguration(
        abstract: "A fence agent, as clusters call it.", shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough, help: "The options of a fence agent.")
    var words: [String] = []

    func run() async throws {
        let end = await Self.end(of: self.words)
        FileHandle.standardOutput.write(Data(end.output.utf8))
        FileHandle.standardError.write(Data(end.complaint.utf8))
        Foundation.exit(end.status)
    }

    /// What comes of a call with these words; without any the parameters are read from the standard input.
    static func end(of words: [String]) async -> FenceEnd {
        do throws(FenceInput.Failure) {
            let input = words.isEmpty ? FenceInput(lines: Self.standardInput) : try FenceInput(words: words)
            if input.values["help"] != nil { return .done(FenceMetadata.usage) }
            if input.values["version"] != nil { return .done("\(productVersion)\n") }
            let request = try FenceRequest(input)
            var end = await Self.end(of: request)
            if request.isQuiet { end.complaint = "" }
            return end
        } catch {
            return .failed(error.sentence)
        }
    }

    private static func end(of request: FenceRequest) async -> FenceEnd {
        if request.action == .metadata { return .done(FenceMetadata.xml) }
        do throws(FenceEnd) {
            let credentials = try Self.credentials(request)
            if request.action == .validateAll { return .done("") }
            let client = try await Self.connect(request, credentials)
            let tell: @Sendable (String) -> Void = { sentence in
                guard request.isSet("verbose") else { return }
                FileHandle.standardError.write(Data("fence_pductl: \(PlainText.printable(sentence))\n".utf8))
            }
            let end: FenceEnd
            do throws(FenceEnd) {
                end = try await FenceRun(client: client, request: request, tell: tell).end()
            } catch {
                end = error
            }
            await client.close()
            return end
        } catch {
            return error
        }
    }

    private static func connect(
        _ request: FenceRequest, _ credentials: Credentials?
    ) async throws(FenceEnd) -> NUTClient {
        var limits = NUTClientLimits()
        limits.connect = request.loginTimeout ?? limits.connect
        limits.answer = request.answerTimeout ?? limits.answer
        limits.result = request.powerTimeout ?? limits.result
        let tls = try Self.encryption(request)
        do throws(NUTClientError) {
            let client = try await NUTClient.connect(
                host: request.address.host, port: request.address.port, tls: tls, limits: limits)
            if let credentials { try await client.authenticate(user: credentials.user, password: credentials.password) }
            return client
        } catch {
            throw .failed(error.sentence)
        }
    }

    private static func encryption(_ request: FenceRequest) throws(FenceEnd) -> ClientTLS {
        if let path = request.input.values["ssl_ca"] {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw .failed("ssl_ca \(path) cannot be read")
            }
            return .required(.authorities(Array(data)))
        }
        if request.isSet("ssl_insecure") { return .required(.anyone) }
        return request.isSet("ssl") ? .required(.system) : .off
    }

    /// Who asks: nobody where nothing is given and nothing is to be changed.
    private static func credentials(_ request: FenceRequest) throws(FenceEnd) -> Credentials? {
        let values = request.input.values
        var password = values["password"]
        if let script = values["password_script"] {
            password = PasswordScript.password(script)
            guard password != nil else { throw .failed("password_script \(script) prints no password") }
        } else if let path = values["password_file"] {
            let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
            password = text?.split(whereSeparator: \.isNewline).first.map(String.init)
            guard password != nil else { throw .failed("password_file \(path) cannot be read, or is empty") }
        }
        guard let user = values["username"], let password else {
            guard request.action.needsUser else { return nil }
            throw .failed("a username and a password are needed to switch outlets")
        }
        return Credentials(user: user, password: password)
    }

    private static var standardInput: String {
        let data = (try? FileHandle.standardInput.read(upToCount: FenceInput.maximumBytes)) ?? nil
        return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

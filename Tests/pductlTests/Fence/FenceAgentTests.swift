import Foundation
import Testing

@testable import pductl

@Suite struct FenceAgentTests {
    @Test func `the metadata names every parameter and action`() {
        let xml = FenceMetadata.xml
        for parameter in FenceParameter.all {
            #expect(xml.contains("<parameter name=\"\(parameter.name)\""), "\(parameter.name)")
            if let old = parameter.oldName { #expect(xml.contains("<parameter name=\"\(old)\""), "\(old)") }
        }
        for action in FenceAction.allCases where action != .metaData {
            #expect(xml.contains("<action name=\"\(action.rawValue)\""), "\(action)")
        }
    }

    /// The schema that comes with fence-agents.
    private static let schema = "/usr/share/cluster/relaxng/metadata.rng"
    private static let canValidate =
        FileManager.default.fileExists(atPath: schema)
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint")

    @Test(.enabled(if: Self.canValidate, "Debian: fence-agents, libxml2-utils"))
    func `the metadata is valid against the schema of fence-agents`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "metadata-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(FenceMetadata.xml.utf8).write(to: file)
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/xmllint")
        process.arguments = ["--noout", "--relaxng", Self.schema, file.path]
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
    }

    @Test func `help, version and metadata ask no server`() async {
        for words in [["-h"], ["--version"], ["-o", "metadata"], ["-o", "meta-data"]] {
            let end = await Fence.end(of: words)
            #expect(end.status == 0)
            #expect(!end.output.isEmpty && end.complaint.isEmpty)
        }
    }

    @Test(arguments: ["off", "on", "reboot", "status", "list", "list-status", "monitor"])
    func `a server that cannot be reached is a failure of every action`(action: String) async {
        let end = await Fence.end(of: ["-o", action, "-n", "rack-a/1", "-u", "1", "-l", "x", "-p", "y"])
        #expect(end.status == 1)
        #expect(end.output == "")
        #expect(end.complaint.hasPrefix("fence_pductl: no connection to 127.0.0.1 port 1"), "\(end.complaint)")
        let quiet = await Fence.end(of: ["-q", "-o", action, "-n", "rack-a/1", "-u", "1", "-l", "x", "-p", "y"])
        #expect(quiet == FenceEnd(status: 1))
    }

    @Test func `what is checked without the server is checked by validate-all`() async {
        #expect(await Fence.end(of: ["-o", "validate-all", "-n", "rack-a/1"]).status == 0)
        #expect(await Fence.end(of: ["-o", "validate-all", "-n", "rack-a/x"]).status == 1)
        #expect(await Fence.end(of: ["-o", "validate-all", "-S", "/bin/false"]).status == 1)
        #expect(await Fence.end(of: ["-o", "validate-all", "--password-file", "/nowhere"]).status == 1)
        let nobody = await Fence.end(of: ["-o", "off", "-n", "rack-a/1", "-u", "1"])
        #expect(nobody.complaint == "fence_pductl: a username and a password are needed to switch outlets\n")
    }

    @Test func `a password comes from a program, without a shell`() {
        #expect(PasswordScript.password("/bin/echo secret word") == "secret word")
        #expect(PasswordScript.password("/bin/echo $HOME;id") == "$HOME;id")
        #expect(PasswordScript.password("/bin/false") == nil)
        #expect(PasswordScript.password("/nowhere/program") == nil)
        #expect(PasswordScript.password("") == nil)
    }
}

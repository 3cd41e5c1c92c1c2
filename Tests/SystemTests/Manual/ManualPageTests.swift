import Foundation
import Testing

/// The pages of `docs/man` are made of the programs' own help. `UPSD_WRITE_MAN=1 swift test --filter ManualPageTests`
/// writes them anew.
@Suite struct ManualPageTests {
    static let mandoc = "/usr/bin/mandoc"

    static func pages() throws -> [ManualPage] {
        [
            ManualPage(
                program: "pductl", number: 1,
                description: """
                    pductl shows and switches what hangs on a NUT server, upsd-swift or another, over the NUT protocol. It \
                    waits until an order is seen to have been carried out; its exit status says how that went.
                    """, dump: try CommandDump.of("pductl"),
                sections: [
                    Self.targets, Self.exitStatus, Self.environment, Self.files, Self.seeAlso(["upsd-swift(8)"]),
                ]),
            ManualPage(
                program: "upsd-swift", number: 8,
                description: """
                    upsd-swift serves UPSes and PDUs to NUT clients, and stops and starts the hosts of a rack in the right \
                    order when the power fails and comes back.
                    """, dump: try Self.daemon(),
                sections: [Self.daemonFiles, Self.signals, Self.seeAlso(["pductl(1)"])]),
        ]
    }

    /// The daemon without its one subcommand, which has a page in the manual of its own password files.
    private static func daemon() throws -> CommandDump {
        var dump = try CommandDump.of("upsd-swift")
        dump.subcommands = nil
        return dump
    }

    private static let targets = ManualPage.Section(
        title: "TARGETS",
        paragraphs: [
            (
                nil,
                "A target is looked for among outlets, hosts, PDUs, groups and UPSes; a word for the kind in front of it "
                    + "(outlet, pdu, group, host, ups) leaves the others out. What may be several things is refused."
            ),
            ("4, 1-4,7", "outlets by number, where only one PDU has them"),
            ("rack-a/4, rack-[a-b]/[1-8]", "outlets by their PDUs and numbers"),
            ("storage", "the outlet or the device of this name, or what feeds the load of this name"),
            ("host=pve1", "a host: all outlets that feed it"), ("group=lab", "the outlets of a group"),
            ("pdu=rack-a", "the outlets of a PDU"), ("all", "everything; asks, or needs --yes"),
        ])

    private static let exitStatus = ManualPage.Section(
        title: "EXIT STATUS",
        paragraphs: [
            ("0", "done"), ("1", "failed"), ("2", "the command line is wrong"), ("3", "not found, or ambiguous"),
            ("4", "not permitted"), ("5", "the server or the device cannot be reached"),
            ("6", "refused by an interlock, a protection or a lock"), ("7", "done in part"), ("8", "not verified"),
        ])

    private static let environment = ManualPage.Section(
        title: "ENVIRONMENT",
        paragraphs: [
            ("PDUCTL_SERVER", "the server as host:port"), ("PDUCTL_USER, PDUCTL_PASSWORD", "who asks"),
            ("PDUCTL_TLS", "off, try or require"), ("NO_COLOR", "no colours on a terminal"),
        ])

    private static let files = ManualPage.Section(
        title: "FILES",
        paragraphs: [
            ("~/.config/pductl/credentials", "two lines, user: NAME and password: WORD, for nobody else to read"),
            ("fence_pductl", "a link of this name to pductl is a fence agent for Pacemaker; see fence_pductl --help"),
        ])

    private static let daemonFiles = ManualPage.Section(
        title: "FILES",
        paragraphs: [
            ("/etc/upsd-swift/rack.yaml", "the configuration"),
            ("/var/lib/upsd-swift/events.sqlite", "the store, where the configuration names it so"),
        ])

    private static let signals = ManualPage.Section(
        title: "SIGNALS",
        paragraphs: [
            ("SIGHUP", "reads the configuration again; a file with an error changes nothing"),
            ("SIGTERM, SIGINT", "ends the daemon; outlets stay as they are"),
        ])

    private static func seeAlso(_ pages: [String]) -> ManualPage.Section {
        ManualPage.Section(
            title: "SEE ALSO", paragraphs: [(nil, (pages + ["upsc(8)", "upsmon(8)"]).joined(separator: ", "))])
    }

    @Test func `the pages are what the programs tell of themselves`() throws {
        for page in try Self.pages() {
            let file = Documents.root.appending(path: "docs/man/\(page.program).\(page.number)")
            if ProcessInfo.processInfo.environment["UPSD_WRITE_MAN"] != nil { try Data(page.text.utf8).write(to: file) }
            let written = try String(contentsOf: file, encoding: .utf8)
            #expect(
                written == page.text, "docs/man/\(page.program).\(page.number) is old; see above how it is written anew"
            )
        }
    }

    @Test func `every command and option is in the page`() throws {
        let page = try #require(try Self.pages().first).text.replacing("\\-", with: "-")
        for word in ["discover", "--stagger", "--off-time", "--community-file", "config import", "PDUCTL_SERVER"] {
            #expect(page.contains(word), "\(word)")
        }
        #expect(!page.contains("__complete"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Self.mandoc), "Debian: mandoc"))
    func `mandoc has nothing to say against the pages`() throws {
        for page in ["pductl.1", "upsd-swift.8"] {
            let file = Documents.root.appending(path: "docs/man/\(page)").path
            let lint = try Tool.run(Self.mandoc, ["-T", "lint", "-W", "warning", file])
            #expect(lint.code == 0, "\(lint.output)")
        }
    }
}

import PowerCore
import Testing

@testable import pductl

@Suite struct SelectionTests {
    /// The things that a text means, by kind and name, or the failure.
    static func meant(
        _ text: String, _ kind: Kind? = nil, in picture: ServerPicture = Racks.own
    ) throws -> Result<[String], Selection.Failure> {
        let selector = try Selector(text)
        do throws(Selection.Failure) {
            let things = try Selection(picture: picture, kind: kind).things([selector])
            return .success(things.map { "\($0.kind.rawValue) \($0.name)" })
        } catch {
            return .failure(error)
        }
    }

    static let found: [(String, Kind?, [String])] = [
        ("rack-a/2", nil, ["outlet rack-a/2"]),
        ("RACK-A/2", nil, ["outlet rack-a/2"]),
        ("rack-[a-b]/[1-2]", nil, ["outlet rack-a/1", "outlet rack-a/2", "outlet rack-b/1", "outlet rack-b/2"]),
        ("rack-a/2,rack-a/1,rack-a/2", nil, ["outlet rack-a/2", "outlet rack-a/1"]),
        ("modem", nil, ["outlet rack-b/2"]),
        ("storage", .outlet, ["outlet rack-a/2"]),
        ("pve1", nil, ["host pve1"]),
        ("host=pve1", nil, ["host pve1"]),
        ("pve1", .host, ["host pve1"]),
        ("modem", .host, ["host modem"]),
        ("pdu=rack-b", nil, ["pdu rack-b"]),
        ("rack-b", nil, ["pdu rack-b"]),
        ("group=lab", nil, ["group lab"]),
        ("lab", .group, ["group lab"]),
        ("river", nil, ["ups river"]),
        ("all", nil, ["outlet rack-a/1", "outlet rack-a/2", "outlet rack-b/1", "outlet rack-b/2"]),
        ("all", .pdu, ["pdu rack-a", "pdu rack-b"]),
    ]

    @Test(arguments: found) func `what is named is found`(text: String, kind: Kind?, things: [String]) throws {
        #expect(try Self.meant(text, kind) == .success(things))
    }

    @Test func `numbers alone are enough where only one outlet has them`() throws {
        var picture = Racks.own
        picture.devices.removeAll { $0.name == "rack-b" }
        #expect(try Self.meant("1-2", in: picture) == .success(["outlet rack-a/1", "outlet rack-a/2"]))
        #expect(try Self.meant("5", in: Self.awake(Racks.foreign)) == .success(["outlet apc/5"]))
    }

    @Test(arguments: [("1", Kind?.none), ("1-2", nil), ("pve1", .outlet)])
    func `what may be several is never guessed`(text: String, kind: Kind?) throws {
        guard case .failure(.ambiguous(_, let things)) = try Self.meant(text, kind) else {
            Issue.record("\(text) was guessed")
            return
        }
        #expect(things.map(\.name) == ["rack-a/1", "rack-b/1"])
    }

    @Test func `a name of an outlet and of a device is never guessed`() throws {
        var picture = Racks.own
        picture.devices.append(DevicePicture(name: "modem", variables: [("device.type", "pdu")]))
        guard case .failure(.ambiguous("modem", let things)) = try Self.meant("modem", in: picture) else {
            Issue.record("modem was guessed")
            return
        }
        #expect(Set(things.map(\.kind)) == [.pdu, .outlet])
    }

    @Test func `a host's own list of feeds finds outlets that do not name it`() throws {
        var picture = Racks.own
        picture.devices[1].variables.removeAll { $0.name.hasPrefix("outlet.1.") }
        picture.devices[1].variables.append(("outlet.1.status", "on"))
        let things = try Selection(picture: picture, kind: nil).things([try Selector("pve1")])
        #expect(things[0].outlets.map { "\($0.id)" } == ["rack-a/1", "rack-b/1"])
    }

    @Test func `the nearest names are offered, of the kind that was said`() throws {
        #expect(try Self.meant("stroage") == .failure(.unknown("stroage", nil, nearest: ["storage"])))
        #expect(try Self.meant("pve2", .host) == .failure(.unknown("pve2", .host, nearest: ["pve1"])))
        #expect(
            try Self.meant("rack-c/2", .outlet)
                == .failure(.unknown("rack-c/2", .outlet, nearest: ["rack-a/2", "rack-b/2", "rack-a/1"])))
        #expect(try Self.meant("group=lba") == .failure(.unknown("lba", nil, nearest: ["lab"])))
        #expect(try Self.meant("4", in: ServerPicture()) == .failure(.nothing(nil, troubles: [])))
    }

    @Test func `a PDU without data is said to be so`() throws {
        #expect(
            try Self.meant("gone/1", in: Racks.foreign) == .failure(.silent("gone", trouble: "not connected")))
        let picture = ServerPicture(devices: [DevicePicture(name: "gone", trouble: "not connected")])
        guard case .failure(.nothing(.outlet, ["gone: not connected"])) = try Self.meant("1", .outlet, in: picture)
        else {
            Issue.record("nothing is known of gone")
            return
        }
    }

    @Test(arguments: ["2", "modem", "group=lab", "all"])
    func `while a device is silent nothing is guessed that it may have too`(text: String) throws {
        let picture = ServerPicture(
            devices: Racks.own.devices.filter { $0.name != "rack-a" } + [
                DevicePicture(name: "rack-a", trouble: "stale")
            ])
        guard case .failure(.uncertain(_, _, ["rack-a"])) = try Self.meant(text, in: picture) else {
            Issue.record("\(text) was guessed")
            return
        }
        #expect(try Self.meant("rack-b/2", in: picture) == .success(["outlet rack-b/2"]))
        #expect(picture.missingFeeds(of: "pve1") == ["rack-a/1"])
    }

    @Test func `failures are printed with commands to type`() throws {
        let wording = Selection.Wording(
            command: "pductl --server x:1 off", flags: " --server x:1", undone: "nothing was switched", json: false)
        guard case .failure(let ambiguous) = try Self.meant("1") else { return }
        #expect(
            ambiguous.outcome(wording)
                == Outcome(
                    complaint: """
                        pductl: '1' may be any of rack-a/1, rack-b/1; nothing was switched. Type one of:
                          pductl --server x:1 off outlet rack-a/1   # feeds pve1, on
                          pductl --server x:1 off outlet rack-b/1   # feeds pve1, on

                        """, status: .notFound))
        let near = Selection.Failure.unknown("stroage", .outlet, nearest: ["storage"])
        #expect(
            near.outcome(wording).complaint == """
                pductl: no outlet is called 'stroage'. Did you mean:
                  pductl --server x:1 off outlet storage

                """)
        let far = Selection.Failure.unknown("nobody", nil, nearest: [])
        #expect(
            far.outcome(wording).complaint == """
                pductl: nothing is called 'nobody'. See:
                  pductl --server x:1 list

                """)
        let silent = Selection.Failure.silent("gone", trouble: "stale").outcome(wording)
        #expect(silent.status == .unreachable)
        #expect(silent.complaint == "pductl: gone: stale, so that nothing is known of its outlets\n")
        #expect(Selection.Failure.nothing(.host, troubles: []).outcome(wording).status == .notFound)
        #expect(Selection.Failure.nothing(nil, troubles: ["x: stale"]).outcome(wording).status == .unreachable)
    }

    @Test func `variables of no numbered outlet are no outlets`() {
        #expect(Racks.foreign.outlets.map { "\($0.id)" } == ["strip/1", "strip/2", "strip/3", "apc/5"])
        #expect(Racks.foreign.devices.map(\.kind) == [.pdu, .ups, .ups])
        #expect(Racks.own.devices.map(\.kind) == [.ups, .pdu, .pdu, .host, .lab])
    }

    @Test func `a first word is a kind where something follows it`() {
        #expect(KindedWords(["outlet", "4"]) == KindedWords(kind: .outlet, words: ["4"]))
        #expect(KindedWords(["Hosts", "pve1"]) == KindedWords(kind: .host, words: ["pve1"]))
        #expect(KindedWords(["outlet"]) == KindedWords(kind: nil, words: ["outlet"]))
        #expect(KindedWords(["outlets"], alone: true) == KindedWords(kind: .outlet, words: []))
        #expect(KindedWords(["outlet", "outlet"]) == KindedWords(kind: .outlet, words: ["outlet"]))
    }

    static func awake(_ picture: ServerPicture) -> ServerPicture {
        ServerPicture(devices: picture.devices.filter { $0.trouble == nil })
    }
}

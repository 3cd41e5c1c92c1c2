import PowerCore
import Testing

@testable import pductl

@Suite struct SwitchDecisionTests {
    /// What comes of a command line.
    static func decide(
        _ action: OutletAction, _ target: String, in picture: ServerPicture = Racks.own, flags: String = "",
        json: Bool = false
    ) -> Result<SwitchDecision, Outcome> {
        Result(body: { () throws(Outcome) in
            try SwitchDecision(action, target, force: nil, in: picture, flags: flags, json: json)
        })
    }

    /// The same server without the devices of which nothing is known.
    private static func awake(_ picture: ServerPicture) -> ServerPicture {
        ServerPicture(devices: picture.devices.filter { $0.trouble == nil })
    }

    @Test func `one outlet that takes the order is decided upon`() throws {
        let decision = try Self.decide(.cycle, "storage").get()
        #expect(decision.outlet.command(.cycle) == "outlet.2.load.cycle")
        #expect(decision.question == "Switch outlet rack-a/2 (storage) off and on? [y/N] ")
        #expect(try Self.decide(.off, "storage").get().question == "Switch off outlet rack-a/2 (storage)? [y/N] ")
        #expect(try Self.decide(.on, "storage").get().question == nil)
    }

    @Test func `an ambiguous target ends with the commands to type`() {
        let complaint = """
            pductl: '1' may be any of rack-a/1, rack-b/1; nothing was switched. Type one of:
              pductl cycle outlet rack-a/1   # feeds pve1, on
              pductl cycle outlet rack-b/1   # feeds pve1, on

            """
        #expect(Self.decide(.cycle, "1") == .failure(Outcome(complaint: complaint, status: .usage)))
    }

    @Test func `commands to type repeat the options that were given`() throws {
        guard case .failure(let outcome) = Self.decide(.off, "1", flags: " --server ups.lan:3493") else {
            Issue.record("1 is ambiguous")
            return
        }
        #expect(outcome.complaint.contains("  pductl --server ups.lan:3493 off outlet rack-a/1   # feeds pve1, on\n"))
    }

    @Test func `an unknown target offers the nearest, or the list`() {
        let near = """
            pductl: no outlet is called 'stroage'. Did you mean:
              pductl off outlet storage

            """
        #expect(Self.decide(.off, "stroage") == .failure(Outcome(complaint: near, status: .usage)))
        let far = """
            pductl: no outlet is called 'nobody'. See:
              pductl list outlets

            """
        #expect(Self.decide(.off, "nobody") == .failure(Outcome(complaint: far, status: .usage)))
        let none = Outcome(complaint: "pductl: the server has no outlets\n", status: .usage)
        #expect(Self.decide(.off, "1", in: ServerPicture()) == .failure(none))
    }

    @Test func `a PDU without data is said to be so`() {
        let one = "pductl: gone: not connected, so that nothing is known of its outlets\n"
        #expect(
            Self.decide(.off, "gone/1", in: Racks.foreign) == .failure(Outcome(complaint: one, status: .failed)))
        let all = "pductl: nothing is known of any outlet:\n  gone: not connected\n"
        let picture = ServerPicture(devices: [DevicePicture(name: "gone", trouble: "not connected")])
        #expect(Self.decide(.off, "1", in: picture) == .failure(Outcome(complaint: all, status: .failed)))
    }

    @Test func `while a device is silent a bare number or name is not guessed`() {
        let picture = ServerPicture(
            devices: Racks.own.devices.filter { $0.name != "rack-a" } + [
                DevicePicture(name: "rack-a", trouble: "stale")
            ])
        for target in ["2", "modem"] {
            guard case .failure(let outcome) = Self.decide(.off, target, in: picture) else {
                Issue.record("\(target) was guessed")
                continue
            }
            #expect(outcome.complaint.contains("may be an outlet of rack-a too"))
            #expect(outcome.complaint.contains("  pductl off outlet rack-b/2\n"))
        }
        #expect((try? Self.decide(.off, "rack-b/2", in: picture).get()) != nil)
    }

    @Test func `a strip that knows only on and off says so for a cycle`() {
        let complaint = """
            pductl: strip has no command to cycle outlet 1, only off and on. Type:
              pductl off outlet strip/1
              pductl on outlet strip/1

            """
        #expect(
            Self.decide(.cycle, "strip/1", in: Racks.foreign)
                == .failure(Outcome(complaint: complaint, status: .failed)))
    }

    @Test func `what cannot be switched is said to be so`() {
        let fixed = Outcome(complaint: "pductl: outlet strip/2 cannot be switched\n", status: .failed)
        #expect(Self.decide(.off, "2", in: Self.awake(Racks.foreign)) == .failure(fixed))
        let bare = Outcome(
            complaint: "pductl: outlet strip/3 cannot be switched: the server offers no command for it\n",
            status: .failed)
        #expect(Self.decide(.off, "3", in: Self.awake(Racks.foreign)) == .failure(bare))
        let partly = Outcome(complaint: "pductl: apc has no command to off outlet 5\n", status: .failed)
        #expect(Self.decide(.off, "5", in: Self.awake(Racks.foreign)) == .failure(partly))
    }

    @Test func `with JSON a failure is an object on the standard output`() throws {
        guard case .failure(let outcome) = Self.decide(.on, "nobody", json: true) else {
            Issue.record("nobody is no outlet")
            return
        }
        #expect(outcome.status == .usage)
        #expect(outcome.complaint == "")
        #expect(
            outcome.output == """
                {
                  "error": {
                    "status": 2,
                    "message": "no outlet is called 'nobody'. See:",
                    "details": [
                      "pductl list outlets"
                    ]
                  }
                }

                """)
    }

    @Test func `the report says what was read back, and no more than is known`() throws {
        let decision = try Self.decide(.off, "storage").get()
        #expect(
            decision.report(isDone: true, status: "off", json: false).output
                == "outlet rack-a/2 (storage): switched off; it is off\n")
        #expect(
            decision.report(isDone: true, status: nil, json: false).output
                == "outlet rack-a/2 (storage): switched off\n")
        #expect(
            decision.report(isDone: false, status: "on", json: false).output
                == "outlet rack-a/2 (storage): the server has taken the order; it does not tell how it came out\n")
        #expect(
            decision.report(isDone: false, status: nil, json: true).output == """
                {
                  "outlet": "rack-a/2",
                  "action": "off",
                  "done": null,
                  "status": null
                }

                """)
    }
}

extension Result where Failure == Outcome {
    /// The result of a body that throws an outcome.
    init(body: () throws(Outcome) -> Success) {
        do { self = .success(try body()) } catch { self = .failure(error) }
    }
}

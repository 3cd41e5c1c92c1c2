import Testing

@testable import pductl

@Suite struct FenceInputTests {
    @Test func `lines of the standard input, as clusters send them`() throws {
        let input = FenceInput(
            lines: """
                # a remark
                agent=fence_pductl
                  ipaddr=192.0.2.10
                login=fence
                passwd=a=b c
                port=rack-a/1,rack-b/1
                action=on
                action=OFF
                nodename=pve1
                unheard=of
                no equals sign

                """)
        let request = try FenceRequest(input)
        #expect(request.action == .off)
        #expect(request.address == ServerAddress(parsing: "192.0.2.10:3493"))
        #expect(request.plugs.map(\.text) == ["rack-a/1", "rack-b/1"])
        #expect(request.node == "pve1")
        #expect(input.values["username"] == "fence")
        #expect(input.values["password"] == "a=b c")
    }

    @Test(arguments: [
        ["-o", "off", "-n", "pve1", "-a", "::1", "-u", "3500", "-qv"],
        ["-ooff", "-npve1", "-a[::1]:3500", "-q", "-v"],
        ["--action=off", "--plug=pve1", "--ip=::1", "--ipport=3500", "--quiet", "--verbose"],
        ["--action", "off", "--port", "pve1", "--ipaddr", "::1", "--ipport", "3500", "-vq"],
    ])
    func `words of a command line`(words: [String]) throws {
        let request = try FenceRequest(try FenceInput(words: words))
        #expect(request.action == .off)
        #expect(request.plugs.map(\.text) == ["pve1"])
        #expect(request.address == ServerAddress(parsing: "[::1]:3500"))
        #expect(request.isQuiet && request.isSet("verbose"))
    }

    @Test func `without anything said it is a reboot of the node, on this machine's server`() throws {
        let request = try FenceRequest(FenceInput(lines: "nodename=pve1\n"))
        #expect(request.action == .reboot)
        #expect(request.plugs.map(\.text) == ["pve1"])
        #expect(request.address == ServerAddress(parsing: "127.0.0.1:3493"))
        #expect(request.powerTimeout == .seconds(20) && request.retries == 1 && request.pause == .seconds(1))
    }

    @Test(arguments: [
        ("action=diag", "there is no action 'diag'"), ("action=off", "off needs a plug"),
        ("action=status\nplug=all", "plug 'all' names no outlet and no host"),
        ("plug=a\npower_timeout=soon", "power_timeout 'soon' is no number of seconds"),
        ("plug=a\ndelay=99999999", "delay '99999999' is no number of seconds"),
        ("plug=a\nretry_on=-1", "retry_on '-1' is no number"),
        ("plug=a\nip=a b", "ip 'a b' with ipport '3493' is no server"),
        ("plug=a\nipport=0", "ip '127.0.0.1' with ipport '0' is no server"),
    ])
    func `a value that is wrong is named`(lines: String, sentence: String) {
        #expect(throws: FenceInput.Failure(sentence: sentence)) { try FenceRequest(FenceInput(lines: lines)) }
    }

    @Test(arguments: [["-x"], ["--nothing"], ["off"], ["-o"], ["--plug"]])
    func `words that are no option are refused`(words: [String]) {
        #expect(throws: FenceInput.Failure.self) { try FenceInput(words: words) }
    }

    @Test func `parameters have names, options and letters of their own`() {
        let names = FenceParameter.all.flatMap { [$0.name] + [$0.oldName].compactMap { $0 } }
        #expect(Set(names).count == names.count)
        let letters = FenceParameter.all.compactMap(\.letter)
        #expect(Set(letters).count == letters.count)
    }

    @Test(arguments: FenceAction.allCases) func `every action is understood`(action: FenceAction) throws {
        let request = try FenceRequest(FenceInput(lines: "action=\(action.rawValue.uppercased())\nplug=rack-a/1\n"))
        #expect(request.action == (action == .metaData ? .metadata : action))
    }
}

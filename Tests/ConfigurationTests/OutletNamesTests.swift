import PowerCore
import RackFile
import Testing

@Suite struct OutletNamesTests {
    private static let head = "ups: {a: {driver: emulated, model: river-3-plus}}\n"

    @Test func `names here and at the PDU, and groups over PDUs, are read`() throws {
        let yaml = """
            ups: {a: {driver: emulated, model: river-3-plus}}
            pdu:
              left: {driver: emulated, feed: a, outlets: {1: pve1, 2: {name: nas, name-at-device: "NAS left"}, 3: {name-at-device: x}}}
              right: {driver: emulated, feed: a}
            group: {lab: [left/1, right/8]}
            """
        let configuration = try #require(ConfigurationFile.read(yaml).configuration)
        #expect(configuration.pdus[0].outletNames == [1: "pve1", 2: "nas"])
        #expect(configuration.pdus[0].namesAtDevice == [2: "NAS left", 3: "x"])
        #expect(configuration.groups == ["lab": [OutletID("left", 1), OutletID("right", 8)]])
    }

    @Test(arguments: [
        (
            "pdu: {p: {driver: emulated, feed: a}}\ngroup: {lab: [q/1]}",
            "3:15: error: group lab: there is no PDU 'q'; name one of those under pdu:"
        ),
        (
            "pdu: {p: {driver: emulated, feed: a}}\ngroup: {lab: [p/9]}",
            "3:15: error: group lab: p has no outlet 9; correct it"
        ),
        (
            "pdu: {p: {driver: emulated, feed: a}}\ngroup: {lab: [p]}",
            "3:15: error: group lab: 'p' is no outlet; write it like rack-a/4"
        ),
        (
            "pdu: {p: {driver: emulated, feed: a}}\ngroup: {lab: []}",
            "3:9: error: group lab has no outlets; write [rack-a/1, rack-b/1]"
        ),
        (
            "pdu: {p: {driver: emulated, feed: a, outlets: {1: {label: x}}}}",
            "2:52: error: pdu p: outlet 1: unknown key 'label'; did you mean 'name'?"
        ),
    ])
    func `what is wrong is named`(yaml: String, problem: String) {
        #expect(
            Sample.problems(Self.head + yaml).contains { $0.hasPrefix(problem.prefix(40)) },
            "\(Sample.problems(Self.head + yaml))")
    }
}

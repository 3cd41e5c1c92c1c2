import RackFile
import Testing

@testable import pductl

@Suite struct OutputTests {
    static let value = JSONValue.array([
        .object([
            ("name", .string("rack-a/4")), ("watts", .number("40.5")), ("on", .boolean(true)), ("note", .null),
            ("feeds", .array([.string("pve1"), .string("a, \"b\"")])), ("inner", .object([("x", .string("yes"))])),
        ]),
        .object([("name", .string("98")), ("more", .string("two\nlines"))]),
    ])

    @Test func `YAML keeps texts texts`() {
        #expect(
            Self.value.yaml == #"""
                - name: rack-a/4
                  watts: 40.5
                  "on": true
                  note: null
                  feeds:
                    - pve1
                    - "a, \"b\""
                  inner:
                    x: "yes"
                - name: "98"
                  more: "two\nlines"

                """#)
        #expect(JSONValue.array([]).yaml == "[]\n")
        #expect(JSONValue.object([("a", .array([])), ("b", .object([]))]).yaml == "a: []\nb: {}\n")
        #expect(JSONValue.array([.array([.string("x")])]).yaml == "- - x\n")
    }

    @Test(arguments: [
        "no", "Off", "1", "1e3", "0x1f", "12:30", "~", "", "a: b", "a #b", "- a", "&a", "*a", "é", "a ", "!x",
    ])
    func `a text that YAML could take for something else is quoted`(text: String) {
        #expect(JSONValue.object([("k", .string(text))]).yaml == "k: \(JSONValue.string(text).text)\n")
    }

    @Test func `CSV has a line for each object, quoted where it must be`() {
        #expect(
            Self.value.csv == "name,watts,on,note,feeds,more\r\nrack-a/4,40.5,true,,\"pve1 a, \"\"b\"\"\",\r\n"
                + "98,,,,,\"two\nlines\"\r\n")
        #expect(StatusReport(picture: Racks.own).report().json.csv == nil)
        #expect(JSONValue.string("x").csv == nil)
    }

    @Test func `names are the first values, of lists of lists those of all`() throws {
        #expect(Self.value.names == ["rack-a/4", "98"])
        let report = StatusReport(picture: Racks.own).report()
        #expect(try report.printed(as: .name, colour: false) == "river\nrack-a\nrack-b\npve1\n")
        let outlets = ListReport(picture: Racks.own).report(.outlet)
        #expect(try outlets.printed(as: .name, colour: false).hasPrefix("rack-a/1\nrack-a/2\n"))
        #expect(try outlets.printed(as: .csv, colour: false).hasPrefix("outlet,pdu,number,name,"))
    }

    @Test func `what is no list says so`() {
        #expect {
            try StatusReport(picture: Racks.own).report().printed(as: .csv, colour: false)
        } throws: { error in
            (error as? Outcome)?.status == .usage
        }
    }
}

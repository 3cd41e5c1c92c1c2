import Testing

@testable import pductl

@Suite struct SelectorTests {
    static let forms: [(String, [Selector.Term])] = [
        ("4", [.numbers([4])]),
        ("1-4,7", [.numbers([1, 2, 3, 4]), .numbers([7])]),
        ("[1-2,5]", [.numbers([1, 2, 5])]),
        ("rack-a/4", [.places(pdus: ["rack-a"], numbers: [4])]),
        ("rack-a/1-3", [.places(pdus: ["rack-a"], numbers: [1, 2, 3])]),
        ("rack-[a-b]/[1-2]", [.places(pdus: ["rack-a", "rack-b"], numbers: [1, 2])]),
        ("rack-a/[1-2,7],modem", [.places(pdus: ["rack-a"], numbers: [1, 2, 7]), .names(["modem"])]),
        ("storage", [.names(["storage"])]),
        ("pve[1-3]", [.names(["pve1", "pve2", "pve3"])]),
        ("node[08-11]", [.names(["node08", "node09", "node10", "node11"])]),
        ("host=pve1", [.property(.host, ["pve1"])]),
        ("hosts=pve[1-2]", [.property(.host, ["pve1", "pve2"])]),
        ("group=lab,pdu=rack-a", [.property(.group, ["lab"]), .property(.pdu, ["rack-a"])]),
        ("outlet=rack-a/4", [.property(.outlet, ["rack-a/4"])]),
        ("all", [.all]),
        ("NAS left", [.names(["NAS left"])]),
    ]

    @Test(arguments: forms) func `a selector is read`(text: String, terms: [Selector.Term]) throws {
        #expect(try Selector(text).terms == terms)
    }

    static let mistakes: [(String, Int, String)] = [
        ("", 0, "something must stand here"),
        ("4,", 2, "something must stand here"),
        (",4", 0, "nothing stands before this"),
        ("rack-a/", 7, "the number of an outlet must stand here"),
        ("rack-a/x", 7, "outlets have numbers from 1 on"),
        ("rack-a/0", 7, "outlets have numbers from 1 on"),
        ("0", 0, "outlets have numbers from 1 on"),
        ("rack-a/4-2", 7, "the range ends before it begins"),
        ("4-2", 0, "the range ends before it begins"),
        ("rack-[b-a]/1", 6, "the range ends before it begins"),
        ("rack-[a-b/1", 5, "this bracket is not closed"),
        ("rack-a]/1", 6, "no bracket is open here"),
        ("rack-[]/1", 6, "something must stand here"),
        ("rack-[a,]/1", 8, "something must stand here"),
        ("rack-[a--c]/1", 6, "a range is written like 1-4 or a-c"),
        ("1-", 0, "a range is written like 1-4 or a-c"),
        ("room=left", 0, "before = stands one of outlet, pdu, group, host, ups"),
        ("host=", 5, "a name must stand behind ="),
        ("a[1-2000]", 2, "that is more than 1024 names"),
        ("[1-40][1-40]", 6, "that is more than 1024 names"),
        ("99999999999999999999", 0, "outlets have numbers from 1 on"),
    ]

    @Test(arguments: mistakes) func `a mistake is named with its place`(text: String, column: Int, sentence: String) {
        #expect(throws: SelectorError(text: text, sentence: sentence, column: column)) { try Selector(text) }
    }

    @Test func `the most names that a part may stand for are read`() throws {
        #expect(try Selector("a[1-1024]").terms == [.names((1...1024).map { "a\($0)" })])
    }

    @Test func `a mistake is printed with a caret below it`() {
        let error = SelectorError(text: "rack-a/4-2", sentence: "the range ends before it begins", column: 7)
        #expect(
            error.outcome(json: false)
                == Outcome(
                    complaint: """
                        pductl: 'rack-a/4-2' selects nothing: the range ends before it begins
                          rack-a/4-2
                                 ^

                        """, status: .usage))
    }

    @Test(arguments: [
        "[", "]", "/", "=", ",", "-", "[[1]]", "a[b[c]]", "1-2-3", "//", "a/b/c", "\u{0}", "é/1", "[é-z]",
    ])
    func `no text of signs stops the reader`(text: String) {
        _ = try? Selector(text)
    }
}

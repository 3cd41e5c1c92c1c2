import Testing

@testable import pductl

@Suite struct TextTests {
    @Test(arguments: [
        ("0", "0s"), ("59", "59s"), ("60", "1m"), ("700", "11m40s"), ("3600", "1h"), ("9480", "2h38m"),
        ("86400", "1d"), ("100000", "1d3h"), ("700.9", "11m40s"),
    ])
    func `times have two units at most`(seconds: String, text: String) {
        #expect(PlainText.time(seconds: seconds) == text)
    }

    @Test(arguments: ["", "-1", "nan", "inf", "1e300", "x"])
    func `what is no time is none`(seconds: String) {
        #expect(PlainText.time(seconds: seconds) == nil)
    }

    @Test func `numbers are as short as they may be`() {
        #expect(PlainText.number("389.6", "W") == "390 W")
        #expect(PlainText.number("4.46", "W") == "4.5 W")
        #expect(PlainText.number("4.0", "W") == "4 W")
        #expect(PlainText.number("0", "W") == "0 W")
        #expect(PlainText.number("x", "W") == nil)
        #expect(PlainText.number("inf", "W") == nil)
        #expect(PlainText.number("1e300", "W") == "1e+300 W")
    }

    @Test func `what could steer a terminal is replaced`() {
        #expect(PlainText.printable("a\u{1b}[2Jb\r\nü") == "a?[2Jb???")
    }

    @Test func `a table aligns to either side and has no blanks at line ends`() {
        var table = TextTable("A", ">B", "C")
        table.add("x", "1", "y")
        table.add("long", "200")
        #expect(table.text(colour: false) == "A       B  C\nx       1  y\nlong  200  -\n")
        #expect(TextTable("A").text(colour: true) == "")
    }

    @Test func `JSON quotes what must be quoted`() {
        #expect(JSONValue.string("a\"\\\n\t\u{1}ü").text == #""a\"\\\n\t\u0001ü""#)
        #expect(JSONValue.object([]).text == "{}")
        #expect(JSONValue.array([.null, .boolean(true), .number("1")]).text == "[\n  null,\n  true,\n  1\n]")
    }

    @Test(arguments: ["0", "-1", "1.50", "98"]) func `a NUT number is a JSON number`(text: String) {
        #expect(JSONValue.number(orNull: text) == .number(text))
    }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e3", "0x1", "nan", "1.2.3", "١"])
    func `anything else is null`(text: String) {
        #expect(JSONValue.number(orNull: text) == .null)
    }
}

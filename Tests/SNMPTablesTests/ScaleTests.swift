import Testing

@testable import SNMPTables

@Test(arguments: [
    ("0.1 A", 633.0, "63.3"), ("mA", 790, "0.790"), ("0.01 kW", 27, "270"), ("0.1 kWh", 31, "3100"), ("min", 42, "2520"),
    ("0.01 s", 174_000, "1740"), ("0.01 s", 150, "2"), ("%", 97, "97"), ("0.1", 5, "0.5"), ("10", 5, "50"),
    ("mV", 118_450, "118.450"), ("0.1 C", -5, "-0.5"), ("W", 0, "0"),
])
func `a number and its unit become NUT's text`(scale: String, number: Double, text: String) throws {
    #expect(try #require(Scale(scale)).text(of: number) == text)
}

@Test(arguments: ["", " ", "A A", "0 A", "-1 A", "1 2", "1e3 A", "0x1 A", "A 1", "kg", "1 A x"])
func `what is no unit is refused`(text: String) {
    #expect(Scale(text) == nil)
}

@Test func `a number that no device measures is none`() throws {
    #expect(try #require(Scale("kWh")).text(of: 1e10) == nil)
}

@Test(arguments: ["1.3.{row}.0", ".1.3.{row+1}", "1.{unit}.2", "1.{model}", "1"])
func `a name with places is read`(text: String) {
    #expect(ObjectTemplate(text) != nil)
}

@Test(arguments: ["", ".", "1..2", "1.{rows}", "1.-2", "1.4294967296", "a", "1.2 ", "1.{row", "+1.2"])
func `what is no name of an object is refused`(text: String) {
    #expect(ObjectTemplate(text) == nil)
}

@Test func `the row is found again in a name, and only in one of that column`() throws {
    let column = try #require(ObjectTemplate("1.5.{row+1}.0"))
    let filling = ObjectTemplate.Filling()
    #expect(column.row(of: try #require(OID("1.5.3.0")), length: 1, with: filling) == [2])
    for other in ["1.5.3", "1.5.3.1", "1.5.3.0.0", "1.6.3.0", "1.5.0.0"] {
        #expect(column.row(of: try #require(OID(other)), length: 1, with: filling) == nil)
    }
    #expect(column.filled(with: ObjectTemplate.Filling(row: [.max])) == nil)
}

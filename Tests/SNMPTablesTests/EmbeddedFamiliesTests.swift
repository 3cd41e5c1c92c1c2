import Foundation
import PowerCore
import SNMPFamilies
import SNMPTables
import Testing

private let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/SNMPFamilies/Families")

@Test(arguments: EmbeddedFamilies.files.map(\.name))
func `a family that comes with the program has no problem and the name of its file`(name: String) throws {
    let text = try #require(EmbeddedFamilies.files.first { $0.name == name }).text
    let outcome = FamilyFile.read(text)
    #expect(outcome.problems.map { $0.line(in: "\(name).yaml") } == [])
    #expect(outcome.family?.name == name)
    #expect(text.utf8.count < FamilyFile.longest)
}

@Test func `every file of the folder is embedded`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(Set(files) == Set(EmbeddedFamilies.files.map(\.name)))
    #expect(EmbeddedFamilies.all.names.count == files.count)
}

@Test func `APC's tables are looked for from the one that tells most to the one that tells least`() throws {
    let names = EmbeddedFamilies.all.all.map(\.name)
    let wanted = ["apc-rpdu2", "apc-rpdu", "apc-spdu", "apc-metered"]
    #expect(names.filter(wanted.contains) == wanted)
}

import Testing

@testable import upsd_swift

struct OpenFileLimitTests {
    @Test func `clients have what the rest leaves, and never more than is wanted`() throws {
        #expect(try OpenFileLimit(total: 20_000, wanted: 1_024, devices: 2).clients == 1_024)
        #expect(try OpenFileLimit(total: 1_024, wanted: 1_024, devices: 2).clients == 828)
        #expect(try OpenFileLimit(total: 195, wanted: 1_024, devices: 1).clients == 1)
    }

    @Test func `too few for a single client is said with what is needed`() {
        #expect(throws: OpenFileLimit.TooFew.self) { try OpenFileLimit(total: 194, wanted: 10, devices: 1) }
        #expect("\(OpenFileLimit.TooFew(total: 64, needed: 195))".contains("64 open files, and at least 195"))
    }

    @Test func `the limit is raised as far as it must be`() throws {
        let limit = try OpenFileLimit.raised(for: 1_500, devices: 0)
        #expect(limit.total >= 1_692 ? limit.clients == 1_500 : limit.clients < 1_500)
    }
}

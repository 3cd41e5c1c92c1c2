import Testing

@testable import upsd_swift

struct DescriptorLimitTests {
    @Test func `clients have what the rest leaves, and never more than is wanted`() {
        #expect(DescriptorLimit(total: 20_000, wanted: 1_024, devices: 2).clients == 1_024)
        #expect(DescriptorLimit(total: 1_024, wanted: 1_024, devices: 2).clients == 828)
        #expect(DescriptorLimit(total: 1_024, wanted: 1_024, devices: 1_000).clients == 512)
        #expect(DescriptorLimit(total: 64, wanted: 1_024, devices: 1).clients == 32)
        #expect(DescriptorLimit(total: 0, wanted: 10, devices: 1).clients == 1)
    }

    @Test func `the limit is raised as far as it must be`() {
        let limit = DescriptorLimit.raised(for: 1_500, devices: 0)
        #expect(limit.total >= 1_692 ? limit.clients == 1_500 : limit.clients < 1_500)
    }
}

import PowerCore
import Testing

@testable import RackFile

@Suite struct DemoRackTests {
    @Test func `the demo rack is read without any problem`() throws {
        let reading = ConfigurationFile.read(DemoRack.yaml)
        #expect(reading.problems == [])
        let configuration = try #require(reading.configuration)
        #expect(configuration.upses.map(\.rack.id) == ["river", "delta"])
        #expect(configuration.pdus.map(\.outletCount) == [8, 8])
        #expect(configuration.rack.tiers == ["comfort", "cluster", "core"])
        #expect(
            configuration.rack.consumers.map(\.id.name) == [
                "gpu", "pve1", "pve2", "pve3", "storage", "switch", "modem",
            ])
        #expect(configuration.machines.count == 7)
        #expect(configuration.server.users.count == 7)
    }

    @Test func `the demo rack is wired like the reference rack`() throws {
        let configuration = try #require(ConfigurationFile.read(DemoRack.yaml).configuration)
        let feeds = Dictionary(
            uniqueKeysWithValues: configuration.rack.consumers.map { ($0.id.name, $0.feeds.map(\.description)) })
        #expect(feeds["gpu"] == ["rack-a/8"])
        #expect(feeds["pve1"] == ["rack-a/1", "rack-b/1"])
        #expect(feeds["pve2"] == ["rack-a/2", "rack-b/2"])
        #expect(feeds["pve3"] == ["rack-a/3", "rack-b/3"])
        #expect(feeds["storage"] == ["rack-a/4", "rack-b/4"])
        #expect(feeds["switch"] == ["rack-a/5", "rack-b/5"])
        #expect(feeds["modem"] == ["rack-b/6"])
        #expect(configuration.rack.consumers.filter(\.isProtected).map(\.id.name) == ["modem"])
        #expect(configuration.server.listen == [.init(host: "127.0.0.1", port: 3493)])
    }

    @Test func `the river carries its part of the demo rack for some forty minutes`() throws {
        let rack = try #require(ConfigurationFile.read(DemoRack.yaml).configuration).rack
        let watts = rack.consumers.reduce(0.0) { sum, consumer in
            let onRiver = consumer.outlets.filter { $0.pdu == "rack-a" }.count
            return sum + (consumer.watts?.value ?? 0) * Double(onRiver) / Double(consumer.feeds.count)
        }
        let lasts = try #require(rack.upses[0].capacity?.lasts(at: Watts(watts)))
        #expect(lasts > .seconds(40 * 60) && lasts < .seconds(45 * 60))
    }
}

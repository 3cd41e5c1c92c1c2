import Testing

@testable import NUTTransport

struct PlacesTests {
    private static func places(_ connections: Int, refusals: Int = 1) -> Places {
        var limits = NUTServerLimits()
        limits.connections = connections
        limits.refusals = refusals
        return Places(limits)
    }

    @Test func `an eighth of the places is kept from one address, and taken by another`() {
        var places = Self.places(16)
        let (first, second) = (Places.Origin("192.0.2.1"), Places.Origin("192.0.2.2"))
        for _ in 0..<14 { #expect(places.enter(first) == .served) }
        #expect(places.isFull(for: first))
        #expect(places.enter(first) == .refused)
        #expect(places.enter(first) == .dropped)
        for _ in 0..<2 { #expect(places.enter(second) == .served) }
        places.leave(.refused, of: first)
        #expect(places.enter(second) == .refused)
        places.leave(.served, of: first)
        #expect(places.enter(first) == .served)
    }

    @Test func `whoever leaves gives back one place and leaves nothing behind`() {
        var places = Self.places(8)
        let origin = Places.Origin("192.0.2.1")
        for _ in 0..<100 {
            for _ in 0..<7 { #expect(places.enter(origin) == .served) }
            #expect(places.enter(origin) == .refused)
            for _ in 0..<7 { places.leave(.served, of: origin) }
            places.leave(.refused, of: origin)
        }
    }

    @Test func `the machine itself may have all places`() {
        var places = Self.places(16)
        for address in ["127.0.0.1", "127.1.2.3", "::1"] { #expect(Places.Origin(address) == nil) }
        for _ in 0..<16 { #expect(places.enter(nil) == .served) }
        #expect(places.enter(nil) == .refused)
    }

    @Test func `an IPv6 network of one customer counts as one, an IPv4 address by itself`() {
        #expect(Places.Origin("2001:db8:1:2::1") == Places.Origin("2001:db8:1:2:ffff::9"))
        #expect(Places.Origin("2001:db8:1:2::1") != Places.Origin("2001:db8:1:3::1"))
        #expect(Places.Origin("192.0.2.1") != Places.Origin("192.0.2.2"))
    }

    @Test func `so few places that an eighth is none are shared by all`() {
        var places = Self.places(2)
        let origin = Places.Origin("192.0.2.1")
        for _ in 0..<2 { #expect(places.enter(origin) == .served) }
        #expect(places.enter(origin) == .refused)
    }
}

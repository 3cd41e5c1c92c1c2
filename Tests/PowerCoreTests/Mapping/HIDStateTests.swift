import HIDReport
import PowerCore
import Testing

struct HIDStateTests {
    private func ids(_ state: HIDState, _ round: PollRound) -> [UInt8] { state.reportsToRead(round).map(\.id) }

    @Test func `each round reads the reports whose values may have changed`() throws {
        let state = HIDState(
            identity: EmulatedDevices.riverIdentity, descriptor: try EmulatedDevices.river().descriptor)
        #expect(ids(state, .quick) == [0x07, 0x0c, 0x0d])
        #expect(ids(state, .full) == [0x07, 0x09, 0x0c, 0x0d])
        #expect(ids(state, .settings) == [0x07, 0x09, 0x0c, 0x0d, 0x0f, 0x11])
        #expect(ids(state, .initial) == [0x07, 0x09, 0x0c, 0x0d, 0x0f, 0x11, 0x1f])
        #expect(state.reportsToRead(.initial).allSatisfy { $0.type == .feature })
        #expect(state.reportsToRead(.quick).map(\.byteCount) == [3, 2, 3])
    }

    @Test func `an input report moves the same value as a feature report`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        let isNews1 = state.take([0x0c, 55], type: .input, at: .origin)
        #expect(isNews1)
        #expect(state.reading().charge == 55)
        let isNews2 = state.take([0x0c, 54], type: .feature, at: .origin)
        #expect(isNews2)
        #expect(state.reading().charge == 54)
    }

    @Test func `a report that says the same again is no news but is remembered`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        let later = Moment.origin + .seconds(9)
        let isNews3 = state.take([0x0c, 100], type: .input, at: later)
        #expect(!isNews3)
        #expect(state.lastReport == later)
    }

    @Test func `a status report cut to its ID does not read as mains lost`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        #expect(state.reading().statusWords == "OL")
        let isNews4 = state.take([0x07], type: .input, at: .origin + .seconds(1))
        #expect(!isNews4)
        #expect(state.reading().statusWords == "OL")
        #expect(state.lastReport == .origin)
    }

    @Test func `a status report of one byte leaves the bits of the other as they were`() throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        state.take([0x07, 0x0c, 0x20], type: .input, at: .origin)
        state.take([0x07, 0x0a], type: .input, at: .origin)
        #expect(state.reading().statusWords == "OB DISCHRG OVER")
    }

    @Test(arguments: [[], [0xff, 1], [0x00]] as [[UInt8]])
    func `no bytes and unknown reports change nothing`(bytes: [UInt8]) throws {
        var state = try EmulatedDevices.river().state(EmulatedDevices.riverIdentity)
        let before = state.reading()
        let isNews5 = state.take(bytes, type: .input, at: .origin)
        #expect(!isNews5)
        let isNews6 = state.take(bytes, type: .output, at: .origin)
        #expect(!isNews6)
        #expect(state.reading() == before)
    }

    @Test func `a state that was told nothing says who the device is and no more`() throws {
        let state = HIDState(
            identity: EmulatedDevices.riverIdentity, descriptor: try EmulatedDevices.river().descriptor)
        let reading = state.reading()
        #expect(reading.flags == [])
        #expect(reading.charge == nil)
        #expect(reading.variable("battery.charge") == nil)
        #expect(reading.variable("device.model")?.value == "EF-UPS-RIVER 3 Plus")
        #expect(reading.variable("ups.vendorid")?.value == "3746")
    }

    @Test func `strings are wanted once their index is known and until they are given`() throws {
        var state = HIDState(
            identity: EmulatedDevices.riverIdentity, descriptor: try EmulatedDevices.river().descriptor)
        #expect(state.stringIndexesWanted == [])
        state.take([0x1f, 4], type: .feature, at: .origin)
        #expect(state.stringIndexesWanted == [4])
        state.take(string: "LiFP", at: 4)
        #expect(state.stringIndexesWanted == [])
        #expect(state.reading().variable("battery.type")?.value == "LiFP")
    }

    @Test func `string index 0 is no string`() throws {
        var state = HIDState(
            identity: EmulatedDevices.riverIdentity, descriptor: try EmulatedDevices.river().descriptor)
        state.take([0x1f, 0], type: .feature, at: .origin)
        #expect(state.stringIndexesWanted == [])
        #expect(state.reading().variable("battery.type")?.value == "")
    }

    @Test func `of two paths for one condition the one reported last speaks`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { summary in
                summary.field("ACPresent", [.input, .feature], id: 1, range: 0...1)
                summary.usage("PresentStatus")
                summary.collection(.logical) { $0.field("ACPresent", [.input, .feature], id: 2, range: 0...1) }
            }
        }
        var state = HIDState(
            identity: HIDIdentity(vendorID: 0x051d, productID: 2),
            descriptor: try ReportDescriptor(parsing: builder.bytes))
        state.take([1, 1], type: .feature, at: .origin)
        state.take([2, 1], type: .feature, at: .origin)
        #expect(state.reading().flags == .online)
        state.take([2, 0], type: .input, at: .origin)
        #expect(state.reading().flags == .onBattery)
        state.take([1, 1], type: .input, at: .origin)
        #expect(state.reading().flags == .online)
    }

    @Test func `values that only come unasked are asked for as input reports`() throws {
        var builder = ReportDescriptorBuilder()
        builder.usage("UPS")
        builder.collection(.application) { ups in
            ups.usage("PowerSummary")
            ups.collection(.physical) { $0.field("RunTimeToEmpty", [.input], id: 0x0b, size: 16, range: 0...65534) }
        }
        let state = HIDState(
            identity: HIDIdentity(vendorID: 0x5131, productID: 0x2007),
            descriptor: try ReportDescriptor(parsing: builder.bytes))
        #expect(state.reportsToRead(.quick).map(\.type) == [.input])
        #expect(state.mapping.name == "generic")
    }

    @Test(
        arguments: [
            (0x3746, 0xffff, "EcoFlow"), (0x3746, 0x0001, "EcoFlow"), (0x051d, 0x0003, "APC"),
            (0x0764, 0x0601, "CyberPower"), (0x0463, 0xffff, "Eaton"), (0x047c, 0xffff, "Eaton"),
            (0x0592, 0x0004, "Eaton"), (0x03f0, 0x1fe7, "Eaton"), (0x03f0, 0x1f06, "generic"),
            (0x10af, 0x0002, "Liebert"),
            (0x075d, 0x0300, "iDowell"), (0x06da, 0xffff, "iDowell"), (0x06da, 0x0002, "generic"),
            (0x2341, 0x8036, "Arduino"), (0x09ae, 0x2012, "generic"), (0x1234, 0x5678, "generic"),
        ] as [(UInt16, UInt16, String)])
    func `the mapping goes by the numbers of vendor and product`(vendor: UInt16, product: UInt16, name: String) throws {
        let state = HIDState(
            identity: HIDIdentity(vendorID: vendor, productID: product), descriptor: try ReportDescriptor(parsing: []))
        #expect(state.mapping.name == name)
    }
}

import Testing

@testable import USBTransport

@Suite struct Matching {
    let river = USBDeviceDescription(
        vendorID: 0x3746, productID: 0xffff, manufacturer: "EcoFlow", product: "EF-UPS-RIVER 3 Plus",
        serial: "R631ZABAWH3B0001", portPath: USBPortPath(bus: 1, ports: [2, 4]), address: 7,
        hidInterfaces: [USBHIDInterface(number: 0)])

    func accepts(_ fields: [USBMatch.Field: String]) throws -> Bool {
        try USBMatch(fields).accepts(self.river)
    }

    @Test(arguments: ["3746", "0x3746", "374[0-9]", "051d|3746"])
    func `a vendor number is a regular expression or a number`(_ vendor: String) throws {
        #expect(try self.accepts([.vendorID: vendor]))
    }

    @Test func `numbers may be written short and in capitals`() throws {
        var apc = self.river
        apc.vendorID = 0x051d
        apc.productID = 2
        #expect(try USBMatch([.vendorID: "51D", .productID: "2"]).accepts(apc))
        #expect(try self.accepts([.productID: "FFFF"]))
    }

    @Test func `an expression must match the whole text and ignores case`() throws {
        #expect(try self.accepts([.product: "ef-ups-river.*"]))
        #expect(try !self.accepts([.product: "RIVER"]))
        #expect(try !self.accepts([.serial: "R631ZABAWH3B000"]))
        #expect(try self.accepts([.serial: "R631Z|R631ZABAWH3B0001"]))
    }

    @Test func `blanks around strings and values do not count`() throws {
        var padded = self.river
        padded.serial = "  R631 \u{0}\u{0}"
        #expect(try USBMatch([.vendorID: " 3746 ", .serial: " R631 "]).accepts(padded))
    }

    @Test func `every field that is given must match`() throws {
        #expect(try self.accepts([.vendorID: "3746", .serial: "R631.*", .vendor: "ecoflow"]))
        #expect(try !self.accepts([.vendorID: "3746", .serial: "R632.*"]))
    }

    @Test(
        arguments: [
            ([.bus: "1"], true), ([.bus: "001"], true), ([.bus: "2"], false), ([.device: "007"], true),
            ([.busPort: "004"], true), ([.busPort: "4"], true), ([.busPort: "00[45]"], true), ([.busPort: "2"], false),
            ([.port: "1-2.4"], true), ([.port: "1-2.5"], false), ([.port: "auto"], true), ([.port: ""], true),
        ] as [([USBMatch.Field: String], Bool)])
    func `a place is known by bus, device, port and the whole path`(
        _ fields: [USBMatch.Field: String], _ isMeant: Bool
    ) throws {
        #expect(try self.accepts(fields) == isMeant)
    }

    @Test func `a dot in a port path is a dot`() throws {
        var other = self.river
        other.portPath = USBPortPath(bus: 1, ports: [214])
        #expect(try !USBMatch([.port: "1-2.4"]).accepts(other))
    }

    @Test func `a wrong expression is an error that names its field`() {
        let error = #expect(throws: USBMatchError.self) { try USBMatch([.serial: "R631("]) }
        #expect(error?.field == .serial)
        #expect(error?.description.hasPrefix("serial = \"R631(\" is not a POSIX extended regular expression: ") == true)
    }

    @Test func `an expression longer than the limit is refused`() throws {
        _ = try USBMatch([.serial: String(repeating: "a", count: USBPattern.maximumLength)])
        let long = String(repeating: "a", count: USBPattern.maximumLength + 1)
        #expect(throws: USBMatchError.self) { try USBMatch([.serial: long]) }
    }

    @Test(arguments: ["2", "1-", "1-2.", "usb1", "1-300", "a-1", "1-1.1.1.1.1.1.1.1"])
    func `what is no port is an error`(_ port: String) {
        #expect(throws: USBMatchError(field: .port, value: port, reason: .notAPort)) { try USBMatch([.port: port]) }
    }

    @Test func `a bus above 255 is an error`() {
        #expect(throws: USBMatchError(field: .bus, value: "256", reason: .notANumber)) { try USBMatch([.bus: "256"]) }
    }

    @Test func `without numbers only known power devices count`() throws {
        #expect(try self.accepts([:]))
        var keyboard = self.river
        keyboard.vendorID = 0x046d
        #expect(try !USBMatch([:]).accepts(keyboard))
        #expect(try USBMatch([.vendorID: "046d"]).accepts(keyboard))
    }

    @Test func `of a vendor of many things only the known products count`() throws {
        var device = self.river
        device.vendorID = 0x03f0
        device.productID = 0x1f06
        #expect(try USBMatch([:]).accepts(device))
        device.productID = 0x0024
        #expect(try !USBMatch([:]).accepts(device))
    }

    @Test func `a device without a HID interface is never meant`() throws {
        var hub = self.river
        hub.hidInterfaces = []
        #expect(try !USBMatch([.vendorID: "3746"]).accepts(hub))
    }

    @Test func `strings are asked for only where they decide`() throws {
        var silent = self.river
        silent.serial = ""
        #expect(try USBMatch([.vendorID: "3746", .serial: "R631.*"]).needsStrings(of: silent))
        #expect(try !USBMatch([.vendorID: "3746", .serial: "R631.*"]).needsStrings(of: self.river))
        #expect(try !USBMatch([.vendorID: "3746"]).needsStrings(of: silent))
    }

    @Test func `a description names the fields in NUT's words`() throws {
        #expect(try USBMatch([.serial: "R631.*", .vendorID: "3746"]).description == "vendorid = 3746, serial = R631.*")
        #expect(try USBMatch([:]).description == "any UPS known by its numbers")
    }
}

import HIDReport
import PowerCore
import Testing

@testable import USBTransport

extension EmulatedDevices {
    @Suite struct Opening {
        @Test func `a River 3 Plus gives the 403 bytes it has and not the 376 it announces`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                #expect(device.reportDescriptor.count == 403)
                #expect(device.identity.vendorID == 0x3746)
                #expect(device.identity.productID == 0xffff)
                #expect(device.identity.release == 0x0100)
                #expect(device.identity.manufacturer == "EcoFlow")
                #expect(device.identity.product == "EF-UPS-RIVER 3 Plus")
                #expect(device.identity.serial == "R631ZABAWH3B0001")
                #expect(USBPortPath(parsing: device.identity.portPath) != nil)
            }
        }

        @Test(.enabled(if: PackageFile.text(of: PackageFile.riverDescriptor) != nil, "the recording is not here"))
        func `the emulated River 3 Plus gives the recorded bytes`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                #expect(device.reportDescriptor == PackageFile.hex(of: PackageFile.riverDescriptor))
            }
        }

        @Test func `a device that does not tell its HID descriptor is read as the configuration says`() async throws {
            try Emulator.tell("ups fault get_descriptor:hid stall")
            try await withDevice(EmulatedDevices.ups, named: "ups") { #expect($0.reportDescriptor.count == 376) }
        }

        @Test func `a HID descriptor that is garbage is passed over`() async throws {
            try Emulator.tell("ups fault get_descriptor:hid hex 0900000000")
            try await withDevice(EmulatedDevices.ups, named: "ups") { #expect($0.reportDescriptor.count == 376) }
        }

        @Test func `a device that refuses the longer length is asked with the shorter`() async throws {
            try Emulator.tell("ups fault get_descriptor:report stall times=1")
            try await withDevice(EmulatedDevices.ups, named: "ups") { #expect($0.reportDescriptor.count == 376) }
        }

        @Test func `a report descriptor shorter than announced is taken as it is`() async throws {
            try Emulator.tell("ups fault get_descriptor:report short 100")
            try await withDevice(EmulatedDevices.ups, named: "ups") { #expect($0.reportDescriptor.count == 100) }
        }

        @Test func `a device that announces more than can be transferred is asked for the most`() async throws {
            try Emulator.tell("ups fault get_descriptor:hid hex 0921110100012200ff")
            try await withDevice(EmulatedDevices.ups, named: "ups") { #expect($0.reportDescriptor.count == 403) }
        }

        @Test func `an empty report descriptor is a failure and leaves the device free`() async throws {
            try Emulator.tell("ups fault get_descriptor:report zero")
            let context = USBContext()
            let failure = await failure { _ = try await source(EmulatedDevices.ups, in: context).open() }
            #expect(failure?.kind == .stalled)
            #expect(failure?.detail.contains("an empty answer") == true)
            try Emulator.tell("ups clear")
            try await withDevice(EmulatedDevices.ups, named: "ups", in: context) {
                #expect($0.reportDescriptor.count == 403)
            }
        }

        @Test func `a device that never answers is a time-out`() async throws {
            try Emulator.tell("ups fault get_descriptor:report nak")
            let options = USBOptions(timeout: .milliseconds(200))
            let failure = await failure { _ = try await source(EmulatedDevices.ups, options: options).open() }
            #expect(failure?.kind == .timedOut)
            #expect(
                failure?.device.hasPrefix(#"3746:ffff "EF-UPS-RIVER 3 Plus" serial R631ZABAWH3B0001 port "#) == true)
            try Emulator.tell("ups clear")
        }

        @Test func `strings are read by index and may be empty`() async throws {
            try await withDevice(EmulatedDevices.ups, named: "ups") { device in
                let strings = [
                    try await device.string(at: 1), try await device.string(at: 4), try await device.string(at: 0),
                ]
                #expect(strings == ["EcoFlow", "", ""])
                let failure = await failure { _ = try await device.string(at: 77) }
                #expect(failure?.kind == .stalled)
            }
        }

        @Test func `HID need not be interface 0 and the kernel need not know the strings`() async throws {
            try await withDevice(EmulatedDevices.shy, named: "shy") { device in
                #expect(device.identity.serial == "SHY0001")
                let report = try await device.getReport(.feature, id: 13, length: 3)
                #expect(report.first == 13)
            }
        }

        @Test func `an interface that is no HID interface is named with those that are`() async throws {
            let options = USBOptions(interface: 1)
            let failure = await failure { _ = try await source(EmulatedDevices.ups, options: options).open() }
            #expect(failure?.kind == .notSupported)
            #expect(failure?.detail == "interface 1 is not a HID interface; those are: 0")
        }

        @Test func `a device that is not there says who is`() async throws {
            let match = try USBMatch([.vendorID: "0764"])
            let failure = await failure { _ = try await source(match).open() }
            #expect(failure?.kind == .gone)
            #expect(failure?.device == "USB device (vendorid = 0764)")
            #expect(failure?.detail.contains(#"3746:ffff "EF-UPS-RIVER 3 Plus" serial R631ZABAWH3B0001 port "#) == true)
        }

        @Test func `the list has every device with ids, strings, place and HID interfaces`() async throws {
            let devices = try await USBContext().devices()
            let river = try #require(devices.first { $0.serial == "R631ZABAWH3B0001" })
            #expect(river.ids == "3746:ffff")
            #expect(river.manufacturer == "EcoFlow")
            #expect(
                river.hidInterfaces == [
                    USBHIDInterface(number: 0, inputEndpoint: 0x81, inputPacketSize: 64, announcedLength: 376)
                ])
            let hid = devices.filter { !$0.hidInterfaces.isEmpty }
            #expect(hid.count == 10)
            #expect(Set(hid.map(\.portPath)).count == 10)
            #expect(hid.filter { $0.hidInterfaces.map(\.number) == [1] }.map(\.vendorID) == [0x051d])
        }

        @Test func `the kernel's driver is detached and comes back`() async throws {
            #expect(try Emulator.tell("office drivers") == #"["usbhid"]"#)
            try await withDevice(EmulatedDevices.office, named: "office") { _ in
                let drivers = try Emulator.tell("office drivers")
                #expect(drivers == #"["usbfs"]"#)
            }
            #expect(try Emulator.tell("office drivers") == #"["usbhid"]"#)
        }

        @Test func `an interface that another program holds is busy`() async throws {
            try await withDevice(EmulatedDevices.office, named: "office") { _ in
                // A context of its own is what another program would have.
                let failure = await failure { _ = try await source(EmulatedDevices.office).open() }
                #expect(failure?.kind == .busy)
                #expect(failure?.remedy.hasPrefix("stop the program that holds it") == true)
            }
        }
    }
}

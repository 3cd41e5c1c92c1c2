import HIDReport
import Testing

@testable import USBTransport

@Suite struct Requests {
    @Test func `GET_REPORT has type and id in its value`() {
        let request = USBControlRequest.getReport(.feature, id: 0x0c, length: 2, interface: 1)
        #expect(request.type == 0xa1)
        #expect(request.request == 0x01)
        #expect(request.value == 0x030c)
        #expect(request.index == 1)
        #expect(request.length == 2)
        #expect(request.name == "GET_REPORT(feature, 0x0c)")
    }

    @Test func `SET_REPORT carries its bytes`() {
        let request = USBControlRequest.setReport(.output, id: 1, bytes: [1, 2, 3], interface: 0)
        #expect(request.type == 0x21)
        #expect(request.request == 0x09)
        #expect(request.value == 0x0201)
        #expect(request.length == 3)
        #expect(!request.isRead)
    }

    @Test(arguments: [(0, 1), (-5, 1), (4096, 4096), (4097, 4096), (Int.max, 4096)] as [(Int, UInt16)])
    func `the length asked for stays within what can be transferred`(_ asked: Int, _ sent: UInt16) {
        #expect(USBControlRequest.getReport(.input, id: 0, length: asked, interface: 0).length == sent)
    }

    @Test(
        arguments: [
            (Duration.seconds(1), 1000), (.zero, 1), (.microseconds(10), 1), (.seconds(-3), 1),
            (.milliseconds(1500), 1500),
            (.seconds(Int64.max), UInt32.max), (.seconds(5_000_000), UInt32.max),
        ] as [(Duration, UInt32)])
    func `a time-out is never for ever`(_ timeout: Duration, _ milliseconds: UInt32) {
        #expect(USBTransfer.milliseconds(timeout) == milliseconds)
    }
}

internal import CLibUSB

/// One `libusb_transfer` with its buffer, both freed with it.
///
/// libusb holds a reference from ``submit(to:)`` until the transfer has ended, so that nothing is freed under it.
///
/// `@unchecked Sendable`: whoever submits it leaves it alone until `completed` is called on the event thread, but for
/// ``cancel()``, which libusb allows from any thread.
final class USBTransfer: @unchecked Sendable {
    /// Where the transfer goes to.
    enum Target: Sendable {
        /// The control endpoint, with the time after which there is no answer.
        case control(USBControlRequest, timeout: Duration)
        /// An interrupt IN endpoint; waits for ever.
        case interrupt(endpoint: UInt8, length: Int)
    }

    /// The request's own bytes in front of a control transfer's data (USB 2.0, 9.3).
    private static let setupLength = 8

    private let raw: UnsafeMutablePointer<libusb_transfer>
    private let buffer: UnsafeMutablePointer<UInt8>
    private let target: Target
    private let completed: @Sendable (USBTransfer) -> Void

    /// Prepares a transfer; nil when there is no memory.
    init?(_ target: Target, completed: @escaping @Sendable (USBTransfer) -> Void) {
        guard let raw = libusb_alloc_transfer(0) else { return nil }
        self.raw = raw
        self.target = target
        self.completed = completed
        switch target {
        case .control(let request, _):
            self.buffer = Self.buffer(for: request)
        case .interrupt(_, let length):
            self.buffer = .allocate(capacity: length)
            self.buffer.initialize(repeating: 0, count: length)
        }
    }

    deinit {
        libusb_free_transfer(self.raw)
        self.buffer.deallocate()
    }

    /// Hands the transfer to libusb; 0, or libusb's code of why it was not taken.
    func submit(to handle: USBHandle) -> Int32 {
        self.fill(handle.raw)
        let reference = Unmanaged.passRetained(self)
        self.raw.pointee.user_data = reference.toOpaque()
        let code = libusb_submit_transfer(self.raw)
        if code != 0 { reference.release() }
        return code
    }

    /// Asks for an early end, which is reported like any other.
    func cancel() {
        // NOT_FOUND: it has ended already.
        libusb_cancel_transfer(self.raw)
    }

    /// How the transfer ended.
    var status: libusb_transfer_status { self.raw.pointee.status }

    /// The bytes that came, without those of the request.
    var received: [UInt8] {
        let start =
            switch self.target {
            case .control: Self.setupLength
            case .interrupt: 0
            }
        let count = Int(max(0, self.raw.pointee.actual_length))
        return Array(UnsafeBufferPointer(start: self.buffer + start, count: count))
    }

    private func fill(_ handle: OpaquePointer) {
        let callback: libusb_transfer_cb_fn = { raw in
            guard let reference = raw?.pointee.user_data else { return }
            let transfer = Unmanaged<USBTransfer>.fromOpaque(reference).takeRetainedValue()
            transfer.completed(transfer)
        }
        switch self.target {
        case .control(_, let timeout):
            libusb_fill_control_transfer(
                self.raw, handle, self.buffer, callback, nil, Self.milliseconds(timeout))
        case .interrupt(let endpoint, let length):
            libusb_fill_interrupt_transfer(
                self.raw, handle, endpoint, self.buffer, Int32(clamping: length), callback, nil, 0)
        }
    }

    private static func buffer(for request: USBControlRequest) -> UnsafeMutablePointer<UInt8> {
        let length = Self.setupLength + Int(request.length)
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: length)
        buffer.initialize(repeating: 0, count: length)
        libusb_fill_control_setup(
            buffer, request.type, request.request, request.value, request.index, request.length)
        if !request.isRead {
            for (index, byte) in request.payload.prefix(Int(request.length)).enumerated() {
                buffer[Self.setupLength + index] = byte
            }
        }
        return buffer
    }

    /// At least one: 0 would be for ever.
    static func milliseconds(_ duration: Duration) -> UInt32 {
        let (seconds, attoseconds) = duration.components
        let whole = seconds.multipliedReportingOverflow(by: 1000)
        guard !whole.overflow else { return seconds < 0 ? 1 : .max }
        return UInt32(clamping: max(1, whole.partialValue &+ attoseconds / 1_000_000_000_000_000))
    }
}

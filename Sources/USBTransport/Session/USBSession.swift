internal import CLibUSB

/// One libusb context with its event thread, from `libusb_init` to `libusb_exit`.
///
/// Without udev a context never learns of devices plugged in later: then a new session is made for each look around,
/// while the devices that are open stay with theirs.
///
/// `@unchecked Sendable`: everything but the event thread and the arrival callback runs on the queue of ``USBContext``.
final class USBSession: @unchecked Sendable {
    /// How many devices are open in this session; only touched on the queue.
    var openDevices = 0

    private let context: OpaquePointer
    private let events: USBEventThread
    private let arrivals: USBArrivals
    private var callback: libusb_hotplug_callback_handle?

    /// Starts libusb, and tells `arrivals` of devices plugged in from now on, where udev runs.
    init(arrivals: USBArrivals) throws(USBError) {
        var context: OpaquePointer?
        let code = libusb_init(&context)
        guard code == 0, let context else { throw .starting(code) }
        do throws(USBError) {
            self.events = try USBEventThread(context: context)
        } catch {
            libusb_exit(context)
            throw error
        }
        self.context = context
        self.arrivals = arrivals
        self.callback = Self.listen(context, arrivals)
    }

    /// Ends the thread and libusb; every device of the session must have been closed.
    func end() {
        if let callback = self.callback { libusb_hotplug_deregister_callback(self.context, callback) }
        self.events.end()
        libusb_exit(self.context)
    }

    /// Lends the devices that are plugged in; the pointers are valid within `work` only.
    func withDevices<T>(_ work: (UnsafeBufferPointer<OpaquePointer?>) throws(USBError) -> T) throws(USBError) -> T {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = libusb_get_device_list(self.context, &list)
        guard count >= 0 else { throw .listing(Int32(clamping: count)) }
        defer { libusb_free_device_list(list, 1) }
        return try work(UnsafeBufferPointer(start: list, count: count))
    }

    /// Who is plugged in, as far as this session knows, in the order of their places.
    func descriptions() throws(USBError) -> [USBDeviceDescription] {
        try self.withDevices { (list) throws(USBError) in
            list.compactMap { $0.flatMap(USBDeviceDescription.init(reading:)) }.sorted { $0.portPath < $1.portPath }
        }
    }

    /// Nil where this libusb knows no hotplug; then arrivals are found by looking again.
    private static func listen(_ context: OpaquePointer, _ arrivals: USBArrivals) -> libusb_hotplug_callback_handle? {
        var callback: libusb_hotplug_callback_handle = 0
        // The board outlives the session, which holds it; the callback does nothing but signal, since libusb allows
        // neither opening nor transfers in it.
        let code = libusb_hotplug_register_callback(
            context, Int32(LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue), 0, LIBUSB_HOTPLUG_MATCH_ANY,
            LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
            { _, _, _, board in
                if let board { Unmanaged<USBArrivals>.fromOpaque(board).takeUnretainedValue().signal() }
                return 0
            }, Unmanaged.passUnretained(arrivals).toOpaque(), &callback)
        return code == 0 ? callback : nil
    }
}

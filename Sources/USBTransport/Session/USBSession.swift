internal import CLibUSB
internal import Glibc

/// One libusb context with its event thread, from `libusb_init` to `libusb_exit`.
///
/// A context learns of devices plugged in later only where udev tells it. Where it does not, a new session is made for
/// each look around, while the devices that are open stay with theirs.
///
/// `@unchecked Sendable`: `openDevices` is only touched under the lock of ``USBContext``, everything else is constant.
final class USBSession: @unchecked Sendable {
    /// After how long the list of devices is made anew though udev seems to run: its files may have been passed into a
    /// container that its messages do not reach. Not more often, since the kernel makes who lists the devices wait while
    /// it tries a driver on one that hangs.
    static let longestTrust = Duration.seconds(60)
    /// There while udev runs; udev's own library looks for it too. libusb's word for hotplug says only how it was built.
    static let udevControl = "/run/udev/control"

    /// How many devices are open in this session.
    var openDevices = 0

    private let context: OpaquePointer
    /// Where transfers of the session's devices complete.
    let events: USBEventThread
    private let arrivals: USBArrivals
    private let callback: libusb_hotplug_callback_handle?
    private let start = ContinuousClock.now

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

    /// Whether the list of devices can be relied upon.
    var isTrusted: Bool {
        Self.isTrusted(
            age: ContinuousClock.now - self.start, isTold: self.callback != nil && access(Self.udevControl, F_OK) == 0)
    }

    /// Whether a session of this age can be relied upon, told of arrivals or not.
    static func isTrusted(age: Duration, isTold: Bool) -> Bool {
        isTold && age < Self.longestTrust
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

/// What becomes of the options of NUT's `usbhid-ups` where our own driver takes its place.
///
/// The names are those of ups.conf(5) and of `usbhid-ups -L` in NUT 2.8.0 to 2.8.5.
enum NUTDriverOptions {
    /// Options of `usbhid-ups` and of all drivers that have no equal, by name in small letters.
    static let texts: [String: (verdict: NUTFileNote.Verdict, text: String)] = [
        // What is found out from the device, or done in any case.
        "pollonly": (.notNeeded, "reports that the device sends by itself and those asked for are both used"),
        "interruptonly": (.notNeeded, "reports that the device sends by itself and those asked for are both used"),
        "interruptsize": (.notNeeded, "the length of each report is known from the device's descriptor"),
        "interrupt_pipe_no_events_tolerance": (.notNeeded, "a device that falls silent is asked"),
        "maxreport": (.notNeeded, "the length of each report is known from the device's descriptor"),
        "usb_set_altinterface": (.notNeeded, "the interface is found from the device's descriptors"),
        "usb_config_index": (.notNeeded, "the interface is found from the device's descriptors"),
        "usb_hid_rep_index": (.notNeeded, "the interface is found from the device's descriptors"),
        "usb_hid_desc_index": (.notNeeded, "the interface is found from the device's descriptors"),
        "usb_hid_ep_in": (.notNeeded, "the endpoints are found from the device's descriptors"),
        "usb_hid_ep_out": (.notNeeded, "the endpoints are found from the device's descriptors"),
        "langid_fix": (.notNeeded, "the language of the strings is asked of the device"),
        "waitbeforereconnect": (.notNeeded, "a device that comes back is found by itself"),
        "disable_fix_report_desc": (.notSupported, "known faults of descriptors are always mended"),
        "explore": (.notSupported, "`upsd-swift --list` shows the devices there are"),
        "subdriver": (.notSupported, "what a device means follows from its vendor number"),
        "winhid": (.notNeeded, "it is for Windows"),
        // Where the device is told something, or a state is shown otherwise.
        "lowbatt": (.notSupported, "nothing is written to the device; `low` of the UPS says when its battery is low"),
        "offdelay": (.notSupported, "no delay is written to the device"),
        "ondelay": (.notSupported, "no delay is written to the device"),
        "onlinedischarge": (.notSupported, "a device on mains that discharges is shown as it says"),
        "onlinedischarge_onbattery": (.notSupported, "a device on mains that discharges is shown as it says"),
        "onlinedischarge_calibration": (.notSupported, "a device on mains that discharges is shown as it says"),
        "onlinedischarge_log_throttle_sec": (.notNeeded, "only changes are logged"),
        "onlinedischarge_log_throttle_hovercharge": (.notNeeded, "only changes are logged"),
        "lbrb_log_delay_sec": (.notSupported, "a low or failing battery is shown as soon as the device says so"),
        "lbrb_log_delay_without_calibrating": (
            .notSupported, "a low or failing battery is shown as soon as the device says so"
        ),
        "powercom_sdcmd_byte_order_fallback": (.notSupported, "no command of this kind is sent"),
        "powercom_sdcmd_discrete_delay": (.notSupported, "no command of this kind is sent"),
        // Which device.
        "device": (.notSupported, "the number on the bus changes with each replug; match the serial or the port"),
        "busport": (
            .notSupported, "match has `port: BUS-PORT.PORT` for the whole place, as `upsd-swift --list` shows it"
        ),
        "allow_duplicates": (.notSupported, "each UPS must match a device of its own; match the serial or the port"),
        // Shutting the UPS down.
        "sdorder": (.notSupported, "the UPS itself is not switched off at the end of a shutdown"),
        "sdcommands": (.notSupported, "the UPS itself is not switched off at the end of a shutdown"),
        "allow_killpower": (.notSupported, "the UPS itself is not switched off at the end of a shutdown"),
        // How NUT starts the program.
        "nolock": (.notNeeded, "it is about starting NUT's driver, which this UPS needs no more"),
        "maxstartdelay": (.notNeeded, "it is about starting NUT's driver, which this UPS needs no more"),
        "maxretry": (.notNeeded, "it is about starting NUT's driver, which this UPS needs no more"),
        "retrydelay": (.notNeeded, "it is about starting NUT's driver, which this UPS needs no more"),
        "synchronous": (.notNeeded, "it is about NUT's driver, which this UPS needs no more"),
        "user": (.notNeeded, "it is about NUT's driver, which this UPS needs no more"),
        "group": (.notNeeded, "it is about NUT's driver, which this UPS needs no more"),
        "debug_min": (.notNeeded, "it is about NUT's driver, which this UPS needs no more"),
    ]

    /// Options for all UPSes that only NUT's own programs read.
    static let programs: Set<String> = [
        "chroot", "driverpath", "maxstartdelay", "maxretry", "retrydelay", "nowait", "synchronous", "user", "group",
        "debug_min", "reconnect_max_tries", "reconnect_report_freq", "libusb_debug",
    ]

    /// Options that stand without a value, so that a report may name them.
    static let flags: Set<String> = [
        "ignorelb", "nolock", "pollonly", "interruptonly", "maxreport", "explore", "nowait", "norating", "novendor",
        "ignoresab", "stayoff", "notransferoids", "symmetrathreephase", "usb_set_altinterface", "allow_duplicates",
        "repeater_disable_strict_start", "noscanlangid", "testing", "reset_to_default", "desc", "port",
    ]
}

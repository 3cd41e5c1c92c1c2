extension USBDeviceID {
    /// Boards of relays "USBRelayN".
    ///
    /// The numbers are those of every HID gadget made with V-USB: the product string decides.
    public static let relayBoards = [USBDeviceID(0x16c0, 0x05df)]

    /// Power strips "SiS-PM" of Gembird and EnerGenie.
    public static let powerStrips = [
        USBDeviceID(0x04b4, 0xfd10), USBDeviceID(0x04b4, 0xfd11), USBDeviceID(0x04b4, 0xfd12),
        USBDeviceID(0x04b4, 0xfd13), USBDeviceID(0x04b4, 0xfd15),
    ]
}

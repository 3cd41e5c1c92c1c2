extension USBDeviceID {
    /// The power devices that are known by their numbers, which the udev rule lists as well.
    ///
    /// A vendor whose HID devices are all UPSes stands for all its products; of others only the products known.
    /// Boards that anybody may program (Arduino, ST) are not among them: those must be named in the configuration.
    public static let powerDevices: [USBDeviceID] = [
        USBDeviceID(0x0463),  // MGE, Eaton
        USBDeviceID(0x051d),  // APC
        USBDeviceID(0x0764),  // CyberPower
        USBDeviceID(0x09ae),  // Tripp Lite
        USBDeviceID(0x0d9f),  // Powercom
        USBDeviceID(0x10af),  // Liebert
        // HP
        USBDeviceID(0x03f0, 0x0001), USBDeviceID(0x03f0, 0x1f06), USBDeviceID(0x03f0, 0x1f08),
        USBDeviceID(0x03f0, 0x1f09), USBDeviceID(0x03f0, 0x1f0a), USBDeviceID(0x03f0, 0x1fe0),
        USBDeviceID(0x03f0, 0x1fe1), USBDeviceID(0x03f0, 0x1fe2), USBDeviceID(0x03f0, 0x1fe3),
        USBDeviceID(0x03f0, 0x1fe5), USBDeviceID(0x03f0, 0x1fe6), USBDeviceID(0x03f0, 0x1fe7),
        USBDeviceID(0x03f0, 0x1fe8),
        // Dell
        USBDeviceID(0x047c, 0xffff),
        // IBM
        USBDeviceID(0x04b3, 0x0001),
        // Mini-Box openUPS
        USBDeviceID(0x04d8, 0xd004), USBDeviceID(0x04d8, 0xd005),
        // Belkin
        USBDeviceID(0x050d, 0x0375), USBDeviceID(0x050d, 0x0551), USBDeviceID(0x050d, 0x0750),
        USBDeviceID(0x050d, 0x0751), USBDeviceID(0x050d, 0x0900), USBDeviceID(0x050d, 0x0910),
        USBDeviceID(0x050d, 0x0912), USBDeviceID(0x050d, 0x0980), USBDeviceID(0x050d, 0x0f51),
        USBDeviceID(0x050d, 0x1100),
        // Powerware
        USBDeviceID(0x0592, 0x0004),
        // Delta and Minuteman
        USBDeviceID(0x05dd, 0x041b), USBDeviceID(0x05dd, 0xa011),
        // Phoenixtec: AEG, GoldenMate
        USBDeviceID(0x06da, 0xffff),
        // iDowell, GoldenMate
        USBDeviceID(0x075d, 0x0300),
        // Legrand
        USBDeviceID(0x1cb0, 0x0032), USBDeviceID(0x1cb0, 0x0038),
        // AEG
        USBDeviceID(0x2b2d, 0xffff),
        // Ever
        USBDeviceID(0x2e51, 0x0000), USBDeviceID(0x2e51, 0xffff),
        // Salicru
        USBDeviceID(0x2e66, 0x0201), USBDeviceID(0x2e66, 0x0202), USBDeviceID(0x2e66, 0x0203),
        USBDeviceID(0x2e66, 0x0300),
        // EcoFlow
        USBDeviceID(0x3746, 0xffff),
    ]
}

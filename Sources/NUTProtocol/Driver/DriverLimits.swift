/// The bounds of what a driver may tell of its device.
public enum DriverLimits {
    /// Variables of a device. The largest known, chains of PDUs behind `snmp-ups`, have less than two thousand.
    public static let variables = 4_096

    /// Commands of a device: three for every outlet of the largest chains.
    public static let commands = 2_048

    /// Values and ranges of all enumerations of a device together.
    public static let choices = 8_192

    /// Bytes of a variable's or command's name; with a device's name and a value it must fit a line of 511.
    public static let nameBytes = 127

    /// Orders that wait for the driver's word on them. A driver carries them out one after the other.
    public static let orders = 64
}

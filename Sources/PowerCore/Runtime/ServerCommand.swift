/// What can be asked of the daemon itself, as instant commands of a device that is in no list of devices.
public enum ServerCommand {
    /// The device; no device of a configuration can be called like that.
    public static let device: DeviceID = ".server"
    /// Reads the configuration again.
    public static let reload = "reload"
    /// The variables that plans are made of, one a host or load: this and a number from 1 on.
    public static let planPrefix = "plan.node."
    /// The variables of the device that was heard longest ago: this and `age` in seconds at the last change, or `device`.
    public static let oldestPrefix = "reading.oldest."
    /// What stands between the lines of a refusal: they travel as one text.
    public static let lineSeparator = " | "
}

/// A UPS as `ups.conf` describes it.
public struct NUTUPS: Hashable, Sendable {
    /// An option of a driver, or one that stands for all.
    public struct Option: Hashable, Sendable {
        /// The name as written; drivers compare without case.
        public var name: String
        /// The value; nil for a flag.
        public var value: String?
        /// Where it is set.
        public var place: NUTFilePlace
    }

    /// The name of the section.
    public var name: String
    /// Where the section begins.
    public var place: NUTFilePlace
    /// The program that drives it (`usbhid-ups`).
    public var driver: NUTPlaced<String>
    /// What the driver opens: a device, a host, a file, or `auto`.
    public var port: NUTPlaced<String>
    /// The text for clients.
    public var description: NUTPlaced<String>?
    /// Everything else, in the order of the file; of an option that stands twice only the last one, which counts.
    public var options: [Option]

    /// The option of this name, compared without case as drivers do; nil where it is not set.
    public func option(_ name: String) -> Option? {
        self.options.first { $0.name.lowercased() == name.lowercased() }
    }
}

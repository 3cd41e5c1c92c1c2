public import PowerCore

/// What clients may read of one device, its lines written once for all of them.
///
/// Immutable and shared by all connections: a reply is a copy of bytes, with the names put over in the client's
/// own spelling. The lines are sorted by name without regard to case, as NUT sorts them.
public final class DevicePage: Sendable {
    /// Where a line and its parts lie in ``variableLines`` or ``commandLines``.
    struct Entry: Sendable {
        var lineStart: Int
        var lineEnd: Int
        /// Where the name of the variable or command lies.
        var name: Range<Int>
        /// Its place in the snapshot's list.
        var index: Int
    }

    /// Bytes of a device's name: half a reply line, so that the other half is left for what is said of it. Devices
    /// with longer names are not shown.
    public static let maximumNameBytes = LineLimits.replyBytes / 2

    /// The most that an answer puts around the two names: ` RW ENUM STRING:` and a number is the longest.
    private static let roomForWords = 48

    /// What the page was made from.
    public let device: DeviceSnapshot
    /// The device's name as it goes over the wire.
    let name: ArraySlice<UInt8>
    /// `UPS device "description"`, the device's line in the list of devices.
    let deviceLine: [UInt8]
    /// `VAR device name "value"`, a line for each variable.
    let variableLines: [UInt8]
    let variables: [Entry]
    private let variableIndex: NameIndex
    /// `CMD device name`, a line for each command.
    let commandLines: [UInt8]
    let commands: [Entry]
    private let commandIndex: NameIndex

    /// Writes the page of `device`, which clients may know under another `name`.
    public init(_ device: DeviceSnapshot, name: String? = nil) {
        self.device = device
        self.name = Self.wireName(name ?? device.id.name)
        self.deviceLine = Self.line(of: self.name, device.description)
        (self.variableLines, self.variables) = Self.write(
            "VAR", device: self.name, names: device.variables.map(\.name), values: device.variables.map(\.value))
        (self.commandLines, self.commands) = Self.write(
            "CMD", device: self.name, names: device.commands.map(\.name), values: nil)
        let (variableLines, commandLines) = (self.variableLines, self.commandLines)
        self.variableIndex = NameIndex(self.variables.map { variableLines[$0.name] })
        self.commandIndex = NameIndex(self.commands.map { commandLines[$0.name] })
    }

    /// The place of the variable called `name`, without regard to case.
    func variable(_ name: ArraySlice<UInt8>) -> Entry? {
        let place = self.variableIndex.place(of: name) { place in
            ASCII.areSame(self.variableLines[self.variables[place].name], name)
        }
        return place.map { self.variables[$0] }
    }

    /// The place of the command called `name`, without regard to case.
    func command(_ name: ArraySlice<UInt8>) -> Entry? {
        let place = self.commandIndex.place(of: name) { place in
            ASCII.areSame(self.commandLines[self.commands[place].name], name)
        }
        return place.map { self.commands[$0] }
    }

    /// `name` without the bytes that no client could send.
    static func wireName(_ name: String) -> ArraySlice<UInt8> {
        ArraySlice(name.utf8.filter(ASCII.canTravel))
    }

    private static func line(of name: ArraySlice<UInt8>, _ description: String?) -> [UInt8] {
        var buffer = ReplyBuffer()
        buffer.append("UPS")
        buffer.appendWord(name)
        buffer.appendQuoted(description ?? Descriptions.none)
        buffer.endLine()
        return buffer.bytes
    }

    private static func write(
        _ kind: StaticString, device: ArraySlice<UInt8>, names: [String], values: [String]?
    ) -> ([UInt8], [Entry]) {
        var buffer = ReplyBuffer()
        var entries: [Entry] = []
        let sorted = names.indices
            .map { (index: $0, name: Self.wireName(names[$0])) }
            .sorted { ASCII.order($0.name, $1.name) < 0 }
        for (index, name) in sorted {
            // A name that leaves no room for the words around it cannot be told to anybody.
            guard buffer.hasRoom(for: device.count + name.count + Self.roomForWords) else { continue }
            let lineStart = buffer.bytes.count
            buffer.append(kind)
            buffer.appendWord(device)
            buffer.appendWord(name)
            let nameEnd = buffer.bytes.count
            if let values { buffer.appendQuoted(values[index]) }
            buffer.endLine()
            entries.append(
                Entry(
                    lineStart: lineStart, lineEnd: buffer.bytes.count, name: (nameEnd - name.count)..<nameEnd,
                    index: index))
        }
        return (buffer.bytes, entries)
    }
}

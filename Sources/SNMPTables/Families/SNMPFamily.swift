/// How devices that speak alike are read and switched by SNMP; what differs from family to family is all in here.
public struct SNMPFamily: Hashable, Sendable {
    /// What a family's devices are.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Something with outlets.
        case pdu
        /// Something with a battery.
        case ups
    }

    /// The name in the configuration (`apc-rpdu2`).
    public var name: String
    /// What its devices are called (`APC Rack PDU 2G`).
    public var title: String
    /// What its devices are.
    public var kind: Kind
    /// Families with a lower rank are looked for first: devices that answer to several have one that tells more.
    public var rank: Int
    /// What must exist; the tables of outlets or, where there are none, these objects.
    var detect: [ObjectTemplate]
    /// The NUT variables of the device as a whole.
    var variables: [VariableSource]
    /// Where the words of `ups.status` come from, in their order.
    var status: [StatusSource]
    /// The outlets; nil where it has none that could be read one by one.
    var outlets: OutletTable?
}

/// Where a NUT variable comes from.
struct VariableSource: Hashable, Sendable {
    /// How the values of several objects, such as the phases', become one.
    enum Combination: String, Hashable, Sendable, CaseIterable {
        /// The first that the device has.
        case first
        case sum
        case largest
    }

    /// What is made of the objects.
    enum Content: Hashable, Sendable {
        /// The same for every device.
        case constant(String)
        /// A text as the device has it.
        case text
        /// A number.
        case number(Scale)
        /// Words for numbers; nothing for a number without one.
        case words([Int64: String])
    }

    var name: String
    var objects: [ObjectTemplate]
    var content: Content
    var combination = Combination.first
    /// Numbers that mean "not measured".
    var absent: Set<Int64> = []

    /// Whether it stays the same for as long as the device does.
    var isConstant: Bool {
        self.name.hasPrefix("device.") || self.name.hasSuffix(".nominal") || self.name.hasPrefix("ups.firmware")
            || ["ups.mfr", "ups.model", "ups.serial"].contains(self.name)
    }
}

/// Where words of `ups.status` come from.
struct StatusSource: Hashable, Sendable {
    var object: ObjectTemplate
    /// The words for each number; none for a number without them.
    var words: [Int64: [String]]
}

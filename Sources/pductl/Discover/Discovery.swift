import PowerCore

/// Something that a look around has found.
struct Discovery: Equatable {
    /// How it would stand in a configuration.
    enum Use: Equatable {
        case ups
        case pdu
        /// Not at all: what is known of it says nothing of power.
        case none
    }

    /// How it would stand in a configuration.
    var use: Use
    /// The driver.
    var driver: String
    /// What it calls itself, which becomes its name.
    var label: String
    /// Further settings, in order; a group is written with a dot (`match.serial`).
    var settings: [Setting] = []
    /// Where and what it is, for a comment.
    var remark: String

    /// A key with its value.
    struct Setting: Equatable {
        var key: String
        var value: String

        init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
    }
}

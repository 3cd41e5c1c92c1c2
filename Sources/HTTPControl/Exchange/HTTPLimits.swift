/// What bounds every talk with a device.
enum HTTPLimits {
    /// Bytes of one answer. A UniFi device's entry has some 50 kB, an answer of a strip one; a tree of JSON takes many
    /// times its bytes.
    static let answer = 1 << 20
    /// Times that one call is sent while a login is found: once without, once with, and once more when what was known
    /// of the login has aged.
    static let attempts = 3
    /// Times a question is asked again when the connection ended under it: a device may close one that was idle in the
    /// moment in which it is used again. An order is never sent again.
    static let repeats = 1
    /// Requests' time that a whole reading or order may take: a PDU with Redfish is asked outlet by outlet.
    static let callsOfTime = 6
    /// Outlets of one device; the largest PDUs have 48.
    static let outlets = 64
    /// Cookies kept of a login: a controller sets one or two.
    static let cookies = 8
    /// Seconds for which a connection is kept for the next call. Longer than between the calls of one reading, and
    /// shorter than devices wait before they close it; they have few.
    static let idle: Int64 = 1
    /// Connections to one address at the same moment; a strip has room for a handful.
    static let connections = 2
}

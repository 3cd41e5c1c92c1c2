/// How `pductl` ends; the numbers are documented and do not change.
enum Ending: Int32, Equatable {
    /// Done.
    case done = 0
    /// The server or the device refused, or it did not work.
    case failed = 1
    /// The command line is wrong, or names more than one thing, or none.
    case usage = 2
    /// The server cannot be reached or does not answer like one.
    case unreachable = 3
    /// The user, the password or the user's rights do not allow it.
    case notPermitted = 4
}

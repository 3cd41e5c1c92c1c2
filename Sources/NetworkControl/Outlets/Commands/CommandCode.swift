internal import PowerCore

/// What the code means with which a program for outlets ends. Where there is a customary one (`sysexits.h`), it is that.
enum CommandCode {
    /// The program does not know the request or the outlet.
    static let notSupported: Int32 = 64
    /// The device is not there.
    static let gone: Int32 = 69
    /// Somebody else has the device just now.
    static let busy: Int32 = 75
    /// The device lets us not do it.
    static let notPermitted: Int32 = 77
    /// The device keeps the outlet as it is, by a lock of its own.
    static let locked: Int32 = 80

    /// The kind of failure that an end is.
    static func kind(of end: ProgramEnd.How) -> DeviceFailure.Kind {
        switch end {
        case .exited(Self.notSupported): .notSupported
        case .exited(Self.gone): .gone
        case .exited(Self.busy): .busy
        case .exited(Self.notPermitted), .notStarted: .notPermitted
        case .exited(Self.locked): .locked
        case .late, .stuck: .timedOut
        case .exited, .signalled: .stalled
        }
    }
}

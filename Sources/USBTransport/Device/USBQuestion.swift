public import PowerCore

/// What devices are asked that USB does not tell apart: they have no serial numbers, and the same strings.
public struct USBQuestion: Sendable {
    /// What the device that is meant answers, for messages (`the id HURTM`).
    public var wanted: String
    /// Asks an open device whether it is the one.
    public var isRight: @Sendable (any HIDDevice) async throws(DeviceFailure) -> Bool

    /// Makes a question.
    public init(
        _ wanted: String, isRight: @escaping @Sendable (any HIDDevice) async throws(DeviceFailure) -> Bool
    ) {
        self.wanted = wanted
        self.isRight = isRight
    }
}

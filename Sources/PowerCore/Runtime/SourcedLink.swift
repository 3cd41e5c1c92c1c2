/// An open connection to whatever knows a device's variables.
public protocol SourcedLink: UPSControl {
    /// What there is to tell, in order. Each update holds the whole state, so that old ones may be dropped for new ones.
    ///
    /// For one reader. Ends after ``SourcedUpdate/lost(_:)``, or when the link is closed.
    var updates: AsyncStream<SourcedUpdate> { get }
    /// Ends the connection; harmless when repeated.
    func close() async
}

/// Opens connections to whatever knows a device's variables.
public protocol UPSSource: Sendable {
    /// Connects, or says why that is not possible now.
    func open() async throws(DeviceFailure) -> any SourcedLink
}

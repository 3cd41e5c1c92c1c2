/// Why a report descriptor was refused; every case says at which byte.
///
/// What devices get wrong and what can still be read is no error but a ``ReportDescriptor/Warning``.
public enum ReportDescriptorError: Error, Hashable, Sendable {
    /// The descriptor has more bytes than ``ReportDescriptor/maximumLength``.
    case tooLong(count: Int)
    /// Collections are nested deeper than ``ReportDescriptor/maximumDepth``.
    case nestedTooDeep(offset: Int)
    /// More Push items are open than ``ReportDescriptor/maximumPushes``.
    case pushedTooDeep(offset: Int)
    /// There are more fields than ``ReportDescriptor/maximumFields``.
    case tooManyFields(offset: Int)
    /// A report would have more bits than ``ReportDescriptor/maximumReportBits``.
    case reportTooLong(offset: Int)
    /// A report ID does not fit into its byte.
    case reportIDOutOfRange(offset: Int)
}

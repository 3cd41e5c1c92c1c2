public import PowerCore

/// How long the steps on the way to an outlet may take; only tests have a reason to change them.
public struct OutletLimits: Hashable, Sendable {
    /// How long a name may take to become addresses: one question to a name server that is there.
    public var lookUp = Duration.seconds(3)
    /// How long a device may take to accept a connection: small ones on a bad radio link need a second or two.
    public var connect = Duration.seconds(3)
    /// How long a whole call may take, whatever it consists of.
    public var call: Duration

    /// Makes limits for calls that take at most `call`.
    public init(call: Duration = Configuration.KasaStrip.callLimit) {
        self.call = call
    }

    /// Outlets that are listened to: more than any device has, and few next to what a hostile answer could list.
    static let outlets = 64
    /// Bytes of one answer. The longest honest ones, of a strip or a rack of nodes, have a few thousand.
    static let answerBytes = 65_536
    /// Answers that wait to be read; each is waited for before the next question.
    static let unreadAnswers = 4
    /// Characters of a text out of a device that are shown to a person, so that a log line stays one.
    static let shownCharacters = 120
}

/// What a host or load says of how it is stopped, started and reached, with the places of what may be missing or idle.
struct HostWords {
    /// The ways of stopping; without their places where none are written.
    var ways: [Marked<StopPlan.Way>] = []
    /// The methods of starting; without their places where none are written.
    var methods: [Marked<StartPlan.Method>] = []
    /// Whether every way and method was understood; where one was not, nobody knows what is idle.
    var isUnderstood = true
    /// How the host is reached.
    var access = Configuration.HostAccess()
    /// Where `ssh` stands, whether or not it could be read.
    var ssh: ConfigurationMark?
    /// Where `mac` stands, whether or not it could be read.
    var mac: ConfigurationMark?
    /// Where `command` of `stop` stands, whether or not it could be read.
    var stopCommand: ConfigurationMark?
    /// Where `command` of `start` stands, whether or not it could be read.
    var startCommand: ConfigurationMark?
}

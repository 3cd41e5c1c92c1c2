import NetworkControl

extension NetworkLimits {
    /// Short enough to be waited for in a test.
    static var short: NetworkLimits {
        var limits = NetworkLimits()
        limits.program = .seconds(1)
        limits.grace = .milliseconds(200)
        limits.probe = .milliseconds(600)
        limits.wakeGap = .milliseconds(1)
        return limits
    }
}

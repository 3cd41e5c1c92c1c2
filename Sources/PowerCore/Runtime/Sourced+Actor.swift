extension Actor {
    /// Who orders a shutdown where a driver or server behind ours shows `FSD` of itself.
    static let theDeviceItself = Actor(user: "the word FSD", address: "its own ups.status")
}

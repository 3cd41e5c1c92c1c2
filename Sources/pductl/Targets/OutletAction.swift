/// What a person may ask of an outlet; the raw values are the last words of NUT's commands.
enum OutletAction: String, CaseIterable {
    case on
    case off
    case cycle

    /// What has happened when it is done.
    var done: String {
        switch self {
        case .on: "switched on"
        case .off: "switched off"
        case .cycle: "switched off and on"
        }
    }
}

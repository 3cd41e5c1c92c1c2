import PowerCore

/// What a person named, found among the outlets of a server; never guessed.
enum OutletTarget: Equatable {
    /// Exactly one outlet is meant.
    case found(OutletPicture)
    /// Several may be meant.
    case ambiguous([OutletPicture])
    /// None is; the nearest names are offered.
    case unknown(nearest: [String])

    /// Finds `text`: a number, `PDU/NUMBER`, the name of an outlet, or a host or load that outlets feed.
    init(_ text: String, in picture: ServerPicture) {
        let candidates = Self.candidates(text, in: picture)
        switch candidates.count {
        case 0: self = .unknown(nearest: Spelling.nearest(to: text, among: Self.names(in: picture)))
        case 1: self = .found(candidates[0])
        default: self = .ambiguous(candidates)
        }
    }

    private static func candidates(_ text: String, in picture: ServerPicture) -> [OutletPicture] {
        let wanted = text.lowercased()
        if wanted.contains("/") { return picture.outlets.filter { "\($0.id)".lowercased() == wanted } }
        if let number = Int(wanted), wanted.allSatisfy(\.isNumber) {
            return picture.outlets.filter { $0.id.number == number }
        }
        let named = picture.outlets.filter { $0.name?.lowercased() == wanted }
        let feeding = picture.outlets(feeding: text)
        return named + feeding.filter { !named.contains($0) }
    }

    /// Everything that may be typed, each once.
    private static func names(in picture: ServerPicture) -> [String] {
        let outlets = picture.outlets
        let all = outlets.compactMap(\.name) + outlets.flatMap(\.fed) + outlets.map { "\($0.id)" }
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }
}

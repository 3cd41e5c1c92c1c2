import PowerCore

/// The outlets that a fencing request is about, and with which parameter each is switched.
struct FencePlugs: Equatable {
    /// One outlet.
    struct Plug: Equatable {
        /// The outlet.
        var outlet: OutletPicture
        /// The name that goes with an order to take its power away; nil where none is needed or known.
        var force: String?
    }

    /// The outlets, each once.
    let plugs: [Plug]

    /// Finds the outlets; a failure where not all of them are known, since half a host that is off is a host that runs.
    init(_ request: FenceRequest, in picture: ServerPicture) throws(FenceEnd) {
        let things: [Thing]
        do throws(Selection.Failure) {
            things = try Selection(picture: picture, kind: nil).things(request.plugs)
        } catch {
            let wording = Selection.Wording(command: "fence_pductl -n", flags: "", json: false)
            throw FenceEnd.failed(
                String(error.outcome(wording).complaint.dropFirst("pductl: ".count).prefix { $0 != "\n" }))
        }
        var plugs: [Plug] = []
        for thing in things {
            try Self.check(thing, in: picture)
            for outlet in thing.outlets where !plugs.contains(where: { $0.outlet == outlet }) {
                plugs.append(Plug(outlet: outlet, force: Self.force(for: outlet, thing, request)))
            }
        }
        self.plugs = plugs
    }

    /// A failure where one of them must not be switched by a cluster.
    func checkProtection(_ request: FenceRequest) throws(FenceEnd) {
        for plug in self.plugs where plug.outlet.isProtected && request.force == nil {
            throw FenceEnd.failed("outlet \(plug.outlet.title) is protected; name what it feeds with force")
        }
    }

    private static func check(_ thing: Thing, in picture: ServerPicture) throws(FenceEnd) {
        guard case .outlet = thing else {
            guard case .consumer(let name, _, _) = thing else {
                throw FenceEnd.failed("\(thing.kind.rawValue) \(thing.name) is no outlet and no host")
            }
            let missing = picture.missingFeeds(of: name)
            guard missing.isEmpty else {
                throw FenceEnd.failed(
                    "\(name) is fed by \(missing.joined(separator: " and ")) too, which is not known now")
            }
            guard !thing.outlets.isEmpty else { throw FenceEnd.failed("\(name) is fed by no outlet") }
            return
        }
    }

    /// What is named to the server: what the request names, the host itself, or the only thing that the outlet feeds.
    private static func force(for outlet: OutletPicture, _ thing: Thing, _ request: FenceRequest) -> String? {
        let fed = Dictionary(outlet.fed.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        for name in [request.force, thing.kind == .host ? thing.name : nil, request.node] {
            if let name, let known = fed[name.lowercased()] { return known }
        }
        return outlet.fed.count == 1 ? outlet.fed[0] : nil
    }
}

extension ServerPicture {
    /// The feeds of a host that are no outlet of which something is known: a UPS, or an outlet of a silent PDU.
    func missingFeeds(of host: String) -> [String] {
        let known = Set(self.outlets.map { "\($0.id)".lowercased() })
        return (self.device(host)?["host.feeds"] ?? "").split(separator: " ").map(String.init)
            .filter { !known.contains($0.lowercased()) }
    }
}

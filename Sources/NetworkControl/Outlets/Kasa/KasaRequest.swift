internal import PowerCore

/// What a Kasa device is asked, one command of one module at a time.
struct KasaRequest: Hashable {
    /// The part of the device that is asked (`system`, `emeter`).
    let module: String
    /// What it is to do.
    let command: String
    /// The command's arguments in JSON.
    let arguments: String
    /// The outlet it is about; nil for the device as a whole.
    let child: String?

    private init(_ module: String, _ command: String, _ arguments: String = "{}", of child: String? = nil) {
        self.module = module
        self.command = command
        self.arguments = arguments
        self.child = child
    }

    /// What the device is, and how its outlets stand.
    static let information = KasaRequest("system", "get_sysinfo")

    /// What an outlet draws.
    static func meter(of child: String?) -> KasaRequest {
        KasaRequest("emeter", "get_realtime", of: child)
    }

    /// Switches an outlet.
    static func turn(_ child: String?, _ position: OutletPosition) -> KasaRequest {
        KasaRequest("system", "set_relay_state", "{\"state\":\(position == .on ? 1 : 0)}", of: child)
    }

    /// Gives an outlet another name.
    static func rename(_ child: String?, to name: String) -> KasaRequest {
        KasaRequest("system", "set_dev_alias", "{\"alias\":\(JSONTree.quoted(name))}", of: child)
    }

    /// The request as it is sent.
    var bytes: [UInt8] {
        let context = self.child.map { "\"context\":{\"child_ids\":[\(JSONTree.quoted($0))]}," } ?? ""
        return KasaFrameDecoder.frame("{\(context)\"\(self.module)\":{\"\(self.command)\":\(self.arguments)}}")
    }
}

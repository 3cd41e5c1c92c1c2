/// What the fence agent tells of itself, for clusters (XML after the schema of fence-agents) and for people.
enum FenceMetadata {
    private static let about = "Fence agent for outlets of PDUs behind upsd-swift or another NUT server"

    private static let text = """
        fence_pductl is an I/O fencing agent that switches outlets of PDUs through a NUT server, upsd-swift or another. A \
        plug is an outlet (rack-a/4), several of them with commas, or a host that the server knows: then it is all outlets \
        that feed it. A host is off only when all of them are. Every change is verified by reading the outlets.
        """

    /// The actions in the order of the metadata.
    private static let actions: [FenceAction] = [
        .on, .off, .reboot, .status, .list, .listStatus, .monitor, .metadata, .validateAll,
    ]

    /// The metadata.
    static var xml: String {
        var lines = [
            #"<?xml version="1.0" ?>"#, #"<resource-agent name="fence_pductl" shortdesc="\#(Self.about)" >"#,
            "<longdesc>\(Self.escaped(Self.text))</longdesc>",
            "<vendor-url>https://www.networkupstools.org</vendor-url>", "<parameters>",
        ]
        for parameter in FenceParameter.all {
            lines += Self.lines(parameter, named: parameter.name, parameter.oldName.map { "obsoletes=\"\($0)\"" })
            if let old = parameter.oldName { lines += Self.lines(parameter, named: old, #"deprecated="1""#) }
        }
        lines += ["</parameters>", "<actions>"]
        for action in Self.actions {
            let automatic = action == .on ? #" automatic="0""# : ""
            lines.append("\t<action name=\"\(action.rawValue)\"\(automatic) />")
        }
        lines += ["</actions>", "</resource-agent>"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The help.
    static var usage: String {
        let width = (FenceParameter.all.map(\.synopsis.count).max() ?? 0) + 2
        let lines = FenceParameter.all.map { parameter in
            let gap = String(repeating: " ", count: width - parameter.synopsis.count)
            let usual = parameter.usual.map { " (\($0))" } ?? ""
            return "  \(parameter.synopsis)\(gap)\(parameter.help)\(usual)"
        }
        return
            "\(Self.about).\n\nUsage: fence_pductl [options], or without any: lines name=value on the standard input\n\n"
            + lines.joined(separator: "\n") + "\n\nActions: "
            + Self.actions.map(\.rawValue).joined(separator: ", ")
            + "\nExit status: 0 done, 1 not done or not verified; of status 0 on, 2 off\n"
    }

    private static func lines(_ parameter: FenceParameter, named name: String, _ more: String?) -> [String] {
        let usual = parameter.usual.map { " default=\"\(Self.escaped($0))\"" } ?? ""
        return [
            "\t<parameter name=\"\(name)\" unique=\"0\" required=\"0\"\(more.map { " \($0)" } ?? "")>",
            "\t\t<getopt mixed=\"\(Self.escaped(parameter.synopsis))\" />",
            "\t\t<content type=\"\(parameter.content.rawValue)\"\(usual) />",
            "\t\t<shortdesc lang=\"en\">\(Self.escaped(parameter.help))</shortdesc>", "\t</parameter>",
        ]
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

import Foundation
import NetworkControl
import PowerCore

/// Shell scripts that keep a strip of outlets in files, and misbehave where a file says so.
struct CommandRig: Sendable {
    let folder: TemporaryFolder
    let outlets: CommandOutlets

    static let count = 3
    static let pause = 3

    /// Lists the outlets; what the device is away or locked is in files.
    private static let reader = """
        #!/bin/sh
        cd "${0%/*}" || exit 1
        [ -e unreachable ] && { echo "no route to the strip" >&2; exit 69; }
        [ -e away ] && [ "$(date +%s)" -lt "$(cat away)" ] && { echo "the strip starts" >&2; exit 69; }
        echo "# a strip of files"
        echo noise >&2
        for outlet in \((1...count).map(String.init).joined(separator: " ")); do
            locked=no; [ -e "locked-$outlet" ] && locked=yes
            echo "$outlet $(cat "state-$outlet") watts=1$outlet.5 locked=$locked name=$(cat "name-$outlet")"
        done
        """

    /// `set OUTLET on|off`
    private static let setter = """
        #!/bin/sh
        cd "${0%/*}" || exit 1
        echo "$# $*" >> calls
        [ -e unreachable ] && { echo "no route to the strip" >&2; exit 69; }
        [ -e away ] && [ "$(date +%s)" -lt "$(cat away)" ] && { echo "the strip starts" >&2; exit 69; }
        [ -e "refuses-$1" ] && { echo "read only" >&2; exit 77; }
        [ -e "locked-$1" ] && { echo "locked at the strip" >&2; exit 80; }
        if [ -e "slow-$1" ]; then
            (sleep \(pause); echo "$2" > "state-$1") > /dev/null 2>&1 &
        elif [ ! -e "stuck-$1" ]; then
            echo "$2" > "state-$1"
        fi
        [ -e "reboots-$1" ] && { rm "reboots-$1"; echo $(($(date +%s) + \(pause))) > away; }
        exit 0
        """

    /// `cycle OUTLET SECONDS`
    private static let cycler = """
        #!/bin/sh
        cd "${0%/*}" || exit 1
        ./set "$1" off || exit
        (sleep "$2"; ./set "$1" on) > /dev/null 2>&1 &
        """

    init(names: [Int: String] = [:], timeout: Duration = .seconds(5)) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        try folder.write("read", Self.reader, mode: 0o700)
        try folder.write("set", Self.setter, mode: 0o700)
        try folder.write("cycle", Self.cycler, mode: 0o700)
        try folder.write("rename", "#!/bin/sh\ncd \"${0%/*}\" && printf %s \"$2\" > \"name-$1\"\n", mode: 0o700)
        let commands = Configuration.OutletCommands(
            read: ["\(folder.path)/read"], on: ["\(folder.path)/set", "{outlet}", "on"],
            off: ["\(folder.path)/set", "{outlet}", "off"], cycle: ["\(folder.path)/cycle", "{outlet}", "{seconds}"],
            rename: ["\(folder.path)/rename", "{outlet}", "{name}"], timeout: timeout)
        self.outlets = CommandOutlets("strip", commands, names: names)
        try self.reset()
    }

    /// Everything as at the beginning.
    func reset() throws {
        for file in try FileManager.default.contentsOfDirectory(atPath: self.folder.path) {
            guard !["read", "set", "cycle", "rename"].contains(file) else { continue }
            try FileManager.default.removeItem(atPath: "\(self.folder.path)/\(file)")
        }
        for outlet in 1...Self.count {
            try self.folder.write("state-\(outlet)", "on\n")
            try self.folder.write("name-\(outlet)", "load \(outlet)")
        }
    }

    /// How an outlet stands in its file.
    func position(_ outlet: Int) throws -> OutletPosition? {
        let text = try self.folder.read("state-\(outlet)")
        return OutletPosition(rawValue: text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}

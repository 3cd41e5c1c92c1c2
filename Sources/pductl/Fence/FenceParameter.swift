/// A parameter of the fence agent, on a command line and on the standard input.
struct FenceParameter: Equatable {
    /// What may stand behind it, in the words of the metadata.
    enum Content: String {
        case string
        case integer
        case second
        case boolean
    }

    /// The name on the standard input; with `-` for `_` it is the long option.
    var name: String
    /// The older name, which is still taken.
    var oldName: String?
    /// The letter of the short option.
    var letter: Character?
    /// What may stand behind it.
    var content: Content
    /// What it is without being given.
    var usual: String?
    /// What it is about.
    var help: String

    private init(
        _ name: String, _ help: String, letter: Character? = nil, old: String? = nil, _ content: Content = .string,
        usual: String? = nil
    ) {
        (self.name, self.oldName, self.letter) = (name, old, letter)
        (self.content, self.usual, self.help) = (content, usual, help)
    }

    /// The long option without its dashes.
    var option: String { self.name.replacing("_", with: "-") }

    /// How the option is written, for the metadata and the help.
    var synopsis: String {
        let value = self.content == .boolean ? "" : "=[\(self.content == .string ? self.name : "number")]"
        return (self.letter.map { "-\($0), " } ?? "") + "--\(self.option)\(value)"
    }

    /// All parameters; names, letters and defaults are those that agents have in common.
    static let all: [FenceParameter] = [
        FenceParameter("action", "Fencing action", letter: "o", usual: "reboot"),
        FenceParameter("ip", "Address or name of the NUT server", letter: "a", old: "ipaddr", usual: "127.0.0.1"),
        FenceParameter("ipport", "TCP port of the NUT server", letter: "u", .integer, usual: "3493"),
        FenceParameter("username", "User of the NUT server who may switch outlets", letter: "l", old: "login"),
        FenceParameter("password", "Password of the user", letter: "p", old: "passwd"),
        FenceParameter("password_script", "Program that prints the password", letter: "S", old: "passwd_script"),
        FenceParameter("password_file", "File whose first line is the password"),
        FenceParameter("plug", "Outlets (rack-a/4), or a host with all outlets that feed it", letter: "n", old: "port"),
        FenceParameter(
            "force", "Name of what an outlet feeds, where that is protected or where it feeds more than one thing"),
        FenceParameter("ssl", "Encrypt the connection, and check the server's certificate", letter: "z", .boolean),
        FenceParameter("ssl_insecure", "Encrypt the connection, and take any certificate", .boolean),
        FenceParameter("ssl_ca", "PEM file with the authorities, or the server's own certificate"),
        FenceParameter("separator", "Separator of the columns of lists", letter: "C", usual: ","),
        FenceParameter("plug_separator", "Separator of several plugs", usual: ","),
        FenceParameter("delay", "Wait so many seconds before off and reboot", .second, usual: "0"),
        FenceParameter("power_timeout", "Look so many seconds for the change of an outlet", .second, usual: "20"),
        FenceParameter("power_wait", "Wait so many seconds between off and on", .second, usual: "0"),
        FenceParameter("login_timeout", "Wait so many seconds for the connection", .second, usual: "5"),
        FenceParameter("shell_timeout", "Wait so many seconds for an answer", .second, usual: "3"),
        FenceParameter("stonith_status_sleep", "Seconds between two looks at an outlet", .second, usual: "1"),
        FenceParameter("retry_on", "Attempts to power on after the first", .integer, usual: "1"),
        FenceParameter("quiet", "Say nothing on the standard error", letter: "q", .boolean),
        FenceParameter("verbose", "Say more on the standard error", letter: "v", .boolean),
        FenceParameter("version", "Print the version, and end", letter: "V", .boolean),
        FenceParameter("help", "Print this text, and end", letter: "h", .boolean),
    ]
}

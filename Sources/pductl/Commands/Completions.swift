import ArgumentParser

/// `pductl completions`.
struct Completions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a script that completes command lines, the names of outlets and hosts included.",
        discussion: """
            For example `pductl completions bash > /etc/bash_completion.d/pductl`. The names come from the server of \
            PDUCTL_SERVER, or of this machine.
            """)

    /// The shells that are known.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash
        case zsh
        case fish
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() {
        Outcome.done(Pductl.completionScript(for: CompletionShell(rawValue: self.shell.rawValue) ?? .bash) + "\n")
            .show()
    }
}

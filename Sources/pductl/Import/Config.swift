import ArgumentParser

/// `pductl config`.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Works on configuration files.", subcommands: [ConfigImport.self])
}

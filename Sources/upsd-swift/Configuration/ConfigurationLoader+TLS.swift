import NUTTransport
import PowerCore

extension ConfigurationLoader {
    /// Reads the files of the server's certificate from wherever the configuration says they stand.
    static func loadTLS(
        _ tls: Configuration.TLS?, at marks: TLSMarks?, directory: String
    ) -> (identity: ServerTLS?, problems: [ConfigurationProblem]) {
        guard let tls else { return (nil, []) }
        let files = TLSFiles(tls, directory: directory)
        do throws(TLSFiles.Failure) {
            let (identity, isKeyWorldReadable) = try files.load()
            guard isKeyWorldReadable else { return (identity, []) }
            let message = "server: tls: everybody on this machine can read \(files.key)"
            let problem = ConfigurationProblem(
                .warning, at: marks?.key ?? .start, message, remedy: "chmod 640 \(files.key)")
            return (identity, [problem])
        } catch {
            let mark =
                switch error.part {
                case .certificate: marks?.certificate
                case .key: marks?.key
                case .clientAuthorities: marks?.clientAuthorities
                }
            let problem = ConfigurationProblem(
                .error, at: mark ?? .start, "server: tls: \(error)", remedy: Self.remedy(error.part))
            return (nil, [problem])
        }
    }

    private static func remedy(_ part: TLSFiles.Part) -> String {
        switch part {
        case .certificate: "name a PEM file with the server's certificate and those that vouch for it behind it"
        case .key: "name the PEM file with the private key of that certificate, readable by this user"
        case .clientAuthorities: "name a PEM file with the authorities that vouch for clients' certificates"
        }
    }
}

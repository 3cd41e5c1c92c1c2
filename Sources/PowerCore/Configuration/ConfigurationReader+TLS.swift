extension ConfigurationReader {
    /// `server.tls`: the files of the certificate and its key, and what is asked of clients.
    mutating func readTLS(of server: inout ConfigurationSection) {
        guard var section = self.section("tls", of: &server) else { return }
        let certificate = self.text("certificate", of: &section)
        let key = self.text("key", of: &section)
        let isRequired = self.value("require", of: &section, ConfigurationScalar.boolean)?.value ?? false
        let clients = self.readClientCertificates(of: &section)
        self.finish(section)
        guard let certificate, let key else {
            for (name, value) in [("certificate", certificate), ("key", key)] where value == nil {
                self.fail(section.mark, "\(section.name) names no \(name)", remedy: "add \(name): /path/to/file.pem")
            }
            return
        }
        self.tlsMarks = TLSMarks(
            certificate: certificate.mark, key: key.mark, clientAuthorities: clients?.authorities.mark)
        self.configuration.server.tls = Configuration.TLS(
            certificate: certificate.value, key: key.value, isRequired: isRequired,
            clientAuthorities: clients?.authorities.value, needsClientCertificate: clients?.isRequired.value ?? false)
    }

    /// `client-ca` and `client-certificates`; nil where no certificate is asked for.
    private mutating func readClientCertificates(
        of section: inout ConfigurationSection
    ) -> (authorities: Marked<String>, isRequired: Marked<Bool>)? {
        let hasAuthorities = section.contains("client-ca")
        let authorities = self.text("client-ca", of: &section)
        let isRequired = self.value("client-certificates", of: &section, Self.demand)
        if let isRequired, !hasAuthorities {
            self.fail(
                isRequired.mark, "\(section.name): client-certificates without client-ca",
                remedy: "add client-ca: /path/to/authorities.pem")
        }
        guard let authorities else { return nil }
        return (authorities, isRequired ?? Marked(value: true, mark: authorities.mark))
    }

    private static func demand(_ text: String) throws(ConfigurationScalar.Refusal) -> Bool {
        switch text {
        case "request": return false
        case "require": return true
        default: throw ConfigurationScalar.Refusal(expected: "request or require")
        }
    }

    /// Looks at what the words about encryption mean together, when all of them are read.
    mutating func checkEncryption(_ listen: [Marked<Configuration.Endpoint>], at mark: ConfigurationMark) {
        let server = self.configuration.server
        guard let tls = server.tls else {
            for place in listen where place.value.requiresTLS && self.tlsMarks == nil {
                self.fail(
                    place.mark, "server: listen: \(place.value) has require-tls, but there is no certificate",
                    remedy: "add tls: {certificate: ..., key: ...}, or remove it")
            }
            return
        }
        let isPlainPossible = !tls.isRequired && server.listen.contains { !$0.requiresTLS }
        guard tls.needsClientCertificate, isPlainPossible else { return }
        self.warn(
            self.tlsMarks?.clientAuthorities ?? mark,
            "server: tls: clients that do not encrypt are served without a certificate",
            remedy: "add require: true, or require-tls: true to each listener")
    }
}

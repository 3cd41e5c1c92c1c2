internal import PowerCore

extension NUTTranslation {
    /// The file with the server's certificate and key, where there is one that can be named.
    var certificate: NUTPlaced<String>? {
        guard let setting = self.nut.server.encryption.last(where: { $0.name == "CERTFILE" }),
            let path = setting.value, path.hasPrefix("/"), NUTName.isValue(path)
        else { return nil }
        return NUTPlaced(path, at: setting.place)
    }

    /// `CERTFILE`: one file holds what are two keys here.
    mutating func encryption() -> RackDocument.Entry? {
        for setting in self.nut.server.encryption { self.noteEncryption(setting) }
        guard let file = self.certificate else { return nil }
        let members = ["certificate", "key"].map { RackDocument.Entry($0, .text(file.value), from: file.place) }
        return RackDocument.Entry("tls", .group(members), from: file.place)
    }

    /// What becomes of a setting of TLS.
    private mutating func noteEncryption(_ setting: NUTDirective) {
        switch setting.name {
        case "CERTFILE": self.noteCertificate(setting)
        case "DISABLE_WEAK_SSL":
            let isAsked = setting.value.flatMap(NUTNumber.boolean) ?? false
            self.note(setting.place, isAsked ? .taken : .changed, "TLS 1.2 and 1.3 are spoken, nothing older")
        case "CERTREQUEST" where ["0", "NO"].contains(setting.value?.uppercased() ?? ""):
            self.note(setting.place, .taken, "clients are asked for no certificate")
        case "CERTREQUEST":
            self.note(setting.place, .notSupported, "write `tls: {client-ca: FILE}` with the authorities in one PEM file")
        default:
            let remedy = "export them into PEM files, and name these under `tls`"
            self.note(
                setting.place, self.certificate == nil ? .notSupported : .notNeeded,
                self.certificate == nil
                    ? "certificate and key in a database cannot be read; \(remedy)\(Self.consequence)"
                    : "the certificate is that of CERTFILE")
        }
    }

    private mutating func noteCertificate(_ setting: NUTDirective) {
        guard let certificate = self.certificate else {
            self.note(setting.place, .mistake, "it is no whole path\(Self.consequence)")
            return
        }
        guard certificate.place == setting.place else {
            self.note(setting.place, .mistake, "it stands again further down, and the last one counts")
            return
        }
        self.note(
            setting.place, .taken,
            "`tls: {certificate, key}`, both in this file; the daemon's user must be able to read it"
        )
    }

    /// What it means that connections are not encrypted.
    private static let consequence =
        ". Until then clients that insist on it (FORCESSL) cannot connect, and passwords travel in the clear"
}

/// Where a configuration file names the files of the server's certificate.
public struct TLSMarks: Hashable, Sendable {
    /// Where the certificate's file is named.
    public var certificate: ConfigurationMark
    /// Where the key's file is named.
    public var key: ConfigurationMark

    /// Makes a pair of marks.
    public init(certificate: ConfigurationMark, key: ConfigurationMark) {
        self.certificate = certificate
        self.key = key
    }
}

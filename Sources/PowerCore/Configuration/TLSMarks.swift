/// Where a configuration file names the files of the server's certificate.
public struct TLSMarks: Hashable, Sendable {
    /// Where the certificate's file is named.
    public var certificate: ConfigurationMark
    /// Where the key's file is named.
    public var key: ConfigurationMark
    /// Where the file with the authorities of clients is named; nil where it is not.
    public var clientAuthorities: ConfigurationMark?

    /// Makes the marks.
    public init(
        certificate: ConfigurationMark, key: ConfigurationMark, clientAuthorities: ConfigurationMark? = nil
    ) {
        self.certificate = certificate
        self.key = key
        self.clientAuthorities = clientAuthorities
    }
}

import ArgumentParser
import NUTTransport

/// Whether a connection is to be encrypted, as the command line says it.
enum TLSChoice: String, ExpressibleByArgument, CaseIterable {
    /// Not even asked for.
    case off
    /// Where the server can.
    case `try`
    /// Or not at all.
    case require

    /// What the client is told, with the PEM text of the authorities where one is given.
    ///
    /// Without one, whoever only tries takes any certificate: who could take the server's place could as well say
    /// that it does not encrypt.
    func encryption(authorities: [UInt8]?) -> ClientTLS {
        switch self {
        case .off: .off
        case .try: .attempted(authorities.map { .authorities($0) } ?? .anyone)
        case .require: .required(authorities.map { .authorities($0) } ?? .system)
        }
    }
}

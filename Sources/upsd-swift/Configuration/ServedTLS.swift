import NUTTransport

/// The server's identity, and the files it was made of.
struct ServedTLS: Equatable {
    /// What clients are shown.
    var identity: ServerTLS
    /// Where it comes from.
    var files: TLSFiles
}

extension NUTConfiguration {
    /// Reads the files of a directory; one that is missing sets nothing.
    public init(_ files: [NUTFile: [UInt8]]) {
        self = NUTConfigurationReader.read(files)
    }
}

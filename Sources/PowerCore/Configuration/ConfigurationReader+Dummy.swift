extension ConfigurationReader {
    /// `driver: dummy` with `file` and `loop`; nil after an error.
    mutating func dummyUPS(of section: inout ConfigurationSection) -> Configuration.UPS.Driver? {
        let hasFile = section.contains("file")
        let file = self.text("file", of: &section)
        let isLooping = self.value("loop", of: &section, ConfigurationScalar.boolean)?.value
        guard let file else {
            if !hasFile {
                self.fail(
                    section.mark, "\(section.name) has no file", remedy: "add file: and the path of a .dev or .seq file"
                )
            }
            return nil
        }
        // As NUT's dummy-ups decides: a sequence is played for ever, a device is what its file says.
        let isSequence = file.value.lowercased().hasSuffix(".seq")
        return .dummy(Configuration.DummyUPS(file: file.value, isLooping: isLooping ?? isSequence))
    }
}

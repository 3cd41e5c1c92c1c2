extension ConfigurationReader {
    /// `driver: http` with `profile` and `url`; nil after an error.
    mutating func httpOutlets(
        of section: inout ConfigurationSection, called id: DeviceID
    ) -> Configuration.HTTPOutlets? {
        guard let profile = self.text("profile", of: &section), let url = self.text("url", of: &section) else {
            self.fail(section.mark, "\(section.name) has no profile or no url", remedy: "add both")
            return nil
        }
        return Configuration.HTTPOutlets(profile: profile.value, url: url.value)
    }
}

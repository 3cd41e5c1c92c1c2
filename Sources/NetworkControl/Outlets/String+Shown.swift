extension String {
    /// The text as a line of a log can hold it: without anything that a terminal obeys, and no longer than a person reads.
    var shown: String {
        let harmless = OutputTail(self).lastLines.joined(separator: " ")
        guard harmless.count > OutletLimits.shownCharacters else { return harmless }
        return harmless.prefix(OutletLimits.shownCharacters) + "…"
    }
}

import ArgumentParser

/// In which form something is printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    /// For people.
    case table
    /// The same with more columns, where there are more.
    case wide
    /// A JSON document, or a line of JSON for each thing that happens.
    case json
    /// The same document as YAML.
    case yaml
    /// Comma separated values, the first line names them.
    case csv
    /// Nothing but names, a line each, as they may be typed.
    case name
}

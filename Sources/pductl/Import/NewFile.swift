import Foundation

/// A file that is about to be written.
struct NewFile: Equatable {
    /// Where it goes.
    var path: String
    /// What stands in it.
    var text: String
    /// Its mode, whatever the process's mask is.
    var mode: mode_t
}

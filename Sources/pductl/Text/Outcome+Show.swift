import Foundation

extension Outcome {
    /// Prints both texts.
    func show() {
        FileHandle.standardOutput.write(Data(self.output.utf8))
        FileHandle.standardError.write(Data(self.complaint.utf8))
    }
}

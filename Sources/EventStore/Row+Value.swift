internal import GRDB

extension Row {
    /// The value in a column; one that is missing or of another kind is damage.
    ///
    /// GRDB's own subscript traps there, and the file may have been changed by anybody.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        let stored: DatabaseValue? = self[column]
        guard let value = stored.flatMap(Value.fromDatabaseValue) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no value that can be used in \(column)")
        }
        return value
    }
}

/// Why an exchange with the server has failed.
enum PostgresFailure: Error {
    /// A statement was refused; the connection is sound, its transaction has failed.
    case refused(SQLState, message: String)
    /// The connection is gone, and with it every transaction whose COMMIT had not been sent.
    case lost(String)
    /// The statement ran, and returned what has no ``SQLValue``. A bug of ours.
    case misread(StorageError)

    func storageError(isReading: Bool) -> StorageError {
        switch self {
        case .refused(let state, let message): state.storageError(message, isReading: isReading)
        case .lost(let reason): .unavailable(reason)
        case .misread(let error): error
        }
    }

    /// Whether the transaction may succeed when it runs again, and on what.
    var remedy: PostgresRemedy? {
        switch self {
        case .lost: .anotherConnection
        case .misread: nil
        case .refused(let state, _):
            if state.isConflict {
                .sameConnection
            } else if state.endsConnection || state.isReadOnly || state.isStalePlan {
                .anotherConnection
            } else {
                nil
            }
        }
    }
}

extension PostgresFailure {
    /// Whether a statement wanted to write where nothing may be written.
    var isOfReadOnly: Bool {
        if case .refused(let state, _) = self { state.isReadOnly } else { false }
    }
}

/// On which connection a transaction that was interrupted may run again.
enum PostgresRemedy {
    case sameConnection, anotherConnection
}

import JSON
public import Storage

extension CommandFailure {
    /// What the caller learns of a failure of the database: `UNAVAILABLE` where trying again makes sense.
    public static func of(_ error: StorageError) -> Self {
        switch error {
        case .unavailable:
            unavailable("The database cannot serve this now. Nothing was changed; try again.", cause: error)
        case .outcomeUnknown:
            outcomeUnknown(error)
        case .damaged:
            unavailable(
                "The database is damaged, and its operator has to restore it. Nothing was changed.",
                retryAfter: .seconds(60), cause: error)
        case .constraint:
            // Expected conflicts are found before; this one came from a call at the same moment.
            Self(.conflict, "Another call changed the same thing at this moment. Look, and try again.", cause: error)
        case .misuse, .unexpectedColumn, .newerSchema, .cannotOpen:
            .internal(error)
        }
    }

    private static func outcomeUnknown(_ cause: any Error) -> Self {
        var failure = unavailable(
            "The disk failed while this was written, and nobody knows yet whether it was. Look before you try again.",
            cause: cause)
        failure.members["outcome"] = "unknown"
        return failure
    }

    /// Any error as a failure.
    static func from(_ error: any Error) -> Self {
        switch error {
        case let failure as CommandFailure:
            failure
        case let error as StorageError:
            of(error)
        case is CancellationError:
            .unavailable("The call was given up before it was done. Nothing was changed.")
        case let error as JSONDecodingError:
            .invalidInput(error.pointer.description, keyword: "type", error.message)
        default:
            .internal(error)
        }
    }
}

import Storage

func isMisuse(_ error: any Error) -> Bool {
    if case .misuse? = error as? StorageError { true } else { false }
}

func isConstraint(_ error: any Error) -> Bool {
    if case .constraint? = error as? StorageError { true } else { false }
}

func isUnavailable(_ error: any Error) -> Bool {
    if case .unavailable? = error as? StorageError { true } else { false }
}

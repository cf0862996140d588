/// Stops the process unless `condition` holds, and libFuzzer keeps the input; `rule` is what must hold.
func require(_ condition: Bool, _ rule: @autoclosure () -> String) {
    if !condition { fatalError("It does not hold that \(rule()).") }
}

/// What must be there.
func require<Value>(_ value: Value?, _ rule: @autoclosure () -> String) -> Value {
    guard let value else { fatalError("It does not hold that \(rule()).") }
    return value
}

/// The parts of an input that has several texts, one behind the other with a zero byte between; nil unless all are UTF-8.
func texts(_ input: [UInt8], maximum: Int) -> [String]? {
    let parts = input.split(separator: 0, maxSplits: maximum - 1, omittingEmptySubsequences: false)
    let texts = parts.compactMap { String(validating: $0, as: UTF8.self) }
    return texts.count == parts.count ? texts : nil
}

/// A stored password in its parts: `$algorithm$v=19$m=19456,t=2,p=1$salt$key`, salt and key in Base64 without padding.
///
/// The format is the "PHC string format" of the Password Hashing Competition. Only the spelling that ``description``
/// writes is read: parameters in that order, no leading zeros, nothing left out.
struct PHCString: Sendable, Equatable, CustomStringConvertible {
    let parameters: PasswordParameters
    let salt: [UInt8]
    let key: [UInt8]

    init(parameters: PasswordParameters, salt: [UInt8], key: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.key = key
    }

    /// - Throws: ``CryptographyError/malformedPasswordHash``, ``CryptographyError/unsupportedPasswordAlgorithm(_:)``,
    ///   ``CryptographyError/passwordHashOutOfRange``.
    init(_ text: String) throws(CryptographyError) {
        guard text.utf8.count <= 512 else { throw .malformedPasswordHash }
        var fields = text.split(separator: "$", omittingEmptySubsequences: false)[...]
        guard fields.popFirst() == "", let name = fields.popFirst(), Self.isName(name) else {
            throw .malformedPasswordHash
        }
        guard let key = fields.popLast().flatMap({ Base64Alphabet.standard.decode(Array($0.utf8)) }),
            let salt = fields.popLast().flatMap({ Base64Alphabet.standard.decode(Array($0.utf8)) })
        else {
            throw .malformedPasswordHash
        }
        parameters = try Self.parameters(of: name, Array(fields))
        // Shorter than 16 bytes, a key could be met by chance.
        guard parameters.isWithinLimits, (8...64).contains(salt.count), (16...64).contains(key.count) else {
            throw .passwordHashOutOfRange
        }
        self.salt = salt
        self.key = key
    }

    var description: String {
        let values =
            switch parameters {
            #if Argon2
                case .argon2id(let memory, let passes, let lanes):
                    "$argon2id$v=19$m=\(memory),t=\(passes),p=\(lanes)"
            #endif
            case .scrypt(let logCost, let blockSize, let parallelization):
                "$scrypt$ln=\(logCost),r=\(blockSize),p=\(parallelization)"
            }
        return "\(values)$\(Base64Alphabet.standard.encode(salt))$\(Base64Alphabet.standard.encode(key))"
    }

    private static func parameters(
        of name: Substring,
        _ fields: [Substring]
    ) throws(CryptographyError) -> PasswordParameters {
        switch name {
        #if Argon2
            case "argon2id":
                guard fields.first == "v=19", fields.count == 2, let values = numbers(in: fields[1], ["m", "t", "p"])
                else {
                    throw .malformedPasswordHash
                }
                return .argon2id(memory: values[0], passes: values[1], lanes: values[2])
        #endif
        case "scrypt":
            guard fields.count == 1, let values = numbers(in: fields[0], ["ln", "r", "p"]) else {
                throw .malformedPasswordHash
            }
            return .scrypt(logCost: values[0], blockSize: values[1], parallelization: values[2])
        default:
            throw .unsupportedPasswordAlgorithm(String(name))
        }
    }

    /// The values of `a=1,b=2,c=3`, exactly these names in this order.
    private static func numbers(in field: Substring, _ names: [String]) -> [Int]? {
        let pairs = field.split(separator: ",", omittingEmptySubsequences: false)
        guard pairs.count == names.count else { return nil }
        var numbers: [Int] = []
        for (pair, name) in zip(pairs, names) {
            guard pair.hasPrefix("\(name)="), let number = number(pair.dropFirst(name.count + 1)) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// At most seven digits, so that no product of two of them overflows; no sign, no leading zero.
    private static func number(_ digits: Substring) -> Int? {
        guard let number = Int(digits), number > 0, digits.utf8.count <= 7, String(number) == digits else { return nil }
        return number
    }

    /// The format's own rule for names. It also keeps a password that was stored in clear out of an error message.
    private static func isName(_ text: Substring) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: byte == UInt8(ascii: "-")
                }
            }
    }
}

import COpenSSL

/// The scrypt function (RFC 7914), as OpenSSL has it.
struct Scrypt {
    let cost: Int
    let blockSize: Int
    let parallelization: Int

    /// Done once, by the first password, for the whole process.
    private static let givesMemoryBack: Void = usher_give_large_blocks_back()

    func derive(_ password: [UInt8], salt: [UInt8], length: Int) throws(CryptographyError) -> [UInt8] {
        Self.givesMemoryBack
        var output = [UInt8](repeating: 0, count: length)
        let password = password.map { CChar(bitPattern: $0) }
        // OpenSSL refuses above 32 MiB unless told how much may be used: N + p + 2 blocks of 128 r bytes.
        let memory = 128 * blockSize * (cost + parallelization + 2)
        let result = unsafe EVP_PBE_scrypt(
            password, password.count, salt, salt.count,
            UInt64(cost), UInt64(blockSize), UInt64(parallelization), UInt64(memory),
            &output, length
        )
        try check(result, "EVP_PBE_scrypt")
        return output
    }
}

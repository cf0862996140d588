#if Argon2
    import CArgon2
    import Glibc

    /// The Argon2id function, version 1.3 (RFC 9106), as libargon2 has it.
    struct Argon2id {
        let memory: Int
        let passes: Int
        let lanes: Int

        func derive(
            _ password: [UInt8],
            salt: [UInt8],
            secret: [UInt8] = [],
            associatedData: [UInt8] = [],
            length: Int
        ) throws(CryptographyError) -> [UInt8] {
            var output = [UInt8](repeating: 0, count: length)
            var password = password
            var salt = salt
            var secret = secret
            var associatedData = associatedData
            let result = unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe password.withUnsafeMutableBufferPointer { password in
                    unsafe salt.withUnsafeMutableBufferPointer { salt in
                        unsafe secret.withUnsafeMutableBufferPointer { secret in
                            unsafe associatedData.withUnsafeMutableBufferPointer { associatedData in
                                unsafe fill(output, password, salt, secret, associatedData)
                            }
                        }
                    }
                }
            }
            guard result == ARGON2_OK.rawValue else {
                let reason = unsafe String(cString: argon2_error_message(result))
                throw .library(function: "argon2_ctx", reason: reason)
            }
            return output
        }

        private typealias Bytes = UnsafeMutableBufferPointer<UInt8>

        private func fill(_ output: Bytes, _ password: Bytes, _ salt: Bytes, _ secret: Bytes, _ data: Bytes) -> Int32 {
            var context = unsafe Argon2_Context(
                out: output.baseAddress, outlen: UInt32(output.count),
                pwd: password.baseAddress, pwdlen: UInt32(password.count),
                salt: salt.baseAddress, saltlen: UInt32(salt.count),
                secret: secret.baseAddress, secretlen: UInt32(secret.count),
                ad: data.baseAddress, adlen: UInt32(data.count),
                t_cost: UInt32(passes), m_cost: UInt32(memory), lanes: UInt32(lanes),
                // Lanes one after the other: the number of our own threads bounds the work, so none is started here.
                threads: 1,
                version: ARGON2_VERSION_13.rawValue,
                allocate_cbk: takePages, free_cbk: givePagesBack,
                // ARGON2_DEFAULT_FLAGS, a macro that Swift cannot see.
                flags: 0
            )
            return unsafe argon2_ctx(&context, Argon2_id)
        }
    }

    // The memory comes from the kernel and goes back to it after each password. From malloc it would stay in the arenas
    // of the hashing threads for ever, some 20 MB each.

    private func takePages(_ memory: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, _ size: Int) -> Int32 {
        let pages = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory = unsafe memory, let pages = unsafe pages, unsafe pages != MAP_FAILED else {
            return ARGON2_MEMORY_ALLOCATION_ERROR.rawValue
        }
        // Argon2 jumps all over its memory: in pages of 2 MiB it took 26 ms instead of 40. If there are none, no harm
        // done.
        unsafe madvise(pages, size, MADV_HUGEPAGE)
        unsafe memory.pointee = pages.assumingMemoryBound(to: UInt8.self)
        return ARGON2_OK.rawValue
    }

    private func givePagesBack(_ memory: UnsafeMutablePointer<UInt8>?, _ size: Int) {
        unsafe munmap(memory, size)
    }
#endif

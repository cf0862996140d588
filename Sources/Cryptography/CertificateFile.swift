import COpenSSL

/// A file of certificates in PEM.
package enum CertificateFile {
    /// How many certificates there are; whatever else is between them is passed over.
    ///
    /// - Throws: ``CryptographyError`` when one cannot be read.
    package static func count(inPEM bytes: [UInt8]) throws(CryptographyError) -> Int {
        guard let buffer = unsafe BIO_new(BIO_s_mem()) else { throw .openSSL("BIO_new") }
        defer { unsafe BIO_free(buffer) }
        guard unsafe bytes.isEmpty || BIO_write(buffer, bytes, Int32(clamping: bytes.count)) == bytes.count else {
            throw .openSSL("BIO_write")
        }
        var count = 0
        while let certificate = unsafe PEM_read_bio_X509(buffer, nil, nil, nil) {
            unsafe X509_free(certificate)
            count += 1
        }
        // The end of the file is told as an error too.
        guard usher_err_is_end_of_pem(ERR_peek_last_error()) == 1 else { throw .openSSL("PEM_read_bio_X509") }
        ERR_clear_error()
        return count
    }
}

#pragma once
#include <malloc.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

// Swift sees an object-like macro only when its value is a plain literal; this one names another macro.

/// What says that an EVP_PKEY is an elliptic curve key.
static inline int usher_evp_pkey_ec(void) {
    return EVP_PKEY_EC;
}

/// Whether an error says that there is no further block in a PEM file. ERR_GET_LIB and ERR_GET_REASON are no functions
/// that Swift sees in every OpenSSL 3.
static inline int usher_err_is_end_of_pem(unsigned long code) {
    return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

/// Makes malloc take blocks of 1 MiB and more from the kernel, and give them back when freed. Left to itself, glibc
/// moves that border up to 32 MiB, and each thread that has run scrypt keeps its block for ever. OpenSSL takes the
/// block from malloc and has no callback for it; glibc's malloc.h is not in Swift's Glibc module.
static inline void usher_give_large_blocks_back(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

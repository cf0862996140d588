#pragma once
#include <curl/curl.h>

// `curl_easy_setopt` and `curl_easy_getinfo` are variadic, and Swift cannot call variadic C functions. Each wrapper below
// fixes the one type that libcurl reads for its kind of option, so that a wrong one is a compile error and not a crash.
// The function's name is in parentheses to leave out libcurl's type-checking macro, which wants a constant option.

/// Options of CURLOPTTYPE_LONG and CURLOPTTYPE_VALUES: numbers, switches, bit masks.
static inline CURLcode usher_curl_setopt_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

/// Options of CURLOPTTYPE_OFF_T, such as CURLOPT_INFILESIZE_LARGE: 64 bits wide even where a long is not.
static inline CURLcode usher_curl_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

/// Options of CURLOPTTYPE_STRINGPOINT. libcurl copies the text, except for CURLOPT_POSTFIELDS.
static inline CURLcode usher_curl_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

/// Options of CURLOPTTYPE_CBPOINT and OBJECTPOINT: what is handed to a callback, or NULL to unset. Not copied.
static inline CURLcode usher_curl_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

/// Options of CURLOPTTYPE_SLISTPOINT, such as CURLOPT_MAIL_RCPT. Not copied: the list must live until the transfer ends.
static inline CURLcode usher_curl_setopt_slist(CURL *handle, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(handle, option, value);
}

/// Options of CURLOPTTYPE_BLOB, such as CURLOPT_CAINFO_BLOB. Copied when the blob's flags say CURL_BLOB_COPY.
static inline CURLcode usher_curl_setopt_blob(CURL *handle, CURLoption option, struct curl_blob *value) {
    return (curl_easy_setopt)(handle, option, value);
}

/// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, which share one signature.
static inline CURLcode usher_curl_setopt_write_function(
    CURL *handle, CURLoption option,
    size_t (*function)(char *bytes, size_t size, size_t count, void *context)
) {
    return (curl_easy_setopt)(handle, option, function);
}

/// CURLOPT_READFUNCTION.
static inline CURLcode usher_curl_setopt_read_function(
    CURL *handle, CURLoption option,
    size_t (*function)(char *bytes, size_t size, size_t count, void *context)
) {
    return (curl_easy_setopt)(handle, option, function);
}

/// CURLOPT_SEEKFUNCTION: `origin` is as in fseek, and always SEEK_SET in practice.
static inline CURLcode usher_curl_setopt_seek_function(
    CURL *handle, CURLoption option,
    int (*function)(void *context, curl_off_t offset, int origin)
) {
    return (curl_easy_setopt)(handle, option, function);
}

/// CURLOPT_XFERINFOFUNCTION: not zero ends the transfer.
static inline CURLcode usher_curl_setopt_progress_function(
    CURL *handle, CURLoption option,
    int (*function)(
        void *context, curl_off_t download_size, curl_off_t downloaded, curl_off_t upload_size, curl_off_t uploaded
    )
) {
    return (curl_easy_setopt)(handle, option, function);
}

/// CURLOPT_DEBUGFUNCTION: sees every line of the protocol in both directions, so also passwords.
static inline CURLcode usher_curl_setopt_debug_function(
    CURL *handle, CURLoption option,
    int (*function)(CURL *handle, curl_infotype kind, char *bytes, size_t size, void *context)
) {
    return (curl_easy_setopt)(handle, option, function);
}

/// Facts of CURLINFO_LONG, such as CURLINFO_RESPONSE_CODE.
static inline CURLcode usher_curl_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(handle, info, value);
}

/// Facts of CURLINFO_OFF_T, such as CURLINFO_TOTAL_TIME_T.
static inline CURLcode usher_curl_getinfo_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(handle, info, value);
}

/// Facts of CURLINFO_STRING. The text belongs to the handle and dies with it or with its next transfer.
static inline CURLcode usher_curl_getinfo_string(CURL *handle, CURLINFO info, char **value) {
    return (curl_easy_getinfo)(handle, info, value);
}

/// CURLOPT_SOCKOPTFUNCTION: CURL_SOCKOPT_OK to go on.
static inline CURLcode usher_curl_setopt_sockopt_function(
    CURL *handle, CURLoption option,
    int (*function)(void *context, curl_socket_t socket, curlsocktype purpose)
) {
    return (curl_easy_setopt)(handle, option, function);
}

/// CURLOPT_CLOSESOCKETFUNCTION: closes the socket in place of libcurl; also called after the handle's last transfer.
static inline CURLcode usher_curl_setopt_closesocket_function(
    CURL *handle, CURLoption option,
    int (*function)(void *context, curl_socket_t socket)
) {
    return (curl_easy_setopt)(handle, option, function);
}

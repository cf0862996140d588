#pragma once
#include <stddef.h>

/// A file embedded in the binary: its name (relative to this target's folder) and its bytes.
struct usher_resource {
    const char *name;
    const unsigned char *bytes;
    size_t size;
};

/// How many files are embedded.
size_t usher_resource_count(void);

/// The file at a place below the count. A function, for Swift does not see arrays of unknown length.
struct usher_resource usher_resource_at(size_t place);

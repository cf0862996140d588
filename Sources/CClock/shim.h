#pragma once
#include <sys/timex.h>

// sys/timex.h is not in Swift's Glibc module.

/// Whether the kernel holds its clock for right, because something such as NTP sets it: 1 or 0, and -1 when it does not
/// say.
static inline int usher_clock_is_synchronised(void) {
    struct timex state = {0};
    int result = adjtimex(&state);
    if (result < 0) return -1;
    return result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

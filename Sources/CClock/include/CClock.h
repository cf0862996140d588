#pragma once

// No header of the system is included here: sys/timex.h is not in Swift's Glibc module, and a second module that brings
// `struct timeval` along takes it away from that one.

/// Whether the kernel holds its clock for right, because something such as NTP sets it: 1 or 0, and -1 when it does not
/// say.
int usher_clock_is_synchronised(void);

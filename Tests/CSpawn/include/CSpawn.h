#pragma once
#include <sys/types.h>

/// Starts a program in a folder, with three open files as its standard streams and no others, and no signal blocked.
///
/// posix_spawn, because Foundation's Process crashes now and then when several start at once; in C, because Swift does not
/// see the functions of glibc that change the folder and close what the child must not inherit.
///
/// Returns 0 and the process's id, or an error code.
int usher_test_spawn(
    const char *program, char *const arguments[], char *const environment[], const char *folder, const int streams[3],
    pid_t *process);

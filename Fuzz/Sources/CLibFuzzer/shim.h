// libFuzzer as a library: its own `main` would leave no room for Swift's.
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*target)(const uint8_t *input, size_t size));

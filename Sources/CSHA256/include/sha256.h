#pragma once

#include <stddef.h>
#include <stdint.h>

/// Takes blocks of 64 bytes into the state of SHA-256, on any processor.
void sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count);
/// The same with the SHA instructions of x86-64, for processors with `cpu_supports_sha256`.
void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count);

#pragma once

#include <stdbool.h>

/// Whether processor and system let a program use AVX2 and FMA.
bool cpu_supports_avx2(void);
/// Whether processor and system let a program use the AVX-512 subsets F, BW, DQ and VL.
bool cpu_supports_avx512(void);
/// Whether they let it use the products of bf16 of AVX-512.
bool cpu_supports_avx512_bf16(void);
/// Whether they let it use the products of integers of AVX-512.
bool cpu_supports_avx512_vnni(void);
/// Whether it is one of AMD's before Zen 3, which multiply pairs of 16 bits in one unit and single precision in two.
bool cpu_is_amd_before_zen3(void);
/// Whether the processor has the SHA instructions of x86-64.
bool cpu_supports_sha256(void);
/// How many processors the system lets this process run on; 0 where it does not say.
int cpu_allowed_count(void);

#pragma once

#include <stdbool.h>

/// Whether processor and system let a program use the AVX-512 subsets F, BW, DQ and VL.
bool cpu_supports_avx512(void);

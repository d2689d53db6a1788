// Processor instructions that Swift cannot reach by itself. Header only: each kernel target compiles
// them with its own flags.
#pragma once

/// Asks for a cache line in the second-level cache.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) {
  __builtin_prefetch(address, 0, 2);
}

#ifdef __AVX512BF16__
#include <immintrin.h>

// Swift does not import vectors of bf16, so they travel as vectors of 32-bit words, two numbers a word.

/// sum + both products of every pair of words.
static inline __attribute__((always_inline)) __m512 add_bf16_products(__m512 sum, __m512 a, __m512 b) {
  return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}

/// 32 numbers rounded to bf16, in their order.
static inline __attribute__((always_inline)) __m512 round_to_bf16(__m512 first, __m512 second) {
  return (__m512)_mm512_cvtne2ps_pbh(second, first);
}
#endif

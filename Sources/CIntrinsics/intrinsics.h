// Processor instructions that Swift cannot reach by itself. Header only: each kernel target compiles
// them with its own flags.
#pragma once

/// Asks for a cache line in the second-level cache.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) {
  __builtin_prefetch(address, 0, 2);
}

// Vectors of integers, and of bf16, which Swift does not import, travel as vectors of 32-bit words: as `__m256` and
// `__m512`.

#ifdef __AVX2__
#include <immintrin.h>

// Swift's own loads and stores are calls where the compiler does not inline them, and the linker keeps one copy of such a
// function for all levels.

/// Reads eight numbers from any address.
static inline __attribute__((always_inline)) __m256 load_8_numbers(const float *address) {
  return _mm256_loadu_ps(address);
}

/// Writes eight numbers to any address.
static inline __attribute__((always_inline)) void store_8_numbers(float *address, __m256 x) {
  _mm256_storeu_ps(address, x);
}

/// The numbers that eight integers with a sign are.
static inline __attribute__((always_inline)) __m256 numbers_of_8_integers(__m256 x) {
  return _mm256_cvtepi32_ps((__m256i)x);
}

/// The roots of eight numbers.
static inline __attribute__((always_inline)) __m256 roots_of_8_numbers(__m256 x) {
  return _mm256_sqrt_ps(x);
}

/// The sum of both products of each of eight words: halves with a sign.
static inline __attribute__((always_inline)) __m256 products_of_8_pairs(__m256 a, __m256 b) {
  return (__m256)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

/// Writes the lowest byte of each of eight words.
static inline __attribute__((always_inline)) void store_8_low_bytes(void *address, __m256 x) {
  __m256i words = _mm256_and_si256((__m256i)x, _mm256_set1_epi32(0xFF));
  __m256i halves = _mm256_packus_epi32(words, words);
  __m256i bytes = _mm256_packus_epi16(halves, halves);
  __m256i joined = _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 0, 4, 0, 4, 0, 4));
  _mm_storel_epi64((__m128i *)address, _mm256_castsi256_si128(joined));
}

/// Writes the lower half of each of eight words.
static inline __attribute__((always_inline)) void store_8_low_halves(void *address, __m256 x) {
  __m256i words = _mm256_and_si256((__m256i)x, _mm256_set1_epi32(0xFFFF));
  __m256i halves = _mm256_permute4x64_epi64(_mm256_packus_epi32(words, words), 0x08);
  _mm_storeu_si128((__m128i *)address, _mm256_castsi256_si128(halves));
}
#endif

#ifdef __AVX512BW__
/// Reads 16 numbers from any address.
static inline __attribute__((always_inline)) __m512 load_16_numbers(const float *address) {
  return _mm512_loadu_ps(address);
}

/// Writes 16 numbers to any address.
static inline __attribute__((always_inline)) void store_16_numbers(float *address, __m512 x) {
  _mm512_storeu_ps(address, x);
}

/// The numbers that 16 integers with a sign are.
static inline __attribute__((always_inline)) __m512 numbers_of_16_integers(__m512 x) {
  return _mm512_cvtepi32_ps((__m512i)x);
}

/// The roots of 16 numbers.
static inline __attribute__((always_inline)) __m512 roots_of_16_numbers(__m512 x) {
  return _mm512_sqrt_ps(x);
}

/// The sum of both products of each of 16 words: halves with a sign.
static inline __attribute__((always_inline)) __m512 products_of_16_pairs(__m512 a, __m512 b) {
  return (__m512)_mm512_madd_epi16((__m512i)a, (__m512i)b);
}

/// Writes the lowest byte of each of 16 words.
static inline __attribute__((always_inline)) void store_16_low_bytes(void *address, __m512 x) {
  _mm_storeu_si128((__m128i *)address, _mm512_cvtepi32_epi8((__m512i)x));
}

/// Writes the lower half of each of 16 words.
static inline __attribute__((always_inline)) void store_16_low_halves(void *address, __m512 x) {
  _mm256_storeu_si256((__m256i *)address, _mm512_cvtepi32_epi16((__m512i)x));
}
#endif

#ifdef __AVX512BF16__
/// sum + both products of every pair of words.
static inline __attribute__((always_inline)) __m512 add_bf16_products(__m512 sum, __m512 a, __m512 b) {
  return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}

/// 32 numbers rounded to bf16, in their order.
static inline __attribute__((always_inline)) __m512 round_to_bf16(__m512 first, __m512 second) {
  return (__m512)_mm512_cvtne2ps_pbh(second, first);
}
#endif

#ifdef __AVX512VNNI__
/// sum + the four products of every word: bytes of `a` without a sign times bytes of `b` with one.
static inline __attribute__((always_inline)) __m512 add_byte_products(__m512 sum, __m512 a, __m512 b) {
  return (__m512)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)a, (__m512i)b);
}

/// sum + both products of every word: halves with a sign.
static inline __attribute__((always_inline)) __m512 add_half_products(__m512 sum, __m512 a, __m512 b) {
  // Of the intrinsic, LLVM's machine combiner makes a product and a sum, which take twice the time.
  __asm__("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
  return sum;
}
#endif

#include "sha256.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "constants.h"

#define WITH_SHA __attribute__((target("sha,sse4.1")))

/// The next four words of the schedule after these sixteen.
WITH_SHA static inline __m128i next(__m128i w0, __m128i w1, __m128i w2, __m128i w3) {
  return _mm_sha256msg2_epu32(
      _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4)), w3);
}

WITH_SHA static void block(__m128i state[2], const __m128i *words) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i w[4], abef = state[0], cdgh = state[1];
  for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128(words + i), big_endian);
#pragma unroll
  for (int i = 0; i < 16; i++) {
    __m128i sum = _mm_add_epi32(w[i % 4], ((const __m128i *)constants)[i]);
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_unpackhi_epi64(sum, sum));
    w[i % 4] = next(w[i % 4], w[(i + 1) % 4], w[(i + 2) % 4], w[(i + 3) % 4]);
  }
  state[0] = _mm_add_epi32(state[0], abef);
  state[1] = _mm_add_epi32(state[1], cdgh);
}

// Two rounds need A, B, E and F in one register and leave their old values for the next two.
WITH_SHA void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count) {
  __m128i *words = (__m128i *)state;
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xb1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1b);
  __m128i pairs[2] = {_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xf0)};
  for (; count > 0; count--, blocks += 64) block(pairs, (const __m128i *)blocks);
  __m128i abef = _mm_shuffle_epi32(pairs[0], 0x1b), cdgh = _mm_shuffle_epi32(pairs[1], 0xb1);
  _mm_storeu_si128(words, _mm_blend_epi16(abef, cdgh, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(cdgh, abef, 8));
}

#else

// No processor says that it has them.
void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count) {
  sha256_compress_portable(state, blocks, count);
}

#endif

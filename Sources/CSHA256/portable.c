#include "constants.h"
#include "sha256.h"

static uint32_t rotate(uint32_t x, int bits) { return x >> bits | x << (32 - bits); }

/// The 64 words that the rounds of a block take.
static void schedule(uint32_t w[64], const uint8_t *block) {
  for (int i = 0; i < 16; i++, block += 4)
    w[i] = (uint32_t)block[0] << 24 | block[1] << 16 | block[2] << 8 | block[3];
  for (int i = 16; i < 64; i++) {
    uint32_t a = w[i - 15], b = w[i - 2];
    uint32_t s0 = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3;
    uint32_t s1 = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
}

/// Round i. The eight words stay where they are, and their names move on by a place.
static inline void round_of(uint32_t s[8], int i, uint32_t word) {
  uint32_t a = s[-i & 7], b = s[(1 - i) & 7], c = s[(2 - i) & 7];
  uint32_t e = s[(4 - i) & 7], f = s[(5 - i) & 7], g = s[(6 - i) & 7];
  uint32_t t1 = s[(7 - i) & 7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                ((e & f) ^ (~e & g)) + constants[i] + word;
  uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
  s[(3 - i) & 7] += t1;
  s[(7 - i) & 7] = t1 + t2;
}

void sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count) {
  for (; count > 0; count--, blocks += 64) {
    uint32_t w[64], s[8];
    schedule(w, blocks);
    for (int i = 0; i < 8; i++) s[i] = state[i];
#pragma unroll
    for (int i = 0; i < 64; i++) round_of(s, i, w[i]);
    for (int i = 0; i < 8; i++) state[i] += s[i];
  }
}

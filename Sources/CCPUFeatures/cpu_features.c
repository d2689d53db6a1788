#include "cpu_features.h"

#if defined(__x86_64__)

bool cpu_supports_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

bool cpu_supports_avx512(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("fma");
}

bool cpu_supports_avx512_bf16(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512bf16");
}

bool cpu_supports_avx512_vnni(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512vnni");
}

bool cpu_is_amd_before_zen3(void) {
  __builtin_cpu_init();
  return __builtin_cpu_is("amdfam17h") || __builtin_cpu_is("amdfam15h");
}

bool cpu_supports_sha256(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
}

#else

bool cpu_supports_avx2(void) { return false; }
bool cpu_supports_avx512(void) { return false; }
bool cpu_supports_avx512_bf16(void) { return false; }
bool cpu_supports_avx512_vnni(void) { return false; }
bool cpu_is_amd_before_zen3(void) { return false; }
bool cpu_supports_sha256(void) { return false; }

#endif

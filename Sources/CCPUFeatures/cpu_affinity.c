#define _GNU_SOURCE
#include "cpu_features.h"

#if defined(__linux__)

#include <sched.h>

int cpu_allowed_count(void) {
  // The call fails while the set is smaller than the kernel's own, which may have room for many more
  // processors than there are.
  for (int room = CPU_SETSIZE; room <= 1 << 20; room *= 2) {
    cpu_set_t *set = CPU_ALLOC(room);
    if (!set) return 0;
    size_t size = CPU_ALLOC_SIZE(room);
    int count = sched_getaffinity(0, size, set) == 0 ? CPU_COUNT_S(size, set) : 0;
    CPU_FREE(set);
    if (count > 0) return count;
  }
  return 0;
}

#else

int cpu_allowed_count(void) { return 0; }

#endif

#define _GNU_SOURCE
#include "file_systems.h"

#include <errno.h>
#include <unistd.h>

int synchronize_file_system(int file) {
#if defined(__linux__)
  return syncfs(file);
#else
  (void)file;
  errno = ENOSYS;
  return -1;
#endif
}

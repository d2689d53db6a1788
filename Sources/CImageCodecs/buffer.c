#include "buffer.h"

#include <stdlib.h>
#include <string.h>

bool codec_buffer_append(codec_buffer *buffer, const void *bytes, size_t count) {
  if (count > buffer->capacity - buffer->count) {
    size_t capacity = 2 * buffer->capacity + count;
    uint8_t *larger = realloc(buffer->bytes, capacity);
    if (!larger) return false;
    buffer->bytes = larger;
    buffer->capacity = capacity;
  }
  memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
  return true;
}

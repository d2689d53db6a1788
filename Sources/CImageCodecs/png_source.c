#include "png_source.h"

#include <string.h>

static void read_bytes(png_structp png, png_bytep bytes, size_t count) {
  png_source *source = png_get_io_ptr(png);
  if (count > source->size - source->position) png_error(png, "the file ends too early");
  memcpy(bytes, source->data + source->position, count);
  source->position += count;
}

void png_read_from(png_structp png, png_source *source) {
  png_set_read_fn(png, source, read_bytes);
  // A count of −1 means all but IHDR, PLTE, tRNS, IDAT and IEND.
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
}

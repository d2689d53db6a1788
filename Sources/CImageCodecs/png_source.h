#pragma once

#include "png_session.h"

/// A PNG in memory, read from its beginning.
typedef struct {
  const uint8_t *data;
  size_t size, position;
} png_source;

/// Lets libpng read a source, and pass over every chunk that pixels do not need: what such a chunk
/// holds, or only promises to hold, then takes no memory.
void png_read_from(png_structp png, png_source *source);

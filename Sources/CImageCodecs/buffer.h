#pragma once

#include "image_codecs.h"

/// Puts bytes behind those of a buffer, which grows as it must.
///
/// Returns false when memory runs out; the buffer is then as it was, still the caller's to free.
bool codec_buffer_append(codec_buffer *buffer, const void *bytes, size_t count);

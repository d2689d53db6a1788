#pragma once

#include <png.h>

#include "image_codecs.h"

/// What is done with libpng's structures. It may leave by png_error.
typedef void (*png_work)(png_structp png, png_infop info, void *arguments);

/// Makes libpng's structures for reading, does the work, and frees them however it ends.
///
/// Returns false with a message when libpng gives up.
bool png_read_session(png_work work, void *arguments, codec_message *message);

/// The same for writing.
bool png_write_session(png_work work, void *arguments, codec_message *message);

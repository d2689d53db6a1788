#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// PNG and JPEG in memory, through libpng and libjpeg. Both libraries report errors by longjmp, which
// must not cross Swift frames: every function here catches it and returns false with a message.
// Decoders write into memory of the caller, who has read the header and knows how much is needed.

/// Why a codec refused, or else what it found odd, in the library's own words, ended by NUL.
typedef struct {
  char text[256];
} codec_message;

/// Memory that an encoder filled, however far it came. The caller frees `bytes` with free().
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
} codec_buffer;

/// The `color_type` field of a PNG's header.
static const int CODEC_PNG_GREY = 0;
static const int CODEC_PNG_RGB = 2;
static const int CODEC_PNG_PALETTE = 3;
static const int CODEC_PNG_GREY_ALPHA = 4;
static const int CODEC_PNG_RGB_ALPHA = 6;

typedef struct {
  uint32_t width, height;
  int bit_depth;   // of the file: 1, 2, 4, 8 or 16
  int color_type;  // of the file
} codec_png_header;

/// A key and its value, both ended by NUL: Latin-1 for a tEXt chunk, UTF-8 (the value) for an iTXt.
typedef struct {
  const char *key;
  const char *value;
  bool utf8;
} codec_png_text;

/// Called once for every text chunk of a PNG; the strings live only during the call.
typedef void (*codec_png_text_visitor)(void *context, codec_png_text text);

bool codec_png_read_header(
    const uint8_t *data, size_t size, codec_png_header *header, codec_message *message);

/// Decodes to 8-bit grey (1 channel) or RGB (3): palettes are looked up, 16 bits cut to their high
/// byte, alpha and transparent colours dropped. `count` is width · height · channels.
bool codec_png_decode_colours(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, codec_message *message);

/// Decodes a palette or grey PNG of 8 or 16 bits to its stored values, one byte a pixel or, of 16 bits,
/// two, the high one first. `palette` has room for 256 RGB triples; `colours` is how many the file has.
/// `count` is width · height · bytes.
bool codec_png_decode_values(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, uint8_t *palette,
    int *colours, codec_message *message);

/// Reads all texts, or refuses when they need more than 64 MiB.
bool codec_png_read_texts(
    const uint8_t *data, size_t size, codec_png_text_visitor visitor, void *context,
    codec_message *message);

/// Encodes rows of 8 or 16 bits, the high byte first, as grey, RGB or, with `colours` > 0 triples in
/// `palette`, as palette indices, of which `transparent` is seen through; -1 for none.
bool codec_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int bit_depth, int color_type,
    const uint8_t *palette, int colours, int transparent, const codec_png_text *texts,
    int text_count, codec_buffer *output, codec_message *message);

typedef struct {
  uint32_t width, height;
  int channels;  // decoded: 1 grey, 3 RGB, 4 CMYK as stored, which by Adobe's custom is inverted
} codec_jpeg_header;

bool codec_jpeg_read_header(
    const uint8_t *data, size_t size, codec_jpeg_header *header, codec_message *message);

/// Decodes a JPEG. Where libjpeg warns and paints over what it could not decode, this is an error; of
/// its other warnings the message holds the first. `count` is width · height · channels.
bool codec_jpeg_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, codec_message *message);

/// Encodes grey (1 channel) or RGB (3) rows. `chroma_factor` is 1 (4:4:4) or 2 (4:2:0).
bool codec_jpeg_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality,
    int chroma_factor, codec_buffer *output, codec_message *message);

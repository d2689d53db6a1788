#include <string.h>

#include "buffer.h"
#include "png_session.h"

typedef struct {
  const uint8_t *pixels;
  uint32_t width, height;
  int bit_depth;
  int color_type;
  const uint8_t *palette;
  int colours;
  int transparent;
  const codec_png_text *texts;
  int text_count;
  codec_buffer *output;
} writer;

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  if (!codec_buffer_append(png_get_io_ptr(png), bytes, count)) png_error(png, "out of memory");
}

// Memory needs no flushing, but libpng would otherwise flush a FILE.
static void flush_nothing(png_structp png) { (void)png; }

static void encode_text(png_structp png, png_infop info, codec_png_text text) {
  png_text chunk = {
      .compression = text.utf8 ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE,
      .key = (char *)text.key,
      .text = (char *)text.value,
      .lang = "",
      .lang_key = "",
  };
  png_set_text(png, info, &chunk, 1);
}

// Alpha is given for all indices up to the one that is transparent.
static void encode_transparency(png_structp png, png_infop info, int index) {
  uint8_t alpha[256];
  memset(alpha, 255, sizeof alpha);
  alpha[index & 255] = 0;
  png_set_tRNS(png, info, alpha, (index & 255) + 1, NULL);
}

static void encode(png_structp png, png_infop info, void *arguments) {
  const writer *w = arguments;
  png_set_write_fn(png, w->output, write_bytes, flush_nothing);
  png_set_IHDR(
      png, info, w->width, w->height, w->bit_depth, w->color_type, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (w->colours > 0) png_set_PLTE(png, info, (png_const_colorp)w->palette, w->colours);
  if (w->transparent >= 0) encode_transparency(png, info, w->transparent);
  for (int i = 0; i < w->text_count; i++) encode_text(png, info, w->texts[i]);
  png_write_info(png, info);
  size_t stride = png_get_rowbytes(png, info);
  for (uint32_t y = 0; y < w->height; y++) png_write_row(png, w->pixels + y * stride);
  png_write_end(png, NULL);
}

bool codec_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int bit_depth, int color_type,
    const uint8_t *palette, int colours, int transparent, const codec_png_text *texts,
    int text_count, codec_buffer *output, codec_message *message) {
  writer w = {pixels,  width,       height, bit_depth,  color_type, palette,
              colours, transparent, texts,  text_count, output};
  return png_write_session(encode, &w, message);
}

#include <string.h>

#include "png_source.h"

typedef struct {
  png_source source;
  codec_png_header *header;
} header_reader;

static void read_header(png_structp png, png_infop info, void *arguments) {
  header_reader *r = arguments;
  png_read_from(png, &r->source);
  png_read_info(png, info);
  r->header->width = png_get_image_width(png, info);
  r->header->height = png_get_image_height(png, info);
  r->header->bit_depth = png_get_bit_depth(png, info);
  r->header->color_type = png_get_color_type(png, info);
}

bool codec_png_read_header(
    const uint8_t *data, size_t size, codec_png_header *header, codec_message *message) {
  header_reader r = {{data, size, 0}, header};
  return png_read_session(read_header, &r, message);
}

typedef struct {
  png_source source;
  uint8_t *pixels;
  size_t count;
  uint8_t *palette;
  int *colours;
} pixel_reader;

// Reads the rows, every pass of an interlaced file over the same memory, and the chunks after them.
static void read_rows(png_structp png, png_infop info, pixel_reader *r) {
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = png_get_rowbytes(png, info);
  uint32_t height = png_get_image_height(png, info);
  if (stride * height != r->count) png_error(png, "the pixels do not fit their memory");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < height; y++) png_read_row(png, r->pixels + y * stride, NULL);
  }
  png_read_end(png, info);
}

static void decode_colours(png_structp png, png_infop info, void *arguments) {
  pixel_reader *r = arguments;
  png_read_from(png, &r->source);
  png_read_info(png, info);
  png_set_strip_16(png);
  // Not png_set_expand: that would also turn a transparent colour into an alpha channel.
  png_set_palette_to_rgb(png);
  if (png_get_color_type(png, info) == PNG_COLOR_TYPE_GRAY) {
    png_set_expand_gray_1_2_4_to_8(png);
  }
  png_set_strip_alpha(png);
  read_rows(png, info, r);
}

bool codec_png_decode_colours(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, codec_message *message) {
  pixel_reader r = {.source = {data, size, 0}, .pixels = pixels, .count = count};
  return png_read_session(decode_colours, &r, message);
}

static void decode_values(png_structp png, png_infop info, void *arguments) {
  pixel_reader *r = arguments;
  png_read_from(png, &r->source);
  png_read_info(png, info);
  png_colorp palette = NULL;
  *r->colours = 0;
  if (png_get_PLTE(png, info, &palette, r->colours)) {
    memcpy(r->palette, palette, 3 * (size_t)*r->colours);
  }
  png_set_packing(png);
  read_rows(png, info, r);
}

bool codec_png_decode_values(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, uint8_t *palette,
    int *colours, codec_message *message) {
  pixel_reader r = {{data, size, 0}, pixels, count, palette, colours};
  return png_read_session(decode_values, &r, message);
}

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "image_codecs.h"

// One use of libpng.
typedef struct {
  jmp_buf failure;
  codec_message *message;
  const uint8_t *data;
  size_t size, position;
  codec_buffer *output;
  void *scratch;
  png_structp png;
  png_infop info;
} session;

typedef void (*work)(session *s, void *arguments);

// The session belongs to the caller, so longjmp leaves its fields as they were when it struck.
static bool attempt(session *s, work body, void *arguments) {
  if (setjmp(s->failure)) return false;
  body(s, arguments);
  return true;
}

static void fail(png_structp png, png_const_charp text) {
  session *s = png_get_error_ptr(png);
  strncpy(s->message->text, text, sizeof s->message->text - 1);
  longjmp(s->failure, 1);
}

// Warnings concern ancillary chunks (colour profiles and the like), which no pixel depends on.
static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

// MARK: Reading

static void read_bytes(png_structp png, png_bytep bytes, size_t count) {
  session *s = png_get_io_ptr(png);
  if (count > s->size - s->position) png_error(png, "the file ends too early");
  memcpy(bytes, s->data + s->position, count);
  s->position += count;
}

static void read_info(session *s, void *arguments) {
  (void)arguments;
  s->info = png_create_info_struct(s->png);
  if (!s->info) png_error(s->png, "out of memory");
  // The caller limits the number of pixels; libpng would limit each side to a million.
  png_set_user_limits(s->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_read_fn(s->png, s, read_bytes);
  png_read_info(s->png, s->info);
}

// Reads all chunks before the pixels, then does the work.
static bool read_png(
    const uint8_t *data, size_t size, codec_message *message, work body, void *arguments) {
  session s = {.message = message, .data = data, .size = size};
  s.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &s, fail, ignore);
  if (!s.png) return false;
  bool done = attempt(&s, read_info, NULL) && attempt(&s, body, arguments);
  if (s.scratch) png_free(s.png, s.scratch);
  png_destroy_read_struct(&s.png, &s.info, NULL);
  return done;
}

// Reads the rows, every pass of an interlaced file over the same memory, and the chunks after them.
static void read_rows(session *s, uint8_t *pixels, size_t count) {
  int passes = png_set_interlace_handling(s->png);
  png_read_update_info(s->png, s->info);
  size_t stride = png_get_rowbytes(s->png, s->info);
  uint32_t height = png_get_image_height(s->png, s->info);
  if (stride * height != count) png_error(s->png, "the pixels do not fit their memory");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < height; y++) png_read_row(s->png, pixels + y * stride, NULL);
  }
  png_read_end(s->png, s->info);
}

static void copy_header(session *s, void *arguments) {
  codec_png_header *header = arguments;
  header->width = png_get_image_width(s->png, s->info);
  header->height = png_get_image_height(s->png, s->info);
  header->bit_depth = png_get_bit_depth(s->png, s->info);
  header->color_type = png_get_color_type(s->png, s->info);
}

bool codec_png_read_header(
    const uint8_t *data, size_t size, codec_png_header *header, codec_message *message) {
  return read_png(data, size, message, copy_header, header);
}

typedef struct {
  uint8_t *pixels;
  size_t count;
  uint8_t *palette;
  int *colours;
} destination;

static void decode_colours(session *s, void *arguments) {
  destination *to = arguments;
  png_set_strip_16(s->png);
  // Not png_set_expand: that would also turn a transparent colour into an alpha channel.
  png_set_palette_to_rgb(s->png);
  if (png_get_color_type(s->png, s->info) == PNG_COLOR_TYPE_GRAY) {
    png_set_expand_gray_1_2_4_to_8(s->png);
  }
  png_set_strip_alpha(s->png);
  read_rows(s, to->pixels, to->count);
}

bool codec_png_decode_colours(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, codec_message *message) {
  destination to = {.pixels = pixels, .count = count};
  return read_png(data, size, message, decode_colours, &to);
}

static void decode_values(session *s, void *arguments) {
  destination *to = arguments;
  png_colorp palette = NULL;
  *to->colours = 0;
  if (png_get_PLTE(s->png, s->info, &palette, to->colours)) {
    memcpy(to->palette, palette, 3 * (size_t)*to->colours);
  }
  png_set_packing(s->png);
  read_rows(s, to->pixels, to->count);
}

bool codec_png_decode_values(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, uint8_t *palette,
    int *colours, codec_message *message) {
  destination to = {.pixels = pixels, .count = count, .palette = palette, .colours = colours};
  return read_png(data, size, message, decode_values, &to);
}

typedef struct {
  codec_png_text_visitor visitor;
  void *context;
} audience;

static void visit_texts(session *s, void *arguments) {
  audience *to = arguments;
  // Text may follow the pixels, so the rows are read too, all into the same scratch.
  int passes = png_set_interlace_handling(s->png);
  png_read_update_info(s->png, s->info);
  s->scratch = png_malloc(s->png, png_get_rowbytes(s->png, s->info));
  uint64_t rows = (uint64_t)passes * png_get_image_height(s->png, s->info);
  for (uint64_t row = 0; row < rows; row++) png_read_row(s->png, s->scratch, NULL);
  png_read_end(s->png, s->info);

  png_textp texts = NULL;
  int count = png_get_text(s->png, s->info, &texts, NULL);
  for (int i = 0; i < count; i++) {
    bool utf8 = texts[i].compression >= PNG_ITXT_COMPRESSION_NONE;
    to->visitor(to->context, (codec_png_text){texts[i].key, texts[i].text, utf8});
  }
}

bool codec_png_read_texts(
    const uint8_t *data, size_t size, codec_png_text_visitor visitor, void *context,
    codec_message *message) {
  audience to = {visitor, context};
  return read_png(data, size, message, visit_texts, &to);
}

// MARK: Writing

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  codec_buffer *output = ((session *)png_get_io_ptr(png))->output;
  if (count > output->capacity - output->count) {
    size_t capacity = 2 * output->capacity + count;
    uint8_t *larger = realloc(output->bytes, capacity);
    if (!larger) png_error(png, "out of memory");
    output->bytes = larger;
    output->capacity = capacity;
  }
  memcpy(output->bytes + output->count, bytes, count);
  output->count += count;
}

// Memory needs no flushing, but libpng would otherwise flush a FILE.
static void flush_nothing(png_structp png) { (void)png; }

typedef struct {
  const uint8_t *pixels;
  uint32_t width, height;
  int color_type;
  const uint8_t *palette;
  int colours;
  const codec_png_text *texts;
  int text_count;
} picture;

static void encode_text(session *s, codec_png_text text) {
  png_text chunk = {
      .compression = text.utf8 ? PNG_ITXT_COMPRESSION_NONE : PNG_TEXT_COMPRESSION_NONE,
      .key = (char *)text.key,
      .text = (char *)text.value,
      .lang = "",
      .lang_key = "",
  };
  png_set_text(s->png, s->info, &chunk, 1);
}

static void encode(session *s, void *arguments) {
  const picture *from = arguments;
  s->info = png_create_info_struct(s->png);
  if (!s->info) png_error(s->png, "out of memory");
  png_set_user_limits(s->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_write_fn(s->png, s, write_bytes, flush_nothing);
  png_set_IHDR(
      s->png, s->info, from->width, from->height, 8, from->color_type, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (from->colours > 0) {
    png_set_PLTE(s->png, s->info, (png_const_colorp)from->palette, from->colours);
  }
  for (int i = 0; i < from->text_count; i++) encode_text(s, from->texts[i]);
  png_write_info(s->png, s->info);
  size_t stride = png_get_rowbytes(s->png, s->info);
  for (uint32_t y = 0; y < from->height; y++) png_write_row(s->png, from->pixels + y * stride);
  png_write_end(s->png, NULL);
}

bool codec_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int color_type, const uint8_t *palette,
    int colours, const codec_png_text *texts, int text_count, codec_buffer *output,
    codec_message *message) {
  session s = {.message = message, .output = output};
  s.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &s, fail, ignore);
  if (!s.png) return false;
  picture from = {pixels, width, height, color_type, palette, colours, texts, text_count};
  bool done = attempt(&s, encode, &from);
  png_destroy_write_struct(&s.png, &s.info);
  return done;
}

#include <stdlib.h>

#include "png_source.h"

// All that libpng may ask for while it reads texts: they unpack to a thousand times their size.
static const size_t memory_for_texts = 64 << 20;

typedef struct {
  png_source source;
  size_t memory;  // what is left of it
  codec_png_text_visitor visitor;
  void *context;
} text_reader;

static png_voidp allocate(png_structp png, png_alloc_size_t count) {
  text_reader *r = png_get_mem_ptr(png);
  // Errors and not NULL, after which libpng would leave out the text.
  if (count > r->memory) png_error(png, "its texts take more than 64 MiB");
  r->memory -= count;
  png_voidp memory = malloc(count);
  if (!memory) png_error(png, "out of memory");
  return memory;
}

static void release(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

// Text may follow the pixels, and libpng gets beyond them only by reading them.
static void pass_over_rows(png_structp png, png_infop info, text_reader *r) {
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  // libpng holds two rows; how long they are the caller knows from the header.
  r->memory += 4 * png_get_rowbytes(png, info);
  uint64_t rows = (uint64_t)passes * png_get_image_height(png, info);
  for (uint64_t row = 0; row < rows; row++) png_read_row(png, NULL, NULL);
}

static void visit_texts(png_structp png, png_infop info, void *arguments) {
  text_reader *r = arguments;
  png_read_from(png, &r->source);
  png_set_mem_fn(png, r, allocate, release);
  png_set_keep_unknown_chunks(
      png, PNG_HANDLE_CHUNK_AS_DEFAULT, (png_const_bytep) "tEXt\0zTXt\0iTXt", 3);
  png_read_info(png, info);
  pass_over_rows(png, info, r);
  png_read_end(png, info);

  png_textp texts = NULL;
  int count = png_get_text(png, info, &texts, NULL);
  for (int i = 0; i < count; i++) {
    bool utf8 = texts[i].compression >= PNG_ITXT_COMPRESSION_NONE;
    r->visitor(r->context, (codec_png_text){texts[i].key, texts[i].text, utf8});
  }
}

bool codec_png_read_texts(
    const uint8_t *data, size_t size, codec_png_text_visitor visitor, void *context,
    codec_message *message) {
  text_reader r = {{data, size, 0}, memory_for_texts, visitor, context};
  return png_read_session(visit_texts, &r, message);
}

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "image_codecs.h"

// libjpeg's error manager, with the way back. It comes first, so that the pointers are the same.
typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf failure;
  codec_message *message;
} errors;

static void fail(j_common_ptr jpeg) {
  errors *e = (errors *)jpeg->err;
  char text[JMSG_LENGTH_MAX];
  e->manager.format_message(jpeg, text);
  snprintf(e->message->text, sizeof e->message->text, "%s", text);
  longjmp(e->failure, 1);
}

// Level −1 marks data that libjpeg would paint over. Two such messages leave every pixel intact.
static void judge_message(j_common_ptr jpeg, int level) {
  int code = jpeg->err->msg_code;
  if (level < 0 && code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM) fail(jpeg);
}

static struct jpeg_error_mgr *catch_errors(errors *e, codec_message *message) {
  jpeg_std_error(&e->manager);
  e->manager.error_exit = fail;
  e->manager.emit_message = judge_message;
  e->message = message;
  return &e->manager;
}

// MARK: Reading

typedef struct {
  errors errors;
  struct jpeg_decompress_struct jpeg;
  const uint8_t *data;
  size_t size;
  codec_jpeg_header header;
  uint8_t *pixels;  // NULL to read the header alone
  size_t count;
} reader;

// CMYK has no conversion in libjpeg; the other colour spaces become grey or RGB.
static void choose_colours(struct jpeg_decompress_struct *jpeg, codec_jpeg_header *header) {
  switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE:
      jpeg->out_color_space = JCS_GRAYSCALE;
      header->channels = 1;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      jpeg->out_color_space = JCS_CMYK;
      header->channels = 4;
      break;
    default:
      jpeg->out_color_space = JCS_RGB;
      header->channels = 3;
  }
}

static void read_pixels(reader *r) {
  jpeg_start_decompress(&r->jpeg);
  size_t stride = (size_t)r->header.width * r->header.channels;
  if (stride * r->header.height != r->count) ERREXIT(&r->jpeg, JERR_BUFFER_SIZE);
  while (r->jpeg.output_scanline < r->jpeg.output_height) {
    JSAMPROW row = r->pixels + r->jpeg.output_scanline * stride;
    jpeg_read_scanlines(&r->jpeg, &row, 1);
  }
  jpeg_finish_decompress(&r->jpeg);
}

static bool read_jpeg(reader *r, codec_message *message) {
  r->jpeg.err = catch_errors(&r->errors, message);
  if (setjmp(r->errors.failure)) return false;
  jpeg_create_decompress(&r->jpeg);
  jpeg_mem_src(&r->jpeg, r->data, r->size);
  jpeg_read_header(&r->jpeg, TRUE);
  r->header.width = r->jpeg.image_width;
  r->header.height = r->jpeg.image_height;
  choose_colours(&r->jpeg, &r->header);
  if (r->pixels) read_pixels(r);
  return true;
}

bool codec_jpeg_read_header(
    const uint8_t *data, size_t size, codec_jpeg_header *header, codec_message *message) {
  reader r = {.data = data, .size = size};
  bool done = read_jpeg(&r, message);
  jpeg_destroy_decompress(&r.jpeg);
  *header = r.header;
  return done;
}

bool codec_jpeg_decode(
    const uint8_t *data, size_t size, uint8_t *pixels, size_t count, codec_message *message) {
  reader r = {.data = data, .size = size, .pixels = pixels, .count = count};
  bool done = read_jpeg(&r, message);
  jpeg_destroy_decompress(&r.jpeg);
  return done;
}

// MARK: Writing

typedef struct {
  errors errors;
  struct jpeg_compress_struct jpeg;
  const uint8_t *pixels;
  uint32_t width, height;
  int channels, quality, chroma_factor;
  unsigned char *bytes;
  unsigned long count;
} writer;

static void configure(writer *w) {
  w->jpeg.image_width = w->width;
  w->jpeg.image_height = w->height;
  w->jpeg.input_components = w->channels;
  w->jpeg.in_color_space = w->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&w->jpeg);
  jpeg_set_quality(&w->jpeg, w->quality, TRUE);
  w->jpeg.optimize_coding = TRUE;
  if (w->channels == 3) {
    // Luma sampled more often than chroma, which keeps the factor 1 of the defaults.
    w->jpeg.comp_info[0].h_samp_factor = w->chroma_factor;
    w->jpeg.comp_info[0].v_samp_factor = w->chroma_factor;
  }
}

static bool write_jpeg(writer *w, codec_message *message) {
  w->jpeg.err = catch_errors(&w->errors, message);
  if (setjmp(w->errors.failure)) return false;
  jpeg_create_compress(&w->jpeg);
  jpeg_mem_dest(&w->jpeg, &w->bytes, &w->count);
  configure(w);
  jpeg_start_compress(&w->jpeg, TRUE);
  size_t stride = (size_t)w->width * w->channels;
  while (w->jpeg.next_scanline < w->height) {
    JSAMPROW row = (JSAMPROW)(w->pixels + w->jpeg.next_scanline * stride);
    jpeg_write_scanlines(&w->jpeg, &row, 1);
  }
  jpeg_finish_compress(&w->jpeg);
  return true;
}

bool codec_jpeg_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int quality,
    int chroma_factor, codec_buffer *output, codec_message *message) {
  writer w = {
      .pixels = pixels,
      .width = width,
      .height = height,
      .channels = channels,
      .quality = quality,
      .chroma_factor = chroma_factor,
  };
  bool done = write_jpeg(&w, message);
  jpeg_destroy_compress(&w.jpeg);
  *output = (codec_buffer){w.bytes, w.count, w.count};
  return done;
}

#include <stdlib.h>

#include <jerror.h>

#include "jpeg_errors.h"

typedef struct {
  jpeg_errors errors;
  struct jpeg_decompress_struct jpeg;
  const uint8_t *data;
  size_t size;
  codec_jpeg_header header;
  uint8_t *pixels;  // NULL to read the header alone
  size_t count;
  bool rows_done;
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

// libjpeg takes the scans that it gets for all there are. A component without any is grey; without
// an end marker, bits of the coefficients may be missing too.
static void refuse_missing_scans(reader *r) {
  for (int c = 0; c < r->jpeg.num_components; c++) {
    bool missing = !r->jpeg.comp_info[c].quant_table;
    for (int k = 0; r->errors.lacks_end && r->jpeg.coef_bits && k < DCTSIZE2; k++) {
      missing |= r->jpeg.coef_bits[c][k] != 0;
    }
    if (missing) jpeg_refuse((j_common_ptr)&r->jpeg, "scans of the image are missing");
  }
}

static void read_rows(reader *r) {
  jpeg_start_decompress(&r->jpeg);
  // All scans but a single one have been read by now.
  if (jpeg_has_multiple_scans(&r->jpeg)) refuse_missing_scans(r);
  size_t stride = (size_t)r->header.width * r->header.channels;
  if (stride * r->header.height != r->count) ERREXIT(&r->jpeg, JERR_BUFFER_SIZE);
  while (r->jpeg.output_scanline < r->jpeg.output_height) {
    JSAMPROW row = r->pixels + r->jpeg.output_scanline * stride;
    jpeg_read_scanlines(&r->jpeg, &row, 1);
  }
  r->rows_done = true;
  jpeg_finish_decompress(&r->jpeg);
}

static bool read_jpeg(reader *r, codec_message *message) {
  r->jpeg.err = jpeg_catch_errors(&r->errors, message);
  // What comes after the last row does not change it.
  if (setjmp(r->errors.failure)) return r->rows_done;
  jpeg_create_decompress(&r->jpeg);
  jpeg_mem_src(&r->jpeg, r->data, r->size);
  jpeg_read_header(&r->jpeg, TRUE);
  r->header.width = r->jpeg.image_width;
  r->header.height = r->jpeg.image_height;
  choose_colours(&r->jpeg, &r->header);
  if (r->pixels) read_rows(r);
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

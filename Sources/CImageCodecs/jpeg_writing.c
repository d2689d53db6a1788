#include <jerror.h>

#include "buffer.h"
#include "jpeg_errors.h"

typedef struct {
  struct jpeg_destination_mgr destination;  // first, so that libjpeg's pointer to it is ours
  struct jpeg_compress_struct jpeg;
  jpeg_errors errors;
  const uint8_t *pixels;
  uint32_t width, height;
  int channels, quality, chroma_factor;
  uint8_t block[4096];  // what libjpeg writes into before it reaches the output
  codec_buffer *output;
} writer;

static void begin_block(j_compress_ptr jpeg) {
  writer *w = (writer *)jpeg->dest;
  w->destination.next_output_byte = w->block;
  w->destination.free_in_buffer = sizeof w->block;
}

static void append(writer *w, size_t count) {
  if (!codec_buffer_append(w->output, w->block, count)) ERREXIT1(&w->jpeg, JERR_OUT_OF_MEMORY, 0);
}

// libjpeg calls this only when the block is full, whatever it says of the bytes left.
static boolean empty_block(j_compress_ptr jpeg) {
  writer *w = (writer *)jpeg->dest;
  append(w, sizeof w->block);
  begin_block(jpeg);
  return TRUE;
}

static void end_block(j_compress_ptr jpeg) {
  writer *w = (writer *)jpeg->dest;
  append(w, sizeof w->block - w->destination.free_in_buffer);
}

static void configure(writer *w) {
  w->destination.init_destination = begin_block;
  w->destination.empty_output_buffer = empty_block;
  w->destination.term_destination = end_block;
  w->jpeg.dest = &w->destination;
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
  w->jpeg.err = jpeg_catch_errors(&w->errors, message);
  if (setjmp(w->errors.failure)) return false;
  jpeg_create_compress(&w->jpeg);
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
      .output = output,
  };
  bool done = write_jpeg(&w, message);
  jpeg_destroy_compress(&w.jpeg);
  return done;
}

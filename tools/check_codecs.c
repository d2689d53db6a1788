// Runs the picture codecs while each of their allocations fails in turn, and on files that are cut
// short or changed at every byte. They must neither leak nor crash; a sanitizer sees what else they
// touch.
//
//     check_codecs PNG_OR_JPEG …

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image_codecs.h"

// MARK: Failing memory. The linker sends the codecs' and the libraries' calls here.

void *__real_malloc(size_t count);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t count);
void __real_free(void *memory);

static long allocations_left = -1;  // until one fails; none does when it is negative
static long blocks;                 // that are in use

static bool fails(void) { return allocations_left > 0 && --allocations_left == 0; }

static void *counted(void *memory) {
  blocks += memory != NULL;
  return memory;
}

void *__wrap_malloc(size_t count) { return fails() ? NULL : counted(__real_malloc(count)); }

void *__wrap_calloc(size_t count, size_t size) {
  return fails() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *memory, size_t count) {
  if (fails()) return NULL;
  void *larger = __real_realloc(memory, count);
  blocks += !memory && larger;
  return larger;
}

void __wrap_free(void *memory) {
  blocks -= memory != NULL;
  __real_free(memory);
}

// MARK: What the codecs are asked to do

typedef struct {
  const uint8_t *data;
  size_t size;
  uint8_t *pixels;  // room for the largest picture
} task;

// One use of a codec. Its result, if it has one, goes into the sum.
typedef bool (*job)(const task *t, uint32_t *sum);

enum { width = 101, height = 67, room = 1 << 16 };

static void add(uint32_t *sum, const void *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) *sum = 31 * *sum + ((const uint8_t *)bytes)[i];
}

static void add_text(void *sum, codec_png_text text) {
  add(sum, text.key, strlen(text.key));
  add(sum, text.value, strlen(text.value));
}

static bool read_texts(const task *t, uint32_t *sum) {
  codec_message message = {""};
  return codec_png_read_texts(t->data, t->size, add_text, sum, &message);
}

static bool read_png(const task *t, uint32_t *sum) {
  codec_message message = {""};
  codec_png_header header;
  if (!codec_png_read_header(t->data, t->size, &header, &message)) return false;
  bool grey = header.color_type == CODEC_PNG_GREY || header.color_type == CODEC_PNG_GREY_ALPHA;
  size_t count = (size_t)header.width * header.height * (grey ? 1 : 3);
  if (count > room) return false;
  if (!codec_png_decode_colours(t->data, t->size, t->pixels, count, &message)) return false;
  add(sum, t->pixels, count);
  return true;
}

static bool read_values(const task *t, uint32_t *sum) {
  codec_message message = {""};
  codec_png_header header;
  uint8_t palette[3 * 256];
  int colours;
  if (!codec_png_read_header(t->data, t->size, &header, &message)) return false;
  if (header.color_type != CODEC_PNG_PALETTE) return false;
  size_t count = (size_t)header.width * header.height;
  if (count > room) return false;
  bool done = codec_png_decode_values(
      t->data, t->size, t->pixels, count, palette, &colours, &message);
  if (!done) return false;
  add(sum, t->pixels, count);
  add(sum, palette, 3 * colours);
  return true;
}

static bool read_jpeg(const task *t, uint32_t *sum) {
  codec_message message = {""};
  codec_jpeg_header header;
  if (!codec_jpeg_read_header(t->data, t->size, &header, &message)) return false;
  size_t count = (size_t)header.width * header.height * header.channels;
  if (count > room) return false;
  if (!codec_jpeg_decode(t->data, t->size, t->pixels, count, &message)) return false;
  add(sum, t->pixels, count);
  return true;
}

static bool take(codec_buffer *output, bool done, uint32_t *sum) {
  add(sum, output->bytes, output->count);
  free(output->bytes);
  return done;
}

static bool write_jpeg(const task *t, uint32_t *sum) {
  codec_message message = {""};
  codec_buffer output = {0};
  bool done = codec_jpeg_encode(t->pixels, width, height, 3, 100, 2, &output, &message);
  return take(&output, done, sum);
}

static bool write_png(const task *t, uint32_t *sum) {
  codec_message message = {""};
  codec_buffer output = {0};
  codec_png_text texts[] = {{"prompt", "a boat", false}, {"caption", "ein K\u00e4tzchen", true}};
  bool done = codec_png_encode(
      t->pixels, width, height, 8, CODEC_PNG_PALETTE, t->pixels, 256, 255, texts, 2, &output,
      &message);
  return take(&output, done, sum);
}

// MARK: The checks

static int faults;

static void report(const char *name, const char *what, size_t place) {
  printf("%s: %s (%zu)\n", name, what, place);
  faults++;
}

static bool run(job work, const task *t, uint32_t *sum, const char *name, size_t place) {
  *sum = 0;
  blocks = 0;
  bool done = work(t, sum);
  if (blocks != 0) report(name, "memory is not freed", place);
  return done;
}

static void fail_each_allocation(const char *name, job work, const task *t) {
  uint32_t good, sum;
  bool can = run(work, t, &good, name, 0);
  for (long n = 1;; n++) {
    allocations_left = n;
    bool done = run(work, t, &sum, name, n);
    bool all_were_given = allocations_left > 0;
    allocations_left = -1;
    if (done && sum != good) report(name, "another result without this allocation", n);
    if (!all_were_given) continue;
    if (done != can) report(name, "it fails though all memory was there", n);
    return;
  }
}

// The data have memory of just their size, so that the sanitizer sees who reads on.
static void damage_each_byte(const char *name, job work, const task *t) {
  uint32_t sum;
  for (size_t place = 0; place < t->size; place++) {
    uint8_t *copy = __real_malloc(t->size);
    memcpy(copy, t->data, t->size);
    copy[place] ^= 0x55;
    task changed = {copy, t->size, t->pixels};
    run(work, &changed, &sum, name, place);
    __real_free(copy);
    copy = __real_malloc(place + 1);
    memcpy(copy, t->data, place);
    task cut = {copy, place, t->pixels};
    run(work, &cut, &sum, name, place);
    __real_free(copy);
  }
}

static uint8_t *contents(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  uint8_t *data = __real_malloc(room);
  *size = file ? fread(data, 1, room, file) : 0;
  if (file) fclose(file);
  if (*size == 0) report(path, "it cannot be read", 0);
  return data;
}

static void check_file(const char *path, uint8_t *pixels) {
  size_t size;
  uint8_t *data = contents(path, &size);
  task t = {data, size, pixels};
  bool is_png = size > 0 && data[0] == 0x89;
  job png_jobs[] = {read_png, read_values, read_texts, NULL}, jpeg_jobs[] = {read_jpeg, NULL};
  for (job *work = is_png ? png_jobs : jpeg_jobs; *work; work++) {
    fail_each_allocation(path, *work, &t);
    damage_each_byte(path, *work, &t);
  }
  __real_free(data);
}

int main(int count, char **paths) {
  uint8_t *pixels = __real_malloc(room);
  srand(1);
  for (size_t i = 0; i < room; i++) pixels[i] = rand();
  task t = {.pixels = pixels};
  fail_each_allocation("JPEG encoder", write_jpeg, &t);
  fail_each_allocation("PNG encoder", write_png, &t);
  for (int i = 1; i < count; i++) check_file(paths[i], pixels);
  return faults > 0;
}

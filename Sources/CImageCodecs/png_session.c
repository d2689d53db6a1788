#include "png_session.h"

#include <setjmp.h>
#include <stdio.h>

typedef struct {
  jmp_buf failure;
  codec_message *message;
  png_structp png;
  png_infop info;
} session;

static void fail(png_structp png, png_const_charp text) {
  session *s = png_get_error_ptr(png);
  snprintf(s->message->text, sizeof s->message->text, "%s", text);
  longjmp(s->failure, 1);
}

// Warnings concern ancillary chunks (colour profiles and the like), which no pixel depends on.
static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

typedef png_structp (*maker)(png_const_charp, png_voidp, png_error_ptr, png_error_ptr);

// The session belongs to the caller, so longjmp leaves its fields as they were when it struck.
static bool attempt(session *s, maker make, png_work work, void *arguments) {
  if (setjmp(s->failure)) return false;
  s->png = make(PNG_LIBPNG_VER_STRING, s, fail, ignore);
  if (!s->png) return false;
  s->info = png_create_info_struct(s->png);
  if (!s->info) return false;
  // The caller limits the number of pixels; libpng would limit each side to a million.
  png_set_user_limits(s->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  work(s->png, s->info, arguments);
  return true;
}

bool png_read_session(png_work work, void *arguments, codec_message *message) {
  session s = {.message = message};
  bool done = attempt(&s, png_create_read_struct, work, arguments);
  png_destroy_read_struct(&s.png, &s.info, NULL);
  return done;
}

bool png_write_session(png_work work, void *arguments, codec_message *message) {
  session s = {.message = message};
  bool done = attempt(&s, png_create_write_struct, work, arguments);
  png_destroy_write_struct(&s.png, &s.info);
  return done;
}

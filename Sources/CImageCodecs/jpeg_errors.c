#include "jpeg_errors.h"

#include <jerror.h>

static void keep_message(j_common_ptr jpeg) {
  codec_message *message = ((jpeg_errors *)jpeg->err)->message;
  char text[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, text);
  snprintf(message->text, sizeof message->text, "%s", text);
}

static void fail(j_common_ptr jpeg) {
  keep_message(jpeg);
  longjmp(((jpeg_errors *)jpeg->err)->failure, 1);
}

void jpeg_refuse(j_common_ptr jpeg, const char *text) {
  jpeg_errors *errors = (jpeg_errors *)jpeg->err;
  snprintf(errors->message->text, sizeof errors->message->text, "%s", text);
  longjmp(errors->failure, 1);
}

// Whether libjpeg goes on with every pixel as it was written. After its other warnings it paints
// over what it could not decode.
static bool leaves_pixels_intact(int code) {
  switch (code) {
    case JWRN_NOT_SEQUENTIAL:    // a baseline scan's header says what only progressive ones use
    case JWRN_EXTRANEOUS_DATA:   // padding before a marker: cameras leave some after a scan's rows
    case JWRN_JPEG_EOF:          // no end marker; rows that lack data give another warning as well
    case JWRN_JFIF_MAJOR:        // a version of JFIF
    case JWRN_ADOBE_XFORM:       // a colour transform unknown to libjpeg, which takes the usual one
      return true;
    default:
      return false;
  }
}

static void judge_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;  // what libjpeg tells about its work
  int code = jpeg->err->msg_code;
  if (!leaves_pixels_intact(code)) fail(jpeg);
  if (code == JWRN_JPEG_EOF) ((jpeg_errors *)jpeg->err)->lacks_end = true;
  if (jpeg->err->num_warnings++ == 0) keep_message(jpeg);
}

struct jpeg_error_mgr *jpeg_catch_errors(jpeg_errors *errors, codec_message *message) {
  jpeg_std_error(&errors->manager);
  errors->manager.error_exit = fail;
  errors->manager.emit_message = judge_message;
  errors->message = message;
  return &errors->manager;
}

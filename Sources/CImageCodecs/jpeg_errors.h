#pragma once

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "image_codecs.h"

/// libjpeg's error manager with the way back. It comes first, so that the pointers are the same.
typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf failure;
  codec_message *message;
  bool lacks_end;  // the file stopped before its end marker
} jpeg_errors;

/// Errors, and warnings of damaged pixels, shall jump to `failure` with the message; of the other
/// warnings the first is kept as the message.
struct jpeg_error_mgr *jpeg_catch_errors(jpeg_errors *errors, codec_message *message);

/// Refuses the image in words of our own.
_Noreturn void jpeg_refuse(j_common_ptr jpeg, const char *text);

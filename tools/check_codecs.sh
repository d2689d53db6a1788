#!/bin/sh
# Runs the picture codecs in C under AddressSanitizer, with failing memory and damaged files: see check_codecs.c.
#
#     tools/check_codecs.sh PNG_OR_JPEG …
#
# Prints what it finds and exits with 1 if there is any; with 77 where clang, or libpng and libjpeg as static
# libraries, whose allocations can be made to fail, are missing.
set -eu
here=$(dirname "$0")
codecs=$here/../Sources/CImageCodecs
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

failing=-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free
if ! clang -std=gnu2x -g -O1 -fuse-ld=lld -fsanitize=address,undefined -fno-sanitize-recover=undefined $failing \
  -I "$codecs/include" "$here/check_codecs.c" "$codecs"/*.c -l:libpng.a -l:libjpeg.a -lz -lm \
  -o "$build/check" 2> "$build/errors"; then
  cat "$build/errors" >&2
  exit 77
fi
# Leaks are counted; the sanitizer's own search for them needs rights that a container may not give.
ASAN_OPTIONS=detect_leaks=0 "$build/check" "$@"

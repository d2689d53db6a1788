#!/usr/bin/env bash
# Builds the program with Swift's libraries, libpng and libjpeg inside, which runs without Swift on systems
# whose C library is not older than this one's: .build/static/release/spolvero.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
archives=$PWD/.build/static-archives

# The linker takes the first library that it finds, so it is shown a folder that has archives only.
mkdir -p "$archives"
for name in png jpeg z; do
  archive=$(clang -print-file-name="lib$name.a")
  if [[ ! -f $archive ]]; then
    echo "lib$name.a is missing, which the packages libpng-dev, libjpeg-dev and zlib1g-dev bring." >&2
    exit 69
  fi
  ln -sf "$archive" "$archives/"
done

# Where the linker looks before it looks in the system's folders, SwiftPM asks of pkg-config.
describe() {
  printf '%s\n' "Name: $1" "Description: $1 as an archive" "Version: 0" "Libs: -L$archives $2" > "$archives/$1.pc"
}
describe libpng "-lpng -lz -lm"
describe libjpeg -ljpeg

PKG_CONFIG_PATH=$archives "$swift" build -c release --product spolvero --scratch-path .build/static \
  --static-swift-stdlib

#!/usr/bin/env bash
# Builds everything and runs all tests, optimized. Prints failures and the closing line of Swift Testing;
# .build/test.log has every line. Exits as the build or the tests do.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
log=.build/test.log

summarized() {
  "$@" 2>&1 | tee -a "$log" | awk -f tools/test_summary.awk
}

mkdir -p .build
: > "$log"
echo "Building and testing takes minutes. Every line is in $log." >&2
summarized "$swift" build -c release --build-tests
summarized "$swift" test -c release --skip-build --disable-xctest

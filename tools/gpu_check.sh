#!/usr/bin/env bash
# Checks and times the Vulkan backend on a machine that has a graphics driver and nothing else: no Swift, no packages.
#
#   tools/gpu_check.sh build                       on a machine with Swift: fills .build/gpu-check (220 MB; a third as .tar.xz)
#   tools/gpu_check.sh run [OUTPUT [PYTHON]]       there, in a copy of the repository with .build/gpu-check
#
# `run` takes all fixtures and operations through the device, matrix units included, and then times it, in turn with the
# PyTorch of PYTHON where one is named. OUTPUT (default: .build/gpu-check/results) gets devices.json, tests.log and
# benchmarks.jsonl. Where tests fail, all is measured none the less, and the exit code is 1.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.build/gpu-check

build() {
  # Statically linked, where the toolchain can: its testing library is a shared one, so the tests bring theirs along.
  swift build -c release --static-swift-stdlib --scratch-path .build/static --product benchmark
  swift build -c release --static-swift-stdlib --scratch-path .build/static --product spolvero
  swift build -c release --build-tests
  mkdir -p "$folder/lib"
  install -s .build/static/release/{benchmark,spolvero} "$folder"
  install -s .build/release/spolveroPackageTests.xctest "$folder/tests"
  ldd "$folder"/{tests,spolvero} | awk '$3 ~ /^\// { print $3 }' | sort -u |
    grep -Ev '/(libc|libm|libgcc_s|libstdc\+\+|libpthread|libdl|librt)\.so' | xargs -I{} cp -L {} "$folder/lib"
  du -sh "$folder"
}

run() {
  local output=${1:-$folder/results} python=${2:-} failed=0
  export LD_LIBRARY_PATH=$PWD/$folder/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  mkdir -p "$output"
  "$folder/spolvero" devices
  "$folder/spolvero" devices --json > "$output/devices.json"
  # The validation layer is no part of a driver.
  "$folder/tests" --testing-library swift-testing --skip theValidationLayerIsInstalled \
    --filter 'TensorsTests|NeuralLayersTests|VisionModelsTests|LanguageModelsTests|DiffusionModelsTests|DiffusionPipelinesTests|VulkanBackendTests' > "$output/tests.log" 2>&1 ||
    {
      failed=1
      grep -E '✘|error' "$output/tests.log" | head -50 || true  # none where the tests crashed
      echo "tests failed; see $output/tests.log" >&2
    }
  tail -1 "$output/tests.log"
  measure() {
    echo "$*" >&2
    "$folder/benchmark" --device auto --json "$@" < /dev/null | tee -a "$output/benchmarks.jsonl" || echo "left out: $*" >&2
  }
  local peer=()
  [[ -z $python ]] || peer=(--compare pytorch --python "$python")
  for precision in fp16 bf16; do
    for name in linear/4096x320x2560 linear/8192x1280x320 conv2d/320x320x3x3/64 attention/4096x40x8 \
      unet/sd15/512/guided unet/sd15/512/guided/4 unet/sd15/512/guided/8 unet/sdxl/1024/guided vae/decode/512; do
      measure "$name" --precision "$precision" "${peer[@]}"
    done
  done
  return "$failed"
}

case ${1:-} in
  build) build ;;
  run) shift; run "$@" ;;
  *) grep '^#  ' "$0" | cut -c5- >&2; exit 64 ;;
esac

#!/bin/sh
# Trains everything in order and exports it, going on where an earlier call was stopped:
#     training/all.sh --work DIR --size 128
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
train() {
  module=$1
  shift
  "$python" -m "training.$module" "$@"
}

train scenes "$@" --processes "$(nproc)"
train autoencoder "$@"
train latents "$@"
train tokenizer "$@"
train unet "$@"
train lineart "$@"
for kind in canny lineart label; do train adapter "$@" --kind "$kind"; done
train together "$@"
train decoder "$@"
train export "$@" --output "${OUTPUT:-../Weights/littleworld}"
train samples "$@" --output "${SHEETS:-../Weights/sheets}"

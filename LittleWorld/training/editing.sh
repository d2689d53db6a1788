#!/bin/sh
# Trains what extends the exported model, all three at once, and exports it beside the model:
#     training/editing.sh --work DIR --minutes 4
# Sheets to look at and the losses come to $OUTPUT, with what was exported as editing.tar, which unpacks in Weights.
# Under seven minutes on a large GPU with 16 cores; called again, it goes on where it was stopped.
set -eu
cd "$(dirname "$0")/.."
export HF_HUB_OFFLINE=1 PYTHONUNBUFFERED=1
python=${PYTHON:-python3}
output=${OUTPUT:-../.build/editing}  # relative to LittleWorld, or absolute
weights=../Weights
train() {
  module=$1
  shift
  echo "$(date +%T) $module"
  "$python" -m "training.$module" "$@"
}

mkdir -p "$output"
train scenes "$@" --processes "$(nproc)"
train exported "$@"
runs=
for network in controlnet inpainting gligen; do
  train "$network" "$@" > "$output/$network.log" 2>&1 &
  runs="$runs $!"
done
failed=0
for run in $runs; do wait "$run" || failed=1; done
tail -n 4 "$output"/*.log
train extensions "$@"
(cd $weights && tar cf - $(ls -d littleworld/controlnets littleworld-* 2>/dev/null)) > "$output/editing.tar"
train extension_samples "$@" --output "$output"
train samples "$@" --output "$output" --only losses
echo "$(date +%T) done"
exit $failed

#!/bin/sh
# Trains what extends the exported model, all three at once, and exports it beside the model:
#     training/editing.sh --work DIR --minutes 4
# Sheets to look at and the losses come to $OUTPUT, with what was exported as editing.tar, which unpacks in Weights.
# With WITHIN=8 in the environment it exports after eight minutes at the latest, whatever drawing the scenes has taken.
# 20,000 scenes take two minutes on 16 cores, and three minutes of training 1,500 to 2,000 steps on a large GPU. Called
# again, it goes on where it was stopped.
set -eu
began=$(date +%s)
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
if [ -n "${WITHIN:-}" ]; then
  # Starting takes half a minute, exporting a minute.
  left=$((60 * WITHIN - $(date +%s) + began - 90))
  [ "$left" -gt 0 ] || { echo "no time is left for training: draw fewer scenes" >&2; exit 1; }
  set -- "$@" --minutes "$((left / 60)).$((left % 60 * 100 / 60 / 10))"
fi
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

#!/bin/sh
# Trains what goes on from the exported model, networks at once, and exports them beside the model:
#     training/extend.sh editing --work DIR --minutes 4      ControlNet, inpainting, GLIGEN
#     training/extend.sh scribbles --work DIR --minutes 4    ScribbleGen's two ControlNets
#     training/extend.sh observers --work DIR --minutes 4    captioner, CLIP pair, segmenter
# Sheets to look at and the losses come to $OUTPUT, with what was exported as editing.tar and so on, which unpacks in
# Weights. With WITHIN=8 in the environment it exports after eight minutes at the latest, whatever drawing the scenes
# has taken. 20,000 scenes take two minutes on 16 cores, and three minutes of training 1,500 to 2,000 steps of editing on
# a large GPU. Called again, it goes on where it was stopped.
set -eu
began=$(date +%s)
cd "$(dirname "$0")/.."
export HF_HUB_OFFLINE=1 PYTHONUNBUFFERED=1
python=${PYTHON:-python3}
weights=../Weights
kind=${1:-}
case $kind in
  editing)
    preparation=exported networks="controlnet inpainting gligen" export=extensions samples=extension_samples
    folders="littleworld/controlnets littleworld-inpainting littleworld-gligen" ;;
  scribbles)
    preparation="scribbles exported" networks=scribblegen export=extensions samples=
    folders=littleworld/controlnets ;;
  observers)
    preparation=wordpieces networks="captioner clip segmenter" export=observers samples=
    folders="littleworld-captioner littleworld-clip littleworld-segmenter" ;;
  *) grep '^#  ' "$0" | cut -c6- >&2; exit 64 ;;
esac
shift
output=${OUTPUT:-../.build/$kind}  # relative to LittleWorld, or absolute
train() {
  module=$1
  shift
  echo "$(date +%T) $module"
  "$python" -m "training.$module" "$@"
}

mkdir -p "$output"
train scenes "$@" --processes "$(nproc)"
for module in $preparation; do train "$module" "$@"; done
if [ -n "${WITHIN:-}" ]; then
  # Starting takes half a minute, exporting a minute.
  left=$((60 * WITHIN - $(date +%s) + began - 90))
  [ "$left" -gt 0 ] || { echo "no time is left for training: draw fewer scenes" >&2; exit 1; }
  set -- "$@" --minutes "$((left / 60)).$((left % 60 * 100 / 60 / 10))"
fi
runs=
for network in $networks; do
  train "$network" "$@" > "$output/$network.log" 2>&1 &
  runs="$runs $!"
done
failed=0
for run in $runs; do wait "$run" || failed=1; done
tail -n 4 "$output"/*.log
train $export "$@"
# Those that were exported now or before.
(cd $weights && tar cf - $(ls -d $folders 2>/dev/null)) > "$output/$kind.tar"
[ -z "$samples" ] || train $samples "$@" --output "$output"
train samples "$@" --output "$output" --only losses
echo "$(date +%T) done"
exit $failed

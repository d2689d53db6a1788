#!/usr/bin/env bash
# Fills README's table of rivals and Benchmarks/Results/cpu.md: steps and decoding at 512×512 in every precision, in turn
# with OpenVINO, then with PyTorch. Run it on a machine where nothing else runs; it says where it was not so. With all
# models converted beforehand, which takes an hour, it takes about twenty minutes on two processors and 24 GB.
#
#   Benchmarks/run_rivals.sh PYTHON [RESULTS.jsonl]
#   WORK="vae/decode/512" PRECISIONS="bf16" PEERS="openvino" SAMPLES=1 Benchmarks/run_rivals.sh PYTHON /tmp/try.jsonl
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:?a Python with the packages of tools/requirements.txt, openvino and nncf among them}
results=${2:-Benchmarks/Results/cpu.jsonl}
read -ra work <<< "${WORK:-unet/sd15/512/guided vae/decode/512 unet/sdxl/512/guided}"
read -ra precisions <<< "${PRECISIONS:-fp32 bf16 int16 int8}"
read -ra peers <<< "${PEERS:-openvino pytorch}"
benchmark=.build/release/benchmark
swift build -c release --product benchmark

# Both sides hold their weights at once: XL's in fp32 fit into 24 GB beside OpenVINO, which maps its file, and not
# beside PyTorch.
fits() { [[ "$1/$2/$3" != unet/sdxl/*/fp32/pytorch || -n "${ALL:-}" ]]; }

"$python" tools/render_benchmarks.py --machine >> "$results"
for precision in "${precisions[@]}"; do
  for name in "${work[@]}"; do
    for peer in "${peers[@]}"; do
      fits "$name" "$precision" "$peer" || continue
      # PyTorch has no int8 of its own.
      [ "$peer/$precision" = pytorch/int8 ] && continue
      # A process for each: what one leaves in memory is gone before the next.
      "$benchmark" "$name" --json --precision "$precision" --samples "${SAMPLES:-3}" --compare "$peer" \
        --python "$python" < /dev/null | tee -a "$results" || echo "$name in $precision beside $peer is left out" >&2
    done
  done
done
if [ "$results" = Benchmarks/Results/cpu.jsonl ]; then
  "$python" tools/render_benchmarks.py "$results" > Benchmarks/Results/cpu.md
fi
"$python" tools/render_benchmarks.py "$results" --rivals

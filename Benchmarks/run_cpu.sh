#!/usr/bin/env bash
# Fills Benchmarks/Results/cpu.md: benchmarks in turn with OpenVINO, then with PyTorch, in both precisions, matrix products
# in turn with OpenBLAS, one core beside all of them. Run it on a machine where nothing else runs; it takes hours, so name
# what is wanted, or run run_rivals.sh.
#
#   Benchmarks/run_cpu.sh PYTHON [NAME …]
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:?a Python with the packages of tools/requirements.txt}
shift

swift build -c release --product benchmark
results=Benchmarks/Results/cpu.jsonl
measure() { .build/release/benchmark --json "$@" | tee -a "$results"; }

"$python" tools/render_benchmarks.py --machine >> "$results"
for precision in fp32 bf16; do
  # A process for each: what one leaves in memory is gone before the next.
  .build/release/benchmark --list "$@" | while read -r name _; do
    for peer in openvino pytorch; do
      measure "$name" --precision "$precision" --compare "$peer" --python "$python" < /dev/null ||
        echo "$name beside $peer is left out" >&2
    done
  done
done
if [ $# = 0 ]; then
  # Some machines name a kernel of OpenBLAS for older processors; let it choose its best.
  env -u OPENBLAS_CORETYPE .build/release/benchmark --json linear --compare openblas | tee -a "$results"
  for precision in fp32 bf16; do
    measure unet/sd15/512/guided vae/decode/512 --precision "$precision" --threads 1
  done
fi
"$python" tools/render_benchmarks.py "$results" > Benchmarks/Results/cpu.md

#!/usr/bin/env bash
# Runs Deploy/ray_augment.py on a real Ray cluster, two nodes in network namespaces, breaks the run in every
# way at hand, and compares the result with that of an unbroken run. As root, with Debian's packages iproute2,
# procps and util-linux, and Ray in a virtual environment:
#
#     python3 -m venv .venv-ray && .venv-ray/bin/pip install ray
#     RAY=.venv-ray/bin tools/check_ray.sh > Deploy/runs/ray.txt
#
# SPOLVERO names the program, .build/release/spolvero if not given; IMAGES and STEPS the length of the run.
export RAY=${RAY:-.venv-ray/bin}
# shellcheck source=tools/cluster.sh
source "$(dirname "$0")/cluster.sh"
need "$RAY/ray" ip nsenter pgrep setpriv
export RAY_USAGE_STATS_ENABLED=0 RAY_DISABLE_IMPORT_WARNING=1 RAY_COLOR_PREFIX=0
# Nodes that do not answer are given up after some seconds.
export RAY_health_check_period_ms=1000 RAY_health_check_timeout_ms=2000 RAY_health_check_failure_threshold=3

# Nodes have a /tmp of their own, so what lies there is lent to them.
lend_environment() {
  mkdir -p /srv/ray
  mount --bind "$(cd "$RAY/.." && pwd)" /srv/ray
  ray=/srv/ray/bin
}

start_ray() {
  local common=(--num-cpus 2 --object-store-memory 100000000 --block --disable-usage-stats)
  on n1 "$ray/python" "$ray/ray" start --head --node-ip-address 10.77.0.1 --port 6379 --include-dashboard false \
    "${common[@]}" > /srv/n1.log 2>&1 &
  until on n1 "$ray/python" "$ray/ray" status > /dev/null 2>&1; do sleep 1; done
  on n2 "$ray/python" "$ray/ray" start --address 10.77.0.1:6379 --node-ip-address 10.77.0.2 \
    "${common[@]}" > /srv/n2.log 2>&1 &
  await_nodes 2
}

# Waits until the cluster has so many nodes.
await_nodes() {
  until (($(count_nodes) == $1)); do sleep 1; done
  say "$("$ray/python" -c 'import ray; print("Ray", ray.__version__)'): $1 nodes"
}

count_nodes() { on n1 "$ray/python" "$ray/ray" status 2> /dev/null | grep --count '^ 1 node_' || true; }

# Hands the run in on the first node, as four shards.
paint() {
  on n1 "$ray/python" /srv/ray_augment.py --shards 4 --cpus 1 --spolvero /srv/bin/spolvero -- \
    "${run[@]}" --output /srv/augmented
}

# Where the shards run now.
show_shards() {
  local process node
  for process in $(programs augment); do
    node=$(nsenter --target "$process" --uts -- hostname)
    echo "        shard $(tr '\0' '\n' < "/proc/$process/cmdline" | grep --after-context 1 -e --shard | tail -n 1) on $node"
  done | sort
}

share_files
lend_environment
cp "$root/Deploy/ray_augment.py" /srv/
paint_unbroken
make_machines n1 n2
start_ray

say "The first run: each shard is broken in another way."
paint > /srv/first.log 2>&1 &
driver=$!
await_images /srv/augmented 3
show_shards
say "shard 1/4: its program is killed with SIGKILL"
kill -KILL "$(programs "--shard 1/4")"
say "shard 2/4: the worker of Ray that has it is killed with SIGKILL"
kill -KILL "$(ps --no-headers --format ppid "$(programs '--shard 2/4')" | tr -d ' ')"
say "shard 3/4: its program is told to stop with SIGTERM"
kill -TERM "$(programs "--shard 3/4")"
await_images /srv/augmented 10
show_shards
say "n2 loses its power"
kill -KILL "${machine[n2]}"
await_images /srv/augmented 16
show_shards
say "the driver is told to stop with SIGTERM"
kill -TERM "$(pgrep --full "^$ray/python /srv/ray_augment.py")"
wait "$driver" || say "it ended with status $?, with $(programs augment | wc -l) programs left"
say "$(painted /srv/augmented) of $images images are painted; the ledger is $(
  [[ -e /srv/augmented/ledger.jsonl ]] && echo there || echo not there yet)"

say "The same line again."
paint > /srv/second.log 2>&1
say "it ended with status $?"
compare /srv/augmented

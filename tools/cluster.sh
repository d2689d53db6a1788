# shellcheck shell=bash
# What check_slurm.sh and check_ray.sh share: machines made of namespaces, a run that nothing breaks, and the comparison
# with it. Sourced, as root, on Linux.
#
# Each machine has processes, a host name, a network and a /tmp of its own; /srv is the file system that they share. All
# of it is gone when the script ends.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Starts the script again where its mounts and processes are its own.
if [[ -z ${IN_NAMESPACE:-} ]]; then
  IN_NAMESPACE=yes exec unshare --mount --pid --fork --kill-child --mount-proc nice "$0" "$@"
fi

# A line of the account that the script gives.
say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }

need() {
  local command
  for command in "$@"; do
    command -v "$command" > /dev/null || { echo "'$command' is missing: see the top of $0." >&2; exit 69; }
  done
}

# Lays out /srv: the program, the dataset of the demo and the model in the box.
share_files() {
  local program=${SPOLVERO:-$root/.build/release/spolvero} library
  mount -t tmpfs tmpfs /srv
  mkdir -p /srv/bin /srv/lib
  cp "$program" /srv/bin/
  # A static one needs none.
  { ldd "$program" 2> /dev/null || true; } | awk '/swift|Foundation|dispatch|BlocksRuntime/ { print $3 }' | while read -r library; do
    cp "$library" /srv/lib/
  done
  cp -r "$root/Weights/demo" /srv/dataset
  cp -r "$root/Weights/littleworld" /srv/model
  export LD_LIBRARY_PATH=/srv/lib PATH=/srv/bin:$PATH
}

# The run that is split: what it is told beside --output.
images=${IMAGES:-32}
run=(--dataset /srv/dataset --captions /srv/dataset/captions.jsonl --images "$images" --model /srv/model
  --prior lineart --prior-model /srv/model/lineart --adapter /srv/model/adapters/lineart --resolution 96
  --steps "${STEPS:-25}" --cfg-scale 4 --device cpu --precision fp32 --seed 7)

declare -A machine

# make_machines NAME…: machines 10.77.0.1, 10.77.0.2 … on one switch, called so.
make_machines() {
  local name number=0
  mkdir -p /run/spolvero
  unshare --net sleep infinity &
  machine[switch]=$!
  await_namespace "${machine[switch]}" net
  on_switch ip link add switch type bridge
  on_switch ip link set switch up
  for name in "$@"; do
    number=$((number + 1))
    start_machine "$name"
    ip link add "port$number" netns "${machine[switch]}" type veth peer name eth0 netns "${machine[$name]}"
    on_switch ip link set "port$number" master switch up
    on "$name" ip address add "10.77.0.$number/24" dev eth0
    on "$name" ip link set eth0 up
    on "$name" ip link set lo up
    say "machine $name: 10.77.0.$number"
  done
}

# Its first process does nothing; with it go all others.
start_machine() {
  unshare --net --uts --pid --mount --fork --kill-child --mount-proc sleep infinity &
  local child=''
  until child=$(pgrep --parent $! --exact sleep); do sleep 0.1; done
  machine[$1]=$child
  await_namespace "$child" net
  on "$1" hostname "$1"
  on "$1" mount -t tmpfs tmpfs /tmp
}

# A process is there a moment before its namespaces.
await_namespace() {
  until [[ $(readlink "/proc/$1/ns/$2") != "$(readlink "/proc/self/ns/$2")" ]]; do sleep 0.1; done
}

# on NAME COMMAND…: runs a command on a machine.
on() {
  local name=$1
  shift
  nsenter --target "${machine[$name]}" --net --uts --pid --mount -- "$@"
}

on_switch() { nsenter --target "${machine[switch]}" --net -- "$@"; }

# The number of images that are painted in a folder.
painted() { find "$1" -path '*/JPEGImages/demo_??????_*.jpg' 2> /dev/null | wc -l; }

# await_images FOLDER NUMBER: waits until so many are painted.
await_images() {
  until (($(painted "$1") >= $2)); do sleep 0.2; done
  say "$(painted "$1") of $images images are painted"
}

# programs PATTERN: the processes of `augment` with such words on their command line, on all machines.
programs() { pgrep --exact spolvero --list-full | grep -e "$1" | cut -d ' ' -f 1 || true; }

# What an unbroken run on one machine gives, in /srv/unbroken.
paint_unbroken() {
  spolvero augment "${run[@]}" --threads 2 --output /srv/unbroken > /srv/unbroken.log 2>&1
  say "an unbroken run painted $(painted /srv/unbroken) images"
}

# compare FOLDER: fails unless it is what the unbroken run gave, byte for byte.
compare() {
  say "$1: $(find "$1" -type f | wc -l) files, $(painted "$1") images, $(wc -l < "$1/ledger.jsonl") lines in the ledger," \
    "SHA-256 of all: $(cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16)"
  if diff --recursive --brief /srv/unbroken "$1"; then
    say "$1 and /srv/unbroken are the same, byte for byte"
  else
    say "$1 and /srv/unbroken differ"
    exit 1
  fi
}

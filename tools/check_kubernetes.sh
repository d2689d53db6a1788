#!/usr/bin/env bash
# Checks Deploy/kubernetes.yaml with the schemas that Kubernetes publishes, and has podman play the job's pods, with the
# manifest's user, rights, read-only file system and claim. They are killed, evicted and doubled, and the
# result is compared with that of an unbroken run. As root, with Debian's packages podman, runc and catatonit, an
# image of check_image.sh in FOLDER, and kubernetes-validate:
#
#     python3 -m venv .venv-kubernetes && .venv-kubernetes/bin/pip install kubernetes-validate
#     PYTHON=.venv-kubernetes/bin/python tools/check_kubernetes.sh FOLDER > Deploy/runs/kubernetes.txt
#
# IMAGES and STEPS are the length of the run.
export PYTHON=${PYTHON:-.venv-kubernetes/bin/python}
# shellcheck source=tools/cluster.sh
source "$(dirname "$0")/cluster.sh"
need "$PYTHON" podman runc catatonit
check=("$PYTHON" "$root/tools/check_kubernetes.py" "$root/Deploy/kubernetes.yaml")
images_folder=$(cd "$1" && pwd)

# What podman is told by every command: the images' folder, and no more than a plain system has.
configure_podman() {
  cat > /srv/containers.conf <<'CONFIGURATION'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
CONFIGURATION
  cat > /srv/storage.conf <<CONFIGURATION
[storage]
driver = "overlay"
graphroot = "$images_folder/storage"
runroot = "$images_folder/run"
CONFIGURATION
  export CONTAINERS_CONF=/srv/containers.conf CONTAINERS_STORAGE_CONF=/srv/storage.conf
}

# The folders that the manifest names, on the volume that podman takes for its claim.
fill_claim() {
  podman volume rm --force spolvero > /dev/null 2>&1 || true
  podman volume create spolvero > /dev/null
  claim=$(podman volume inspect --format '{{.Mountpoint}}' spolvero)
  mkdir "$claim/models"
  cp -r "$root/Weights/demo" "$claim/VOC2012"
  mv "$claim/VOC2012/captions.jsonl" "$claim"
  cp -r "$root/Weights/littleworld" "$claim/models/sd15"
  cp -r "$root/Weights/littleworld/adapters/lineart" "$claim/models/canny-sd15"
  chown -R 1000:1000 "$claim"
}

remove_pods() {
  podman pod rm --force --all > /dev/null
  podman volume rm --force spolvero > /dev/null
}

"${check[@]}" check
mount -t tmpfs tmpfs /srv
configure_podman
fill_claim
trap remove_pods EXIT
say "$(podman --version), $(runc --version | head -n 1), $(podman run --rm --network none localhost/spolvero --version)"
# The model in the box is a small one, and so is the run.
"${check[@]}" run localhost/spolvero --images="$images" --prior=lineart --prior-model=models/sd15/lineart \
  --resolution=96 --steps="${STEPS:-25}" --cfg-scale=4 --device=cpu
mv "$claim/unbroken" "$claim/augmented" /srv/
compare /srv/augmented

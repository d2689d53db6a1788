#!/usr/bin/env bash
# Checks Deploy/kubernetes.yaml with the schemas that Kubernetes publishes, and runs its pods without a kubelet:
# each index is a process with the manifest's own words, user and read-only file system, which is stopped
# as a pod is. The result is compared with that of an unbroken run. As root, with kubernetes-validate:
#
#     python3 -m venv .venv-kubernetes && .venv-kubernetes/bin/pip install kubernetes-validate
#     PYTHON=.venv-kubernetes/bin/python tools/check_kubernetes.sh > Deploy/runs/kubernetes.txt
#
# SPOLVERO names the program, .build/release/spolvero if not given; IMAGES and STEPS the length of the run.
export PYTHON=${PYTHON:-.venv-kubernetes/bin/python}
# shellcheck source=tools/cluster.sh
source "$(dirname "$0")/cluster.sh"
need "$PYTHON" chroot
check=("$PYTHON" "$root/tools/check_kubernetes.py" "$root/Deploy/kubernetes.yaml")

# The file system of a pod: IMAGE, a folder with that of the image, or this system's own with the program in it. Nothing
# but the claim can be written to.
make_root() {
  mkdir -p /srv/layer/data /srv/layer/usr/local /srv/work /srv/root /srv/claim/models
  [[ ${IMAGE:-} ]] || cp -r /srv/bin /srv/lib /srv/layer/usr/local/
  mount -t overlay overlay -o "lowerdir=${IMAGE:-/},upperdir=/srv/layer,workdir=/srv/work" /srv/root
  mount -o remount,ro /srv/root
  mount --bind /srv/claim /srv/root/data
  mount --rbind /dev /srv/root/dev
  mount -t proc proc /srv/root/proc
}

# The folders that the manifest names, on the claim.
fill_claim() {
  cp -r /srv/dataset /srv/claim/VOC2012
  mv /srv/claim/VOC2012/captions.jsonl /srv/claim/
  cp -r /srv/model /srv/claim/models/sd15
  cp -r /srv/model/adapters/lineart /srv/claim/models/canny-sd15
  chown -R 1000:1000 /srv/claim
}

"${check[@]}" check
share_files
make_root
fill_claim
# The model in the box is a small one, and so is the run.
"${check[@]}" run /srv/root --images="$images" --prior=lineart --prior-model=models/sd15/lineart --resolution=96 \
  --steps="${STEPS:-25}" --cfg-scale=4 --device=cpu --threads=1
mv /srv/claim/unbroken /srv/
compare /srv/claim/augmented

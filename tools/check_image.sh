#!/usr/bin/env bash
# Builds the Containerfile where no registry of images is at hand, and tries what comes out. As root, with Debian's
# packages buildah and debootstrap, on Debian or Ubuntu:
#
#     tools/check_image.sh FOLDER [TARGET] > Deploy/runs/image.txt
#
# FOLDER keeps the images; PACKAGES is a folder with copies of Swift packages, .build/repositories if not given; TARGET
# is a stage of the Containerfile, the last one if not given. In place of the two images that it begins with stand a
# minimal Debian of debootstrap's, and the same with what Swift's own image installs and the toolchain in PATH. All
# steps are the Containerfile's own.
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd) target=${2:-}
root=$(cd "$(dirname "$0")/.." && pwd)
toolchain=$(cd "$(dirname "$(readlink -f "$(command -v swift)")")/../.." && pwd)
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep --max-count 1 '/debian/\?$')
buildah=(nice buildah --root "$folder/storage" --runroot "$folder/run")
export BUILDAH_ISOLATION=chroot

have() { "${buildah[@]}" images --quiet "$1" > /dev/null 2>&1; }

make_debian() {
  local container
  [[ -e $folder/debian/etc/os-release ]] ||
    nice debootstrap --variant=minbase bookworm "$folder/debian" "$mirror" > "$folder/debootstrap.log"
  container=$("${buildah[@]}" from scratch)
  "${buildah[@]}" add --quiet "$container" "$folder/debian" / > /dev/null
  "${buildah[@]}" config --cmd bash "$container"
  "${buildah[@]}" commit --quiet --rm "$container" docker.io/library/debian:bookworm-slim > /dev/null
}

make_swift() {
  local container
  container=$("${buildah[@]}" from --pull-never docker.io/library/debian:bookworm-slim)
  "${buildah[@]}" run "$container" -- sh -c 'apt-get -qq update &&
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends binutils ca-certificates g++ git \
      libc6-dev libcurl4 libedit2 libncurses6 libsqlite3-0 libstdc++-12-dev libxml2 pkg-config tzdata zlib1g-dev' \
    > "$folder/swift.log" 2>&1
  lend_packages "$container"
  "${buildah[@]}" config --env "PATH=$toolchain/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
    "$container"
  "${buildah[@]}" commit --quiet --rm "$container" docker.io/library/swift:6.2-bookworm > /dev/null
}

# The Swift packages are those that a build here has fetched: this machine may be behind a proxy.
lend_packages() {
  local copy name
  for copy in "${PACKAGES:-$root/.build/repositories}"/*/; do
    name=$(basename "${copy%-*}")
    "${buildah[@]}" add --quiet "$1" "$copy" "/srv/packages/$name" > /dev/null
    "${buildah[@]}" run "$1" -- git config --system "url.file:///srv/packages/$name.insteadOf" \
      "$(grep -o "https://[^\"]*/$name" "$root/Package.swift")"
  done
}

# As `podman run` would, with the program as the entry point.
try_image() {
  local container name
  container=$("${buildah[@]}" from --pull-never localhost/spolvero)
  run() {
    echo "\$ spolvero $*"
    "${buildah[@]}" run --user 1000:1000 --volume "$root/Weights:/work:ro" "$container" -- spolvero "$@"
  }
  run --version
  run devices
  run statistics demo | tail -n 3
  run inspect littleworld | tail -n 1
  run generate -m littleworld -p "a white boat on a lake" -s 7 --steps 5 -o /tmp/boat.png
  echo "\$ # what the image adds to Debian's:"
  "${buildah[@]}" run "$container" -- sh -c \
    'cd /usr/local && find . -type f -size +0 -not -name "*.py" | sort | xargs du -h --apparent-size | sed "s|\./|/usr/local/|" | head -n 12
     echo "$ ldd /usr/local/bin/spolvero"; ldd bin/spolvero | sed "s/ (0x.*//"'
  name=$("${buildah[@]}" inspect --format '{{.OCIv1.Config.Entrypoint}} in {{.OCIv1.Config.WorkingDir}}' "$container")
  echo "Entry point: $name; file system: $(du -sh --apparent-size "$("${buildah[@]}" mount "$container")" | cut -f 1)," \
    "of which Debian's: $(du -sh --apparent-size "$folder/debian" | cut -f 1)"
}

have docker.io/library/debian:bookworm-slim || make_debian
have docker.io/library/swift:6.2-bookworm || make_swift
started=$SECONDS
"${buildah[@]}" build --pull-never --layers ${target:+--target "$target"} --volume "$toolchain:$toolchain:ro" \
  --tag localhost/spolvero "$root" > "$folder/build.log" 2>&1 ||
  { tail -n 20 "$folder/build.log" >&2; echo "The steps fail; $folder/build.log has all that they said." >&2; exit 1; }
grep -E '^(\[[0-9]/[0-9]\] )?STEP' "$folder/build.log"
echo "built in $((SECONDS - started)) s"
try_image

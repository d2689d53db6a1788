#!/usr/bin/env bash
# Tries a bare system of another distribution. Needs root and debootstrap.
#
#     tools/try_machine.sh source SUITE FOLDER             .ci/run, which is `make test`, from the sources
#     tools/try_machine.sh release SUITE FOLDER TARBALL    what `make release` packed, without Swift
#
# SUITE is bookworm, trixie or noble; FOLDER is made, keeps the system, and is used again. Packages come
# from MIRROR, or else from where this machine's own come from. The toolchain in PATH is lent to
# `source`. All is mounted for this script alone, and gone with it.
set -euo pipefail

[[ -n ${IN_NAMESPACE:-} ]] || IN_NAMESPACE=yes exec unshare --mount --pid --fork "$0" "$@"
what=$1 suite=$2 folder=$3 tarball=${4:-}
root=$(cd "$(dirname "$0")/.." && pwd)

own_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep --max-count 1 '/debian/\?$'
}

make_system() {
  local options=() script=()
  if [[ $suite == noble ]]; then
    # Half of what a build needs is in Ubuntu's second component; all its releases are made by one script, of
    # which an older debootstrap does not know the newer names.
    options=(--components=main,universe)
    script=(gutsy)
  fi
  [[ -e $folder/etc/os-release ]] ||
    debootstrap --variant=minbase "${options[@]}" "$suite" "$folder" "${MIRROR:-$(own_mirror)}" "${script[@]}" \
      > "$folder.log" ||
    { echo "$suite: no such system can be made from here; $folder.log says why." >&2; exit 69; }
  mount -t proc proc "$folder/proc"
  mount --rbind /dev "$folder/dev"
  cp /etc/resolv.conf "$folder/etc/"
}

try_source() {
  local toolchain
  toolchain=$(cd "$(dirname "$(readlink -f "$(command -v swift)")")/../.." && pwd)
  mkdir -p "$folder/opt/swift" "$folder/spolvero"
  mount --bind -o ro "$toolchain" "$folder/opt/swift"
  git -C "$root" ls-files --cached --others --exclude-standard -z |
    tar --create --directory "$root" --null --files-from - | tar --extract --directory "$folder/spolvero"
  # What Swift's own page asks for, as far as a build needs it.
  inside 'apt-get -qq update && apt-get -qq install --yes --no-install-recommends binutils ca-certificates \
    g++ git libcurl4 libedit2 libncurses6 libsqlite3-0 libxml2 tzdata > /dev/null'
  lend_packages
  inside 'PATH=/opt/swift/usr/bin:$PATH /spolvero/.ci/run' | tail -n 12
}

# The Swift packages are those that a build here has fetched: this machine may be behind a proxy.
lend_packages() {
  local copy name original
  rm -rf "$folder/srv/packages"
  mkdir -p "$folder/srv/packages"
  for copy in "$root"/.build/repositories/*/; do
    name=$(basename "${copy%-*}")
    original=$(git -C "$copy" config remote.origin.url)
    cp -R "$copy" "$folder/srv/packages/$name"
    inside "cd /spolvero && /opt/swift/usr/bin/swift package config set-mirror --original '$original' \
      --mirror 'file:///srv/packages/$name'" > /dev/null
  done
}

try_release() {
  rm -rf "$folder/opt/spolvero"
  mkdir -p "$folder/opt/spolvero" "$folder/srv/demo"
  tar --extract --file "$tarball" --strip-components 1 --directory "$folder/opt/spolvero"
  cp -R "$root/Weights/." "$folder/srv/demo"
  inside 'cd /srv/demo && export PATH=/opt/spolvero/bin:$PATH && spolvero --version &&
    spolvero devices && spolvero statistics demo | tail -n 3 &&
    spolvero generate -m littleworld -p "a white boat on a lake" -s 7 --steps 5 -o /tmp/boat.png &&
    spolvero prior --image demo/JPEGImages/$(ls demo/JPEGImages | head -n 1) \
      --mask demo/SegmentationClass/$(ls demo/SegmentationClass | head -n 1) -o /tmp/priors && ls /tmp/priors'
}

inside() {
  chroot "$folder" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c "$1"
}

mkdir -p "$(dirname "$folder")"
make_system
grep PRETTY_NAME "$folder/etc/os-release"
"try_$what"

#!/usr/bin/env bash
# Installs the system packages that Spolvero needs beside a Swift toolchain, on Debian and Ubuntu.
# Says what it installs; says nothing when nothing is missing.
set -euo pipefail

packages=(
  git libjpeg-dev libopenblas0-pthread libpng-dev libvulkan-dev make mesa-vulkan-drivers pkg-config
  spirv-tools vulkan-validationlayers
)

if ! command -v swift > /dev/null; then
  echo "Spolvero needs a Swift toolchain, 6.2 or later, and found no 'swift' in PATH: see https://swift.org/install." >&2
  exit 69
fi

if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
  # Not a system that this script can change. What is missing shows in the build; here is what to look for.
  if ! pkg-config --exists libpng libjpeg 2> /dev/null; then
    echo "This is neither Debian nor Ubuntu, so nothing was installed. Spolvero needs the headers of libpng and" >&2
    echo "libjpeg(-turbo), those of Vulkan, pkg-config and, for speed, OpenBLAS: please install these with your package manager." >&2
    exit 69
  fi
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null || true)
  [[ $state == installed ]] || missing+=("$package")
done
if (( ${#missing[@]} == 0 )); then
  exit 0
fi

as_root=()
if (( EUID != 0 )); then
  if ! command -v sudo > /dev/null; then
    echo "Missing packages: ${missing[*]}. Please run as root: apt-get install ${missing[*]}" >&2
    exit 69
  fi
  as_root=(sudo)
fi

echo "Installing ${missing[*]} …" >&2
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get -qq install --yes --no-install-recommends "${missing[@]}" > /dev/null

#!/usr/bin/env bash
# Installs the system packages that Spolvero needs beside a Swift toolchain, on Debian and Ubuntu.
#
#     tools/bootstrap.sh            what a build needs
#     tools/bootstrap.sh --tests    what tests need on top; without it they are skipped
#
# Says what it installs, and nothing when nothing is missing. Where it cannot install, it says what is
# missing and fails only if a build cannot do without.
set -euo pipefail

# OpenBLAS is opened at run time, for processors that have no kernels of their own.
packages=(git libjpeg-dev libopenblas0-pthread libpng-dev libvulkan-dev make pkg-config)
if [[ ${1:-} == --tests ]]; then
  packages=(mesa-vulkan-drivers spirv-tools vulkan-validationlayers)
  # Opens a report; Ubuntu has it as a snap only.
  ! grep -qs '^ID=debian' /etc/os-release || packages+=(chromium)
fi

check_swift() {
  local version
  if ! command -v swift > /dev/null; then
    echo "Spolvero needs a Swift toolchain, 6.2 or later, and found no 'swift' in PATH: see https://swift.org/install." >&2
    exit 69
  fi
  version=$(swift --version 2>&1) || {
    echo "'$(command -v swift)' does not run: $version. See https://swift.org/install for what it needs." >&2
    exit 69
  }
  [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] || return 0
  if (( BASH_REMATCH[1] * 100 + BASH_REMATCH[2] < 602 )); then
    echo "'$(command -v swift)' is ${BASH_REMATCH[0]}; Spolvero needs 6.2 or later: see https://swift.org/install." >&2
    exit 69
  fi
}

# What is missing of the packages, on a system that has dpkg.
list_missing() {
  local package state
  for package in "${packages[@]}"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2> /dev/null || true)
    [[ $state == installed ]] || echo "$package"
  done
}

install_packages() {
  local as_root=(env)
  if (( EUID != 0 )); then
    # Without a terminal nobody can be asked for a password.
    if ! command -v sudo > /dev/null || ! { [[ -t 0 ]] || sudo -n true 2> /dev/null; }; then return 1; fi
    as_root=(sudo env)
  fi
  echo "Installing $* …" >&2
  "${as_root[@]}" apt-get -qq update && "${as_root[@]}" DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install --yes --no-install-recommends "$@" > /dev/null
}

# Goes on where a build can do without what is missing.
check_headers() {
  if [[ ${1:-} != --tests ]] && ! pkg-config --exists libpng libjpeg vulkan 2> /dev/null; then
    echo "A build needs pkg-config and the headers of libpng, libjpeg(-turbo) and Vulkan." >&2
    exit 69
  fi
}

check_swift
if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
  # Not a system that this script can change.
  check_headers "$@"
  exit 0
fi
mapfile -t missing < <(list_missing)
if (( ${#missing[@]} > 0 )) && ! install_packages "${missing[@]}"; then
  echo "Missing, and not installed: ${missing[*]}. As root: apt-get install ${missing[*]}" >&2
  check_headers "$@"
fi

#!/usr/bin/env bash
# Runs the tests of matrix units on a software device that has them, on a machine without a GPU.
#
#     swift build -c release --build-tests && tools/matrix_units_check.sh [folder] [filter]
#
# Mesa 26's lavapipe has VK_KHR_cooperative_matrix with fp16, which Debian 12's does not. It comes from
# Debian's backports, beside the libraries that it needs, into a folder of its own, and nothing is installed.
# bf16 is not in it: those shaders are validated when they are compiled, and run on a GPU alone. Compiling the
# others takes lavapipe minutes. Large tiles need more shared memory than it has, and are not run either.
set -euo pipefail

folder=$(realpath --canonicalize-missing "${1:-.build/mesa}")
filter=${2:-MatrixUnitsTests|ProductPrecisionTests|HalfPrecisionTests}
libraries=$folder/root/usr/lib/x86_64-linux-gnu
tests=(.build/release/*.xctest)

if [[ ! -e $libraries/libvulkan_lvp.so ]]; then
  mkdir -p "$folder"/{etc/apt/apt.conf.d,etc/apt/preferences.d,var/lib/apt/lists/partial,var/lib/dpkg,root}
  mkdir -p "$folder/var/cache/apt/archives/partial"
  : > "$folder/var/lib/dpkg/status"
  # From where this system has its own packages.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep --max-count 1 '/debian/*$')
  for suite in trixie trixie-backports; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
  done > "$folder/etc/apt/sources.list"
  cat > "$folder/apt.conf" << END
Dir "$folder";
Dir::State::status "$folder/var/lib/dpkg/status";
APT::Architecture "amd64";
APT::Sandbox::User "$(id --user --name)";
END
  export APT_CONFIG=$folder/apt.conf
  apt-get -qq update
  apt-get -qq install --yes --no-install-recommends --download-only --target-release trixie-backports \
    libstdc++6 mesa-vulkan-drivers vulkan-validationlayers > /dev/null
  for package in "$folder"/var/cache/apt/archives/*.deb; do dpkg --extract "$package" "$folder/root"; done
fi

sed "s#\"library_path\": *\"[^\"]*\"#\"library_path\": \"$libraries/libvulkan_lvp.so\"#" \
  "$folder/root/usr/share/vulkan/icd.d/lvp_icd.json" > "$folder/lavapipe.json"
swift_libraries=$(dirname "$(dirname "$(readlink --canonicalize "$(command -v swift)")")")/lib/swift/linux
VK_DRIVER_FILES=$folder/lavapipe.json VK_LAYER_PATH=$folder/root/usr/share/vulkan/explicit_layer.d \
  GALLIVM_PERF=no_opt "$libraries/ld-linux-x86-64.so.2" \
  --library-path "$libraries:$swift_libraries:$swift_libraries/testing" \
  "${tests[0]}" --testing-library swift-testing --filter "$filter"

#!/bin/sh
# Builds and runs a package that depends on this one by version, as those of its users do.
#
#     tools/check_dependent.sh FOLDER
#
# SwiftPM refuses flags such as those of the AVX kernels in such a dependency. FOLDER is made and keeps
# what was built; the sources are those of the working tree. Needs no network when this package has been
# built here. The last line printed says what was painted on which device.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)

# The working tree as version 1.0.0.
mkdir "$work/spolvero"
cd "$work/spolvero"
cp -R "$root/Package.swift" "$root/Sources" "$root/Benchmarks" "$root/Fuzzing" "$root/Tests" .
git init --quiet
git add --all
git -c user.name=check -c user.email=check commit --quiet --message "1.0.0"
git tag 1.0.0

mkdir -p "$work/painter/Sources/painter"
cd "$work/painter"
cat > Package.swift <<MANIFEST
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "painter",
  dependencies: [.package(url: "file://$work/spolvero", from: "1.0.0")],
  targets: [
    .executableTarget(
      name: "painter", dependencies: [.product(name: "DiffusionPipelines", package: "spolvero")])
  ]
)
MANIFEST
cat > Sources/painter/main.swift <<'PROGRAM'
import CPUBackend
import DiffusionPipelines
import Foundation
import Tensors

let folder = URL(fileURLWithPath: CommandLine.arguments[1])
try SyntheticModel(.tiny).write(to: folder)
let device = Device.cpu()
let pipeline = try StableDiffusionPipeline(folder: folder, device: device)
let picture = try pipeline([ImageRequest(prompt: "a boat", width: 64, height: 64)]).images[0]
print("\(picture.width)×\(picture.height) pixels on \(device)")
PROGRAM

# What this package itself depends on comes from the copies that its own build has fetched.
for copy in "$root"/.build/repositories/*; do
  [ -d "$copy" ] || continue
  name=$(basename "${copy%-*}")
  ln -s "$copy" "$work/$name"
  # The copy itself may come from a mirror, so the manifest is asked first.
  original=$(grep -o "https://[^\"]*/$name" "$root/Package.swift" ||
    git -C "$copy" config remote.origin.url)
  swift package config set-mirror --original "$original" --mirror "file://$work/$name"
done
swift run -c release painter "$work/model"

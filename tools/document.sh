#!/bin/sh
# Renders the library's documentation: a website for any server.
#
#     tools/document.sh FOLDER
#
# All modules are documented as the one that users import. What DocC warns of is an error.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
output=$1
swift build --package-path "$root" --target Spolvero
build=$(swift build --package-path "$root" --show-bin-path)
target=$(swift -print-target-info | sed -n 's/^ *"triple": "\(.*\)",/\1/p')
modules=$(sed -n 's/^@_exported public import //p' "$root/Sources/Spolvero/Spolvero.swift")

set --
for map in "$build"/*.build/module.modulemap "$root"/Sources/*/module.modulemap; do
  set -- "$@" -Xcc "-fmodule-map-file=$map"
done
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
swift symbolgraph-extract -module-name Spolvero -target "$target" -I "$build/Modules" "$@" \
  -experimental-allowed-reexported-modules="$(echo "$modules" | paste -sd, -)" \
  -minimum-access-level public -skip-inherited-docs -skip-synthesized-members \
  -output-dir "$graphs"

# DocC checks the comments of a module's own symbols only.
sed -i 's/"module":"[A-Za-z0-9]*"/"module":"Spolvero"/g' "$graphs"/*.json
docc convert "$root/Sources/Spolvero/Spolvero.docc" --additional-symbol-graph-dir "$graphs" \
  --output-path "$output" --warnings-as-errors

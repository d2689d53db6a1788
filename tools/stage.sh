#!/usr/bin/env bash
# Lays out an installation of the static program, with completions for bash, zsh and fish, manual pages
# and licence, below a folder.
#
#     tools/stage.sh PREFIX
set -euo pipefail
prefix=$1
cd "$(dirname "$0")/.."
program=.build/static/release/spolvero
manuals=.build/manual/pages

install -D --strip --mode 755 "$program" "$prefix/bin/spolvero"
complete() {
  mkdir -p "$(dirname "$prefix/share/$2")"
  "$program" --generate-completion-script "$1" > "$prefix/share/$2"
}
complete bash bash-completion/completions/spolvero
complete zsh zsh/site-functions/_spolvero
complete fish fish/vendor_completions.d/spolvero.fish
install -D --mode 644 --target-directory "$prefix/share/man/man1" "$manuals"/*.1
install -D --mode 644 --target-directory "$prefix/share/doc/spolvero" LICENSE README.md CHANGELOG.md

#!/bin/sh
# Lists the files below a folder that match a pattern, sorted: what meson.build compiles.
cd "$(dirname "$0")/.." || exit 1
[ -d "$1" ] || exit 0
find "$1" -type f -name "$2" ! -name '.*' ! -name '*.md' ! -name '*.txt' | LC_ALL=C sort

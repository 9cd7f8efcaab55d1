#!/bin/bash
# Explores one target with libFuzzer (clang) for some seconds; what it finds goes to tests/fuzz/corpus/NAME by hand.
# Usage: tests/fuzz/fuzz.sh form|multipart|head|image [SECONDS]
set -eu
cd "$(dirname "$0")/../.."
name=${1:?which target?} seconds=${2:-60}
debug=${DEBUG:-build-debug}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $name in
form) sources="src/web/form.c" ;;
multipart) sources="src/web/multipart.c" ;;
head) sources="src/web/head.c src/web/csrf.c src/web/seal.c src/web/request.c src/web/ratelimit.c src/web/response.c" ;;
image) sources="src/app/image.c src/app/image_jpeg.c src/app/image_png.c" ;;
*) echo "no such target: $name" >&2; exit 2 ;;
esac
clang -g -O1 -std=c17 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	-Isrc -I"$debug" -Itests/fuzz tests/fuzz/fuzz_"$name".c $sources src/base/*.c -o "$work/fuzz" \
	-lsodium -ljpeg -lpng -lz -lm -lpthread
mkdir "$work/corpus"
"$work/fuzz" -max_total_time="$seconds" -max_len=16384 -print_final_stats=1 -artifact_prefix="$PWD/" \
	"$work/corpus" "tests/fuzz/corpus/$name"

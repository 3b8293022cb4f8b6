#!/bin/sh
# Measures the C interface: calls from a C program, and the stream beside the Rust batch.
set -eu
cd "$(dirname "$0")/.."
CARGO=${CARGO:-cargo}
TARGET=${CARGO_TARGET_DIR:-$(cd ../.. && pwd)/target}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# Together, so that what both need is built once.
"$CARGO" build -q --release --locked -p zhenggong-c -p zhenggong-benches
make -s install PROFILE=release PREFIX="$WORK/prefix" CARGO="$CARGO" TARGET_DIR="$TARGET"
"$TARGET/release/generate" 50000 "$WORK/people.csv"
"${CC:-cc}" -std=c11 -O2 -Wall -Wextra -Wpedantic -Werror bench/bench.c -o "$WORK/bench" \
    -I"$WORK/prefix/include" -L"$WORK/prefix/lib" -lzhenggong
LD_LIBRARY_PATH="$WORK/prefix/lib" "$WORK/bench" ../../benches/plan.toml "$WORK/people.csv"
"$CARGO" bench -q --locked -p zhenggong-c --bench stream

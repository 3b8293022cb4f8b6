#!/bin/sh
# Builds the C interface, installs it to a scratch folder, and compiles and runs its clients against
# what was installed. The last line is "N passed, N failed". Tools that are missing are named.
#
#     bindings/c/test.sh
set -u
cd "$(dirname "$0")" || exit 2
CARGO=${CARGO:-cargo}
TARGET=${CARGO_TARGET_DIR:-$(cd ../.. && pwd)/target}
ROOT=$(cd ../.. && pwd -P)
WORK=$(mktemp -d) && WORK=$(cd "$WORK" && pwd -P) || exit 2
trap 'rm -rf "$WORK"' EXIT
PREFIX=$WORK/prefix
passed=0 failed=0

# check NAME COMMAND...: runs a command; its output is shown where it fails.
check() {
    label=$1
    shift
    if "$@" >"$WORK/out" 2>&1; then
        passed=$((passed + 1))
        count=$(tail -n 1 "$WORK/out" | grep -E '^[0-9]+ passed' || true)
        echo "ok      $label${count:+ ($count)}"
    else
        failed=$((failed + 1))
        echo "FAILED  $label"
        tail -n 30 "$WORK/out"
    fi
}
fails_with() {
    want=$1
    shift
    "$@"
    [ $? -eq "$want" ]
}
missing() { echo "missing $1: $2 not run"; }

# Rust: header, symbols and codes current; panics kept inside; cases written for the replay.
export ZG_CASES="$WORK/cases.jsonl" ZG_CODES="$WORK/codes.txt" ZG_ASSESSMENTS="$WORK/assessments.jsonl"
export ZG_TABLES="$WORK/tables.jsonl"
check "rust tests" "$CARGO" test -q -p zhenggong-c --features test-hooks --locked

check "install" make -s install PROFILE=dev PREFIX="$PREFIX" CARGO="$CARGO" TARGET_DIR="$TARGET"
# installs FOLDER: the files are there, and name this folder in full.
installs() {
    test -f "$1/include/zhenggong.h" && test -f "$1/lib/libzhenggong.so.1" &&
        grep -qx "prefix=$2" "$1/lib/pkgconfig/zhenggong.pc" &&
        grep -q "\"$2/lib/libzhenggong.so" "$1/lib/cmake/zhenggong/zhenggong-config.cmake"
}
# made FOLDER ARGS…: make in this folder, without what an outer make was told.
made() {
    at=$1
    shift
    env -u MAKEFLAGS -u MAKELEVEL -u PREFIX \
        make -s -C "$at" PROFILE=dev CARGO="$CARGO" TARGET_DIR="$TARGET" "$@"
}
relative() {
    near=$(realpath --relative-to="$1" "$WORK")/near && rm -rf "$WORK/near" &&
        made "$1" "$2" PREFIX="$near" && installs "$WORK/near" "$WORK/near"
}
staged() { made "$ROOT" install-c DESTDIR="$WORK/stage" && installs "$WORK/stage/usr/local" /usr/local; }
check "install-c to a relative folder" relative "$ROOT" install-c
check "install to a relative folder" relative "$ROOT/bindings/c" install
check "install-c without a folder" staged

LIB=$PREFIX/lib
export LD_LIBRARY_PATH="$LIB" PKG_CONFIG_PATH="$LIB/pkgconfig"

symbols() { nm -D --defined-only "$LIB/libzhenggong.so" | awk '{ print $3 }' | LC_ALL=C sort | diff exports.txt -; }
check "exported symbols" symbols
soname() { readelf -d "$LIB/libzhenggong.so" | grep -q 'SONAME.*\[libzhenggong.so.1\]'; }
check "SONAME" soname

FLAGS="-Wall -Wextra -Wpedantic -Werror -g -O1 -Iclients -Iexamples"
SAN="-fsanitize=address,undefined -fno-sanitize-recover=all"
if command -v pkg-config >/dev/null; then
    PKG=$(pkg-config --cflags --libs zhenggong) || PKG=""
    STATIC=$(pkg-config --static --libs-only-l zhenggong | sed 's/-lzhenggong//')
    ALONE=$(pkg-config --static --cflags --libs zhenggong)
    check "pkg-config" test -n "$PKG"
else
    missing pkg-config "check of zhenggong.pc"
    PKG="-I$PREFIX/include -L$LIB -lzhenggong" STATIC="-lpthread -lm -ldl"
    ALONE="$PKG $STATIC"
fi

CLIENTS="clients/misuse.c clients/threads.c clients/pay.c clients/stream.c"
OTHERS="clients/replay.c clients/errors.c clients/assess.c clients/rules.c clients/leak.c
    examples/payslip.c examples/assessment.c examples/quota.c"

# level CC CXX LEVEL: compiles all clients at another level, where a compiler sees other mistakes.
level() {
    for client in clients/table.c $CLIENTS $OTHERS; do
        "$1" -std=c11 $FLAGS "$3" -c "$client" -o "$WORK/level.o" -I"$PREFIX/include" || return 1
    done
    "$2" -std=c++17 $FLAGS -Wshadow "$3" -c clients/client.cpp -o "$WORK/level.o" -I"$PREFIX/include"
}

# build NAME CC CXX SUFFIX FLAGS...: compiles all clients with a suffix to their names.
build() {
    compiler=$1 cc=$2 cxx=$3 suffix=$4
    shift 4
    table=$WORK/$compiler/table$suffix.o
    check "$compiler builds table$suffix" "$cc" -std=c11 $FLAGS "$@" -c clients/table.c -o "$table" -I"$PREFIX/include"
    for client in $CLIENTS $OTHERS; do
        name=$(basename "$client" .c)$suffix
        check "$compiler builds $name" \
            "$cc" -std=c11 $FLAGS "$@" "$client" "$table" -o "$WORK/$compiler/$name" $PKG -lpthread
    done
    check "$compiler builds client$suffix" "$cxx" -std=c++17 $FLAGS "$@" clients/client.cpp \
        clients/second.cpp "$table" -o "$WORK/$compiler/client$suffix" $PKG -lpthread
}
# example NAME PROGRAM ARGS…: runs an example and compares what it prints.
example() {
    name=$1
    shift
    "$@" >"$WORK/$name.txt" 2>&1 && diff "examples/$name.expected.txt" "$WORK/$name.txt"
}
DATA=../../examples/data
MARCH="$DATA/assessment-subjects.csv $DATA/assessment-events.csv P01"

# run NAME SUFFIX: runs the clients that `build` made.
run() {
    for name in misuse threads pay stream client; do check "$1 $name$2" "$WORK/$1/$name$2"; done
    check "$1 replay$2" "$WORK/$1/replay$2" "$ZG_CASES"
    check "$1 errors$2" "$WORK/$1/errors$2" "$ZG_CODES"
    check "$1 assess$2" "$WORK/$1/assess$2" "$ZG_ASSESSMENTS"
    check "$1 rules$2" "$WORK/$1/rules$2" "$ZG_TABLES"
    check "$1 example payslip$2" example payslip "$WORK/$1/payslip$2"
    check "$1 example assessment$2" example assessment "$WORK/$1/assessment$2" $MARCH
    check "$1 example quota$2" example quota "$WORK/$1/quota$2"
}

# clients NAME CC CXX: compiles and runs all clients, plain and, where they link, with sanitizers.
clients() {
    mkdir -p "$WORK/$1"
    build "$1" "$2" "$3" ""
    run "$1" ""
    for of in -O0 -O2 -O3; do check "$1 compiles at $of" level "$2" "$3" "$of"; done
    echo 'int main(void) { return 0; }' >"$WORK/probe.c"
    if "$2" $SAN "$WORK/probe.c" -o "$WORK/probe" >/dev/null 2>&1; then
        build "$1" "$2" "$3" "-san" $SAN
        run "$1" "-san"
        check "$1 sanitizer finds the deliberate leak" fails_with 23 \
            env ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=exitcode=23 "$WORK/$1/leak-san"
    else
        missing "sanitizers of $1" "its clients with them"
    fi
}

if command -v gcc >/dev/null; then
    clients gcc gcc g++
    check "gcc builds against the static library" gcc -std=c11 $FLAGS clients/misuse.c \
        -o "$WORK/misuse-static" -I"$PREFIX/include" "$LIB/libzhenggong.a" $STATIC
    check "static library" env -u LD_LIBRARY_PATH "$WORK/misuse-static"
    echo 'int main(void) { return 0; }' >"$WORK/probe.c"
    if gcc -static "$WORK/probe.c" -o "$WORK/probe" >/dev/null 2>&1; then
        check "gcc builds a program without shared libraries" \
            gcc -std=c11 $FLAGS -static clients/misuse.c -o "$WORK/misuse-alone" $ALONE
        check "program without shared libraries" env -u LD_LIBRARY_PATH "$WORK/misuse-alone"
    else
        missing "static libraries of gcc" "a program without shared libraries"
    fi
    if command -v valgrind >/dev/null; then
        VALGRIND="valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible"
        VALGRIND="$VALGRIND --suppressions=clients/valgrind.supp"
        for name in misuse threads pay stream payslip client; do
            check "valgrind $name" $VALGRIND "$WORK/gcc/$name"
        done
        check "valgrind assessment" $VALGRIND "$WORK/gcc/assessment" $MARCH
        head -n 12 "$ZG_ASSESSMENTS" >"$WORK/few.jsonl"
        check "valgrind assess" $VALGRIND "$WORK/gcc/assess" "$WORK/few.jsonl" few
        head -n 20 "$ZG_TABLES" >"$WORK/few-tables.jsonl"
        check "valgrind rules" $VALGRIND "$WORK/gcc/rules" "$WORK/few-tables.jsonl" few
        check "valgrind quota" $VALGRIND "$WORK/gcc/quota"
        check "valgrind errors" $VALGRIND "$WORK/gcc/errors" "$ZG_CODES" small
        check "valgrind finds the deliberate leak" fails_with 9 $VALGRIND "$WORK/gcc/leak"
    else
        missing valgrind "memory check"
    fi
else
    missing gcc "clients"
fi
# page FILE WANTED: the program in C of a page, as it stands there, prints a line with what is wanted.
page() {
    awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "../../$1" >"$WORK/page.c" &&
        "${CC:-cc}" -std=c11 $FLAGS "$WORK/page.c" -o "$WORK/page" $PKG &&
        "$WORK/page" | grep -F -e "$2"
}
check "README quick start" page README.md "4242.36"
check "C of the page on assessment" page docs/ASSESSMENT.md "总分 97.00"
if command -v clang >/dev/null; then clients clang clang clang++; else missing clang "its clients"; fi

if command -v cmake >/dev/null; then
    check "cmake configures" cmake -S clients/cmake -B "$WORK/cmake" -DCMAKE_PREFIX_PATH="$PREFIX"
    check "cmake builds" cmake --build "$WORK/cmake"
    check "cmake shared client" "$WORK/cmake/misuse"
    check "cmake static client" "$WORK/cmake/misuse-static"
else
    missing cmake "the package"
fi
if command -v python3 >/dev/null; then
    check "ctypes" python3 clients/client.py "$LIB/libzhenggong.so" "$ZG_CASES"
    check "ctypes structs" python3 clients/structs.py "$LIB/libzhenggong.so"
    check "ctypes rules" python3 clients/rules.py "$LIB/libzhenggong.so" "$ZG_TABLES"
    check "ctypes assess" python3 clients/assess.py "$LIB/libzhenggong.so" "$ZG_ASSESSMENTS"
else
    missing python3 "ctypes clients"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

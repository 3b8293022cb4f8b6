#!/usr/bin/env bash
# Runs every example and compares what it prints with examples/expected/. With UPDATE=1 it rewrites
# them for review.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo=${CARGO:-cargo}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
passed=0
failed=0

# check NAME EXIT-CODE ARGS…: runs the example of that name's first part.
check() {
    local name=$1 want=$2 status=0
    shift 2
    "$cargo" run --quiet --locked --example "${name%%.*}" -- "$@" >"$out/$name.txt" 2>&1 || status=$?
    if [ "${UPDATE:-}" = 1 ]; then cp "$out/$name.txt" "examples/expected/$name.txt"; fi
    if [ "$status" -eq "$want" ] && diff -u "examples/expected/$name.txt" "$out/$name.txt"; then
        passed=$((passed + 1))
    else
        echo "example $name: exit $status, want $want"
        failed=$((failed + 1))
    fi
}

mkdir -p examples/expected out
check appraisal 0
check payslip 0
check lint 1
check assessment 0
check assessment.en 0 --language en
check month_run 0
check month_run.en 0 --language en --person P0002
# The floor of 2021 was published in April: as known in March, contributions stand on the old one.
check month_run.known-on 0 --known-on 2021-03-31 --person F0003
check month_run.broken 1 --roster examples/data/broken-roster.csv
check month_run.wrong-month 2 --month 2025-13
check month_run.no-file 2 --roster no-such-file.csv
# The catalogue page is an example's output too.
"$cargo" run --quiet --locked --example rules >"$out/RULES.md"
if [ "${UPDATE:-}" = 1 ]; then cp "$out/RULES.md" docs/RULES.md; fi
if diff -u docs/RULES.md "$out/RULES.md"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
# The sample roster is what its script writes.
if python3 examples/data/make_sample_roster.py --check; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# Builds the package in its own environment and runs ruff, mypy, stubtest and pytest; ends with pytest's
# last line. PROFILE=release measures what users get.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-python3}
profile=${PROFILE:-dev}
bin=$PWD/.venv/bin
# pip finds maturin there, because the build is not isolated.
export PATH=$bin:$PATH

[ -x "$bin/python" ] || "$python" -m venv .venv
"$bin/pip" install --quiet --disable-pip-version-check --requirement requirements-dev.txt
# Cargo's target directory of the workspace is reused, so only what changed is built again.
MATURIN_PEP517_ARGS="--profile $profile" \
    "$bin/pip" install --quiet --disable-pip-version-check --no-build-isolation --no-deps \
    --force-reinstall .

examples=(../../examples/payslip.py ../../examples/assessment.py)
"$bin/ruff" format --check --quiet python tests tools "${examples[@]}"
"$bin/ruff" check --quiet python tests tools "${examples[@]}"
"$bin/mypy" --strict --no-error-summary --package zhenggong
"$bin/mypy" --strict --no-error-summary tests tools "${examples[@]}"
"$bin/stubtest" --concise zhenggong
"$bin/python" tools/stub_docs.py --check
"$bin/pytest" "$@"

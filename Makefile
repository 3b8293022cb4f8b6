# `make test` is everything: format, lints, tests, doc tests, docs, examples, benches once.
# `make month` runs the month on the sample roster.

CARGO ?= cargo
export RUST_BACKTRACE ?= 0

.PHONY: month test fmt lint unit doc examples bench-once bench bench-c python c install-c

month:
	$(CARGO) run --quiet --release --example month_run

test: fmt lint unit doc examples bench-once python c
	@echo "all parts passed"

fmt:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

unit:
	$(CARGO) test --workspace --locked

doc:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

# Each example runs, and prints what is committed as its expected output.
examples:
	CARGO="$(CARGO)" examples/check.sh

# Benchmarks run once, as tests; no timing is asserted.
bench-once:
	$(CARGO) bench --package zhenggong-benches --locked -- --test

bench:
	$(CARGO) bench --package zhenggong-benches

# One call from C by struct and by JSON, and the C stream beside the Rust batch.
bench-c:
	bindings/c/bench/run.sh

# The Python package: built into an environment of its own, then ruff, mypy, stubtest, pytest.
python:
	bindings/python/test.sh

# The C library: its clients built and run by the compilers and checkers that are there.
c:
	bindings/c/test.sh

# To PREFIX, or /usr/local. Folders that are relative are so to the one where make was called.
FOLDERS := PREFIX LIBDIR INCLUDEDIR DESTDIR TARGET_DIR

install-c:
	$(MAKE) -C bindings/c install $(foreach v,$(FOLDERS),$(if $($v),$v="$(abspath $($v))"))

"""The package itself: versions, docs, examples, import time, exceptions."""

from __future__ import annotations

import doctest
import importlib.metadata
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import zhenggong
from conftest import ROOT

TOOLS = Path(__file__).parent.parent / "tools"


def test_versions() -> None:
    assert zhenggong.__version__ == importlib.metadata.version("zhenggong")
    assert zhenggong.build_info()["version"] == zhenggong.__version__
    assert zhenggong.data_version == zhenggong.Engine().digest
    # Nothing is required; what an extra asks for is the user's choice.
    assert all("; extra ==" in r for r in importlib.metadata.requires("zhenggong") or ())
    with pytest.raises(AttributeError):
        _ = zhenggong.no_such_name


def test_everything_exported_is_there_and_documented() -> None:
    for name in zhenggong.__all__:
        assert getattr(zhenggong, name).__doc__, name


def test_the_stub_has_the_docs_of_the_run_time() -> None:
    subprocess.run([sys.executable, str(TOOLS / "stub_docs.py"), "--check"], check=True)


def test_examples_in_docstrings() -> None:
    failed, tried = doctest.testmod(zhenggong)
    for name in zhenggong.__all__:
        found = getattr(zhenggong, name)
        for test in doctest.DocTestFinder().find(found, name, globs={}):
            result = doctest.DocTestRunner().run(test)
            failed += result.failed
            tried += result.attempted
        # A method of a native class is not found by way of its class.
        methods = vars(found).items() if isinstance(found, type) else ()
        for method, _ in methods:
            # Of a static method the class has a wrapper with docs of its own.
            doc = getattr(found, method).__doc__ or ""
            if method.startswith("_") or ">>>" not in doc:
                continue
            of_method = doctest.DocTestParser().get_doctest(doc, {}, f"{name}.{method}", None, None)
            result = doctest.DocTestRunner().run(of_method)
            failed += result.failed
            tried += result.attempted
    assert failed == 0
    assert tried > 60


def printed(example: str) -> bytes:
    program = [sys.executable, str(ROOT / "examples" / example)]
    return subprocess.run(program, capture_output=True, check=True).stdout


def test_the_example_prints_what_the_rust_example_prints() -> None:
    expected = (ROOT / "examples" / "expected" / "payslip.txt").read_bytes()
    assert printed("payslip.py") == expected


def test_the_example_of_an_assessment_prints_what_is_committed() -> None:
    expected = (ROOT / "examples" / "expected" / "assessment.py.txt").read_bytes()
    assert printed("assessment.py") == expected


def test_import_time_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    # Measured and told, not asserted: a busy machine is not a fault of the package.
    program = (
        "import time; start = time.perf_counter(); import zhenggong;"
        "print(round((time.perf_counter() - start) * 1000, 1))"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True).stdout)
        for _ in range(5)
    ]
    with capsys.disabled():
        print(f" import {min(times)} ms ", end="")


def test_lint_of_the_built_in_packs_finds_nothing() -> None:
    for name in zhenggong.Pack.example_ids():
        assert zhenggong.lint([zhenggong.Pack.example(name)]) == []


def test_a_finding_has_the_code_of_its_error() -> None:
    pack = zhenggong.Pack.from_file(ROOT / "examples" / "packs" / "ten-mistakes.toml")
    rows = "人员编号,单位,人员类别,月份\nP1,,民警,2025-03\n".encode()
    roster = zhenggong.Roster.from_bytes(rows, month="2025-03")
    for finding in [*pack.findings, *roster.findings]:
        assert (finding.code, finding.name) == (finding.error.code, finding.error.name)
        assert f"[{finding.code}]" in finding.en
    assert [(f.code, f.name) for f in roster.findings] == [(108, "MissingFact")]


def test_a_broken_pack_raises_with_all_findings() -> None:
    pack = zhenggong.Pack.from_file(ROOT / "examples" / "packs" / "ten-mistakes.toml")
    with pytest.raises(zhenggong.ZhenggongError) as raised:
        zhenggong.Engine([pack])
    error = raised.value
    assert [f.en for f in error.findings] == [f.en for f in zhenggong.lint([pack])]
    assert "ten-mistakes.toml" in (error.source or "")


def test_exceptions_survive_pickling() -> None:
    with pytest.raises(zhenggong.InputError) as raised:
        zhenggong.Engine().evaluate("allowance.horse", {"month": "2025-01"})
    copy = pickle.loads(pickle.dumps(raised.value))
    assert type(copy) is zhenggong.InputError
    assert str(copy) == str(raised.value)
    assert json.loads(copy.to_json())["name"] == copy.name == "UnknownRule"

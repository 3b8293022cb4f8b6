"""A panic inside the library is an InternalError, and no callable lets one out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zhenggong
from test_none import BY_PLACE, CALLS, ENGINE, MONTH, PERSON, QUOTA, RANKS, ROSTER, SCORED, SLIP
from test_none import TABLE as PAID
from zhenggong import Facts, InternalError, Pack, _native

SOURCE = Path(__file__).parent.parent / "src"
RELEASE = zhenggong.build_info()["profile"] == "release"
RUN = ENGINE.month_run([PERSON], month=MONTH)
TABLE = {"id": ["A1"], "kind": ["auxiliary"]}

# What has getters and methods. A class that is not here fails the test.
MADE: dict[str, Any] = {
    "Assessment": SCORED,
    "AssessmentTable": SCORED.scores,
    "Engine": ENGINE,
    "Evaluation": ENGINE.evaluate("assessment.quota", QUOTA),
    "Facts": Facts(PERSON),
    "Finding": Pack.from_text("[pack]").findings[0],
    "MonthRun": RUN,
    "Pack": Pack.example("beijing"),
    "PayBatches": ENGINE.month_run_batches(ROSTER, on_error="column"),
    "PayLine": SLIP.lines[0],
    "PayTable": PAID,
    "Payslip": SLIP,
    "Roster": ROSTER,
    "RunRow": RUN.rows[0],
    "Totals": RUN.totals,
    "_Sheet": _native._Sheet.from_table(TABLE, "subjects", "t"),
}
# Arguments of what is not among the callables of test_none.
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "_error": ("Io", []),
    "_Sheet.from_file": ("no.csv", "subjects", "utf-8"),
    "_Sheet.from_table": (TABLE, "subjects", "t"),
    "Facts.__eq__": (Facts(PERSON),),
    "Facts.__ne__": (Facts(PERSON),),
    "Pack.__eq__": (Pack.example("beijing"),),
    "Pack.__ne__": (Pack.example("beijing"),),
    **{f"{name}.__deepcopy__": ({},) for name in MADE},
}
# Of the comparisons only two are made by the library; Python answers the others by itself.
NOT_OURS = {"__lt__", "__le__", "__gt__", "__ge__"}
NO_CALLS = {"__doc__", "__module__", "__new__", "__qualname__"}


def of_function(name: str) -> Callable[[], object]:
    if name in CALLS:
        call, good, _ = CALLS[name]
        places = [good[key] for key in good if key in BY_PLACE]
        given = {key: value for key, value in good.items() if key not in BY_PLACE}
        return lambda: call(*places, **given)
    owner, _, method = name.rpartition(".")
    call = getattr(MADE[owner], method) if owner else vars(_native)[name]
    return lambda: call(*ARGUMENTS.get(name, ()))


def of_getter(owner: str, name: str) -> Callable[[], object]:
    return lambda: getattr(MADE[owner], name)


def exported() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield a way to reach each function, constructor, method and getter of the native half."""
    for name, found in vars(_native).items():
        if not isinstance(found, type):
            if callable(found) and name != "_panic_next":
                yield name, of_function(name)
            continue
        if name in CALLS:
            yield name, of_function(name)
        for own, value in vars(found).items():
            if own in NOT_OURS | NO_CALLS or value is None:
                continue
            if type(value).__name__ == "getset_descriptor":
                yield f"{name}.{own}", of_getter(name, own)
            else:
                yield f"{name}.{own}", of_function(f"{name}.{own}")


if RELEASE:

    def test_a_release_build_has_no_hook_that_panics() -> None:
        assert "_panic_next" not in vars(_native)

else:

    @pytest.mark.parametrize(("name", "call"), [pytest.param(*e, id=e[0]) for e in exported()])
    def test_a_panic_is_an_internal_error(name: str, call: Callable[[], object]) -> None:
        vars(_native)["_panic_next"]()
        with pytest.raises(InternalError) as raised:
            call()
        error = raised.value
        assert (error.code, error.name) == (901, "Internal")
        assert isinstance(error, Exception)
        assert "report it with the input" in error.en
        assert "请附上输入" in error.zh

    def test_the_library_goes_on_after_a_panic() -> None:
        vars(_native)["_panic_next"]()
        with pytest.raises(InternalError):
            ENGINE.evaluate("allowance.police-rank", RANKS)
        assert ENGINE.evaluate("allowance.police-rank", RANKS).value == "660.00"


def test_nothing_is_exported_unguarded() -> None:
    guarded = 0
    for path in sorted(SOURCE.rglob("*.rs")):
        if path.name == "boundary.rs":
            continue
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        for before, line in zip(["", *lines], lines, strict=False):
            if re.match(r"#\[(pyo3::)?py(methods|function)\b", line):
                assert before == "#[guarded]", f"{path.name}: {line}"
                guarded += 1
            # What these options make is not written here, and so not guarded.
            assert not re.match(r"#\[pyclass\(.*\b(eq|ord|hash|str|get_all|set_all)\b", line)
            assert "#[pyo3(get" not in line
    assert guarded > 20

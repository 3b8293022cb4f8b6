"""None where a value is expected: a documented default, or an error that says what to pass."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zhenggong
from conftest import engine_for
from zhenggong import Facts, InputError, Pack, Roster

PERSON: dict[str, Any] = {
    "person": "P1", "unit": "u", "kind": "民警", "rank": None, "duty": None,
    "stated": {
        "post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
        "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90",
    },
}  # fmt: skip
SUBJECTS = [{"id": "A1", "kind": "auxiliary"}]
RANKS = {"month": "2016-03", "ranks": [{"from": "2014-07-01", "rank": "三级警司"}]}
MONTHLY = {"month": "2016-03"}
QUOTA = {
    "month": "2023-12",
    "rounding": "down",
    "pools": [{"id": "U", "should_take_part": 10}],
    "people": [],
}
MONTH = "2025-03"
CSV = "人员编号,单位,人员类别,月份\nP1,u,民警,2025-03\n".encode()

ENGINE = engine_for("teaching-example")
ROSTER = Roster.from_bytes(CSV, month=MONTH)
SLIP = ENGINE.payslip(PERSON, month=MONTH)
TABLE = ENGINE.month_run_table(ROSTER, month=MONTH, on_error="column")
SCORED = ENGINE.assess(SUBJECTS, month=MONTH)

# What None is: the default; or the exception, and what it says.
DEFAULT = None
Outcome = tuple[type[Exception], str] | None
STR, BYTES, BOOL = (
    (TypeError, f"'None' is not an instance of '{kind}'") for kind in ("str", "bytes", "bool")
)
INT = (TypeError, "interpreted as an integer")
PATH = (TypeError, "expected str, bytes or os.PathLike")
NO_MONTH = (InputError, "Write it like 2025-03")
NO_TABLE = (InputError, "pass one of Polars, pandas, pyarrow or DuckDB, or a dict of columns")
NO_PERSON = (InputError, "person is missing")
NO_PACKS = (TypeError, "packs must be a list of zhenggong.Pack objects, not NoneType")
BATCHES = {
    "month": DEFAULT, "assessment": DEFAULT, "on_error": STR, "items": DEFAULT, "totals": DEFAULT,
    "employer_cost": BOOL, "language": STR, "threads": INT,
    "allow_repeats": BOOL,
}  # fmt: skip

# A callable with arguments that are good, and what None is in the place of each.
CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any], dict[str, Outcome]]] = {
    "Engine": (
        zhenggong.Engine,
        {},
        {"packs": DEFAULT, "national": BOOL, "place": DEFAULT, "accept": STR, "known_on": DEFAULT},
    ),
    "Engine.payslip": (
        ENGINE.payslip, {"facts": PERSON, "month": MONTH}, {"facts": NO_PERSON, "month": NO_MONTH},
    ),
    "Engine.month_run": (
        ENGINE.month_run,
        {"people": [PERSON], "month": MONTH},
        {
            "people": (InputError, "people are a list of dicts or dataclasses, or a Roster, not"),
            "month": NO_MONTH, "assessment": DEFAULT, "on_error": STR,
        },
    ),
    "Engine.month_run_table": (
        ENGINE.month_run_table,
        {"table": ROSTER, "on_error": "column"},
        {"table": NO_TABLE, **BATCHES},
    ),
    "Engine.month_run_batches": (
        ENGINE.month_run_batches,
        {"tables": ROSTER, "on_error": "column"},
        {"tables": NO_TABLE, **BATCHES},
    ),
    "Engine.assess": (
        ENGINE.assess,
        {"subjects": SUBJECTS, "month": MONTH},
        {
            "subjects": (InputError, "NoneType is neither a table nor a list; pass one of"),
            "events": DEFAULT, "month": NO_MONTH, "period": DEFAULT, "schemes": DEFAULT,
            "orders": DEFAULT, "known_on": DEFAULT, "on_error": DEFAULT, "published": DEFAULT,
            "published_on": DEFAULT, "earlier": DEFAULT, "other_schemes": DEFAULT,
            "other_periods": DEFAULT,
            "weights": DEFAULT, "language": STR,
        },
    ),
    "Engine.evaluate": (
        ENGINE.evaluate,
        {"rule": "allowance.police-rank", "input": RANKS},
        {
            "rule": STR,
            "input": (InputError, "month is missing"),
        },
    ),
    "Engine.evaluate_rows": (
        ENGINE.evaluate_rows,
        {"rule": "allowance.police-rank", "rows": [{"ranks": RANKS["ranks"]}], "shared": MONTHLY},
        {
            "rule": STR, "rows": (InputError, "neither a table nor a list"),
            "shared": (InputError, "must be an object"), "on_error": STR, "language": STR,
        },
    ),
    "Pack.from_text": (Pack.from_text, {"text": "[pack]"}, {"text": STR, "name": STR}),
    "Pack.from_file": (Pack.from_file, {"path": "no.toml"}, {"path": PATH}),
    "Pack.example": (Pack.example, {"id": "beijing"}, {"id": STR}),
    "Facts": (Facts, {"facts": PERSON}, {"facts": NO_PERSON}),
    "Payslip.amount": (SLIP.amount, {"item": "post-pay"}, {"item": STR}),
    "Payslip.text": (SLIP.text, {}, {"language": STR}),
    "Payslip.explain": (SLIP.explain, {}, {"language": STR}),
    "MonthRun.to_csv": (
        ENGINE.month_run([PERSON], month=MONTH).to_csv, {}, {"language": STR},
    ),
    "Assessment.explain": (SCORED.explain, {}, {"subject": DEFAULT, "language": STR}),
    "AssessmentTable.to_pandas": (SCORED.scores.to_pandas, {}, {"backend": STR}),
    "AssessmentTable.to_duckdb": (SCORED.scores.to_duckdb, {}, {"connection": DEFAULT}),
    "PayTable.to_pandas": (TABLE.to_pandas, {}, {"backend": STR}),
    "PayTable.to_duckdb": (TABLE.to_duckdb, {}, {"connection": DEFAULT}),
    "Evaluation.explain": (
        ENGINE.evaluate("allowance.police-rank", RANKS).explain, {}, {"language": STR},
    ),
    "Evaluation.table": (
        ENGINE.evaluate("assessment.quota", QUOTA).table, {}, {"key": STR},
    ),
    "Roster.from_file": (
        Roster.from_file,
        {"path": "no.csv", "month": MONTH},
        {"path": PATH, "month": (InputError, "no.csv"), "encoding": STR},
    ),
    "Roster.from_bytes": (
        Roster.from_bytes,
        {"data": CSV, "month": MONTH},
        {"data": BYTES, "month": NO_MONTH, "encoding": STR, "name": STR},
    ),
    "Roster.from_table": (
        Roster.from_table,
        {"table": ROSTER, "month": MONTH},
        {"table": NO_TABLE, "month": NO_MONTH, "name": STR},
    ),
    "Roster.find": (ROSTER.find, {"person": "P1"}, {"person": STR}),
    "lint": (zhenggong.lint, {"packs": []}, {"packs": NO_PACKS, "national": BOOL}),
    "schema": (zhenggong.schema, {"name": "person"}, {"name": STR}),
}  # fmt: skip
CASES = [
    pytest.param(made, good, name, outcome, id=f"{call}-{name}")
    for call, (made, good, outcomes) in CALLS.items()
    for name, outcome in outcomes.items()
]
# Parameters that can only be given by place.
BY_PLACE = {"facts"}


@pytest.mark.parametrize(("call", "good", "name", "outcome"), CASES)
def test_none(call: Callable[..., Any], good: dict[str, Any], name: str, outcome: Outcome) -> None:
    given = {**good, name: None}
    places = [given.pop(key) for key in list(given) if key in BY_PLACE]
    if outcome is DEFAULT:
        assert call(*places, **given) is not None
        return
    kind, says = outcome
    with pytest.raises(kind) as raised:
        call(*places, **given)
    assert says in str(raised.value)
    if kind is TypeError and not says.startswith(("packs", "expected str")):
        # Which argument it is, where the message is about the type alone.
        assert raised.value.__notes__ == [f"while processing '{name}'"]


def callables() -> Iterator[tuple[str, Callable[..., Any]]]:
    for name in zhenggong.__all__:
        found = getattr(zhenggong, name)
        if inspect.isclass(found) and getattr(found, "__module__", "") == "zhenggong":
            yield name, found
            for own in vars(found):
                if not own.startswith("_") and callable(getattr(found, own)):
                    yield f"{name}.{own}", getattr(found, own)
        elif inspect.isroutine(found):
            yield name, found


def test_every_argument_of_every_callable_is_tried() -> None:
    tried = {f"{call}-{name}" for call, (_, _, outcomes) in CALLS.items() for name in outcomes}
    found = set()
    for call, made in callables():
        try:
            parameters = inspect.signature(made).parameters.values()
        except ValueError:
            # It can't be made.
            continue
        for parameter in parameters:
            if parameter.name != "self" and parameter.kind is not parameter.VAR_KEYWORD:
                found.add(f"{call}-{parameter.name}")
    assert tried == found
    assert len(found) > 70


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: zhenggong.Engine([None]), "packs must be a list of zhenggong.Pack objects"),  # type: ignore[list-item]
        (lambda: zhenggong.lint([None]), "packs must be a list of zhenggong.Pack objects"),  # type: ignore[list-item]
        (lambda: ENGINE.month_run([None], month=MONTH), f"row 1, month {MONTH}: "),  # type: ignore[list-item]
        (lambda: ENGINE.assess([None], month=MONTH), "field subjects[0]: "),  # type: ignore[list-item]
        (lambda: ENGINE.assess(SUBJECTS, [None], month=MONTH), "field events[0]: "),  # type: ignore[list-item]
        (lambda: ENGINE.assess(SUBJECTS, month=MONTH, schemes=[None]), "field schemes[0]: "),  # type: ignore[list-item]
        (
            lambda: ENGINE.assess(SUBJECTS, month=MONTH, published={"A1": None}),  # type: ignore[arg-type]
            "field published.A1: ",
        ),
        (
            lambda: ENGINE.month_run_table(ROSTER, items=[None]),  # type: ignore[list-item]
            "Possible: list[str]",
        ),
        (lambda: ENGINE.month_run_table({"person": None}), "a column is a list, not NoneType"),  # type: ignore[dict-item]
        (lambda: list(ENGINE.month_run_batches([None])), "NoneType is not a table"),  # type: ignore[list-item]
        (lambda: Facts(PERSON | {"person": None}), "person is missing"),
        (lambda: Facts(PERSON | {"unit": None}), "unit is missing"),
        (lambda: Facts(PERSON | {"kind": None}), "kind is missing"),
        (lambda: Facts(PERSON).replace(unit=None), "unit is missing"),
        (
            lambda: ENGINE.month_run([PERSON | {"person": None}], month=MONTH),
            f"row 1, month {MONTH}, field pers",
        ),
    ],
)
def test_none_inside_a_list_or_a_dict(call: Callable[[], Any], says: str) -> None:
    with pytest.raises((InputError, TypeError)) as raised:
        call()
    assert says in str(raised.value)


@pytest.mark.parametrize("nobody", ["n/a", "N/A", "NA", "无", "-", "", " "])
def test_texts_that_say_nobody(nobody: str) -> None:
    for key in ("person", "unit"):
        for made in (Facts, lambda facts: ENGINE.payslip(facts, month=MONTH)):
            with pytest.raises(InputError) as raised:
                made(PERSON | {key: nobody})
            assert (raised.value.name, raised.value.field) == ("MissingFact", key)
        good = {"person": ["P1", "P2"], "unit": ["u", "u"], "kind": ["民警", "民警"]}
        (finding,) = Roster.from_table(good | {key: ["P1", nobody]}, month=MONTH).findings
        assert (finding.line, finding.error.name, finding.error.field) == (2, "MissingFact", key)
    tables: list[Any] = [
        [*SUBJECTS, {"id": nobody, "kind": "auxiliary"}],
        {"id": ["A1", nobody], "kind": ["auxiliary"] * 2},
    ]
    for subjects in tables:
        with pytest.raises(InputError) as raised:
            ENGINE.assess(subjects, month=MONTH)
        assert raised.value.name == "MissingFact"
        assert (raised.value.row, raised.value.field) in {(2, "id"), (None, "subjects[1].id")}

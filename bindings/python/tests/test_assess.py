"""Assessment from tables and lists: the same answer whatever the subjects and events come in."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import engine_for
from zhenggong import Assessment, Engine, InputError

MONTH = "2025-03"
SUBJECTS: list[dict[str, Any]] = [
    {"id": "A1", "kind": "auxiliary", "unit": None},
    {"id": "A2", "kind": "auxiliary", "unit": None},
]
EVENTS: list[dict[str, Any]] = [
    {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late", "count": 1},
    {"id": "E2", "subject": "A2", "date": "2025-03-11", "rule": "late", "count": 4},
]


def teaching() -> Engine:
    """Return an engine of the invented scheme."""
    return engine_for("teaching-example", "secondary")


def columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return the rows as a dict of columns."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def evaluated(**more: object) -> Any:
    """Return the answer of the rule to the same question."""
    question = {
        "month": MONTH,
        "subjects": [{"id": s["id"], "kind": s["kind"]} for s in SUBJECTS],
        "events": EVENTS,
        "show": ["trail", "ranking"],
        **more,
    }
    return teaching().evaluate("assessment.score", question)


def dated(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with dates in the place of texts."""
    day = date.fromisoformat
    return [{k: day(v) if k == "date" else v for k, v in row.items()} for row in rows]


def array(rows: list[dict[str, Any]]) -> Any:
    """Return the rows as what has ``__arrow_c_array__`` alone."""
    return pa.RecordBatch.from_pylist(rows)


MAKERS: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "list": lambda rows: rows,
    "generator": lambda rows: iter(dated(rows)),
    "dict": lambda rows: columns(dated(rows)),
    "polars": lambda rows: pl.DataFrame(dated(rows)),
    "polars, columns of nulls": lambda rows: pl.DataFrame(dated(rows)).with_columns(
        pl.lit(None).alias("from" if "kind" in rows[0] else "withdrawn")
    ),
    "pandas": lambda rows: pd.DataFrame(dated(rows)),
    "pyarrow": lambda rows: pa.Table.from_pylist(dated(rows)),
    "batch": array,
    "duckdb": lambda rows: duckdb.from_arrow(pa.Table.from_pylist(rows)),
}


@pytest.mark.parametrize("made", MAKERS.values(), ids=MAKERS)
def test_every_kind_of_table_gives_the_answer_of_the_rule(
    made: Callable[[list[dict[str, Any]]], Any],
) -> None:
    found = teaching().assess(made(SUBJECTS), made(EVENTS), month=MONTH)
    expected = evaluated()
    assert found.value == expected.value
    assert found.value_json() == expected.value_json()
    assert found.period == MONTH
    scores = found.scores.to_dict()
    rows = expected.value["scores"]
    assert scores["subject"] == [row["subject"] for row in rows]
    assert scores["total"] == [Decimal(row["total"]) for row in rows]
    assert scores["grade"] == [row["grade"] for row in rows]
    assert scores["coefficient"] == [Decimal(row["coefficient"]) for row in rows]
    assert scores["rank"] == [1, 2]
    for sheet in rows[0]["sheets"]:
        assert scores[sheet] == [Decimal(row["sheets"][sheet]) for row in rows]
    assert found.coefficients == {r["subject"]: Decimal(r["coefficient"]) for r in rows}


def test_the_trail_leads_from_every_point_to_its_event() -> None:
    found = teaching().assess(SUBJECTS, EVENTS, month=MONTH)
    trail = found.trail.to_dict()
    assert len(found.trail) == sum(len(row["trail"]) for row in found.value["scores"])
    at = trail["event"].index("E2")
    assert trail["date"][at] == date(2025, 3, 11)
    assert trail["points"][at] == Decimal("-12")
    sheets = found.sheets.to_dict()
    for subject, sheet, points in zip(
        sheets["subject"], sheets["sheet"], sheets["points"], strict=True
    ):
        lines = zip(trail["subject"], trail["sheet"], trail["points"], strict=True)
        assert sum(p for s, t, p in lines if (s, t) == (subject, sheet)) == points
    text = found.explain("A2")
    assert "E2" in text
    assert "迟到" in text
    assert "late" in found.explain("A2", "en")
    assert found.explain().index("A1") < found.explain().index("A2")
    with pytest.raises(InputError, match="A9"):
        found.explain("A9")


def test_chinese_tables_in_and_out() -> None:
    subjects: dict[str, list[Any]] = {
        "编号": ["A1", "A2"],
        "类别": ["辅警", "辅警"],
        "身份": [None, []],
    }
    events: dict[str, list[Any]] = {
        "编号": ["E1"],
        "对象": ["A1"],
        "日期": [date(2025, 3, 10)],
        "规则": ["late"],
        "次数": [1],
        "标记": [()],
    }
    found = teaching().assess(subjects, events, month=MONTH, language="zh")
    assert found.scores.columns[:5] == ("对象", "类别", "单位", "序列", "方案")
    assert found.scores.to_dict()["类别"] == ["辅警", "辅警"]
    assert found.scores.to_dict()["总分"] == [Decimal("97"), Decimal("100")]
    assert "迟到" in found.trail.to_dict()["规则"]
    assert found.ranking.to_dict()["对象"] == ["A2", "A1"]


def test_tables_go_to_every_library() -> None:
    found = teaching().assess(SUBJECTS, EVENTS, month=MONTH)
    expected = found.scores.to_dict()
    for name in ("scores", "sheets", "trail", "ranking"):
        table = getattr(found, name)
        assert table.to_polars().to_dict(as_series=False) == table.to_dict()
        assert table.to_pyarrow().to_pydict() == table.to_dict()
        assert table.to_pandas()[table.columns[0]].tolist() == table.to_dict()[table.columns[0]]
        assert len(table.to_duckdb().fetchall()) == len(table)
        csv = pl.read_csv(io.StringIO(table.to_csv()))
        assert tuple(csv.columns) == table.columns
        assert len(csv) == len(table)
        assert "<table>" in table._repr_html_()
        assert repr(table).startswith("<AssessmentTable ")
    assert found.scores.to_pandas("numpy")["total"].tolist() == expected["total"]
    assert "A1" in found._repr_html_()
    assert MONTH in repr(found)
    assert len(found) == 2
    nobody = teaching().assess([], month=MONTH)
    assert bool(nobody)
    assert len(nobody.scores) == 0


def test_what_is_compared() -> None:
    engine = teaching()
    first = engine.assess(SUBJECTS, EVENTS[:1], month=MONTH)
    assert first.difference is None
    published = {row["subject"]: row["total"] for row in first.value["scores"]}
    late = [*EVENTS[:1], {**EVENTS[1], "reported": "2025-04-05"}]
    for found in (
        engine.assess(SUBJECTS, late, month=MONTH, published=first),
        engine.assess(SUBJECTS, late, month=MONTH, published=published),
        engine.assess(SUBJECTS, late, month=MONTH, published_on="2025-04-01"),
    ):
        assert found.difference is not None
        table = found.difference.to_dict()
        assert table["subject"] == ["A2"]
        assert table["change"] == [Decimal("-12")]
        assert table["before_total"] == [Decimal(100)]
        assert table["after_grade"] == [found.value["scores"][1]["grade"]]
    february = {**EVENTS[1], "id": "E0", "date": "2025-02-11"}
    two = engine.assess(SUBJECTS, [february], month=MONTH, earlier="2025-02")
    assert two.difference is not None
    assert two.difference.to_dict()["events"] == ["E0"]
    with pytest.raises(InputError) as raised:
        engine.assess(SUBJECTS, EVENTS, month=MONTH, published=first, earlier="2025-02")
    assert raised.value.name == "ContradictoryFacts"


def test_what_was_not_published_is_unknown() -> None:
    engine = teaching()
    first = engine.assess(SUBJECTS, EVENTS[:1], month=MONTH)
    late = [*EVENTS[:1], {**EVENTS[1], "reported": "2025-04-05"}]
    scores = [dict(row) for row in first.value["scores"]]
    totals = [{"subject": row["subject"], "total": row["total"]} for row in scores]
    grades = [{**total, "grade": row["grade"]} for total, row in zip(totals, scores, strict=True)]
    unknown = [
        engine.assess(SUBJECTS, late, month=MONTH, published=published).difference
        for published in (scores, grades, totals)
    ]
    cells = [table.to_dict()["unknown"] for table in unknown if table is not None]
    assert cells == [[None], ["sheets;coefficient"], ["sheets;grade;coefficient"]]
    with pytest.raises(InputError) as raised:
        engine.assess(SUBJECTS, late, month=MONTH, published=[*totals, totals[0]])
    assert raised.value.name == "DuplicatePerson"


def test_bad_events_are_reported_and_the_others_scored() -> None:
    events = [*EVENTS, {"id": "B1", "subject": "A2", "date": "2025-03-12", "rule": "nothing"}]
    events.append({"id": "B2", "subject": "X9", "date": "2025-03-12", "rule": "late"})
    whole = teaching().assess(SUBJECTS, EVENTS, month=MONTH)
    with pytest.raises(InputError) as raised:
        teaching().assess(SUBJECTS, events, month=MONTH)
    assert raised.value.name == "UnknownSubject"
    found = teaching().assess(SUBJECTS, events, month=MONTH, on_error="report")
    errors = found.errors.to_dict()
    assert errors["subject"] == ["A2", None]
    assert errors["event"] == ["B1", "B2"]
    assert errors["name"] == ["UnknownScoringRule", "UnknownSubject"]
    assert [error["event"] for error in found.value["errors"]] == ["B1", "B2"]
    scored = [score for score in whole.value["scores"] if score["subject"] != "A2"]
    assert found.value["scores"] == scored
    assert whole.errors.to_dict()["subject"] == []
    chinese = teaching().assess(SUBJECTS, events, month=MONTH, on_error="report", language="zh")
    assert "不在考核名册中" in chinese.errors.to_dict()["说明"][1]
    with pytest.raises(InputError):
        teaching().assess(SUBJECTS, events, month=MONTH, on_error="skip")  # type: ignore[arg-type]


def test_rows_that_cannot_be_read_are_reported_and_the_others_scored() -> None:
    whole = teaching().assess(SUBJECTS, EVENTS, month=MONTH)
    bad: list[Any] = [
        {"id": "B1", "subject": "A2", "date": "2025-03-12", "rule": "late", "count": 1.5},
        {"id": "B2", "subject": "A2", "date": "2025-03-32", "rule": "late"},
        {"id": "B3", "subject": "A2", "date": "2025-03-12", "rule": "late", "often": 1},
        {"id": "B4", "subject": None, "date": "2025-03-12", "rule": "late"},
        7,
    ]
    with pytest.raises(InputError) as raised:
        teaching().assess(SUBJECTS, [*EVENTS, *bad], month=MONTH)
    assert raised.value.field == f"events[{len(EVENTS)}].count"
    found = teaching().assess(SUBJECTS, [*EVENTS, *bad], month=MONTH, on_error="report")
    errors = found.errors.to_dict()
    at = len(EVENTS)
    assert list(
        zip(errors["subject"], errors["event"], errors["field"], errors["name"], strict=True)
    ) == [
        ("A2", "B1", f"events[{at}].count", "InvalidInput"),
        ("A2", "B2", f"events[{at + 1}].date", "InvalidDate"),
        ("A2", "B3", f"events[{at + 2}].often", "UnknownField"),
        (None, "B4", f"events[{at + 3}].subject", "InvalidInput"),
        (None, None, f"events[{at + 4}]", "InvalidInput"),
    ]
    scored = [score for score in whole.value["scores"] if score["subject"] != "A2"]
    assert found.value["scores"] == scored
    columns = {
        "id": ["B1", "B2"],
        "subject": ["A1", "A2"],
        "date": ["2025-03-12", "2025-03-32"],
        "rule": ["late", "late"],
    }
    found = teaching().assess(SUBJECTS, columns, month=MONTH, on_error="report")
    assert found.errors.to_dict()["subject"] == ["A2"]
    assert "row 2" in found.errors.to_dict()["message"][0]


def test_the_month_is_paid_by_it() -> None:
    from test_month_run import auxiliary

    engine = teaching()
    people = [auxiliary("A1"), auxiliary("A2")]
    found = engine.assess(SUBJECTS, EVENTS, month=MONTH)
    by_object = engine.month_run(people, month=MONTH, assessment=found)
    by_value = engine.month_run(people, month=MONTH, assessment=found.value)
    by_answer = engine.month_run(people, month=MONTH, assessment=evaluated())
    assert [row.gross for row in by_object.rows] == [row.gross for row in by_value.rows]
    assert [row.gross for row in by_answer.rows] == [row.gross for row in by_value.rows]
    schemes = engine.evaluate("assessment.scheme", {"month": MONTH})
    with pytest.raises(InputError) as raised:
        engine.month_run(people, month=MONTH, assessment=schemes)
    assert raised.value.field == "assessment"
    assert len(by_object.rows) == 2
    with pytest.raises(InputError) as raised:
        engine.month_run(people, month="2025-04", assessment=found)
    assert raised.value.name == "WrongMonth"


def test_a_table_is_paid_by_it_as_people_are() -> None:
    from test_month_run import auxiliary

    engine = teaching()
    found = engine.assess(SUBJECTS, EVENTS, month=MONTH)
    people = [auxiliary("A1"), auxiliary("A2")]
    want = [row.gross for row in engine.month_run(people, month=MONTH, assessment=found).rows]
    stated: dict[str, str] = people[0]["stated"]  # type: ignore[assignment]
    columns: dict[str, list[str]] = {
        "person": ["A1", "A2"],
        "unit": ["u", "u"],
        "kind": ["auxiliary", "auxiliary"],
        **{f"stated_{item.replace('-', '_')}": [yuan] * 2 for item, yuan in stated.items()},
    }
    for assessment in (found, found.value):
        paid = engine.month_run_table(columns, month=MONTH, assessment=assessment)
        assert paid.to_dict()["gross"] == want
        parts = engine.month_run_batches(iter([columns]), month=MONTH, assessment=assessment)
        assert [part.to_dict()["gross"] for part in parts] == [want]
    # Nothing but the assessment gives a coefficient, and a row that states another one is an error.
    alone = engine.month_run_table(columns, month=MONTH, on_error="column").to_dict()
    assert alone["error_code"] == [108, 108]
    other = {**columns, "coefficient": ["0.5", "0.5"]}
    told = engine.month_run_table(other, month=MONTH, assessment=found, on_error="column")
    assert set(told.to_dict()["error_code"]) == {111}
    refused: list[Callable[[], object]] = [
        lambda: engine.month_run_table(columns, month="2025-04", assessment=found),
        lambda: engine.month_run_batches(iter([columns]), month="2025-04", assessment=found),
    ]
    for call in refused:
        with pytest.raises(InputError) as raised:
            call()
        assert raised.value.name == "WrongMonth"
    nobody = {key: cells for key, cells in columns.items() if key != "person"}
    with pytest.raises(InputError) as raised:
        engine.month_run_table(nobody, month=MONTH, assessment=found)
    assert raised.value.name == "MissingColumn"
    with pytest.raises(InputError, match=r"field scores: .* a list is needed, not the integer 7"):
        engine.month_run_table(columns, month=MONTH, assessment={"scores": 7})


@dataclasses.dataclass
class Happened:
    """An event of an office's own program."""

    id: str
    subject: str
    date: date
    rule: str


def test_dataclasses_are_events() -> None:
    event = Happened("E1", "A1", date(2025, 3, 10), "late")
    found = teaching().assess(SUBJECTS, [event], month=MONTH)
    assert found.scores.to_dict()["total"] == [Decimal(97), Decimal(100)]


def test_faults_name_row_and_column() -> None:
    engine = teaching()

    def fault(subjects: Any, events: Any, **more: Any) -> InputError:
        with pytest.raises(InputError) as raised:
            engine.assess(subjects, events, **{"month": MONTH, **more})
        return raised.value

    floats = fault(SUBJECTS, pl.DataFrame(EVENTS).with_columns(points=pl.lit(1.5)))
    assert (floats.name, floats.field) == ("FloatRefused", "points")
    assert "pl.Decimal" in floats.__notes__[0]
    for value in (1.5, 3):
        found = fault(SUBJECTS, columns([{**row, "value": value} for row in EVENTS]))
        assert (found.name, found.field, found.row) == ("FloatRefused", "value", 1)
    in_list = fault(SUBJECTS, [{**EVENTS[0], "points": 1.5}])
    assert (in_list.name, in_list.field) == ("FloatRefused", "events[0].points")
    day = fault(SUBJECTS, columns([EVENTS[0], {**EVENTS[1], "date": "2025-3-1"}]))
    assert (day.name, day.field, day.row) == ("InvalidDate", "date", 2)
    kind = fault(columns([SUBJECTS[0], {**SUBJECTS[1], "kind": "猫"}]), [])
    assert (kind.name, kind.field, kind.row, kind.person) == ("UnknownTerm", "kind", 2, "A2")
    assert fault({"id": ["A1"]}, []).name == "MissingColumn"
    assert fault(SUBJECTS, {**columns(EVENTS), "score": ["1", "2"]}).name == "UnknownField"
    assert fault(SUBJECTS, {**columns(EVENTS), "flags": [[1], None]}).field == "flags"
    assert fault(SUBJECTS, [{**EVENTS[0], "subject": "A9"}]).name == "UnknownSubject"
    for wrong in ("A1", 3):
        assert fault(wrong, []).field == "subjects"
    assert fault(SUBJECTS, EVENTS, period="week").field == "period"
    assert fault(SUBJECTS, EVENTS, language="fr").field == "language"
    assert fault(SUBJECTS, EVENTS, month=202503).name == "InvalidMonth"


def test_what_python_raises_passes_through() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        teaching().assess(Broken(), month=MONTH)


def test_an_assessment_can_not_be_made() -> None:
    with pytest.raises(TypeError):
        Assessment()


def test_lists_of_dicts_have_chinese_names_as_tables_do() -> None:
    people = [{"编号": "A1", "类别": "辅警"}, {"编号": "A2", "kind": "auxiliary"}]
    happened = [
        {"编号": "E1", "对象": "A1", "日期": "2025-03-10", "规则": "late", "次数": 1},
        {"事件编号": "E2", "subject": "A2", "date": "2025-03-11", "rule": "late", "次数": 4},
    ]
    found = teaching().assess(people, happened, month=MONTH)
    assert found.value == evaluated().value
    # A name that stands twice is not chosen between.
    with pytest.raises(InputError) as raised:
        teaching().assess([{"id": "A1", "编号": "A2", "kind": "auxiliary"}], month=MONTH)
    assert (raised.value.name, "编号" in raised.value.zh) == ("UnknownField", True)


def test_a_list_of_a_year_is_scored_month_by_month() -> None:
    year = [
        {"id": f"E{m}", "subject": "A1", "date": f"2025-{m:02d}-10", "rule": "late", "count": m}
        for m in range(1, 13)
    ]
    engine, people = teaching(), SUBJECTS[:1]
    with pytest.raises(InputError) as raised:
        engine.assess(people, year, month=MONTH)
    assert raised.value.name == "OutsideWindow"
    for month, total in (("2025-03", "91.00"), ("2025-04", "88.00")):
        found = engine.assess(people, year, month=month, other_periods=True)
        assert found.value["scores"][0]["total"] == total


def test_the_other_side_of_a_comparison_reports_its_errors() -> None:
    happened = [
        {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "zzz"},
        {"id": "E2", "subject": "A1", "date": "2025-04-10", "rule": "late"},
    ]
    engine, people = teaching(), SUBJECTS[:1]
    with pytest.raises(InputError) as raised:
        engine.assess(people, happened, month="2025-04", earlier="2025-03")
    assert raised.value.name == "UnknownScoringRule"
    found = engine.assess(people, happened, month="2025-04", earlier="2025-03", on_error="report")
    errors = found.errors.to_dict()
    assert (errors["subject"], errors["event"]) == (["A1"], ["E1"])
    assert (errors["name"], errors["side"]) == (["UnknownScoringRule"], ["before"])
    assert found.difference is not None
    assert len(found.difference) == 0
    assert found.scores.to_dict()["total"] == [Decimal("97.0000")]


@pytest.mark.parametrize(
    "wrong",
    [{"points": 5.0}, {"points": 5}, {"date": "2025-03-32"}, {"count": "x"}, {"date": None}],
)
def test_what_is_wrong_with_a_row_names_event_and_subject(wrong: dict[str, Any]) -> None:
    event = {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late"} | wrong
    with pytest.raises(InputError) as raised:
        teaching().assess(SUBJECTS[:1], [event], month=MONTH)
    assert raised.value.person == "A1"
    assert "E1" in raised.value.en
    assert "E1" in raised.value.zh
    (key,) = wrong
    assert raised.value.field == f"events[0].{key}"

"""The command ``assess``: files in, ranking and trails out, and what is said of faults."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import DATA, engine_for
from zhenggong._cli import main
from zhenggong._table import width

SUBJECTS, EVENTS = DATA / "assessment-subjects.csv", DATA / "assessment-events.csv"
BY = ["--month", "2025-03", "--example", "teaching-example"]
# The Chinese names of the columns, as docs/ASSESSMENT.md lists them.
CHINESE = {
    "id": "编号", "kind": "类别", "unit": "单位", "role": "角色", "staff": "人数",
    "sequence": "序列", "subject": "对象", "date": "日期", "rule": "规则", "count": "次数",
    "value": "测量值", "points": "评分", "rater": "评议人", "rater_kind": "评议人类别",
    "flags": "标记", "matter": "事项",
}  # fmt: skip


def assess(*more: str, subjects: Path = SUBJECTS, events: Path = EVENTS) -> int:
    return main(["assess", str(subjects), str(events), *BY, *more])


def events_of(folder: Path, *lines: str) -> Path:
    path = folder / "events.csv"
    path.write_text("\n".join(["编号,对象,日期,规则,次数", *lines]) + "\n", encoding="utf-8")
    return path


def expected(language: str = "zh") -> Any:
    read = [pl.read_csv(path, infer_schema=False) for path in (SUBJECTS, EVENTS)]
    engine = engine_for("teaching-example", "secondary")
    return engine.assess(read[0], read[1], month="2025-03", language=language, on_error="report")  # type: ignore[arg-type]


def test_ranking_lists_and_sheets_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    assert assess() == 0
    out = capsys.readouterr().out
    assert out == expected().explain()
    lines = out.splitlines()
    head = lines.index("民警 · 序列 派出所") + 1
    assert lines[head].split()[:2] == ["名次", "对象"]
    # The totals stand below the word, whatever is left of them.
    at = width(lines[head].split("总分")[0])
    for line, total in zip(lines[head + 1 : head + 4], ("98.05", "90.10", "82.03"), strict=True):
        assert width(line.split(total)[0]) == at


def test_one_persons_trail(capsys: pytest.CaptureFixture[str]) -> None:
    assert assess("--trail", "P01", "--language", "en") == 0
    out = capsys.readouterr().out
    assert "-4.00 cases · case overdue · 2025-03-04 E001 ×2 · clause: 第三条第一项" in out
    assert "total 90.10" in out
    assert assess("--trail", "P01", "--json") == 0
    score = json.loads(capsys.readouterr().out)
    assert (score["subject"], score["total"]) == ("P01", "90.10")
    assert sum(Decimal(line["points"]) for line in score["trail"]) == Decimal("90.10")
    assert assess("--trail", "P99") == 1
    assert "[107]" in capsys.readouterr().err
    assert assess("--trail", "P99", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["field"]) == (107, "subject")
    assert "P01" in told["en"]


def test_json_is_the_answer_of_the_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert assess("--json") == 0
    assert json.loads(capsys.readouterr().out) == expected().value


@pytest.mark.parametrize("chinese", [False, True])
@pytest.mark.parametrize("kind", ["csv", "gbk", "parquet"])
def test_every_kind_of_file_gives_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, chinese: bool
) -> None:
    paths = []
    for source in (SUBJECTS, EVENTS):
        frame = pl.read_csv(source, infer_schema=False)
        if chinese:
            frame = frame.rename({name: CHINESE[name] for name in frame.columns})
        path = tmp_path / source.with_suffix(".parquet" if kind == "parquet" else ".csv").name
        if kind == "parquet":
            date = CHINESE["date"] if chinese else "date"
            if date in frame.columns:
                frame = frame.with_columns(pl.col(date).str.to_date())
            frame.write_parquet(path)
        else:
            encoding = "gbk" if kind == "gbk" else "utf-8"
            path.write_text(frame.write_csv(), encoding=encoding, newline="")
        paths.append(path)
    more = ["--gbk"] if kind == "gbk" else []
    assert assess(*more, "--json", subjects=paths[0], events=paths[1]) == 0
    assert json.loads(capsys.readouterr().out) == expected().value


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables_are_written(tmp_path: Path, language: str, suffix: str) -> None:
    out = tmp_path / "new" / f"march{suffix}"
    assert assess("--out", str(out), "--language", language) == 0
    whole = expected(language)
    names = ("scores", "sheets", "trail", "ranking", "errors")
    assert sorted(p.name for p in out.parent.iterdir()) == sorted(
        f"march.{name}{suffix}" for name in names
    )
    for name in names[:4]:
        path, table = out.with_suffix(f".{name}{suffix}"), getattr(whole, name)
        if suffix == ".csv":
            assert path.read_bytes().decode() == table.to_csv()
        else:
            assert pl.read_parquet(path).to_dict(as_series=False) == table.to_dict()
    errors = out.with_suffix(f".errors{suffix}")
    read = pl.read_csv(errors) if suffix == ".csv" else pl.read_parquet(errors)
    assert len(read) == 0
    assert read.columns == [*whole.errors.columns, "行" if language == "zh" else "row"]


def test_bad_rows_are_told_all_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    events = events_of(
        tmp_path,
        "E1,P01,2025-03-04,late,x",
        "",
        "E2,N/A,2025-03-04,late,1",
        "E3,P01,2025-3-4,late,1",
        "E4,P01",
    )
    # Nothing is scored from it, not even where the others are asked for: nobody knows what the last
    # line wanted to say.
    for more in ([], ["--partial"]):
        assert assess(*more, events=events) == 1
        out = capsys.readouterr().out
        places = [line.split(" ")[0] for line in out.splitlines()]
        assert places == [f"events.csv:{at}:" for at in ("2:24", "4:4", "5:8", "6:7")]
    assert assess("--json", events=events) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(f["line"], f["error"]["code"], f["error"]["row"]) for f in told] == [
        (2, 101, 2), (4, 108, 4), (5, 105, 5), (6, 120, 6),
    ]  # fmt: skip
    assert told[1]["error"]["field"] == "subject"
    assert "不能留空" in told[1]["error"]["zh"]


def test_rows_that_cannot_be_read_leave_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    events = events_of(tmp_path, "E1,A01,2025-03-04,late,x", "E2,A02,2025-03-05,late,1")
    subjects = tmp_path / "subjects.csv"
    subjects.write_text("id,kind\nA01,auxiliary\nA02,辅警\nA03,猫\n", encoding="utf-8")
    out = tmp_path / "march.csv"
    assert assess("--partial", "--out", str(out), subjects=subjects, events=events) == 1
    text = capsys.readouterr().out
    assert "events.csv:2:1: 错误 [101]" in text
    assert "subjects.csv:4:1: 错误 [107]" in text
    assert pl.read_csv(tmp_path / "march.scores.csv")["对象"].to_list() == ["A02"]
    errors = pl.read_csv(tmp_path / "march.errors.csv")
    assert errors["对象"].to_list() == ["A01", "A03"]
    assert errors["事件"].to_list() == ["E1", None]
    assert errors["行"].to_list() == [2, 4]


def test_events_that_fit_nobody(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    events = events_of(
        tmp_path, "E1,A01,2025-03-04,nothing,1", "E2,X9,2025-03-04,late,1",
        "E3,A02,2025-03-05,late,1",
    )  # fmt: skip
    subjects = tmp_path / "subjects.csv"
    subjects.write_text("id,kind\nA01,auxiliary\nA02,辅警\n", encoding="utf-8")
    out = tmp_path / "march.csv"
    assert assess("--out", str(out), subjects=subjects, events=events) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("：")[0].split(" ")[0] for line in lines] == [
        "events.csv:2:1:", "events.csv:3:1:",
    ]  # fmt: skip
    assert "[131]" in lines[0]
    assert "[136]" in lines[1]
    assert not list(tmp_path.glob("march*"))
    assert assess("--json", subjects=subjects, events=events) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(e["code"], e["row"], e["file"], e["field"]) for e in told] == [
        (131, 2, "events.csv", "events[0].rule"),
        (136, 3, "events.csv", "events[1].subject"),
    ]
    # The others are scored where that is asked for, and the exit code still tells.
    partial = ["--partial", "--out", str(out)]
    assert assess(*partial, subjects=subjects, events=events) == 1
    text = capsys.readouterr().out
    assert "A02" in text.splitlines()[2]
    assert "events.csv:3:1: 错误 [136]" in text
    errors = pl.read_csv(tmp_path / "march.errors.csv")
    assert errors["行"].to_list() == [2, 3]
    assert errors["错误码"].to_list() == [131, 136]
    assert pl.read_csv(tmp_path / "march.scores.csv")["对象"].to_list() == ["A02"]
    assert assess("--partial", "--json", subjects=subjects, events=events) == 1
    value = json.loads(capsys.readouterr().out)
    assert [s["subject"] for s in value["scores"]] == ["A02"]
    assert [e["row"] for e in value["errors"]] == [2, 3]
    # Who has a fault has no trail but the fault.
    assert assess("--partial", "--trail", "A01", subjects=subjects, events=events) == 1
    assert capsys.readouterr().out.startswith("events.csv:2:1: 错误 [131]")
    assert assess("--partial", "--trail", "A01", "--json", subjects=subjects, events=events) == 1
    assert [e["code"] for e in json.loads(capsys.readouterr().out)] == [131]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("id,kind\n", "1:1", 122),
        ("", "1:1", 122),
        ("id,typ\nA1,辅警\n", "1:4", 109),
        ("id\nA1\n", "1:1", 116),
        ("id,编号,kind\nA1,A1,辅警\n", "1:4", 117),
        ("id,kind\nA1,猫\n", "2:4", 107),
        ("id,kind\n无,辅警\n", "2:1", 108),
        ('id,kind\n"A1,辅警\n', "2:1", 119),
    ],
)
def test_faults_of_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, place: str, code: int
) -> None:
    subjects = tmp_path / "subjects.csv"
    subjects.write_text(text, encoding="utf-8")
    assert assess(subjects=subjects) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"subjects.csv:{place}: 错误 [{code}]"), out


def test_encodings_are_declared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert assess("--gbk", subjects=SUBJECTS) == 1
    assert "[124]" in capsys.readouterr().out
    gbk = tmp_path / "subjects.csv"
    gbk.write_text("编号,类别\nA1,辅警\n", encoding="gbk")
    assert assess(subjects=gbk) == 1
    assert "[118]" in capsys.readouterr().out


def test_parquet_with_faults(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    frame = pl.DataFrame(
        {"id": ["E1", "E2"], "subject": ["P01", "无"], "date": "2025-03-04", "rule": "late"}
    )
    frame.write_parquet(path)
    assert assess(events=path) == 1
    assert "events.parquet:2:1: 错误 [108]" in capsys.readouterr().out
    frame.with_columns(value=1.5).write_parquet(path)
    assert assess("--json", events=path) == 2
    assert json.loads(capsys.readouterr().out)["code"] == 104
    path.write_text("id\n")
    assert assess(events=path) == 2
    assert "[125]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["assess", "no-such-file.csv", str(EVENTS), *BY], 125),
        (["assess", str(SUBJECTS), "no-such-file.csv", *BY], 125),
        (["assess", str(SUBJECTS), "no-such-file.parquet", *BY], 125),
        (["assess", str(SUBJECTS), str(EVENTS), "--month", "2025-13"], 106),
        (["assess", str(SUBJECTS), str(EVENTS), "--month", "2025-03"], 222),
        (["assess", str(SUBJECTS), str(EVENTS), *BY, "--scheme", "nope"], 107),
        (["assess", str(SUBJECTS), str(EVENTS), *BY, "--period", "week"], 107),
        (["assess", str(SUBJECTS), str(EVENTS), *BY, "--example", "atlantis"], 217),
        (["assess", str(SUBJECTS), str(EVENTS), *BY, "--pack", "no.toml"], 125),
        (["assess", str(SUBJECTS), str(EVENTS), *BY, "--known-on", "today"], 105),
        (["assess", str(SUBJECTS), str(EVENTS), *BY, "--out", "march.xlsx"], 126),
    ],
)
def test_failures_end_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert main(arguments) == 2
    assert f"[{code}]" in capsys.readouterr().err
    assert main([*arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["code"] == code


def test_a_pack_of_ones_own_and_what_was_known(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = (DATA.parents[1] / "docs" / "ASSESSMENT.md").read_text(encoding="utf-8")
    pack = tmp_path / "my-bureau.toml"
    pack.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    paths = []
    for source, id_ in ((SUBJECTS, "id"), (EVENTS, "subject")):
        frame = pl.read_csv(source, infer_schema=False).filter(pl.col(id_) == "P02")
        if id_ == "subject":
            # The schemes of war know none of the rules of peace.
            frame = frame.with_columns(date=pl.lit("2025-03-10"))
        paths.append(tmp_path / source.name)
        frame.write_csv(paths[-1])
    order = ["--order", "2025-03-16=wartime"]
    assert assess(*order, subjects=paths[0], events=paths[1]) == 0
    lines = capsys.readouterr().out.splitlines()
    sheets = lines[lines.index(next(line for line in lines if "平战状态" in line)) :]
    assert [line.split()[2:6] for line in sheets[1:]] == [
        *[["平时", "2025-03-01", "2025-03-15", "15"]] * 3,
        *[["战时", "2025-03-16", "2025-03-31", "16"]] * (len(sheets) - 4),
    ]
    assert len({width(line) for line in sheets}) == 1
    # Of a whole month the lists above show the sheets.
    assert assess(subjects=paths[0], events=paths[1]) == 0
    assert "平战状态" not in capsys.readouterr().out
    for wrong, code in (("x=wartime", 105), ("2025-03-16", 107), ("2025-03-16=storm", 107)):
        assert assess("--order", wrong, "--json") == 2
        assert json.loads(capsys.readouterr().out)["code"] == code


def test_the_commands_of_the_page_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DATA.parents[1] / "docs" / "ASSESSMENT.md").read_text(encoding="utf-8")
    section = page.split("### On the command line\n")[1]
    folder, *commands = section.split("```sh\n")[1].split("```")[0].splitlines()
    monkeypatch.chdir(DATA.parents[1] / folder.removeprefix("cd "))
    assert len(commands) == 2
    for command in commands:
        python, _, module, *arguments = command.split()
        assert (python, module) == ("python", "zhenggong")
        assert main(arguments) == 0
        assert "P01" in capsys.readouterr().out


def test_the_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["assess", "--help"]):
        with pytest.raises(SystemExit) as raised:
            main(arguments)
        assert raised.value.code == 0
        assert "python -m zhenggong assess subjects.csv events.csv" in capsys.readouterr().out

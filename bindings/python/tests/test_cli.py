"""The command line: output, exit codes, encodings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from conftest import DATA, ROOT
from zhenggong import PayItem, Roster, schema
from zhenggong._cli import main
from zhenggong._table import table, width

SAMPLE = str(DATA / "sample-roster.csv")
CITY = ["--month", "2021-03", "--example", "example-city", "--accept", "inferred"]


def test_run_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    # Three lines of the sample lack what a rule needs, so the run ends with 1.
    assert main(["run", SAMPLE, *CITY]) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == [
        "单位", "人数", "应发合计", "扣款合计", "实发合计", "单位承担",
    ]  # fmt: skip
    assert "2240659.09" in out
    assert "[108]" in out
    lines = out.splitlines()[:8]
    assert len({width(line) for line in lines}) == 1


def test_run_as_json_from_gbk(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "new" / "month.csv"
    gbk = str(DATA / "sample-roster-gbk.csv")
    assert main(["run", gbk, "--gbk", *CITY, "--json", "--out", str(out)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["totals"]["people"] == len(data["rows"]) > 0
    assert out.read_text(encoding="utf-8").startswith("人员编号,")


def test_a_clean_roster_ends_with_0(tmp_path: Path) -> None:
    lines = Path(SAMPLE).read_text(encoding="utf-8-sig").splitlines()
    clean = tmp_path / "one.csv"
    clean.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    assert main(["run", str(clean), *CITY, "--language", "en"]) == 0


def test_a_broken_roster_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(DATA / "broken-roster.csv"), *CITY]) == 1
    assert "broken-roster.csv:" in capsys.readouterr().out
    assert main(["run", str(DATA / "broken-roster.csv"), *CITY, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["file"] == "broken-roster.csv"


def english(path: Path) -> Path:
    """Write the sample roster with English keys, codes and nothing of Chinese but the units."""
    frame = pl.DataFrame(Roster.from_file(SAMPLE, month="2021-03"))
    assert {"person", "rank_since", "stated_post_pay"} <= set(frame.columns)
    frame.write_csv(path)
    assert path.read_text(encoding="utf-8").splitlines()[0].isascii()
    return path


def test_a_roster_with_english_headers_is_the_same(tmp_path: Path) -> None:
    # Nothing else: what the command line prints in its own process, byte for byte.
    command = [sys.executable, "-m", "zhenggong", "run"]
    zh, en = (
        subprocess.run([*command, str(path), *CITY, "--json"], capture_output=True, check=False)
        for path in (SAMPLE, english(tmp_path / "roster.csv"))
    )
    assert (zh.returncode, en.returncode) == (1, 1)
    assert en.stdout == zh.stdout
    assert json.loads(en.stdout)["totals"]["net"] == "2240659.09"


def test_every_documented_key_is_a_header(tmp_path: Path) -> None:
    keys = {key: "" for key in schema("person")["properties"] if key != "stated"}
    keys |= {f"stated_{item.code.replace('-', '_')}": "" for item in PayItem}
    row = keys | {"month": "2021-03", "person": "P1", "unit": "u", "kind": "officer"}
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    roster = Roster.from_bytes(text.encode(), month="2021-03")
    assert roster.findings == []
    assert roster.people == [{"person": "P1", "unit": "u", "kind": "officer"}]


@pytest.mark.parametrize("names", ["zh", "en"])
def test_parquet_in_and_out(capsys: pytest.CaptureFixture[str], tmp_path: Path, names: str) -> None:
    if names == "zh":
        frame = pl.read_csv(SAMPLE, infer_schema=False)
    else:
        frame = pl.DataFrame(Roster.from_file(SAMPLE, month="2021-03"))
    # A month of its own column is not needed, and amounts may be decimals.
    frame = frame.drop("month" if names == "en" else "月份")
    wage = "contribution_wage" if names == "en" else "缴费工资"
    frame = frame.with_columns(pl.col(wage).cast(pl.Decimal(12, 2)))
    path, out = tmp_path / "roster.PARQUET", tmp_path / "new" / "month.parquet"
    frame.write_parquet(path)
    arguments = ["run", str(path), *CITY, "--json", "--out", str(out), "--language", names]
    assert main(arguments) == 1
    data = json.loads(capsys.readouterr().out)
    assert main(["run", SAMPLE, *CITY, "--json"]) == 1
    expected = json.loads(capsys.readouterr().out)
    for key in ("units", "totals", "receipt"):
        assert data[key] == expected[key]
    assert [e["code"] for e in data["errors"]] == [e["code"] for e in expected["errors"]]
    paid = pl.read_parquet(out)
    assert paid.columns[0] == ("人员编号" if names == "zh" else "person")
    net = "实发合计" if names == "zh" else "net"
    assert str(paid[net].sum()) == expected["totals"]["net"]
    assert paid.height == 300
    assert main(["explain", str(path), *CITY, "--person", "P0001"]) == 0
    assert "14061.13" in capsys.readouterr().out


def test_parquet_with_faults(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "roster.parquet"
    frame = pl.DataFrame({"person": ["P1", "P1"], "unit": "u", "kind": "民警"})
    frame.write_parquet(path)
    assert main(["run", str(path), *CITY]) == 1
    assert "roster.parquet:2:1" in capsys.readouterr().out
    frame.with_columns(contribution_wage=1.5).write_parquet(path)
    assert main(["run", str(path), *CITY, "--language", "en"]) == 2
    assert "[104]" in capsys.readouterr().err
    path.write_text("person,unit\n")
    assert main(["run", str(path), *CITY, "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == 125
    assert "roster.parquet" in told["en"]
    assert main(["run", str(tmp_path / "no.parquet"), *CITY]) == 2
    assert "no.parquet" in capsys.readouterr().err
    assert main(["run", str(tmp_path / "no.parquet"), *CITY, "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["name"]) == (125, "Io")
    assert "no.parquet" in told["zh"]


def test_without_pyarrow_the_message_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert main(["run", str(tmp_path / "x.parquet"), *CITY]) == 2
    assert "pip install 'zhenggong[parquet]'" in capsys.readouterr().err
    out = str(tmp_path / "x.parquet")
    assert main(["run", SAMPLE, *CITY, "--out", out, "--language", "en"]) == 2
    assert "or use CSV" in capsys.readouterr().err


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", SAMPLE, *CITY, "--person", "P0001", "--language", "en"]) == 0
    out = capsys.readouterr().out
    assert "Payslip 2021-03 P0001" in out
    assert "14061.13" in out
    assert main(["explain", SAMPLE, *CITY, "--person", "P0001", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["net"] == "14061.13"
    assert main(["explain", SAMPLE, *CITY, "--person", "nobody"]) == 1
    assert "“nobody”不是已知的花名册人员。可用：P0001、P0002、" in capsys.readouterr().err
    assert main(["explain", SAMPLE, *CITY, "--person", "nobody", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["field"], told["args"]["value"]) == (107, "person", "nobody")
    assert '"nobody" is not a known person of the roster. Known are: P0001, ' in told["en"]
    # The seventh person of the sample lacks a fact: data, not a failure.
    assert main(["explain", SAMPLE, *CITY, "--person", "P0007"]) == 1
    assert "[108]" in capsys.readouterr().err
    assert main(["explain", SAMPLE, *CITY, "--person", "P0007", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == 108


def test_results_are_csv_or_parquet(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "x.xlsx"
    assert main(["run", SAMPLE, *CITY, "--out", str(out)]) == 2
    assert ".parquet" in capsys.readouterr().err
    assert main(["run", SAMPLE, *CITY, "--out", str(out), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["field"], told["args"]["option"]) == (126, "out", "--out")
    assert not out.exists()
    (tmp_path / "file").write_text("")
    assert main(["run", SAMPLE, *CITY, "--json", "--out", str(tmp_path / "file" / "x.csv")]) == 2
    assert json.loads(capsys.readouterr().out)["code"] == 125


@pytest.mark.parametrize("language", ["zh", "en"])
def test_parquet_has_the_columns_and_rows_of_the_csv(tmp_path: Path, language: str) -> None:
    csv, parquet = tmp_path / "month.csv", tmp_path / "month.parquet"
    for out in (csv, parquet):
        main(["run", SAMPLE, *CITY, "--language", language, "--out", str(out)])
    text, table_ = pl.read_csv(csv, infer_schema=False), pl.read_parquet(parquet)
    own = text.columns[:3]
    assert own == table_.columns[:3]
    order = text.columns[0]
    assert table_.select(own).sort(order).equals(text.select(own).sort(order))


def test_rows_have_the_number_of_their_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # P0007 stands in the eighth line of the file.
    out = tmp_path / "month.parquet"
    assert main(["run", SAMPLE, *CITY, "--out", str(out)]) == 1
    assert "第 8 行" in capsys.readouterr().out
    told = pl.read_parquet(out).filter(pl.col("人员编号") == "P0007").to_series(-1)[0]
    assert "第 8 行" in told
    assert main(["run", SAMPLE, "--month", "2021-04", "--example", "example-city"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("sample-roster.csv:2:")
    assert "第 2 行" in first


def test_lint(capsys: pytest.CaptureFixture[str]) -> None:
    pack = str(ROOT / "examples" / "packs" / "ten-mistakes.toml")
    assert main(["lint", pack]) == 1
    assert "14 errors, 1 warnings" in capsys.readouterr().out
    assert main(["lint", pack, "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 15
    city = ROOT / "crates" / "zhenggong" / "policies" / "example-city" / "city.toml"
    assert main(["lint", str(city)]) == 0
    assert main(["run", SAMPLE, "--month", "2021-03", "--pack", pack]) == 2


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "allowance.police-rank" in capsys.readouterr().out
    assert main(["rules", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "basic-pay.post"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "no-such-file.csv", *CITY], 125),
        (["run", SAMPLE, "--month", "2021-13"], 106),
        (["run", SAMPLE, "--month", "2021-03", "--example", "atlantis"], 217),
        (["run", SAMPLE, "--month", "2021-03", "--accept", "rumour"], 107),
        (["run", SAMPLE, "--month", "2021-03", "--known-on", "today"], 105),
        (["lint", "no-such-pack.toml"], 125),
    ],
)
def test_failures_end_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert main(arguments) == 2
    assert f"[{code}]" in capsys.readouterr().err
    assert main([*arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["code"] == code


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run", SAMPLE], ["lint"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2


def test_python_m_in_its_own_process_and_a_closed_pipe() -> None:
    command = [sys.executable, "-m", "zhenggong", "rules"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "警衔津贴" in done.stdout.decode("utf-8")
    with subprocess.Popen(
        [*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_tables_are_aligned_by_columns_of_the_terminal() -> None:
    assert table([("名", "a"), ("x", "金额")]) == "名     a\nx   金额"

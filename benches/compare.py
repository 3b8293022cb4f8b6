"""The reference plan from Python: as a table of zhenggong, in Polars, DuckDB and plain decimal.

    cargo run --release -p zhenggong-benches --bin generate -- 1000000 people.csv
    python3 -m venv venv && venv/bin/pip install polars duckdb pyarrow ./bindings/python
    venv/bin/python benches/compare.py people.csv

Each computes the lines of the reference plan from the same inputs: rank allowance by table, overtime
with the cap of six days, gross pay, contributions on the clamped base, cumulative tax, net pay. All
use the decimal type of the library, rounded as the library rounds when told to round half up. What
is printed: time without reading the file, rows per second, and rows in which any line or the net
differs from the exact result by a fen or more. zhenggong is measured with the columns as Polars has
them and the result as a Polars frame, on one thread and on all.
"""

import csv
import os
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

RANKS = dict(zip(
    "二级警员 一级警员 三级警司 二级警司 一级警司 三级警督 二级警督 一级警督 三级警监 二级警监 一级警监 副总警监 总警监".split(),
    (560, 610, 660, 760, 860, 960, 1100, 1250, 1400, 1600, 1800, 2000, 2250), strict=True))
BRACKETS = [
    (36000, "0.03", 0), (144000, "0.10", 2520), (300000, "0.20", 16920), (420000, "0.25", 31920),
    (660000, "0.30", 52920), (960000, "0.35", 85920), (None, "0.45", 181920),
]
AMOUNTS = """ytd_income ytd_special ytd_additional ytd_other ytd_withheld special_additional
    post_pay level_pay""".split()
LINES = """police_rank_allowance police_overtime_allowance pension occupational_annuity medical
    housing_fund income_tax net""".split()


def report(name, rows, seconds, wrong):
    print(f"{name:<28} {seconds:>9.3f} s {rows / seconds:>14,.0f} rows/s {wrong:>9,} rows wrong")


def zhenggong_table(path):
    """The rules of the library on a Polars frame."""
    import polars as pl
    import zhenggong

    pack = zhenggong.Pack.from_file(Path(__file__).parent / "plan.toml")
    engine = zhenggong.Engine([pack], national=False, accept="inferred")
    money = pl.Decimal(18, 2)
    text = {name: pl.String for name in [*AMOUNTS, *LINES, "gross", "housing_rate"]}
    people = pl.read_csv(path, schema_overrides=text)
    people = people.with_columns(
        *(pl.col(name).cast(money) for name in [*AMOUNTS, *LINES, "gross", "housing_rate"]))
    expected = people.select(LINES)
    facts = people.select(
        kind=pl.lit("民警").cast(pl.Categorical), duty=pl.lit("一线执法勤务").cast(pl.Categorical),
        month=pl.date(2025, pl.col("tax_months"), 1), rank=pl.col("rank").cast(pl.Categorical),
        overtime_rest_days="rest_days", overtime_holiday_days="holidays", housing_wage="gross",
        housing_rate="housing_rate", tax_months="tax_months", stated_post_pay="post_pay",
        stated_level_pay="level_pay",
        **{name: name for name in AMOUNTS if name not in ("post_pay", "level_pay")})
    items = [name.replace("_", "-") for name in LINES if name != "net"]

    def run(threads):
        paid = engine.month_run_table(
            facts, items=items, totals=["net"], employer_cost=False, threads=threads)
        return paid.to_polars()

    for threads in sorted({1, os.cpu_count() or 1}):
        run(threads)
        start = time.perf_counter()
        result = run(threads)
        seconds = time.perf_counter() - start
        differs = pl.any_horizontal(*(
            (pl.col(name) != pl.col(name + "_right")).fill_null(True) for name in LINES))
        both = pl.concat(
            [result.select(LINES), expected.rename(lambda n: n + "_right")], how="horizontal")
        report(f"zhenggong {zhenggong.__version__}, {threads} threads", people.height, seconds,
               both.select(differs.sum()).item())


def plain_python(path):
    """One row after another with decimal.Decimal."""
    fen, yuan, zero = Decimal("0.01"), Decimal(1), Decimal(0)
    rank_table = {rank: Decimal(amount) for rank, amount in RANKS.items()}
    brackets = [(top and Decimal(top), Decimal(rate), Decimal(quick)) for top, rate, quick in BRACKETS]
    with open(path, newline="", encoding="utf-8") as file:
        rows = [
            (r["rank"], int(r["rest_days"]), int(r["holidays"]), Decimal(r["housing_rate"]),
             int(r["tax_months"]), *(Decimal(r[a]) for a in AMOUNTS), [Decimal(r[a]) for a in LINES])
            for r in csv.DictReader(file)
        ]
    rounded = lambda amount, unit: amount.quantize(unit, ROUND_HALF_UP)
    start, results = time.perf_counter(), []
    for (rank, rest, holidays, rate, months, income, special, additional, other, withheld, relief,
         post, level, _) in rows:
        allowance = rank_table[rank]
        paid_holidays = min(holidays, 6)
        overtime = Decimal(100 * paid_holidays + 80 * min(rest, 6 - paid_holidays))
        gross = post + level + allowance + overtime
        base = min(max(gross, Decimal(3500)), Decimal(17500))
        pension = rounded(base * Decimal("0.08"), fen)
        annuity = rounded(base * Decimal("0.04"), fen)
        medical = rounded(base * Decimal("0.02"), fen)
        housing = rounded(base * rate, yuan)
        taxed = (income + gross - 5000 * months - special - pension - medical - housing
                 - additional - relief - other - annuity)
        due = zero
        if taxed > 0:
            top, rate, quick = next(b for b in brackets if b[0] is None or taxed <= b[0])
            due = rounded(taxed * rate - quick, fen)
        tax = max(due - withheld, zero)
        net = gross - pension - annuity - medical - housing - tax
        results.append([allowance, overtime, pension, annuity, medical, housing, tax, net])
    seconds = time.perf_counter() - start
    wrong = sum(result != row[-1] for result, row in zip(results, rows, strict=True))
    report("Python decimal", len(rows), seconds, wrong)


def polars_decimal(path):
    """Columns of Decimal(38, 2); the housing fund rate as Decimal(38, 2)."""
    import polars as pl

    money = pl.Decimal(38, 2)
    text = {name: pl.String for name in [*AMOUNTS, *LINES, "gross", "housing_rate"]}
    people = pl.read_csv(path, schema_overrides=text)
    people = people.with_columns(
        *(pl.col(name).cast(money) for name in [*AMOUNTS, *LINES, "gross", "housing_rate"]))
    expected = people.select(LINES)
    people = people.drop(*LINES, "gross")
    lit = lambda value: pl.lit(Decimal(value))
    # Decimals have no rounding to half up of their own in every version; see what this one offers.
    def rounded(amount, places):
        return amount.round(places, mode="half_away_from_zero").cast(money)

    def run():
        q = people.lazy().with_columns(
            police_rank_allowance=pl.col("rank").replace_strict(
                list(RANKS), [Decimal(v) for v in RANKS.values()], return_dtype=money),
            h=pl.min_horizontal("holidays", pl.lit(6)))
        q = q.with_columns(police_overtime_allowance=(
            100 * pl.col("h") + 80 * pl.min_horizontal(pl.col("rest_days"), 6 - pl.col("h"))).cast(money))
        q = q.with_columns(gross=pl.col("post_pay") + pl.col("level_pay")
                           + pl.col("police_rank_allowance") + pl.col("police_overtime_allowance"))
        gross = pl.col("gross")
        q = q.with_columns(
            base=pl.when(gross < lit("3500")).then(lit("3500.00").cast(money))
            .when(gross > lit("17500")).then(lit("17500.00").cast(money)).otherwise(gross))
        # At scale 2 the product would be cut before it is rounded; scale 6 keeps its digits.
        base, fine = pl.col("base").cast(pl.Decimal(38, 6)), pl.Decimal(38, 6)
        rate = pl.col("housing_rate").cast(fine)
        q = q.with_columns(
            pension=rounded(base * lit("0.080000"), 2),
            occupational_annuity=rounded(base * lit("0.040000"), 2),
            medical=rounded(base * lit("0.020000"), 2),
            housing_fund=rounded(base * rate, 0))
        q = q.with_columns(taxed=(
            pl.col("ytd_income") + gross - (5000 * pl.col("tax_months")).cast(money)
            - pl.col("ytd_special") - pl.col("pension") - pl.col("medical") - pl.col("housing_fund")
            - pl.col("ytd_additional") - pl.col("special_additional") - pl.col("ytd_other")
            - pl.col("occupational_annuity")).cast(fine))
        taxed, none = pl.col("taxed"), lit("0.00").cast(money)
        due = pl.when(taxed <= lit("0.000000")).then(none)
        for top, bracket_rate, quick in BRACKETS:
            tax = rounded(taxed * lit(bracket_rate + "0000") - lit(f"{quick}.000000"), 2)
            due = due.when(taxed <= lit(f"{top}.000000")).then(tax) if top else due.otherwise(tax)
        q = q.with_columns(due=due)
        owed = (pl.col("due") - pl.col("ytd_withheld")).cast(money)
        q = q.with_columns(income_tax=pl.when(owed > none).then(owed).otherwise(none))
        q = q.with_columns(net=gross - pl.col("pension") - pl.col("occupational_annuity")
                           - pl.col("medical") - pl.col("housing_fund") - pl.col("income_tax"))
        return q.select(LINES).collect()

    run()
    start = time.perf_counter()
    result = run()
    seconds = time.perf_counter() - start
    differs = pl.any_horizontal(*(
        (pl.col(name) != pl.col(name + "_right")).fill_null(True) for name in LINES))
    both = pl.concat([result.cast(money), expected.rename(lambda n: n + "_right")], how="horizontal")
    report(f"Polars {pl.__version__}, {pl.thread_pool_size()} threads", people.height, seconds,
           both.select(differs.sum()).item())


def duckdb_decimal(path):
    """Columns of DECIMAL(18, 2)."""
    import duckdb

    db = duckdb.connect()
    types = {name: "DECIMAL(18,2)" for name in [*AMOUNTS, *LINES, "gross", "housing_rate"]}
    db.execute(f"create table people as select row_number() over () as id, * from read_csv('{path}', types={types})")
    db.execute("create table ranks (rank varchar, allowance decimal(18,2))")
    db.executemany("insert into ranks values (?, ?)", [(r, Decimal(a)) for r, a in RANKS.items()])
    cases = " ".join(
        (f"when taxed <= {top} then " if top else "else ")
        + f"round(taxed * {rate}::decimal(3,2) - {quick}, 2)::decimal(18,2)"
        for top, rate, quick in BRACKETS)
    query = f"""
        create or replace temp table paid as
        with a as (select p.* exclude ({", ".join(LINES)}, gross), r.allowance as rank_allowance,
                (100 * least(holidays, 6) + 80 * least(rest_days, 6 - least(holidays, 6)))::decimal(18,2) as overtime
            from people p join ranks r using (rank)),
        b as (select *, (post_pay + level_pay + rank_allowance + overtime)::decimal(18,2) as gross from a),
        c as (select *, greatest(least(gross, 17500), 3500)::decimal(18,2) as base from b),
        d as (select *, round(base * 0.08, 2)::decimal(18,2) as pension,
                round(base * 0.04, 2)::decimal(18,2) as annuity,
                round(base * 0.02, 2)::decimal(18,2) as medical,
                round(base * housing_rate, 0)::decimal(18,2) as housing from c),
        e as (select *, (ytd_income + gross - 5000 * tax_months - ytd_special - pension - medical - housing
                - ytd_additional - special_additional - ytd_other - annuity)::decimal(18,2) as taxed from d),
        f as (select *, case when taxed <= 0 then 0 {cases} end::decimal(18,2) as due from e),
        g as (select *, greatest(due - ytd_withheld, 0)::decimal(18,2) as tax from f)
        select id, rank_allowance, overtime, pension, annuity, medical, housing, tax,
            (gross - pension - annuity - medical - housing - tax)::decimal(18,2) as net from g"""
    db.execute(query)
    start = time.perf_counter()
    db.execute(query)
    seconds = time.perf_counter() - start
    names = "rank_allowance overtime pension annuity medical housing tax net".split()
    differ = " or ".join(f"paid.{ours} is distinct from people.{theirs}" for ours, theirs in zip(names, LINES, strict=True))
    rows, wrong = db.execute(
        f"select count(*), count(*) filter (where {differ}) from people left join paid using (id)").fetchone()
    threads = db.execute("select current_setting('threads')").fetchone()[0]
    report(f"DuckDB {duckdb.__version__}, {threads} threads", rows, seconds, wrong)


if __name__ == "__main__":
    for compare in (zhenggong_table, polars_decimal, duckdb_decimal, plain_python):
        compare(sys.argv[1])

#!/usr/bin/env python3
"""Writes the sample rosters of this folder: the same bytes on every run.

    python3 make_sample_roster.py           writes the files
    python3 make_sample_roster.py --check   says whether the files are what it would write

All people and amounts are invented, but for P0001, which is a published payslip with its name left
out. Edge cases, all in the month 2021-03:

    P0001  the published payslip: gross 20724.00, deductions 6662.87, net 14061.13; no tax facts,
           tax and housing fund stated
    P0002  promoted this month (2021-03-12): the previous rank counts until April
    P0003  promoted last month (2021-02-20): the new rank counts from March
    P0004  rank not kept since 2021-03-15: no rank allowance; the flat overtime allowance of such a
           month is a decision, so it is stated
    P0005  rank newly granted this month (2021-03-03)
    P0006  post and level-step 24-3 without stated amounts: both are computed from the tables
    P0010  level-step 23-2 without a stated amount: the row fails, the cell is not attested
    P0007  rank missing: the row fails
    P0008  overtime facts: 3 rest days, 1 statutory holiday
    P0009  first job, begun on 2021-03-01: 1 month employed, nothing to date, no rank yet; the housing
           fund starts in April
    P0011  year-end bonus taxed apart
    P0012  year-end bonus merged into income
    P0195  to P0200: the highest ranks, so that all thirteen occur; no city bureau has them
    F0001  coefficient missing: the row fails where the pay plan needs it
    F0002  newly hired on 2021-03-08, on probation: 1 month employed, nothing to date; the housing fund
           starts in April
    F0003  prior year's income up to 60000 with the same employer

To-date amounts are those of January and February: twice the month's earnings, own contributions at
8/4/2 % (officers) or 8/2/0.5 % (auxiliaries) of the contribution wage without a local floor or
ceiling, the housing fund, and the tax that cumulative withholding gives for them.
"""

import csv
import io
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
MONTH = "2021-03"
UNITS = ["市局机关", "城东派出所", "城西派出所", "交警支队", "刑侦支队", "特警支队"]
OFFICERS = 200
AUXILIARIES = 100

# Rank allowance since 2015, for the to-date income only.
RANKS = {
    "二级警员": 560, "一级警员": 610, "三级警司": 660, "二级警司": 760, "一级警司": 860,
    "三级警督": 960, "二级警督": 1100, "一级警督": 1250, "三级警监": 1400, "二级警监": 1600,
    "一级警监": 1800, "副总警监": 2000, "总警监": 2250,
}
RANK_ORDER = list(RANKS)
OVERTIME = 710

# Post: lowest and highest rank (rank regulations, art. 8), lowest and highest level, then invented
# amounts: post pay, normative allowance, transport allowance, base performance award.
POSTS = {
    "办事员": ("二级警员", "一级警司", 27, 22, 900, 2380, 550, 2900),
    "科员": ("三级警司", "三级警督", 25, 19, 1010, 2760, 550, 3300),
    "乡科级副职": ("二级警司", "二级警督", 23, 18, 1320, 3240, 650, 3900),
    "乡科级正职": ("一级警司", "一级警督", 21, 17, 1640, 3860, 650, 4600),
    "县处级副职": ("三级警督", "一级警督", 19, 15, 1990, 4920, 1040, 5700),
    "县处级正职": ("二级警督", "三级警监", 17, 13, 2410, 5880, 1040, 6700),
    "厅局级副职": ("三级警监", "二级警监", 14, 11, 3020, 6940, 1650, 7900),
    "厅局级正职": ("二级警监", "一级警监", 12, 9, 3690, 7720, 1650, 8800),
    "省部级副职": ("副总警监", "副总警监", 8, 7, 4840, 8610, 1650, 9900),
    "省部级正职": ("总警监", "总警监", 6, 5, 6090, 9450, 1650, 11000),
}
# How often each post is drawn, of 100.
POST_SHARES = [("办事员", 30), ("科员", 36), ("乡科级副职", 17), ("乡科级正职", 11), ("县处级副职", 4),
               ("县处级正职", 2)]
FIXED = {
    2: ("科员", "一级警司"), 3: ("乡科级副职", "二级警督"), 4: ("科员", "三级警司"),
    5: ("办事员", "二级警员"), 6: ("科员", "二级警司"), 7: ("办事员", "一级警员"),
    9: ("办事员", "二级警员"), 10: ("科员", "二级警司"),
    195: ("县处级正职", "三级警监"), 196: ("厅局级副职", "三级警监"), 197: ("厅局级副职", "二级警监"),
    198: ("厅局级正职", "一级警监"), 199: ("省部级副职", "副总警监"), 200: ("省部级正职", "总警监"),
}
GENERAL_DUTY = {"市局机关"}

# The monthly pay by grade of one published plan (Linfen): 80 % basic, 20 % performance.
GRADES = {"见习": 2500, "六级": 2900, "五级": 3700, "四级": 4500, "三级": 5300, "二级": 6100,
          "一级": 6900}
GRADE_SHARES = [("见习", 8), ("六级", 26), ("五级", 24), ("四级", 18), ("三级", 13), ("二级", 7),
                ("一级", 4)]
AUXILIARY_POSTS = ["勤务", "勤务", "勤务", "文职", "技术"]

COLUMNS = [
    "人员编号", "单位", "人员类别", "月份",
    "警衔", "警衔起始日", "原警衔", "警衔变动", "职务层次", "职务类别", "级别档次", "岗位类别",
    "公休日加班天数", "节假日加班天数",
    "辅警层级", "辅警岗位", "考核系数", "夜班次数",
    "工伤风险类别", "工伤费率档次",
    "缴费工资", "公积金工资", "公积金比例", "公积金起缴事由日", "公积金入职类别",
    "本年任职月数", "预扣方式", "累计收入", "累计专项扣除", "累计专项附加扣除", "累计其他扣除",
    "累计已预扣税额", "专项附加扣除", "奖金计税方式", "本年已单独计税次数",
    "核定职务工资", "核定级别工资", "核定加班补贴", "核定公务交通补贴", "核定基础绩效奖",
    "核定93年工改保留", "核定规范性津补贴", "核定年终一次性奖金", "核定住房公积金（个人）", "核定个人所得税",
]


class Numbers:
    """A fixed linear congruential generator; the same numbers on every run."""

    def __init__(self, seed):
        self.state = seed

    def below(self, end):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % end

    def of(self, items):
        return items[self.below(len(items))]

    def share(self, shares):
        left = self.below(sum(weight for _, weight in shares))
        for item, weight in shares:
            if left < weight:
                return item
            left -= weight
        raise AssertionError("the shares add up")


def yuan(value):
    return Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def tax_withheld(income, special, additional, months):
    """Cumulative withholding; two months never reach the third bracket here."""
    taxable = income - 5000 * months - special - additional
    if taxable <= 0:
        return yuan(0)
    if taxable <= 36000:
        return yuan(taxable * Decimal("0.03"))
    assert taxable <= 144000
    return yuan(taxable * Decimal("0.10") - 2520)


def tax_facts(row, monthly, rates, additional):
    """Fills the tax facts for two earlier months of this monthly income."""
    wage, housing = Decimal(row["缴费工资"]), Decimal(row["公积金工资"])
    annuity = yuan(wage * Decimal("0.04")) if row["人员类别"] == "民警" else yuan(0)
    own = sum(yuan(wage * Decimal(rate)) for rate in rates)
    own += yuan(housing * Decimal(row["公积金比例"]))
    income, special, extra = yuan(2 * monthly), yuan(2 * own), yuan(2 * additional)
    row.update({
        "本年任职月数": 3, "预扣方式": "按任职受雇月份",
        "累计收入": income, "累计专项扣除": special, "累计专项附加扣除": extra,
        "累计其他扣除": 2 * annuity,
        "累计已预扣税额": tax_withheld(income, special + 2 * annuity, extra, 2),
        "专项附加扣除": yuan(additional),
    })


def nothing_to_date(row, mode):
    row.update({"本年任职月数": 1, "预扣方式": mode})
    for column in ["累计收入", "累计专项扣除", "累计专项附加扣除", "累计其他扣除", "累计已预扣税额"]:
        row[column] = yuan(0)


def published_payslip():
    return {
        "人员编号": "P0001", "单位": "市局机关", "人员类别": "民警", "月份": MONTH,
        "警衔": "无", "职务层次": "县处级正职", "缴费工资": "19999.00",
        "核定职务工资": "2410.00", "核定级别工资": "3620.00", "核定公务交通补贴": "1040.00",
        "核定基础绩效奖": "6920.00", "核定93年工改保留": "116.00", "核定规范性津补贴": "6618.00",
        "核定住房公积金（个人）": "3318.00", "核定个人所得税": "545.01",
    }


def officer(number, draw):
    post, rank = FIXED.get(number, (None, None))
    post = post or draw.share(POST_SHARES)
    low, high, level_low, level_high, post_pay, normative, transport, award = POSTS[post]
    ranks = RANK_ORDER[RANK_ORDER.index(low):RANK_ORDER.index(high) + 1]
    rank = rank or draw.of(ranks)
    level = level_high + draw.below(level_low - level_high + 1)
    step = 1 + draw.below(6)
    unit = "市局机关" if number > 195 else UNITS[number % len(UNITS)]
    row = {
        "人员编号": f"P{number:04}", "单位": unit, "人员类别": "民警", "月份": MONTH,
        "警衔": rank, "职务层次": post, "级别档次": f"{level}-{step}",
        "岗位类别": "综合管理" if unit in GENERAL_DUTY else "一线执法勤务",
        "核定职务工资": yuan(post_pay),
        "核定级别工资": yuan(1210 + (27 - level) * 136 + step * 42),
        "核定公务交通补贴": yuan(transport),
        "核定基础绩效奖": yuan(award + 10 * draw.below(20)),
        "核定规范性津补贴": yuan(normative + 5 * draw.below(30)),
    }
    # A third were promoted to their rank in the last years.
    below = RANK_ORDER.index(rank) - 1
    if draw.below(3) == 0 and below >= 0:
        since = f"{2014 + draw.below(6)}-{1 + draw.below(12):02}-{1 + draw.below(28):02}"
        row.update({"警衔起始日": since, "原警衔": RANK_ORDER[below], "警衔变动": "晋升"})
    return row


def rank_of_january(row):
    """The rank that counted in January and February, for the to-date income."""
    since = row.get("警衔起始日", "")
    if row.get("警衔变动") == "授予" and since >= "2021":
        return None
    if row.get("警衔变动") == "晋升" and since >= "2021":
        return row["原警衔"]
    return row["警衔"] if row["警衔"] in RANKS else None


def officer_edges(number, row):
    promoted = {"警衔变动": "晋升"}
    edges = {
        2: {"警衔起始日": "2021-03-12", "原警衔": "二级警司", **promoted},
        3: {"警衔起始日": "2021-02-20", "原警衔": "三级警督", **promoted},
        4: {"警衔起始日": "2021-03-15", "警衔变动": "不予保留", "核定加班补贴": yuan(355)},
        5: {"警衔起始日": "2021-03-03", "警衔变动": "授予", "原警衔": "无"},
        6: {"级别档次": "24-3", "职务类别": "非领导职务"},
        10: {"级别档次": "23-2", "职务类别": "非领导职务"},
        8: {"公休日加班天数": 3, "节假日加班天数": 1},
        9: {"警衔": "无", "公积金起缴事由日": "2021-03-01", "公积金入职类别": "新参加工作"},
        11: {"核定年终一次性奖金": yuan(24000), "奖金计税方式": "单独计税", "本年已单独计税次数": 0},
        12: {"核定年终一次性奖金": yuan(18000), "奖金计税方式": "并入综合所得"},
    }
    if number in FIXED and number <= 10:
        row.update({"警衔起始日": "", "原警衔": "", "警衔变动": ""})
    row.update(edges.get(number, {}))


def officer_row(number, draw):
    row = officer(number, draw)
    officer_edges(number, row)
    stated = ["核定职务工资", "核定级别工资", "核定公务交通补贴", "核定基础绩效奖", "核定规范性津补贴"]
    rank = rank_of_january(row)
    monthly = sum(row[column] for column in stated)
    # Without a rank (P0005 then, P0009 now) there is no overtime allowance either.
    monthly += RANKS[rank] + OVERTIME if rank else 0
    wage = int(monthly) - 20 * draw.below(15)
    additional = draw.of([0, 0, 1000, 1500, 2000, 2000, 3000, 4000])
    row.update({"缴费工资": yuan(wage), "公积金工资": yuan(wage), "公积金比例": "0.12"})
    tax_facts(row, monthly, ["0.08", "0.02"], additional)
    if number == 9:
        nothing_to_date(row, "当年首次取得工资")
    # The cells of level 25 and the cell 24-3 are attested, so nothing is stated there; P0010's is not.
    level = row["级别档次"].split("-")[0]
    if number in (6, 10) or level == "25" and row["职务层次"] in ("科员", "办事员"):
        row.update({"核定职务工资": "", "核定级别工资": "", "职务类别": "非领导职务"})
    if number == 7:
        row["警衔"] = ""
    return row


def auxiliary_row(number, draw):
    grade = draw.share(GRADE_SHARES)
    coefficient = Decimal(80 + 5 * draw.below(9)) / 100
    shifts = draw.below(11)
    if number == 2:
        grade = "见习"
    if number == 3:
        grade = "六级"
    pay = GRADES[grade]
    monthly = pay * Decimal("0.8") + pay * Decimal("0.2") * coefficient
    wage = pay + 10 * draw.below(30)
    row = {
        "人员编号": f"F{number:04}", "单位": UNITS[number % len(UNITS)], "人员类别": "辅警",
        "月份": MONTH, "辅警层级": grade, "辅警岗位": draw.of(AUXILIARY_POSTS),
        "考核系数": f"{coefficient:.2f}", "夜班次数": shifts, "工伤风险类别": "一类", "工伤费率档次": "基准",
        "缴费工资": yuan(wage), "公积金工资": yuan(wage), "公积金比例": draw.of(["0.05", "0.08"]),
    }
    tax_facts(row, monthly, ["0.08", "0.02", "0.005"], draw.of([0, 0, 0, 1000, 1500]))
    if number == 1:
        row["考核系数"] = ""
    if number == 2:
        nothing_to_date(row, "按任职受雇月份")
        row.update({"公积金起缴事由日": "2021-03-08", "公积金入职类别": "新参加工作"})
    if number == 3:
        row.update({"预扣方式": "上年收入不超过6万元", "累计已预扣税额": yuan(0)})
    return row


def as_csv(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        assert set(row) <= set(COLUMNS), row
        writer.writerow([row.get(column, "") for column in COLUMNS])
    return out.getvalue()


# One line per mistake; the header has three more. Every place stands in README.md.
BROKEN = """\
人员编号,单位,人员类别,警衔,军衔,rank,缴费工资,核定职务工资
B0001,城东派出所,民警,大校,,,9000.00,2410.00
B0002,城东派出所,民警,一级警司,,,9000.005,2410.00
B0001,城西派出所,民警,一级警司,,,9000.00,2410.00
B0004,城东派出所,民警,一级警司,,,9000.00,-2410.00
B0005,城东派出所,民警,一级警司,,,"9,000.00",2410.00
B0006,城东"派出所,民警,一级警司,,,9000.00,2410.00
B0007,"城东"派出所,民警,一级警司,,,9000.00,2410.00
B0008,城东派出所,民警,一级警司,,,9000.00,"2410.00
B0009,城东派出所,民警,一级警司,,,9000.00,2410.00,
B0010,城东派出所,民警,一级警司
B0011,城东\t派出所,民警,一级警司,,,9000.00,2410.00
B0012,{long},民警,一级警司,,,9000.00,2410.00
,城东派出所,民警,一级警司,,,9000.00,2410.00
B0014,城东派出所,协警,一级警司,,,9000.00,2410.00
""".format(long="城东派出所" * 13)

WRONG_MONTH = """\
人员编号,单位,人员类别,月份,警衔,警衔起始日
B0101,城东派出所,民警,2021-02,一级警司,
B0102,城东派出所,民警,2021-3,一级警司,
B0103,城东派出所,民警,2021-03,一级警司,2021-02-30
"""


def files():
    draw = Numbers(20210301)
    officers = [published_payslip()]
    officers += [officer_row(number, draw) for number in range(2, OFFICERS + 1)]
    auxiliaries = [auxiliary_row(number, draw) for number in range(1, AUXILIARIES + 1)]
    sample = as_csv(officers + auxiliaries)
    few = as_csv(officers[:3] + auxiliaries[3:5])
    return {
        "sample-roster.csv": sample.encode("utf-8"),
        "sample-roster-gbk.csv": few.encode("gbk"),
        "broken-roster.csv": BROKEN.encode("utf-8"),
        "broken-dates-roster.csv": WRONG_MONTH.encode("utf-8"),
    }


def main():
    check = sys.argv[1:] == ["--check"]
    for name, content in files().items():
        path = HERE / name
        if not check:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            sys.exit(f"{name} is not what make_sample_roster.py writes; run it")


if __name__ == "__main__":
    main()

//! Lines of pay plans that no published plan was seen to have: posts, counts, caps; and derivations.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, Error,
    auxiliary::{AuxiliaryFacts, Standards, auxiliary_pay},
    derivation::{Language, NoTrace, Recorder},
    number::{Money, Rate},
    policy::{Evidence, Pack},
    testing,
    vocabulary::AuxiliaryGrade,
};

/// A made-up plan with every kind of line.
const TOWN: &str = r#"
[pack]
id = "town"
layer = "city"
place = "某市"
parent = "national"
[[source]]
id = "s"
title = "某市辅警工资方案"
issued = "2020-01-01"
evidence = "official"
[[value]]
rule = "auxiliary.minimum-wage"
from = "2020-01-01"
source = "s"
clause = "一"
monthly = "1500"
[[value]]
rule = "auxiliary.pay-plan"
from = "2020-01-01"
source = "s"
clause = "二"
lines = [
  { id = "least", zh = "基本工资", en = "Basic pay", kind = "minimum-wage", item = "auxiliary-basic" },
  { id = "grade", zh = "层级工资", en = "Grade pay", kind = "table", item = "auxiliary-basic", by = "grade", amounts = { "一级" = "900", "二级" = "700" } },
  { id = "post", zh = "岗位工资", en = "Post pay", kind = "table", item = "auxiliary-duty", by = "post", amounts = { "派出所" = "300", "特警" = "500" } },
  { id = "risk", zh = "高危岗位津贴", en = "Risk allowance", kind = "table", item = "auxiliary-allowance", by = "post", amounts = { "派出所" = "0", "特警" = "200", "看守所" = "150" } },
  { id = "night", zh = "夜班补贴", en = "Night shift allowance", kind = "count", item = "auxiliary-overtime", count = "night-shifts", rate = "30.5", cap = 10 },
  { id = "performance", zh = "绩效工资", en = "Performance pay", kind = "performance", item = "auxiliary-performance", by = "grade", amounts = { "一级" = "600", "二级" = "400" }, rounding = "down yuan" },
]
"#;

fn engine() -> Engine {
    Engine::builder()
        .packs(Pack::national())
        .pack(Pack::parse("town.toml", TOWN))
        .accept(Evidence::Secondary)
        .build()
        .unwrap()
}

fn run(facts: Json) -> Result<Json, Error> {
    let mut input = json!({ "month": "2024-03" });
    let map = input.as_object_mut().unwrap();
    map.extend(facts.as_object().unwrap().clone());
    engine().evaluate("auxiliary.pay-plan", &input).map(|e| e.value().clone())
}

fn code(facts: Json) -> (&'static str, String) {
    let error = run(facts).unwrap_err();
    (error.code().name(), error.zh())
}

#[test]
fn items_of_two_lines_are_summed() {
    // 1500 + 900; 500; 200; 4 × 30.5; 600 × 0.8 = 480.
    let pay = run(json!({
        "grade": "一级", "post": "特警", "coefficient": "0.8", "counts": { "night-shifts": 4 },
    }));
    let items = json!({
        "auxiliary-basic": "2400.00", "auxiliary-duty": "500.00",
        "auxiliary-performance": "480.00", "auxiliary-overtime": "122.00",
        "auxiliary-allowance": "200.00",
    });
    assert_eq!(pay.unwrap(), json!({ "total": "3702.00", "items": items }));
}

#[test]
fn the_cap_limits_the_count() {
    let overtime = |shifts: u32| {
        let pay = run(json!({
            "grade": "二级", "post": "派出所", "coefficient": "1",
            "counts": { "夜班次数": shifts },
        }));
        pay.unwrap()["items"]["auxiliary-overtime"].clone()
    };
    assert_eq!(overtime(0), "0.00");
    assert_eq!(overtime(10), "305.00");
    assert_eq!(overtime(11), "305.00");
    assert_eq!(overtime(u32::MAX), "305.00");
}

#[test]
fn each_line_names_the_fact_it_lacks() {
    assert_eq!(code(json!({})).0, "MissingFact");
    assert!(code(json!({})).1.contains("grade"));
    assert!(code(json!({ "grade": "一级" })).1.contains("post"));
    let (name, zh) = code(json!({ "grade": "一级", "post": "特警" }));
    assert!(name == "MissingFact" && zh.contains("night-shifts"), "{zh}");
    let counts = json!({ "night-shifts": 0 });
    let (_, zh) = code(json!({ "grade": "一级", "post": "特警", "counts": counts }));
    assert!(zh.contains("coefficient"), "{zh}");
}

#[test]
fn posts_are_those_of_the_plan() {
    let (name, zh) = code(json!({ "grade": "一级", "post": "机关" }));
    assert!(name == "UnknownTerm" && zh.contains("派出所、特警、看守所"), "{zh}");
    // Another table has the post, but the first has no amount for it.
    let (name, zh) = code(json!({ "grade": "一级", "post": "看守所" }));
    assert!(name == "CellNotAttested" && zh.contains("看守所") && zh.contains("岗位工资"), "{zh}");
}

#[test]
fn a_performance_base_by_grade_is_rounded_by_the_plan() {
    let pay = run(json!({
        "grade": "二级", "post": "派出所", "coefficient": "0.9999",
        "counts": { "night-shifts": 0 },
    }));
    // 400 × 0.9999 = 399.96, down to the yuan.
    assert_eq!(pay.unwrap()["items"]["auxiliary-performance"], "399.00");
}

#[test]
fn the_derivation_names_lines_as_the_pack_does() {
    let input = json!({
        "month": "2024-03", "grade": "一级", "post": "特警", "coefficient": "0.8",
        "counts": { "night-shifts": 12 },
    });
    let answer = engine().evaluate("auxiliary.pay-plan", &input).unwrap();
    let zh = answer.derivation().text(Language::Zh);
    for part in
        ["辅警应发工资 3885.00 元", "夜班补贴 305.00 元", "夜班次数：12", "特警", "层级：一级"]
    {
        assert!(zh.contains(part), "{part} is missing:\n{zh}");
    }
    let en = answer.derivation().text(Language::En);
    assert!(en.contains("Night shift allowance") && !en.contains('?'), "{en}");
    let codes = answer.derivation().to_json().to_string();
    assert!(codes.contains("\"night\"") && codes.contains("\"特警\""), "{codes}");
}

#[test]
fn the_wuwei_derivation_cites_the_police_standard() {
    let engine = Engine::builder()
        .packs(Pack::national())
        .pack(Pack::example("wuwei").unwrap())
        .build()
        .unwrap();
    let answer = engine.evaluate("auxiliary.pay-plan", &json!({ "month": "2018-06" })).unwrap();
    let zh = answer.derivation().text(Language::Zh);
    assert!(zh.contains("民警加班补贴月定额 710.00 × 比例 50%"), "{zh}");
    assert!(zh.contains("最低工资标准 1520.00"), "{zh}");
    assert!(!zh.contains("第18条"), "{zh}");
}

#[test]
fn pay_not_above_the_minimum_wage_is_noted_and_not_raised() {
    let thin = TOWN.replace("\"900\"", "\"0\"").replace("\"300\"", "\"0\"");
    let engine = Engine::builder()
        .packs(Pack::national())
        .pack(Pack::parse("town.toml", &thin))
        .build()
        .unwrap();
    let input = json!({
        "month": "2024-03", "grade": "一级", "post": "派出所", "coefficient": "0",
        "counts": { "night-shifts": 0 },
    });
    let answer = engine.evaluate("auxiliary.pay-plan", &input).unwrap();
    assert_eq!(answer.value()["total"], "1500.00");
    assert!(answer.derivation().text(Language::Zh).contains("第18条"));
}

#[test]
fn tracing_does_not_change_the_amount() {
    let packs = Pack::example("linfen").into_iter().collect();
    let snapshot = testing::snapshot(packs, "linfen", "2024-03").unwrap();
    let standards = Standards::of(&snapshot);
    let facts = AuxiliaryFacts {
        grade: Some(AuxiliaryGrade::Grade4),
        coefficient: Some(Rate::parse("0.9").unwrap()),
        ..AuxiliaryFacts::default()
    };
    let plan = snapshot.get().unwrap();
    let plain = auxiliary_pay(plan, &standards, &facts, &mut NoTrace, &mut |_, _| {}).unwrap();
    let mut lines = Vec::new();
    let mut out = |item, money| lines.push((item, money));
    let traced = auxiliary_pay(plan, &standards, &facts, &mut Recorder::new(), &mut out).unwrap();
    assert_eq!(plain, traced);
    assert_eq!(plain.to_string(), "4410.00");
    // The memo of the grade total is no line of the payslip.
    assert_eq!(lines.len(), 2);
    let sum = Money::checked_sum(lines.iter().map(|(_, money)| *money)).unwrap();
    assert_eq!(sum, plain);
}

#[test]
fn a_place_may_pay_more_for_overtime_but_not_less() {
    let with = |rate: &str| {
        let text = format!(
            "[pack]\nid = \"town\"\nlayer = \"city\"\nplace = \"某市\"\nparent = \"national\"\n\
             [[source]]\nid = \"s\"\ntitle = \"某市办法\"\nissued = \"2020-01-01\"\nevidence = \"official\"\n\
             [[value]]\nrule = \"auxiliary.overtime-pay\"\nfrom = \"2020-01-01\"\nsource = \"s\"\n\
             clause = \"一\"\nextended_rate = \"{rate}\"\nrounding = \"up fen\"\n"
        );
        Engine::builder().packs(Pack::national()).pack(Pack::parse("town.toml", &text)).build()
    };
    let input = json!({
        "month": "2024-03", "wage": "3000", "hours": "1", "rest_days": 0, "holiday_days": 0,
    });
    // 3000 ÷ 21.75 ÷ 8 × 200 % = 34.482758…, up to the fen.
    let answer = with("2").unwrap().evaluate("auxiliary.overtime-pay", &input).unwrap();
    assert_eq!(answer.value()["extended"], "34.49");
    let error = with("1.4").unwrap_err();
    assert!(error.findings.iter().any(|f| f.error.code().name() == "OutOfBounds"));
}

/// Returns the formula lines of a derivation, without their sources.
fn formulas(place: Option<&str>, rule: &str, input: &Json) -> Vec<String> {
    let engine = Engine::builder()
        .packs(Pack::national())
        .packs(place.and_then(Pack::example))
        .accept(Evidence::Inferred)
        .build();
    let answer = engine.unwrap().evaluate(rule, input).unwrap();
    let text = answer.derivation().text(Language::Zh);
    text.lines().filter(|l| !l.contains('§')).map(|l| l.trim().to_owned()).collect()
}

#[test]
fn overtime_reads_as_a_clerk_would_compute_it() {
    let input = json!({
        "month": "2024-03", "wage": "3000.00", "hours": "0", "rest_days": 3, "holiday_days": 0,
    });
    let expected = [
        "加班费 827.59 元",
        "休息日加班费 827.59 元",
        "= 月工资 3000.00 ÷ 月计薪天数 21.75 × 支付比例 200% × 天数 3 = 827.586206… → 827.59（四舍五入到分）",
        "日工资 137.93 元",
        "= 月工资 3000.00 ÷ 月计薪天数 21.75 = 137.931034… → 137.93（四舍五入到分）",
        "小时工资 17.24 元",
        "= 月工资 3000.00 ÷ 月计薪天数 21.75 ÷ 每日工作小时 8 = 17.241379… → 17.24（四舍五入到分）",
    ];
    assert_eq!(formulas(None, "auxiliary.overtime-pay", &input), expected);
}

#[test]
fn a_memo_line_shows_what_the_shares_are_of() {
    let input = json!({ "month": "2024-03", "grade": "四级", "coefficient": "0.9" });
    let text = formulas(Some("linfen"), "auxiliary.pay-plan", &input).join("\n");
    for part in [
        "层级月工资总额 4500.00 元",
        "只计算，不发放",
        "= 层级月工资总额 4500.00 × 比例 80% = 3600.00 → 3600.00（四舍五入到分）",
        "= 层级月工资总额 4500.00 × 比例 20% × 考核系数 0.9 = 810.00 → 810.00（四舍五入到分）",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
}

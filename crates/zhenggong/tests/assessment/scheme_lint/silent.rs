//! Mistakes that would pass in silence when people are scored, and all mistakes of a scheme in one look.

use super::text::{HEAD, fixed, found, item, one, rule, scheme, with_rule};

const GRADES: &str = "grades = [{ id = \"good\", zh = \"好\", en = \"good\", from = \"80\" }, { id = \"poor\", zh = \"差\", en = \"poor\" }]\n";

/// A scheme with a veto, and with more of its parts.
fn veto(rest: &str, more: &str) -> String {
    let vetoes = format!("vetoes = [{{ id = \"v\", zh = \"否决\", en = \"veto\", {rest} }}]\n");
    scheme(&[], &format!("{GRADES}{vetoes}{more}"), &fixed())
}

/// An item of this mode and limits with one rule.
fn in_item(limits: &str, rest: &str) -> String {
    scheme(&[], "", &item("a", &format!("{limits}, {}", rule(rest))))
}

#[test]
fn all_mistakes_are_found_in_one_look() {
    let text = r#"[pack]
id = "town"
layer = "city"
place = "某市"
parent = "national"
[[source]]
id = "s"
title = "某市考核方案"
issued = "2020-01-01"
evidence = "official"
[[value]]
rule = "assessment.scheme"
from = "2020-01-01"
source = "s"
clause = "一"
[value.scheme]
id = "town-officer"
zh = "民警"
subject = "officers"
period = "month"
window = { start_day = 26, end_day = 20 }
rounding = { points = "half-up 9", score = "half-up 2" }
combine = "weighted"
total = { full = "100" }
ungraded = { id = "none", zh = "无", en = "none" }
grades = [{ id = "good", zh = "好", en = "good", from = "80" }, { id = "better", zh = "好", en = "better", from = "90" }, { id = "poor", zh = "差", en = "poor" }]
factors = [{ id = "f", zh = "系数", en = "factor", on = "event", flag = "x", value = "0" }]
vetoes = [
    { id = "v", zh = "否决", en = "veto", rules = ["r", "q"], effect = "zero" },
    { id = "w", zh = "否决", en = "veto", rules = ["r"], effect = "grade-at-most", grade = "best", scope = "period" },
]
bonus = { by_grade = { good = 1.2, best = "1" } }
rollups = [{ to = "year", from = "quarter", method = "mean", missing = "skip", rounding = "half-up 2", share = "1.5" }]
[[value.scheme.sheets]]
id = "work"
zh = "业务"
en = "work"
base = "100"
wieght = "1"
items = [
  { id = "a", zh = "项", en = "a", mode = "direct-loss", weight = "60", rules = [
    { id = "r", zh = "规", en = "r", kind = "per-occurrence", points = "3", cap = "2" },
    { id = "r", zh = "规", en = "r", kind = "fixed", points = "99" },
  ] },
  { id = "b", zh = "项", en = "b", mode = "loss", weight = "40", rules = [
    { id = "s", zh = "规", en = "s", kind = "bands", bands = [{ from = "1", below = "5", points = "1" }, { from = "4", points = "2" }] },
    { id = "t", zh = "规", en = "t", kind = "fixed" },
  ] },
]
"#;
    let findings = found(text);
    let at = |place: &str, code: &str| {
        assert!(
            findings.iter().any(|(c, _, p)| *c == code && p.starts_with(place)),
            "no {code} at {place}: {findings:#?}"
        );
    };
    // In the order of the text; each is found although the others are there.
    at("[value.scheme]", "MissingKey");
    at("\"officers\"", "UnknownTerm");
    at("20 }", "TableShape");
    at("\"half-up 9\"", "UnknownTerm");
    at("{ full = \"100\" }", "MissingKey");
    at("{ id = \"better\"", "TableShape");
    at("{ id = \"f\"", "TableShape");
    at("\"q\"]", "UnknownTerm");
    at("{ id = \"v\"", "MissingKey");
    at("\"best\", scope", "UnknownTerm");
    at("1.2,", "FloatRefused");
    at("best = \"1\"", "UnknownTerm");
    at("{ to = \"year\"", "TableShape");
    at("wieght", "UnknownKey");
    at("{ id = \"r\"", "TableShape");
    at("\"loss\"", "UnknownTerm");
    at("{ from = \"4\"", "TableShape");
    at("{ id = \"t\"", "MissingKey");
    let said: Vec<_> = findings.iter().map(|f| f.1.as_str()).collect();
    for what in ["上限 2.00 低于一次", "r 重复", "由季度合成", "share 1.5", "考核表的权重合计"]
    {
        assert!(said.iter().any(|s| s.contains(what)), "{what}: {said:#?}");
    }
    // Nothing follows from a part that is broken itself.
    assert_eq!(findings.len(), 21, "{findings:#?}");
}

#[test]
fn a_cap_leaves_room_for_one_occurrence() {
    let cap = |cap: &str| {
        with_rule(&format!("kind = \"per-occurrence\", points = \"3\", cap = \"{cap}\""))
    };
    assert_eq!(found(&cap("3")), []);
    one(&cap("0"), "TableShape", "上限为 0", "{ id = \"r\"");
    one(&cap("2.99"), "TableShape", "2.99 低于一次的分数 3.00", "{ id = \"r\"");
    let flags = "kind = \"surcharge\", points = \"3\", flags = { late = \"2\" }";
    assert_eq!(found(&with_rule(&format!("{flags}, cap = \"5\""))), []);
    one(&with_rule(&format!("{flags}, cap = \"3\"")), "TableShape", "加重永远不计", "{ id");
    let role = with_rule(
        "kind = \"per-occurrence\", by_role = { \"所长\" = \"5\", \"民警\" = \"1\" }, cap = \"4\"",
    );
    one(&role, "TableShape", "一次的分数 5.00", "{ id = \"r\"");
    let sheet =
        scheme(&[], "", &fixed()).replace("base = \"100\"\n", "base = \"100\"\ncap = \"90\"\n");
    one(&sheet, "TableShape", "低于基础分", "[[value.scheme.sheets]]");
    let none = in_item("mode = \"public\", least = \"0\"", "kind = \"fixed\", points = \"2\"");
    one(&none, "TableShape", "限额为 0", "{ id = \"a\"");
}

#[test]
fn points_fit_their_item() {
    let loss = |points: &str| {
        in_item(
            "mode = \"direct-loss\", weight = \"100\"",
            &format!("kind = \"fixed\", points = \"{points}\""),
        )
    };
    assert_eq!(found(&loss("100")), []);
    one(&loss("100.5"), "TableShape", "高于项目的限额 100.00", "{ id = \"r\"");
    let earn = |worth: &str| {
        in_item(
            "mode = \"earn\", weight = \"100\"",
            &format!(
                "kind = \"rated\", scale = \"10\", worth = \"{worth}\", weights = {{ \"领导\" = \"1\" }}"
            ),
        )
    };
    assert_eq!(found(&earn("100")), []);
    one(&earn("120"), "TableShape", "120.00", "{ id = \"r\"");
    let scaled = in_item(
        "mode = \"scaled-loss\", weight = \"100\"",
        "kind = \"shortfall\", due = 2, points = \"101\"",
    );
    one(&scaled, "TableShape", "101.00", "{ id = \"r\"");
    let public =
        in_item("mode = \"public\", least = \"5\"", "kind = \"per-occurrence\", points = \"6\"");
    one(&public, "TableShape", "限额 5.00", "{ id = \"r\"");
    // What is entered by hand is limited by the item and nothing else.
    let manual = in_item(
        "mode = \"scaled-loss\", weight = \"100\"",
        "kind = \"manual\", min = \"0\", max = \"1000\"",
    );
    assert_eq!(found(&manual), []);
}

#[test]
fn every_value_has_a_band() {
    let bands = |bands: &str| with_rule(&format!("kind = \"bands\", bands = [{bands}]"));
    let whole =
        "{ from = \"0\", below = \"60\", points = \"5\" }, { from = \"60\", points = \"0\" }";
    assert_eq!(found(&bands(whole)), []);
    let low = whole.replace("from = \"0\"", "from = \"1\"");
    one(&bands(&low), "TableShape", "低于 1.00 的值没有分档", "{ id = \"r\"");
    let high = whole.replace("from = \"60\",", "from = \"60\", below = \"101\",");
    one(&bands(&high), "TableShape", "101.00 及以上的值没有分档", "{ id = \"r\"");
}

#[test]
fn a_veto_can_be_set_off_and_has_a_year_to_reach() {
    let period = |rest: &str| veto(&format!("{rest}, effect = \"zero\", scope = \"period\""), "");
    // The sheet has 100 points, all of them in one item that can be lost.
    assert_eq!(found(&period("sheet = \"work\", below = \"60\"")), []);
    one(&period("sheet = \"work\", below = \"0\""), "TableShape", "永远不触发", "{ id = \"v\"");
    one(&period("sheet = \"work\", below = \"101\""), "TableShape", "总是触发", "{ id = \"v\"");
    one(&period("rules = [\"r\"], at_least = 0"), "InvalidValue", "正整数", "0,");
    let measured = period("rules = [\"r\"]")
        .replace("kind = \"fixed\", points", "kind = \"shortfall\", due = 1, points");
    one(&measured, "TableShape", "测量值每录入一次即触发", "{ id = \"v\"");
    let best = veto(
        "rules = [\"r\"], effect = \"grade-at-most\", grade = \"good\", scope = \"period\"",
        "",
    );
    one(&best, "TableShape", "没有效果", "{ id = \"v\"");

    let year = "rules = [\"r\"], effect = \"no-grade\", scope = \"year\"";
    one(&veto(year, ""), "TableShape", "没有合成年度的 rollups", "{ id = \"v\"");
    let rollup = |grades: &str| {
        format!(
            "rollups = [{{ to = \"year\", from = \"month\", method = \"mean\", missing = \"skip\", rounding = \"half-up 2\"{grades} }}]\n"
        )
    };
    assert_eq!(found(&veto(year, &rollup(""))), []);
    let yearly = veto(year, "").replace("period = \"month\"", "period = \"year\"");
    assert_eq!(found(&yearly), []);
    let most = "rules = [\"r\"], effect = \"grade-at-most\", grade = \"poor\", scope = \"year\"";
    one(&veto(most, &rollup("")), "TableShape", "不在年度等次之中", "{ id = \"v\"");
    let graded = rollup(
        ", grades = [{ id = \"fine\", zh = \"好\", en = \"fine\", from = \"80\" }, { id = \"poor\", zh = \"差\", en = \"poor\" }]",
    );
    assert_eq!(found(&veto(most, &graded)), []);
    let twice = veto(year, &rollup("")).replace(
        "vetoes = [",
        "vetoes = [{ id = \"v\", zh = \"否\", en = \"v\", rules = [\"r\"], effect = \"zero\", scope = \"period\" }, ",
    );
    one(&twice, "TableShape", "v 重复", "{ id = \"v\"");
}

#[test]
fn a_grade_can_be_reached() {
    let grades = |total: &str, from: &str| {
        let list = format!(
            "grades = [{{ id = \"top\", zh = \"优\", en = \"top\", from = \"{from}\" }}, {{ id = \"poor\", zh = \"差\", en = \"poor\" }}]\n"
        );
        scheme(&[("full = \"100\", above = \"cap\"", total)], &list, &fixed())
    };
    assert_eq!(found(&grades("full = \"100\", above = \"cap\"", "100")), []);
    one(
        &grades("full = \"100\", above = \"cap\"", "100.01"),
        "TableShape",
        "永远评不到",
        "{ id = \"top\"",
    );
    // Nothing adds, so that a total that may stand above the full score never is.
    one(&grades("full = \"100\", above = \"allow\"", "105"), "TableShape", "最高分 100.00", "{ id");
    let adds = grades("full = \"100\", above = \"allow\"", "105").replace(
        "mode = \"direct-loss\", weight = \"100\", rules = [",
        "mode = \"public\", rules = [{ id = \"plus\", zh = \"加\", en = \"plus\", kind = \"fixed\", direction = \"add\", points = \"5\" }, ",
    );
    assert_eq!(found(&adds), []);
    let floor = grades("full = \"100\", above = \"cap\", floor = \"60\"", "60");
    one(&floor, "TableShape", "总分不低于 60.00", "{ id = \"poor\"");
    let refused = scheme(
        &[("full = \"100\", above = \"cap\"", "full = \"90\", above = \"refuse\"")],
        "",
        &fixed(),
    );
    one(&refused, "TableShape", "已高于满分 90.00", "{ full");
}

#[test]
fn a_factor_changes_something_and_does_not_wipe_it_out() {
    let factor = |rest: &str| {
        let more =
            format!("factors = [{{ id = \"f\", zh = \"系数\", en = \"factor\", {rest} }}]\n");
        scheme(&[], &more, &fixed())
    };
    assert_eq!(found(&factor("on = \"event\", flag = \"x\", value = \"0.3\"")), []);
    one(
        &factor("on = \"event\", flag = \"x\", value = \"0\""),
        "TableShape",
        "系数 f 为 0",
        "{ id",
    );
    let identity = "on = \"total\", identities = { \"骨干\" = \"0\" }, default = \"1\"";
    one(&factor(identity), "TableShape", "应写否决", "{ id = \"f\"");
    let measured = factor("on = \"event\", flag = \"x\", value = \"0.3\", items = [\"a\"]")
        .replace("kind = \"fixed\", points", "kind = \"shortfall\", due = 1, points");
    one(&measured, "TableShape", "永远不适用", "{ id = \"f\"");
}

#[test]
fn longer_periods_are_made_of_something() {
    let rollups = |list: &str| scheme(&[], &format!("{GRADES}rollups = [{list}]\n"), &fixed());
    let of = |to: &str, from: &str, rest: &str| {
        format!(
            "{{ to = \"{to}\", from = \"{from}\", method = \"mean\", missing = \"skip\", rounding = \"half-up 2\"{rest} }},"
        )
    };
    let quarters = of("year", "quarter", "");
    one(&rollups(&quarters), "TableShape", "没有合成季度的 rollups", "{ to = \"year\"");
    assert_eq!(found(&rollups(&(of("quarter", "month", "") + &quarters))), []);
    let twice = of("year", "month", "");
    one(&rollups(&twice.repeat(2)), "TableShape", "年度写了两次", "{ to = \"year\"");
    let thirteen = of("year", "month", ", at_least = 13");
    one(&rollups(&thirteen), "TableShape", "多于期数 12", "{ to = \"year\"");
    let repeat = |grade: &str, times: u32| {
        format!(
            ", repeats = [{{ id = \"p\", zh = \"累计\", en = \"p\", grade = \"{grade}\", times = {times}, effect = \"no-grade\" }}]"
        )
    };
    let five = of("quarter", "month", "") + &of("year", "quarter", &repeat("poor", 5));
    // The grades of quarters are those of the quarter, which has none here.
    one(&rollups(&five), "UnknownTerm", "poor", "\"poor\"");
    let months = of("year", "month", &repeat("poor", 13));
    one(&rollups(&months), "TableShape", "永远不触发", "{ id = \"p\"");
    assert_eq!(found(&rollups(&of("year", "month", &repeat("poor", 12)))), []);
}

#[test]
fn a_window_has_days_of_its_period() {
    let far = scheme(
        &[(
            "window = \"calendar\"",
            "window = [{ of = \"2025-01\", from = \"2026-01-01\", to = \"2026-01-31\" }]",
        )],
        "",
        &fixed(),
    );
    one(&far, "TableShape", "不在 2025-01 内", "{ of = \"2025-01\"");
    assert!(HEAD.contains("window = \"calendar\""));
}

#[test]
fn one_matter_is_compared_within_one_item() {
    let items = |other: &str, direction: &str| {
        let once = "kind = \"per-occurrence\", points = \"1\", once_per_matter = true";
        let two = rule(&format!("{once}, direction = \"{direction}\"")).replace("\"r\"", "\"q\"");
        let one = item("a", &format!("mode = \"public\", {}", rule(once)));
        match other {
            "a" => one.replace("}] }", &format!("}}, {}}}] }}", &two[9..two.len() - 2])),
            _ => one + &item(other, &format!("mode = \"public\", {two}")),
        }
    };
    one(&scheme(&[], "", &items("b", "deduct")), "TableShape", "不同项目", "{ id = \"q\"");
    // A deduction and an honour of one matter are two things.
    assert_eq!(found(&scheme(&[], "", &items("b", "add"))), []);
    assert_eq!(found(&scheme(&[], "", &items("a", "deduct"))), []);
}

//! Broken pay plans: what is found, and where.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use zhenggong::policy::Pack;

const HEAD: &str = r#"[pack]
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
rule = "auxiliary.pay-plan"
from = "2020-01-01"
source = "s"
clause = "一"
"#;

/// The first line of the plan that is tested, counted in the whole file.
const FIRST: u32 = 16;

/// Returns line (of the tested part), column and code of each finding.
fn found(plan: &str) -> Vec<(u32, u32, &'static str)> {
    let pack = Pack::parse("town.toml", &format!("{HEAD}{plan}"));
    let at = |line: u32| (line + 1).saturating_sub(FIRST);
    pack.findings().iter().map(|f| (at(f.line), f.column, f.error.code().name())).collect()
}

/// Returns a plan of these lines, each given by what follows its names.
fn plan(lines: &[&str]) -> String {
    let lines: Vec<_> =
        lines.iter().map(|l| format!("  {{ zh = \"行\", en = \"line\", {l} }},\n")).collect();
    format!("lines = [\n{}]\n", lines.concat())
}

const BASIC: &str = r#"id = "basic", kind = "fixed", item = "auxiliary-basic", amount = "100""#;

fn with_basic(line: &str) -> Vec<(u32, u32, &'static str)> {
    found(&plan(&[BASIC, line]))
}

/// Returns the codes alone, where the column says nothing.
fn codes(line: &str) -> Vec<&'static str> {
    with_basic(line)
        .into_iter()
        .map(|(line, _, code)| {
            assert_eq!(line, 3, "finding stands in another line");
            code
        })
        .collect()
}

#[test]
fn a_sound_plan_has_no_finding() {
    let lines = [
        BASIC,
        r#"id = "total", kind = "table", memo = true, by = "grade", amounts = { "一级" = "2", "见习" = "1" }"#,
        r#"id = "post", kind = "table", item = "auxiliary-duty", by = "post", amounts = { "派出所" = "300" }"#,
        r#"id = "half", kind = "share", item = "auxiliary-allowance", of = "basic", share = "0.5", rounding = "down yuan""#,
        r#"id = "night", kind = "count", item = "auxiliary-overtime", count = "night-shifts", rate = "30", cap = 10"#,
        r#"id = "perf-a", kind = "performance", item = "auxiliary-performance", amount = "500", rounding = "half-up fen""#,
        r#"id = "perf-b", kind = "performance", item = "auxiliary-performance", of = "total", share = "0.2", rounding = "half-up fen""#,
        r#"id = "least", kind = "minimum-wage", item = "auxiliary-basic""#,
    ];
    assert_eq!(found(&plan(&lines)), []);
}

#[test]
fn the_built_in_plans_have_no_finding() {
    for id in ["linfen", "wuwei"] {
        let pack = Pack::example(id).unwrap();
        assert!(pack.findings().is_empty(), "{id}: {:?}", pack.findings());
    }
    for pack in Pack::national() {
        assert!(pack.findings().is_empty(), "{}: {:?}", pack.file(), pack.findings());
    }
}

#[test]
fn an_unknown_kind_is_named_at_its_place() {
    let line = r#"id = "x", kind = "formula", item = "auxiliary-basic", amount = "1""#;
    assert_eq!(with_basic(line), [(3, 45, "UnknownTerm")]);
}

#[test]
fn an_unknown_key_is_found_per_kind() {
    // `share` is a key of other kinds, not of a fixed amount.
    let line = r#"id = "x", kind = "fixed", item = "auxiliary-basic", amount = "1", share = "0.5""#;
    assert_eq!(codes(line), ["UnknownKey"]);
    let line = r#"id = "x", kind = "count", item = "auxiliary-basic", count = "duty-days", rate = "1", formula = "a*b""#;
    assert_eq!(codes(line), ["UnknownKey"]);
}

#[test]
fn missing_keys_are_all_named() {
    assert_eq!(codes(r#"id = "x", item = "auxiliary-basic""#), ["MissingKey"]);
    assert_eq!(codes(r#"id = "x", kind = "fixed", item = "auxiliary-basic""#), ["MissingKey"]);
    // of, share and rounding.
    let line = r#"id = "x", kind = "share", item = "auxiliary-basic""#;
    assert_eq!(codes(line), ["MissingKey"; 3]);
    // A paid line without an item, and a performance line without a base.
    assert_eq!(codes(r#"id = "x", kind = "fixed", amount = "1""#), ["MissingKey"]);
    let line = r#"id = "x", kind = "performance", item = "auxiliary-performance", rounding = "half-up fen""#;
    assert_eq!(codes(line), ["MissingKey"]);
    assert_eq!(codes(r#"kind = "fixed", item = "auxiliary-basic", amount = "1""#), ["MissingKey"]);
}

fn share_of(of: &str) -> String {
    format!(
        r#"id = "x", kind = "share", item = "auxiliary-basic", of = "{of}", share = "0.5", rounding = "half-up fen""#
    )
}

#[test]
fn a_dangling_reference_is_found_and_the_known_ones_are_named() {
    assert_eq!(codes(&share_of("bosic")), ["UnknownTerm"]);
    let text = format!("{HEAD}{}", plan(&[BASIC, &share_of("bosic")]));
    let pack = Pack::parse("town.toml", &text);
    let en = pack.findings().first().unwrap().en();
    assert!(
        en.contains("bosic") && en.contains("basic, police-overtime-flat, minimum-wage"),
        "{en}"
    );
}

#[test]
fn a_line_builds_on_earlier_lines_only() {
    // Itself, and a cycle of two: the later half of a cycle is fine by itself.
    assert_eq!(codes(&share_of("x")), ["TableShape"]);
    let second = share_of("x").replace(r#"id = "x""#, r#"id = "y""#);
    let cycle = found(&plan(&[BASIC, &share_of("y"), &second]));
    assert_eq!(cycle.iter().map(|(l, _, c)| (*l, *c)).collect::<Vec<_>>(), [(3, "TableShape")]);
    // Forward.
    let forward = found(&plan(&[&share_of("basic"), BASIC]));
    assert_eq!(forward.iter().map(|(l, _, c)| (*l, *c)).collect::<Vec<_>>(), [(2, "TableShape")]);
}

#[test]
fn ids_are_unique_and_plain() {
    let line = r#"id = "basic", kind = "fixed", item = "auxiliary-basic", amount = "1""#;
    assert_eq!(codes(line), ["TableShape"]);
    let line = r#"id = "minimum-wage", kind = "fixed", item = "auxiliary-basic", amount = "1""#;
    assert_eq!(codes(line), ["TableShape"]);
    let line = r#"id = "Grade Total", kind = "fixed", item = "auxiliary-basic", amount = "1""#;
    assert_eq!(codes(line), ["InvalidValue"]);
    let line = r#"id = 5, kind = "fixed", item = "auxiliary-basic", amount = "1""#;
    assert_eq!(codes(line), ["InvalidValue"]);
}

#[test]
fn a_plan_has_lines_and_not_too_many() {
    assert_eq!(found("lines = []\n"), [(1, 9, "TableShape")]);
    // A value that sets nothing at all.
    let nothing = Pack::parse("town.toml", HEAD);
    let found_names: Vec<_> = nothing.findings().iter().map(|f| f.error.code().name()).collect();
    assert_eq!(found_names, ["MissingKey"]);
    let many: Vec<_> = (0..33)
        .map(|n| format!(r#"id = "l{n}", kind = "fixed", item = "auxiliary-basic", amount = "1""#))
        .collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    assert_eq!(found(&plan(many.get(..32).unwrap())), []);
    assert_eq!(found(&plan(&many)), [(1, 9, "TableShape")]);
    assert_eq!(found("lines = \"basic\"\n"), [(1, 9, "InvalidValue")]);
    assert_eq!(found("lines = [5]\n"), [(1, 10, "InvalidValue")]);
}

#[test]
fn something_is_paid() {
    let memo = r#"id = "x", kind = "fixed", memo = true, amount = "1""#;
    assert_eq!(found(&plan(&[memo])), [(1, 9, "TableShape")]);
    // A memo has no item.
    let line = r#"id = "x", kind = "fixed", memo = true, item = "auxiliary-basic", amount = "1""#;
    assert_eq!(codes(line), ["TableShape"]);
    // Police items are no items of an auxiliary.
    let line = r#"id = "x", kind = "fixed", item = "post-pay", amount = "1""#;
    assert_eq!(codes(line), ["InvalidValue"]);
}

#[test]
fn tables_are_read_strictly() {
    let table = |by: &str, amounts: &str| {
        format!(
            r#"id = "x", kind = "table", item = "auxiliary-basic", by = "{by}", amounts = {{ {amounts} }}"#
        )
    };
    assert_eq!(codes(&table("grade", r#""八级" = "1""#)), ["UnknownTerm"]);
    assert_eq!(codes(&table("rank", r#""一级" = "1""#)), ["UnknownTerm"]);
    assert_eq!(codes(&table("grade", r#""一级" = 1"#)), ["FloatRefused"]);
    assert_eq!(codes(&table("grade", r#""一级" = "-1""#)), ["NegativeNotAllowed"]);
    assert_eq!(codes(&table("grade", r#""一级" = "1", "grade-1" = "2""#)), ["TableShape"]);
    assert_eq!(codes(&table("grade", "")), ["TableShape"]);
    // Every bad cell is found, not only the first.
    assert_eq!(codes(&table("post", r#""甲" = 1, "乙" = "x""#)), ["FloatRefused", "InvalidNumber"]);
}

#[test]
fn a_performance_line_has_one_base() {
    let line = r#"id = "x", kind = "performance", item = "auxiliary-performance", amount = "1", of = "basic", share = "0.2", rounding = "half-up fen""#;
    assert_eq!(codes(line), ["TableShape"]);
}

#[test]
fn counts_and_roundings_are_known_ones() {
    let line =
        r#"id = "x", kind = "count", item = "auxiliary-overtime", count = "cups", rate = "1""#;
    assert_eq!(codes(line), ["UnknownTerm"]);
    let line = r#"id = "x", kind = "count", item = "auxiliary-overtime", count = "duty-days", rate = "1", cap = "4""#;
    assert_eq!(codes(line), ["InvalidValue"]);
    let line = share_of("basic").replace("half-up fen", "nearest");
    assert_eq!(codes(&line).len(), 1);
}

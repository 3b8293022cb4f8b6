//! Parts that are read and change nothing, or that nobody has; and schemes that do not fit each other.

use zhenggong::policy::{Pack, PolicyBook};

use super::text::{fixed, found, item, one, scheme, with_rule};
use crate::own::PACK;

const GRADES: &str = "grades = [{ id = \"good\", zh = \"好\", en = \"good\", from = \"80\" }, { id = \"poor\", zh = \"差\", en = \"poor\" }]\n";

fn of_units(text: &str) -> String {
    text.replace("subject = \"officer\"", "subject = \"unit\"")
}

#[test]
fn every_part_of_a_rule_gives_something() {
    for (rest, names) in [
        ("kind = \"surcharge\", points = \"1\", flags = {}", "没有加重"),
        ("kind = \"surcharge\", points = \"1\", flags = { x = \"0\", y = \"1\" }", "加重 0 分"),
        (
            "kind = \"ceiling\", limit = 10, first = \"3\", step_percent = \"10\", step_points = \"0\"",
            "加重为 0",
        ),
        ("kind = \"ceiling\", limit = 10, first = \"3\", per_case = \"0\"", "加重为 0"),
        (
            "kind = \"rated\", scale = \"100\", worth = \"5\", weights = { \"领导\" = \"1\", \"同事\" = \"0\" }",
            "权重为 0",
        ),
        (
            "kind = \"bands\", bands = [{ below = \"0\", points = \"5\" }, { from = \"0\", points = \"1\" }]",
            "在 0 以下",
        ),
    ] {
        one(&with_rule(rest), "TableShape", names, "{ id = \"r\"");
    }
}

#[test]
fn tests_and_training_are_graded_by_what_can_be_had() {
    for sound in [
        "kind = \"fitness\", pass = 60, failed = \"1\"",
        "kind = \"fitness\", bands = [{ below = \"240\", points = \"1\" }, { from = \"240\", points = \"0\" }]",
        "kind = \"training-days\", points = \"1\", cap = \"3\", due = { \"一线\" = 15, \"机关\" = 6 }",
        "kind = \"training-days\", points = \"1\", occasion = \"front-line\", missing = \"zero\"",
    ] {
        assert_eq!(found(&with_rule(sound)), [], "{sound}");
        one(&of_units(&with_rule(sound)), "TableShape", "单位不参加", "{ id = \"r\"");
    }
    for (rest, code, names, at) in [
        ("kind = \"fitness\", pass = 101, failed = \"1\"", "InvalidValue", "1 至 100", "101"),
        ("kind = \"fitness\", pass = 60", "TableShape", "pass", "{ id = \"r\""),
        (
            "kind = \"fitness\", pass = 60, passed = \"1\", failed = \"1\"",
            "TableShape",
            "不起作用",
            "{ id = \"r\"",
        ),
        (
            "kind = \"fitness\", bands = [{ below = \"401\", points = \"1\" }, { from = \"401\", points = \"0\" }]",
            "TableShape",
            "最多 400",
            "[{ below",
        ),
        (
            "kind = \"fitness\", bands = [{ below = \"240\", points = \"1\" }]",
            "TableShape",
            "没有分档",
            "{ id = \"r\"",
        ),
        ("kind = \"training-days\", points = \"1\"", "TableShape", "due", "{ id = \"r\""),
        (
            "kind = \"training-days\", points = \"1\", due = { \"一线\" = 0 }",
            "InvalidValue",
            "正整数",
            "0 }",
        ),
        (
            "kind = \"training-days\", points = \"2\", due = { \"一线\" = 3 }, cap = \"1\"",
            "TableShape",
            "低于一天",
            "{ id = \"r\"",
        ),
        (
            "kind = \"training-days\", points = \"1\", occasion = \"entry\"",
            "UnknownTerm",
            "front-line",
            "\"entry\"",
        ),
    ] {
        one(&with_rule(rest), code, names, at);
    }
}

#[test]
fn a_limit_of_nothing_takes_one_direction_away() {
    let rules = "rules = [{ id = \"r\", zh = \"规\", en = \"r\", kind = \"fixed\", points = \"1\" }, { id = \"q\", zh = \"规\", en = \"r\", kind = \"fixed\", direction = \"add\", points = \"1\" }]";
    let limits = |limits: &str| {
        let text = scheme(&[], "", &item("a", &format!("mode = \"public\", {limits}, {rules}")));
        let found = found(&text);
        found.iter().map(|(_, zh, _)| zh.clone()).collect::<String>()
    };
    assert!(limits("most = \"0\"").contains("加分永远不计"));
    assert!(limits("least = \"0\"").contains("扣分永远不计"));
    assert_eq!(limits("most = \"1\", least = \"1\""), "");
}

#[test]
fn a_factor_can_be_had_and_changes_something() {
    let factor = |rest: &str| {
        let more =
            format!("factors = [{{ id = \"f\", zh = \"系数\", en = \"factor\", {rest} }}]\n");
        scheme(&[], &more, &fixed())
    };
    for (rest, names) in [
        ("on = \"event\", flag = \"x\", value = \"1\"", "为 1"),
        ("on = \"total\", condition = \"wartime\", value = \"1\"", "为 1"),
        ("on = \"total\", identities = {}, default = \"1\"", "无人可得"),
        ("on = \"total\", identities = { \"骨干\" = \"1\" }, default = \"1\"", "默认值相同"),
    ] {
        one(&factor(rest), "TableShape", names, "{ id = \"f\"");
    }
    for rest in [
        "on = \"event\", flag = \"x\", value = \"0.3\"",
        "on = \"event\", condition = \"wartime\", value = \"1.5\"",
    ] {
        let measured = factor(rest)
            .replace("kind = \"fixed\", points", "kind = \"shortfall\", due = 1, points");
        one(&measured, "TableShape", "都按测量值", "{ id = \"f\"");
    }
}

#[test]
fn a_veto_ends_contracts_of_auxiliaries_alone() {
    let veto = |rest: &str| {
        let vetoes = format!("vetoes = [{{ id = \"v\", zh = \"否决\", en = \"veto\", {rest} }}]\n");
        scheme(&[], &format!("{GRADES}{vetoes}"), &fixed())
    };
    let ends = veto("rules = [\"r\"], effect = \"terminate\", scope = \"period\"");
    one(&ends, "TableShape", "只用于辅警", "{ id = \"v\"");
    assert_eq!(found(&ends.replace("subject = \"officer\"", "subject = \"auxiliary\"")), []);
    let twice = veto("rules = [\"r\", \"r\"], effect = \"zero\", scope = \"period\"");
    one(&twice, "TableShape", "重复", "{ id = \"v\"");
}

#[test]
fn a_coefficient_can_be_reached() {
    let bonus = |changes: &[(&str, &str)], steps: &str| {
        let more = format!("bonus = {{ by_total = [{steps}] }}\n");
        scheme(changes, &more, &fixed())
    };
    let above = "{ from = \"120\", coefficient = \"2\" }, { coefficient = \"1\" }";
    one(&bonus(&[], above), "TableShape", "最高分 100", "{ from = \"120\"");
    let floor = [("above = \"cap\"", "above = \"cap\", floor = \"60\"")];
    let below = "{ from = \"60\", coefficient = \"2\" }, { coefficient = \"1\" }";
    one(&bonus(&floor, below), "TableShape", "总分不低于 60", "{ coefficient");
    assert_eq!(found(&bonus(&[], below)), []);
    let named = scheme(&[], &GRADES.replace("\"poor\"", "\"none\""), &fixed());
    one(&named, "TableShape", "与 ungraded 同名", "{ id = \"none\"");
}

#[test]
fn not_everyone_has_the_same_score() {
    let sheet = |base: &str| scheme(&[], "", &fixed()).replace("base = \"100\"", base);
    // A floor above the base is what everyone has at least; above all that can be had it is all that is.
    let low = sheet("base = \"40\"\nfull = \"100\"\nfloor = \"50\"");
    one(&low, "TableShape", "所有人都得 50", "[[value.scheme.sheets]]");
    let same = sheet("base = \"100\"\nfloor = \"100\"");
    one(&same, "TableShape", "所有人都得 100", "[[value.scheme.sheets]]");
    let total = [("above = \"cap\"", "above = \"cap\", floor = \"100\"")];
    one(&scheme(&total, "", &fixed()), "TableShape", "所有人同分", "{ full");
    let weighted = [("combine = \"sum\"", "combine = \"weighted\"")];
    let two =
        scheme(&weighted, "", &fixed()).replace("base = \"100\"", "base = \"100\"\nweight = \"1\"");
    let other = two.split("[[value.scheme.sheets]]").nth(1).unwrap();
    let other = other.replace("\"work\"", "\"w2\"").replace("weight = \"1\"", "weight = \"0\"");
    let other = other.replace("\"a\"", "\"b\"").replace("\"r\"", "\"q\"");
    let text = format!("{two}[[value.scheme.sheets]]{other}");
    one(&text, "TableShape", "权重为 0，不计入总分", "[[value.scheme.sheets]]");
    let rollup = "rollups = [{ to = \"quarter\", from = \"month\", method = \"weighted\", weights = [\"1\", \"0\", \"0\"], missing = \"skip\", rounding = \"half-up 2\" }]\n";
    one(&scheme(&[], rollup, &fixed()), "TableShape", "权重为 0 的一期", "{ to = ");
    let roles = of_units(&with_rule("kind = \"fixed\", by_role = { \"所长\" = \"5\" }"));
    one(&roles, "TableShape", "单位没有角色", "{ id = \"r\"");
}

/// Two schemes of one place, and what is found where they stand together.
fn both(unit: &str, other: &str) -> Vec<(u32, String, String)> {
    let text = format!("{unit}{}", other.strip_prefix(PACK).unwrap());
    let town = Pack::parse("town.toml", &text);
    let book = PolicyBook::new(Pack::national().into_iter().chain([town]).collect());
    let findings = book.lint();
    findings.iter().map(|f| (f.line, f.error.zh(), f.error.en())).collect()
}

#[test]
fn a_cascade_has_somebody_to_come_from() {
    let cascade = |kind: &str| {
        of_units(&with_rule(&format!("kind = \"fixed\", points = \"1\", cascade = [\"{kind}\"]")))
            .replace("town-officer", "town-unit")
    };
    let officers = scheme(&[], "", &fixed());
    assert_eq!(both(&cascade("officer"), &officers), []);
    // Units below units go by the same scheme.
    assert_eq!(both(&cascade("unit"), &officers), []);
    let found = both(&cascade("auxiliary"), &officers);
    let [(line, zh, en)] = found.as_slice() else { panic!("{found:?}") };
    let at = cascade("auxiliary").lines().position(|l| l.contains("cascade")).unwrap() + 1;
    assert_eq!(usize::try_from(*line).unwrap(), at);
    assert!(zh.contains("没有辅警的月度方案") && en.contains("auxiliar"), "{zh} {en}");
    // One of the year does not come into a month.
    let years = officers.replace("period = \"month\"", "period = \"year\"");
    assert_eq!(both(&cascade("officer"), &years).len(), 1);
}

/// The scheme, and one in its place from March 2025 on with another window.
fn then(first: &str, second: &str) -> Vec<(u32, String, String)> {
    let of = |window: &str| scheme(&[("window = \"calendar\"", window)], "", &fixed());
    let later =
        of(second).replace("2010-01-01", "2025-03-01").replace("town-officer", "town-other");
    both(&of(first), &later)
}

#[test]
fn a_new_custom_leaves_no_day_out_and_counts_none_twice() {
    let (calendar, to_25) = ("window = \"calendar\"", "window = { start_day = 26, end_day = 25 }");
    assert_eq!(then(calendar, calendar), []);
    assert_eq!(then(to_25, to_25), []);
    let overlap = then(calendar, to_25);
    let [(line, zh, en)] = overlap.as_slice() else { panic!("{overlap:?}") };
    assert!(*line > 30, "the finding stands at the later edition: {line}");
    assert!(zh.contains("2025-02-28") && zh.contains("2025-02-26") && zh.contains("都计"), "{zh}");
    assert!(en.contains("days of both"), "{en}");
    let hole = then(to_25, calendar);
    assert!(hole[0].1.contains("都不计") && hole[0].2.contains("days of neither"), "{hole:?}");
    // The way out is to list the first windows.
    let listed = "window = [{ of = \"2025-03\", from = \"2025-03-01\", to = \"2025-03-25\" }, { of = \"2025-04\", from = \"2025-03-26\", to = \"2025-04-25\" }]";
    assert_eq!(then(calendar, listed), []);
}

#[test]
fn the_windows_of_one_scheme_for_both_conditions_and_of_two_go_on_from_each_other() {
    let conditions = |of: &str, window: &str| {
        let with = format!("window = {window}\ncondition = \"{of}\"");
        scheme(&[("window = \"calendar\"", &with)], "", &fixed())
            .replace("2010-01-01", "2025-03-01")
            .replace("town-officer", of)
    };
    let both_conditions = |window: &str| {
        let war = conditions("wartime", window);
        conditions("peacetime", window) + war.strip_prefix(PACK).unwrap()
    };
    let plain = scheme(&[], "", &fixed());
    assert_eq!(both(&plain, &both_conditions("\"calendar\"")), []);
    let found = both(&plain, &both_conditions("{ start_day = 26, end_day = 25 }"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].2.contains("days of both"), "{found:?}");
}

//! Broken schemes of assessment: what is found, and where.

mod idle;
mod silent;
mod text;

use text::{fixed, found, item, one, scheme, with_rule};

#[test]
fn a_sound_scheme_has_no_finding() {
    assert_eq!(found(&scheme(&[], "", &fixed())), []);
    for rest in [
        "kind = \"per-occurrence\", points = \"1\", cap = \"3\", once_per_matter = true",
        "kind = \"surcharge\", points = \"1\", flags = { late = \"2\" }",
        "kind = \"shortfall\", due = 4, points = \"0.3\", missing = \"zero\"",
        "kind = \"target\", target = \"10\", worth = \"5\"",
        "kind = \"target\", units = \"10\", per = 100, whole = false, worth = \"5\"",
        "kind = \"ceiling\", limit = 0, first = \"3\", per_case = \"1\"",
        "kind = \"bands\", bands = [{ from = \"60\", points = \"0\" }, { below = \"60\", points = \"5\" }]",
        "kind = \"rated\", scale = \"100\", worth = \"5\", weights = { \"领导\" = \"1\" }",
        "kind = \"manual\", min = \"0\", max = \"5\"",
    ] {
        assert_eq!(found(&with_rule(rest)), [], "{rest}");
    }
}

#[test]
fn weights_must_sum() {
    let two = |weight: &str| {
        let item_b = item(
            "b",
            &format!(
                "mode = \"scaled-loss\", weight = \"{weight}\", rules = [{{ id = \"q\", zh = \"规\", en = \"r\", kind = \"fixed\", points = \"1\" }}]"
            ),
        );
        scheme(&[], "", &(fixed().replace("\"100\"", "\"60\"") + &item_b))
    };
    assert_eq!(found(&two("40")), []);
    one(&two("39.99"), "WeightSum", "99.99", "[[value.scheme.sheets]]");
    let weighted = scheme(&[("combine = \"sum\"", "combine = \"weighted\"")], "", &fixed());
    one(&weighted, "WeightSum", "考核表", "[value.scheme]");
    let raters = with_rule(
        "kind = \"rated\", scale = \"100\", worth = \"5\", weights = { \"领导\" = \"0.5\", \"同事\" = \"0.4\" }",
    );
    one(&raters, "WeightSum", "0.9", "{ \"领导\"");
}

#[test]
fn items_must_be_reachable() {
    let none = item("a", "mode = \"public\", rules = []");
    one(&scheme(&[], "", &none), "TableShape", "永远不会被触及", "{ id = \"a\"");
    let idle = with_rule("kind = \"fixed\", points = \"0\"");
    one(&idle, "TableShape", "永远不会被触及", "{ id = \"a\"");
    let adds = scheme(&[], "", &fixed().replace("kind =", "direction = \"add\", kind ="));
    one(&adds, "TableShape", "只有加分规则", "{ id = \"a\"");
    let zero = scheme(&[], "", &fixed().replace("\"100\"", "\"0\""));
    one(&zero, "TableShape", "权重为 0", "{ id = \"a\"");
    let earns = with_rule("kind = \"fixed\", points = \"1\"").replace("\"public\"", "\"earn\"");
    one(&earns, "TableShape", "只有扣分规则", "{ id = \"a\"");
}

#[test]
fn bands_neither_overlap_nor_leave_holes() {
    let bands = |bands: &str| with_rule(&format!("kind = \"bands\", bands = [{bands}]"));
    let overlap = bands("{ below = \"60\", points = \"5\" }, { from = \"59\", points = \"0\" }");
    one(&overlap, "TableShape", "分档重叠", "{ from = \"59\"");
    let hole = bands("{ below = \"60\", points = \"5\" }, { from = \"61\", points = \"0\" }");
    one(&hole, "TableShape", "空档", "{ from = \"61\"");
    let empty = bands("{ from = \"60\", below = \"60\", points = \"5\" }");
    one(&empty, "TableShape", "空档次", "{ from = \"60\"");
    let open = bands("{ points = \"5\" }, { points = \"0\" }");
    one(&open, "TableShape", "分档重叠", "{ points = \"0\"");
}

#[test]
fn windows_neither_overlap_nor_leave_holes() {
    let window = |window: &str| {
        scheme(&[("window = \"calendar\"", &format!("window = {window}"))], "", &fixed())
    };
    for sound in [
        "{ start_day = 26, end_day = 25 }",
        "[{ of = \"2025-01\", from = \"2024-12-26\", to = \"2025-01-25\" }, { of = \"2025-02\", from = \"2025-01-26\", to = \"2025-02-28\" }]",
    ] {
        assert_eq!(found(&window(sound)), []);
    }
    one(&window("{ start_day = 26, end_day = 24 }"), "TableShape", "空档", "24 }");
    one(&window("{ start_day = 26, end_day = 26 }"), "TableShape", "重叠", "26 }");
    one(&window("{ start_day = 29, end_day = 28 }"), "InvalidValue", "2 至 28", "29");
    one(&window("\"lunar\""), "InvalidValue", "lunar", "\"lunar\"");
    let listed = |from: &str| {
        window(&format!(
            "[{{ of = \"2025-01\", from = \"2025-01-01\", to = \"2025-01-31\" }}, {{ of = \"2025-02\", from = \"{from}\", to = \"2025-02-28\" }}]"
        ))
    };
    one(&listed("2025-02-02"), "TableShape", "空档", "{ of = \"2025-02\"");
    one(&listed("2025-01-31"), "TableShape", "重叠", "{ of = \"2025-02\"");
    let quarters = window("[{ of = \"2025-Q1\", from = \"2025-01-01\", to = \"2025-03-31\" }]");
    one(&quarters, "TableShape", "月度", "[value.scheme]");
}

#[test]
fn a_veto_says_what_it_does_and_how_far_it_reaches() {
    let grades = "grades = [{ id = \"good\", zh = \"好\", en = \"good\", from = \"80\" }, { id = \"poor\", zh = \"差\", en = \"poor\" }]\n";
    let veto = |rest: &str| {
        let more =
            format!("{grades}vetoes = [{{ id = \"v\", zh = \"否决\", en = \"veto\", {rest} }}]\n");
        scheme(&[], &more, &fixed())
    };
    assert_eq!(found(&veto("rules = [\"r\"], effect = \"zero\", scope = \"period\"")), []);
    one(&veto("rules = [\"r\"], effect = \"zero\""), "MissingKey", "scope", "{ id = \"v\"");
    one(&veto("rules = [\"x\"], effect = \"zero\", scope = \"year\""), "UnknownTerm", "x", "\"x\"");
    one(&veto("effect = \"zero\", scope = \"year\""), "TableShape", "触发", "{ id = \"v\"");
    one(
        &veto("rules = [\"r\"], effect = \"grade-at-most\", scope = \"year\""),
        "TableShape",
        "grade",
        "{ id = \"v\"",
    );
    one(
        &veto("sheet = \"team\", below = \"60\", effect = \"zero\", scope = \"year\""),
        "UnknownTerm",
        "work",
        "\"team\"",
    );
}

#[test]
fn grades_fall_and_cover_every_score() {
    let grades = |list: &str| scheme(&[], &format!("grades = [{list}]\n"), &fixed());
    let grade =
        |id: &str, rest: &str| format!("{{ id = \"{id}\", zh = \"等\", en = \"g\"{rest} }}, ");
    let top = grade("top", ", by_hand = true");
    let (good, poor) = (grade("good", ", from = \"80\""), grade("poor", ""));
    assert_eq!(found(&grades(&format!("{top}{good}{poor}"))), []);
    one(&grades(&good), "TableShape", "最低等次", "{ id = \"good\"");
    let rising = format!("{good}{}{poor}", grade("better", ", from = \"90\""));
    one(&grades(&rising), "TableShape", "由高到低", "{ id = \"better\"");
    let after = format!("{poor}{}", grade("worse", ""));
    one(&grades(&after), "TableShape", "永远评不到", "{ id = \"worse\"");
    let twice = format!("{good}{}", good.replace("80", "70"));
    let codes: Vec<_> =
        found(&grades(&format!("{twice}{poor}"))).into_iter().map(|f| f.0).collect();
    assert_eq!(codes, ["TableShape"]);
}

#[test]
fn three_sheets_of_a_hundred_are_three_and_of_a_hundred() {
    let three = scheme(&[("combine =", "three_hundred = true\ncombine =")], "", &fixed());
    one(&three, "TableShape", "应有三张考核表，现有 1 张", "[value.scheme]");
    let ninety = three
        .replace("base = \"100\"", "base = \"90\"")
        .replace("weight = \"100\"", "weight = \"90\"");
    let messages: Vec<_> = found(&ninety).into_iter().map(|f| f.1).collect();
    assert!(messages.iter().any(|m| m.contains("满分应为 100，现为 90.00")), "{messages:?}");
}

#[test]
fn what_is_misspelt_is_named_with_what_is_known() {
    let misspelt = scheme(&[("subject = \"officer\"", "subject = \"officers\"")], "", &fixed());
    one(&misspelt, "UnknownTerm", "officers", "\"officers\"");
    let number = scheme(&[], "", &fixed().replace("\"2\"", "2"));
    one(&number, "FloatRefused", "2", "2 }");
    let negative = scheme(&[], "", &fixed().replace("\"2\"", "\"-2\""));
    one(&negative, "NegativeNotAllowed", "-2", "\"-2\"");
    let unknown = scheme(&[], "", &fixed().replace("points", "point"));
    let codes: Vec<_> = found(&unknown).into_iter().map(|f| f.0).collect();
    assert_eq!(codes, ["MissingKey", "UnknownKey"]);
    let twice = scheme(
        &[],
        "",
        &(fixed().replace("\"100\"", "\"50\"")
            + &fixed().replace("\"100\"", "\"50\"").replace("\"a\"", "\"b\"")),
    );
    one(&twice, "TableShape", "规则 r 重复", "{ id = \"r\"");
    let percent = with_rule(
        "kind = \"ceiling\", limit = 0, first = \"3\", step_percent = \"10\", step_points = \"1\"",
    );
    one(&percent, "TableShape", "per_case", "{ id = \"r\"");
    let cascade = with_rule("kind = \"fixed\", points = \"1\", cascade = [\"officer\"]");
    one(&cascade, "TableShape", "连带", "{ id = \"r\"");
    let rounding = scheme(&[("half-up 4", "half-up 5")], "", &fixed());
    one(&rounding, "UnknownTerm", "half-up 5", "\"half-up 5\"");
}

#[test]
fn periods_are_made_of_shorter_ones() {
    let rollup = |rest: &str| {
        let more =
            format!("rollups = [{{ missing = \"skip\", rounding = \"half-up 2\", {rest} }}]\n");
        scheme(&[], &more, &fixed())
    };
    assert_eq!(found(&rollup("to = \"quarter\", from = \"month\", method = \"mean\"")), []);
    one(
        &rollup("to = \"month\", from = \"month\", method = \"mean\""),
        "TableShape",
        "月度",
        "{ missing",
    );
    let weights = |w: &str| {
        rollup(&format!(
            "to = \"half-year\", from = \"quarter\", method = \"weighted\", weights = [{w}]"
        ))
        .replace("period = \"month\"", "period = \"quarter\"")
    };
    assert_eq!(found(&weights("\"0.4\", \"0.6\"")), []);
    one(&weights("\"0.4\", \"0.5\""), "WeightSum", "0.9", "{ missing");
    one(&weights("\"1\""), "TableShape", "2 个 weights", "{ missing");
}

#[test]
fn the_scheme_of_the_page_for_authors_loads() {
    let page = include_str!("../../../../docs/ASSESSMENT.md");
    let scheme = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(scheme.contains("assessment.scheme"));
    assert_eq!(found(scheme), []);
}

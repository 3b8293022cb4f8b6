//! Limits and garbage: nothing here may panic, hang or wrap, whatever is given.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{fmt::Write, fs, path::Path};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    calendar::{Month, PartialDate, parse_date},
    catalogue,
    number::{Money, NumberError, Rate, Rounding},
    person::{Label, PersonMonth},
    policy::{Evidence, Pack, PolicyBook},
    vocabulary::{Level, LevelStep, PersonKind, Vocabulary},
};

const HEAD: &str = "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n\
    [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n";

fn flat(from: &str, amount: &str) -> String {
    format!(
        "[[value]]\nrule = \"allowance.police-overtime\"\nfrom = \"{from}\"\nsource = \"s\"\n\
         clause = \"1\"\nflat = \"{amount}\"\n"
    )
}

fn engine() -> Engine {
    Engine::builder().packs(Pack::national()).accept(Evidence::Inferred).build().unwrap()
}

/// The texts of the packs that the library carries.
fn policies() -> Vec<String> {
    fn collect(dir: &Path, out: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, out);
            } else {
                out.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut out = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), &mut out);
    out.sort();
    out
}

// ---- numbers --------------------------------------------------------------------------------------

#[test]
fn money_at_the_limits_of_i64_is_an_error_and_never_wraps() {
    let one = Money::from_fen(1);
    for wrong in [
        Money::MAX.plus(one),
        Money::MAX.minus(Money::MIN),
        Money::MIN.plus(Money::MIN),
        Money::MIN.negated(),
        Money::MIN.abs(),
        Money::MIN.times(-1),
        Money::MAX.times(i64::MAX),
        Money::MIN.times(i64::MIN),
        Money::from_yuan(i64::MIN),
        Money::MAX.exact().times_int(i64::MAX).and_then(|e| e.round(Rounding::HALF_UP_FEN)),
    ] {
        assert_eq!(wrong, Err(NumberError::Overflow));
    }
    let texts = ["92233720368547758.08", "-92233720368547758.09", &"9".repeat(100_000)];
    for text in texts {
        assert_eq!(Money::parse(text).unwrap_err().code(), ErrorCode::NumberOutOfRange);
    }
    assert_eq!(Money::MAX.exact().round(Rounding::HALF_UP_FEN), Ok(Money::MAX));
    assert_eq!(Money::MIN.exact().round(Rounding::HALF_UP_FEN), Ok(Money::MIN));
    let last_yuan = Money::from_fen(i64::MAX - 7);
    assert_eq!(Money::MAX.exact().round(Rounding::HALF_UP_YUAN), Ok(last_yuan));
    let below = Money::from_fen(i64::MAX - 8);
    assert_eq!(below.exact().round(Rounding::HALF_UP_YUAN), Ok(last_yuan));
    assert_eq!(Money::MIN.exact().round(Rounding::HALF_UP_YUAN), Ok(Money::from_fen(i64::MIN + 8)));
}

#[test]
fn chains_of_rates_overflow_or_are_exact() {
    let largest = Rate::parse("9.223372036").unwrap();
    let mut exact = Money::MAX.exact();
    for _ in 0..100 {
        match exact.times(largest).and_then(|e| e.over(Rate::parse("0.000000001").unwrap())) {
            Ok(next) => exact = next,
            Err(error) => {
                assert_eq!(error, NumberError::Overflow);
                return;
            }
        }
    }
    panic!("a product of a hundred rates fits in no integer");
}

#[test]
fn numbers_of_scale_28_are_refused_and_not_cut() {
    let text = "0.1234567890123456789012345678";
    assert_eq!(Money::parse(text).unwrap_err().code(), ErrorCode::TooManyDigits);
    assert_eq!(Rate::parse(text).unwrap_err().code(), ErrorCode::TooManyDigits);
    let decimal: rust_decimal::Decimal = text.parse().unwrap();
    assert_eq!(Money::from_decimal(decimal).unwrap_err().code(), ErrorCode::TooManyDigits);
    assert_eq!(Rate::from_decimal(decimal).unwrap_err().code(), ErrorCode::TooManyDigits);
    let zeros: rust_decimal::Decimal = "1.2300000000000000000000000000".parse().unwrap();
    assert_eq!(Money::from_decimal(zeros).unwrap(), Money::from_fen(123));
}

// ---- dates ----------------------------------------------------------------------------------------

#[test]
fn years_and_months_outside_the_calendar_are_refused() {
    let engine = engine();
    for text in [
        "0000-01",
        "1899-12",
        "3000-01",
        "9999-12",
        "2025-00",
        "2025-13",
        "-2025-01",
        "二〇二五-01",
    ] {
        assert_eq!(Month::parse(text).unwrap_err().code(), ErrorCode::InvalidMonth, "{text}");
        let day = format!("{text}-01");
        assert_eq!(parse_date(&day).unwrap_err().code(), ErrorCode::InvalidDate, "{day}");
        assert!(PartialDate::parse(text).is_err() && PartialDate::parse(&day).is_err());
        for rule in catalogue::RULES {
            let error = engine.evaluate(rule.id(), &json!({ "month": text })).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidMonth, "{} {text}", rule.id());
        }
    }
    for (year, month) in
        [(0, 1), (9999, 1), (i32::MIN, 1), (i32::MAX, 12), (2025, 13), (2025, u32::MAX)]
    {
        assert!(Month::new(year, month).is_err());
    }
}

#[test]
fn days_in_inputs_are_read_strictly() {
    let rank = |from: &str| {
        let ranks = json!([{ "from": from, "rank": "一级警员" }]);
        engine().evaluate("allowance.police-rank", &json!({ "month": "2025-06", "ranks": ranks }))
    };
    assert!(rank("2025-03-01").is_ok());
    for wrong in
        ["2025-3-1", "+2025-03-01", " 2025-03-01", "2025-02-29", "0001-01-01", "9999-01-01"]
    {
        let error = rank(wrong).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidDate, "{wrong}: {error}");
        assert_eq!(error.field_name(), Some("ranks[0].from"));
        let person = json!({ "person": "1", "unit": "u", "kind": "officer", "rank_since": wrong });
        assert!(serde_json::from_value::<PersonMonth>(person).is_err(), "{wrong}");
    }
}

#[test]
fn errors_of_inputs_keep_what_is_known() {
    let of = |input: Json| engine().evaluate("allowance.police-rank", &input).unwrap_err();
    let ranks = json!([{ "from": "2020-01-01", "rank": "警员 | known=" }]);
    let error = of(json!({ "month": "2025-06", "ranks": ranks }));
    let args: Vec<_> = error.args().collect();
    assert_eq!(args[0], ("value", "警员 | known="));
    assert_eq!(args[1], ("kind", "警衔"));
    assert!(args[2].1.starts_with("二级警员、一级警员"), "{error}");
}

#[test]
fn every_rule_answers_in_the_first_and_the_last_month() {
    let engine = engine();
    for month in [Month::MIN, Month::MAX] {
        let event = json!({ "from": "2999-12-31", "rank": "一级警员" });
        for input in [
            json!({ "month": month.to_string(), "ranks": [event] }),
            json!({ "month": month.to_string(), "rest_days": u32::MAX, "holiday_days": u32::MAX, "duty": "综合管理" }),
        ] {
            for rule in catalogue::RULES {
                let _ = engine.evaluate(rule.id(), &input);
            }
        }
    }
}

// ---- packs ----------------------------------------------------------------------------------------

#[test]
fn amounts_and_dates_at_the_limits_are_findings() {
    for (from, amount, code) in [
        ("0000-01-01", "1", ErrorCode::InvalidDate),
        ("9999-01-01", "1", ErrorCode::InvalidDate),
        ("2018-13-01", "1", ErrorCode::InvalidDate),
        ("2018-01-01", "92233720368547758.08", ErrorCode::NumberOutOfRange),
        ("2018-01-01", "-92233720368547758.08", ErrorCode::NegativeNotAllowed),
        ("2018-01-01", "0.001", ErrorCode::TooManyDigits),
        ("2018-01-01", "１", ErrorCode::InvalidNumber),
        ("2018-01-01", "", ErrorCode::InvalidNumber),
    ] {
        let pack = Pack::parse("p", &format!("{HEAD}{}", flat(from, amount)));
        let codes: Vec<_> = pack.findings().iter().map(|f| f.error.code()).collect();
        assert_eq!(codes, [code], "{from} {amount}");
    }
    let ends =
        format!("{HEAD}{}{}", flat("1900-01-01", "0"), flat("2999-12-01", "92233720368547758.07"));
    let book = PolicyBook::new(vec![Pack::parse("p", &ends)]);
    assert_eq!(book.lint(), []);
}

#[test]
fn a_negative_base_is_refused_in_every_amount_of_a_person() {
    let label = |text: &str| Label::new(text).unwrap();
    let mut person = PersonMonth::new(label("1"), label("u"), PersonKind::Officer);
    for fact in PersonMonth::FACTS {
        let key = fact.term.code;
        match (fact.form)() {
            "money" | "rate" => {
                let error = person.set_text(key, "-0.01").unwrap_err();
                assert_eq!(error.code(), ErrorCode::NegativeNotAllowed, "{key}");
            }
            "text" => continue,
            _ => {}
        }
        for garbage in ["-1", "1e9", "\u{0}", "🚓", "NaN", "∞", &"9".repeat(10_000)] {
            assert!(person.set_text(key, garbage).is_err(), "{key} took {garbage:.20}");
        }
    }
}

#[test]
fn a_pack_of_a_million_lines_is_read_and_linted() {
    // Clean: a value for every month from 1900, the rest are comments.
    let mut text = HEAD.to_owned();
    let mut month = Month::MIN;
    while let Ok(next) = month.next() {
        text.push_str(&flat(&month.first_day().to_string(), "1"));
        month = next;
    }
    let lines = text.lines().count();
    text.push_str(&"# 说明\n".repeat(1_000_000 - lines));
    assert_eq!(text.lines().count(), 1_000_000);
    let pack = Pack::parse("large.toml", &text);
    assert_eq!(pack.len(), 13_199);
    let book = PolicyBook::new(vec![pack]);
    assert_eq!(book.lint(), []);
}

#[test]
fn a_million_lines_of_mistakes_are_all_found() {
    let mut text = HEAD.to_owned();
    let value = flat("2018-01-01", "1").replace("flat", "falt");
    for _ in 0..1_000_000 / value.lines().count() {
        text.push_str(&value);
    }
    let pack = Pack::parse("large.toml", &text);
    let book = PolicyBook::new(vec![pack]);
    assert!(book.lint().len() >= 1_000_000 / value.lines().count());
}

#[test]
fn one_long_line_is_read_in_linear_time() {
    let mut text = "value = [\n".to_owned();
    for _ in 0..100_000 {
        text.push_str("{ 错 = 1 }, ");
    }
    text.push_str("]\n");
    let pack = Pack::parse("long.toml", &text);
    assert!(pack.findings().len() > 100_000);
    let last = pack.findings().last().unwrap();
    assert_eq!(last.line, 2);
    assert!(last.column > 1_000_000);
}

#[test]
fn deep_nesting_is_a_finding_and_not_a_stack_overflow() {
    for (open, close) in [("[", "]"), ("{a=", "}")] {
        for depth in [100, 1_000, 100_000] {
            for closed in [depth, 0] {
                let (open, close) = (open.repeat(depth), close.repeat(closed));
                for text in [
                    format!("x = {open}1{close}\n"),
                    format!("{HEAD}[[value]]\nrule = {open}1{close}\n"),
                    format!(
                        "{HEAD}[[value]]\nrule = \"allowance.police-rank\"\namount = {open}1{close}\n"
                    ),
                ] {
                    let pack = Pack::parse("deep.toml", &text);
                    assert!(pack.has_errors(), "{depth}");
                    let _ = PolicyBook::new(vec![pack]).lint();
                }
            }
        }
    }
    let dotted = format!("{} = 1\n", vec!["a"; 100_000].join("."));
    assert!(Pack::parse("dotted.toml", &dotted).has_errors());
    let header = format!("[{}]\nx = 1\n", vec!["a"; 100_000].join("."));
    assert!(Pack::parse("header.toml", &header).has_errors());
}

#[test]
fn nul_and_emoji_and_huge_texts_are_shown_short() {
    let huge = "长".repeat(100_000);
    for text in ["\u{0}", "🚓👮‍♀️", "a\u{0}b\u{7f}\u{200f}", huge.as_str()] {
        let written = toml_text(text);
        for pack in [
            HEAD.replace("\"s\"", &written),
            HEAD.replace("\"全国\"", &written),
            HEAD.replace("\"official\"", &written),
            format!("{HEAD}{written} = 1\n"),
            format!("{HEAD}[[value]]\nrule = {written}\nfrom = {written}\nsource = {written}\n"),
            format!("{HEAD}{}{written} = 1\n", flat("2018-01-01", "1")),
            format!(
                "{HEAD}{}",
                flat("2018-01-01", "1").replace("\"1\"\n", &format!("{written}\n"))
            ),
        ] {
            let findings = PolicyBook::new(vec![Pack::parse("p", &pack)]).lint();
            for finding in findings {
                for message in [finding.zh(), finding.en()] {
                    let short = message.chars().count() < 2_000;
                    assert!(short, "{:?} {message:.80}", finding.error.code());
                    assert!(!message.contains('\u{0}'), "{message}");
                }
            }
        }
    }
}

/// Writes a text as a TOML string with escapes.
fn toml_text(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        if c.is_control() {
            write!(out, "\\u{:04X}", u32::from(c)).unwrap();
        } else {
            out.push(c);
        }
    }
    out + "\""
}

#[test]
fn huge_texts_in_inputs_are_shown_short() {
    let huge = "9".repeat(1_000_000);
    let engine = engine();
    let errors = [
        Money::parse(&huge).unwrap_err(),
        Money::parse(&format!("{huge}\u{0}")).unwrap_err(),
        Money::parse(&format!("0.{huge}")).unwrap_err(),
        Rate::parse(&huge).unwrap_err(),
        Month::parse(&huge).unwrap_err(),
        parse_date(&huge).unwrap_err(),
        PartialDate::parse(&huge).unwrap_err(),
        huge.parse::<LevelStep>().unwrap_err(),
        huge.parse::<Rounding>().unwrap_err(),
        PersonKind::find(&huge).unwrap_err(),
        Label::new(&huge).unwrap_err(),
        Label::new("\u{0}").unwrap_err(),
        engine.evaluate(&huge, &json!({})).unwrap_err(),
        engine.evaluate("allowance.police-rank", &json!({ "month": huge })).unwrap_err(),
        engine
            .evaluate("allowance.police-rank", &json!({ "month": "2025-01", huge.as_str(): 1 }))
            .unwrap_err(),
        engine
            .evaluate(
                "allowance.police-rank",
                &json!({ "month": "2025-01", "ranks": [{ "from": huge }] }),
            )
            .unwrap_err(),
        engine
            .evaluate("allowance.police-rank", &json!({ "month": "2025-01", "ranks": huge }))
            .unwrap_err(),
    ];
    for error in errors {
        for message in [error.zh(), error.en(), error.to_json().to_string()] {
            assert!(message.chars().count() < 4_000, "{:?}: {message:.80}", error.code());
            assert!(!message.contains('\u{0}'));
        }
    }
    assert!(Level::new(0).is_err() && Level::new(255).is_err());
}

// ---- random ---------------------------------------------------------------------------------------

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "\\PC{0,12}".prop_map(Json::from),
        "-?[0-9]{1,20}(\\.[0-9]{1,3})?".prop_map(Json::from),
        "(19|20|29)[0-9]{2}-[01][0-9](-[0-3][0-9])?".prop_map(Json::from),
        prop::sample::select(vec![
            "一级警员",
            "综合管理",
            "24-3",
            "officer",
            "乡科级正职",
            "三级",
            "0.08"
        ])
        .prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::btree_map("[a-z_]{1,12}", inner, 0..6)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

/// An object whose keys are often those of the rule.
fn input_of(rule: usize) -> impl Strategy<Value = (usize, Json)> {
    let info = catalogue::RULES[rule];
    let keys: Vec<&'static str> = info.inputs.iter().map(|i| i.term.code).collect();
    let value = prop::collection::vec(prop::option::weighted(0.8, any_json()), keys.len());
    let stray = prop::option::weighted(0.1, any_json());
    let month = prop_oneof![
        4 => (1900..3000i32, 1..=12u32).prop_map(|(y, m)| Json::from(format!("{y:04}-{m:02}"))),
        4 => (1995..2030i32, 1..=12u32).prop_map(|(y, m)| Json::from(format!("{y:04}-{m:02}"))),
        1 => any_json(),
    ];
    (value, stray, month).prop_map(move |(values, stray, month)| {
        let mut map = serde_json::Map::new();
        map.insert("month".into(), month);
        for (key, value) in keys.iter().zip(values) {
            if let Some(value) = value {
                map.insert((*key).into(), value);
            }
        }
        if let Some(stray) = stray {
            map.insert("stray".into(), stray);
        }
        (rule, Json::Object(map))
    })
}

/// So many cases, and no file of failures: a failing case is added here as a test of its own.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

thread_local! {
    static ENGINE: Engine = engine();
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn no_json_makes_a_rule_panic(input in any_json()) {
        ENGINE.with(|engine| {
            for rule in catalogue::RULES {
                if let Ok(answer) = engine.evaluate(rule.id(), &input) {
                    let _ = answer.to_json();
                }
            }
        });
    }

    #[test]
    fn no_input_with_the_right_keys_makes_a_rule_panic(
        (rule, input) in (0..catalogue::RULES.len()).prop_flat_map(input_of)
    ) {
        ENGINE.with(|engine| match engine.evaluate(catalogue::RULES[rule].id(), &input) {
            Ok(answer) => drop(answer.to_json()),
            Err(error) => assert_ne!(error.code(), ErrorCode::Internal, "{error}"),
        });
    }

    #[test]
    fn no_json_makes_a_person_panic(input in any_json()) {
        if let Ok(person) = serde_json::from_value::<PersonMonth>(input) {
            ENGINE.with(|engine| {
                let _ = engine.payslip(&person, Month::new(2025, 3).unwrap());
            });
        }
    }

    #[test]
    fn no_text_makes_a_pack_panic(text in "\\PC{0,200}") {
        let _ = PolicyBook::new(vec![Pack::parse("p", &text)]).lint();
    }

    #[test]
    fn no_toml_like_text_makes_a_pack_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\n", "\"", "'", "\"\"\"", "#", "\\", " ",
            "pack", "source", "value", "rule", "from", "bounds", "amount", "id", "layer", "issued",
            "\"allowance.police-rank\"", "\"2018-01-01\"", "1", "1.5", "-1", "true", "1979-05-27",
            "nan", "0x", "警", "\u{feff}", "\r", "\0",
        ]), 0..60)
    ) {
        let text = pieces.concat();
        for text in [text.clone(), format!("{HEAD}{text}")] {
            let pack = Pack::parse("p", &text);
            let lines = text.matches('\n').count() + 1;
            for finding in pack.findings() {
                prop_assert!((1..=lines).contains(&(finding.line as usize)), "{}", finding);
            }
            let _ = PolicyBook::new(vec![pack]).lint();
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn no_change_of_a_built_in_pack_makes_it_panic(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..12, "[\\[\\]{}=\",.0-9a-z\n警-]{0,4}"), 1..4),
        month in 0u32..1200,
    ) {
        let texts = policies();
        let mut text: Vec<char> = which.get(&texts).chars().collect();
        for (at, cut, put) in edits {
            let at = at.index(text.len());
            let end = (at + cut).min(text.len());
            text.splice(at..end, put.chars());
        }
        let text: String = text.into_iter().collect();
        let pack = Pack::parse("p", &text);
        let id = pack.id().to_owned();
        let mut packs = Pack::national();
        packs.push(pack.clone());
        let _ = PolicyBook::new(packs).lint();
        // Alone it may be sound, and then it can be asked.
        let book = PolicyBook::new(vec![pack]);
        if book.check().is_ok() {
            let month = Month::new(1950 + i32::try_from(month / 12).unwrap(), month % 12 + 1).unwrap();
            let query = zhenggong::policy::Query {
                place: id, month, known_on: None, accept: Evidence::Inferred,
            };
            prop_assert!(book.snapshot(&query).is_ok());
        }
    }
}

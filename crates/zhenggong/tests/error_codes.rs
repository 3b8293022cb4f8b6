//! Every error code of the core is reached here through public functions, and every other code says
//! where it is reached.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, Error, ErrorCode,
    calendar::parse_date,
    engine::EngineBuilder,
    error::{ErrorClass, Severity},
    number::{Money, Rate},
    person::{Label, PersonMonth},
    policy::{Evidence, LintError, Pack, PolicyBook},
    vocabulary::PersonKind,
};

const HEAD: &str = "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n\
    [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n";
const RANK: &str = "allowance.police-rank";
const OVERTIME: &str = "allowance.police-overtime";

/// A value of the national pack.
fn value(rule: &str, from: &str, fields: &str) -> String {
    format!(
        "[[value]]\nrule = \"{rule}\"\nfrom = \"{from}\"\nsource = \"s\"\nclause = \"1\"\n{fields}\n"
    )
}

/// The first finding of this pack alone.
fn finding(text: &str) -> Error {
    let found = Pack::parse("p.toml", text).findings().first().cloned();
    found.unwrap_or_else(|| panic!("nothing was found in\n{text}")).error
}

/// The first finding of a value with these fields.
fn bad(fields: &str) -> Error {
    finding(&format!("{HEAD}{}", value(OVERTIME, "2018-01-01", fields)))
}

/// The first finding that shows between these packs.
fn between(packs: &[&str]) -> Error {
    let packs: Vec<_> = packs.iter().map(|t| Pack::parse("p.toml", t)).collect();
    assert!(packs.iter().all(|p| p.findings().is_empty()));
    PolicyBook::new(packs).lint().remove(0).error
}

fn city(parent: &str, values: &str) -> String {
    let head =
        HEAD.replace("national", "city").replace("place", &format!("parent = \"{parent}\"\nplace"));
    format!("{head}{values}")
}

fn nation() -> EngineBuilder {
    Engine::builder().packs(Pack::national())
}

/// The error of a rule with the built-in packs.
fn eval(rule: &str, input: Json) -> Error {
    nation().build().unwrap().evaluate(rule, &input).unwrap_err()
}

/// The error of a rule with one national pack of these values.
fn with(values: &str, rule: &str, input: Json) -> Error {
    let pack = Pack::parse("p.toml", &format!("{HEAD}{values}"));
    Engine::builder().pack(pack).build().unwrap().evaluate(rule, &input).unwrap_err()
}

fn days(month: &str, rest: u32, holiday: u32, duty: &str) -> Json {
    json!({ "month": month, "rest_days": rest, "holiday_days": holiday, "duty": duty })
}

/// A way to reach a code.
type Way = (ErrorCode, fn() -> Error);

const INPUT: &[Way] = &[
    (ErrorCode::InvalidNumber, || Money::parse("1,234.00").unwrap_err()),
    (ErrorCode::TooManyDigits, || Money::parse("0.005").unwrap_err()),
    (ErrorCode::NumberOutOfRange, || Rate::parse("99999999999999999999").unwrap_err()),
    (ErrorCode::FloatRefused, || bad("flat = 710.0")),
    (ErrorCode::InvalidDate, || parse_date("2025-02-29").unwrap_err()),
    (ErrorCode::InvalidMonth, || eval(RANK, json!({ "month": "2025-13", "ranks": [] }))),
    (ErrorCode::UnknownTerm, || {
        eval(
            RANK,
            json!({ "month": "2025-01", "ranks": [{ "from": "2020-01-01", "rank": "警员" }] }),
        )
    }),
    (ErrorCode::MissingFact, || eval(RANK, json!({ "month": "2025-01" }))),
    (ErrorCode::UnknownField, || {
        eval(RANK, json!({ "month": "2025-01", "ranks": [], "rank": "警员" }))
    }),
    (ErrorCode::InvalidInput, || eval(RANK, json!("2025-01"))),
    (ErrorCode::ContradictoryFacts, || {
        let event = json!({ "from": "2020-01-01", "rank": "一级警员" });
        eval(RANK, json!({ "month": "2025-01", "ranks": [event, event] }))
    }),
    (ErrorCode::NegativeNotAllowed, || {
        let label = |text: &str| Label::new(text).unwrap();
        let mut person = PersonMonth::new(label("1"), label("u"), PersonKind::Officer);
        person.set_text("contribution_wage", "-1").unwrap_err()
    }),
    (ErrorCode::UnknownRule, || eval("allowance.horse", json!({ "month": "2025-01" }))),
    (ErrorCode::InvalidText, || Label::new("a\u{0}b").unwrap_err()),
    (ErrorCode::UnknownScoringRule, || assessed(json!([event("1", "2025-01-10", "yawning")]))),
    (ErrorCode::OutsideWindow, || assessed(json!([event("1", "2025-01-26", "absent")]))),
    (ErrorCode::PersonLeft, || assessed(json!([event("1", "2024-12-26", "absent")]))),
    (ErrorCode::DuplicateEvent, || {
        let event = event("1", "2025-01-10", "absent");
        assessed(json!([event, event]))
    }),
    (ErrorCode::SelfRating, || {
        let mut rating = event("1", "2025-01-10", "rating");
        for (key, value) in [("points", "90"), ("rater", "A"), ("rater_kind", "同事")] {
            rating[key] = value.into();
        }
        taught("officer", json!([rating]))
    }),
    (ErrorCode::UnknownSubject, || {
        let mut other = event("1", "2025-01-10", "absent");
        other["subject"] = "B".into();
        assessed(json!([other]))
    }),
];

fn event(id: &str, date: &str, rule: &str) -> Json {
    json!({ "id": id, "subject": "A", "date": date, "rule": rule })
}

/// The error of an assessment by an example pack.
fn scored(place: &str, subject: Json, events: Json) -> Error {
    let pack = Pack::example(place).unwrap();
    let engine = nation().pack(pack).accept(Evidence::Inferred).build().unwrap();
    let input = json!({ "month": "2025-01", "subjects": [subject], "events": events });
    engine.evaluate("assessment.score", &input).unwrap_err()
}

fn assessed(events: Json) -> Error {
    let subject = json!({ "id": "A", "kind": "auxiliary", "from": "2024-12-27" });
    scored("humen-example", subject, events)
}

fn taught(kind: &str, events: Json) -> Error {
    scored("teaching-example", json!({ "id": "A", "kind": kind }), events)
}

const POLICY: &[Way] = &[
    (ErrorCode::ValueGap, || eval(OVERTIME, days("2017-06", 0, 0, "综合管理"))),
    (ErrorCode::PackSyntax, || bad("flat = \"1\"\n= 1")),
    (ErrorCode::UnknownKey, || bad("flatt = \"1\"")),
    (ErrorCode::MissingKey, || finding("")),
    (ErrorCode::InvalidValue, || bad("[value.cap_days]\n\"综合管理\" = \"4\"")),
    (ErrorCode::DanglingSource, || {
        bad(
            "flat = \"1\"\n[[value]]\nsource = \"x\"\nclause = \"1\"\nrule = \"allowance.police-rank\"\nfrom = \"2018-01-01\"\nstop_counts_from = \"当月\"",
        )
    }),
    (ErrorCode::Overlap, || {
        let fields = "to = \"2018-12-31\"\nflat = \"1\"";
        let first = value(OVERTIME, "2018-01-01", fields);
        between(&[&format!("{HEAD}{first}{}", value(OVERTIME, "2018-12-01", "flat = \"2\""))])
    }),
    (ErrorCode::NationalOnly, || {
        let flat = value(OVERTIME, "2018-01-01", "flat = \"1\"");
        between(&[&format!("{HEAD}{flat}"), &city("national", &flat)])
    }),
    (ErrorCode::OutOfBounds, || {
        let rate = value("insurance.housing-fund", "2020-01-01", "rate_personal = \"0.13\"");
        let mut packs = Pack::national();
        packs.push(Pack::parse("p.toml", &city("national", &rate)));
        PolicyBook::new(packs).lint().remove(0).error
    }),
    (ErrorCode::ChecksumFailed, || {
        let tables = "leader = { \"国家级正职\" = \"4000\" }\nnon_leader = { \"办事员\" = \"304\" }\n\
            end_points = { \"办事员\" = \"340\" }";
        between(&[&format!("{HEAD}{}", value("basic-pay.post", "2006-07-01", tables))])
    }),
    (ErrorCode::RuleNotFound, || {
        finding(&format!("{HEAD}{}", value("allowance.horse", "2018-01-01", "flat = \"1\"")))
    }),
    (ErrorCode::DuplicateSource, || {
        let source = HEAD.split_once("[[source]]").unwrap().1;
        finding(&format!(
            "{HEAD}[[source]]{source}{}",
            value(OVERTIME, "2018-01-01", "flat = \"1\"")
        ))
    }),
    (ErrorCode::UnknownParent, || {
        between(&[&city("nowhere", &value(OVERTIME, "2018-01-01", "order = \"先计公休日\""))])
    }),
    (ErrorCode::EvidenceNotAccepted, || {
        let engine = nation().accept(Evidence::Official).build().unwrap();
        engine.evaluate(RANK, &json!({ "month": "2025-01", "ranks": [] })).unwrap_err()
    }),
    (ErrorCode::PackTooLarge, || finding(&" ".repeat(Pack::MAX_BYTES + 1))),
    (ErrorCode::CellNotAttested, || {
        let values = value(
            RANK,
            "2018-01-01",
            "change_counts_from = \"次月\"\nstop_counts_from = \"当月\"\namount = { \"一级警员\" = \"1\" }",
        );
        let ranks = json!([{ "from": "2010-01-01", "rank": "二级警员" }]);
        with(&values, RANK, json!({ "month": "2020-01", "ranks": ranks }))
    }),
    (ErrorCode::UnknownPlace, || Error::from(nation().place("atlantis").build().unwrap_err())),
    (ErrorCode::PackDisagrees, || {
        let flat = |from: &str| format!("{HEAD}{}", value(OVERTIME, from, "flat = \"1\""));
        between(&[&flat("2018-01-01"), &flat("2019-01-01").replace("全国", "中国")])
    }),
    (ErrorCode::EmptyValidity, || bad("to = \"2017-12-31\"\nflat = \"1\"")),
    (ErrorCode::UnusedSource, || finding(HEAD)),
    (ErrorCode::TableShape, || {
        let fields =
            "flat = \"1\"\nrest_day = \"1\"\nholiday = \"1\"\ncap_days = { \"综合管理\" = 1 }";
        between(&[&format!("{HEAD}{}", value(OVERTIME, "2018-01-01", fields))])
    }),
    (ErrorCode::NoSuchStandard, || {
        with(
            &value(RANK, "2018-01-01", "stop_counts_from = \"当月\""),
            OVERTIME,
            days("2018-01", 0, 0, "综合管理"),
        )
    }),
    (ErrorCode::MidMonth, || bad("to = \"2018-12-30\"\nflat = \"1\"")),
    (ErrorCode::WeightSum, || {
        let engine = nation().pack(Pack::example("teaching-example").unwrap()).build().unwrap();
        let input = json!({
            "month": "2025-01", "subjects": [], "weights": { "teaching-officer": { "team": "0.5" } },
        });
        engine.evaluate("assessment.what-if", &input).unwrap_err()
    }),
];

const RULE: &[Way] = &[
    (ErrorCode::NeedsDecision, || {
        // Without the inferred order nothing says which days are paid above the cap.
        eval(OVERTIME, days("2016-10", 5, 3, "综合管理"))
    }),
    (ErrorCode::Overflow, || {
        let fields =
            "rest_day = \"90000000000000000\"\nholiday = \"1\"\ncap_days = { \"综合管理\" = 31 }";
        with(&value(OVERTIME, "2018-01-01", fields), OVERTIME, days("2018-01", 9, 0, "综合管理"))
    }),
    (ErrorCode::ExclusiveDeductions, || {
        let housing = json!(["住房贷款利息", "住房租金（直辖市、省会等）"]);
        eval("tax.special-additional", json!({ "month": "2024-01", "housing": housing }))
    }),
    (ErrorCode::LevelExhausted, || {
        // Level 11 ends below this amount, which corrects the published one.
        let fields = "issued = \"2020\"\ncells = { \"12-13\" = \"2200\" }";
        let cell = value("basic-pay.level", "2006-07-01", fields);
        let pack = Pack::parse("p.toml", &format!("{HEAD}{cell}"));
        let engine = nation().pack(pack).accept(Evidence::Inferred).build().unwrap();
        let input = json!({ "month": "2014-09", "from": "12-13", "to_level": 11 });
        engine.evaluate("basic-pay.level-rise", &input).unwrap_err()
    }),
    (ErrorCode::NotApplicable, || {
        let input =
            json!({ "month": "2026-07", "base": "500000", "class": "一类", "step": "下浮至50%" });
        let engine = nation().accept(Evidence::Inferred).build().unwrap();
        engine.evaluate("insurance.work-injury", &input).unwrap_err()
    }),
    (ErrorCode::ScoreAboveFull, || {
        let mut events = vec![event("1", "2025-01-10", "praise-bureau")];
        events[0]["matter"] = "M".into();
        events.push(event("2", "2025-01-10", "attendance-points"));
        events[1]["points"] = "40".into();
        for (id, kind) in [("3", "领导"), ("4", "同事"), ("5", "群众")] {
            let mut rating = event(id, "2025-01-10", "rating");
            for (key, value) in [("points", "100"), ("rater", kind), ("rater_kind", kind)] {
                rating[key] = value.into();
            }
            events.push(rating);
        }
        taught("officer", events.into())
    }),
    (ErrorCode::DivisionByZero, || Money::ZERO.exact().over(Rate::ZERO).unwrap_err().into()),
];

const INTERNAL: &[Way] =
    &[(ErrorCode::Internal, || Error::from(LintError { findings: Vec::new() }))];

/// Codes that other crates reach, and why the core does not.
const ELSEWHERE: &[(ErrorCode, &str)] = &[
    (ErrorCode::DuplicatePerson, "roster: ids are compared across the rows of a file"),
    (ErrorCode::MissingColumn, "roster: the core has no tables"),
    (ErrorCode::DuplicateColumn, "roster: the core has no tables"),
    (ErrorCode::NotUtf8, "roster: the core reads text, not bytes"),
    (ErrorCode::StrayQuote, "roster: the core reads no CSV"),
    (ErrorCode::WrongFieldCount, "roster: the core reads no CSV"),
    (ErrorCode::WrongMonth, "roster: a row may name its month"),
    (ErrorCode::EmptyTable, "roster: the core has no tables"),
    (ErrorCode::ColumnType, "arrow: columns have types there"),
    (ErrorCode::NotEncodable, "roster: the core reads text, not bytes"),
    (ErrorCode::Io, "roster: the core opens no file"),
    (ErrorCode::InvalidOption, "arrow and bindings: options come as text there"),
];

fn all() -> impl Iterator<Item = &'static Way> {
    [INPUT, POLICY, RULE, INTERNAL].into_iter().flatten()
}

#[test]
fn every_way_gives_its_code() {
    let mut wrong = Vec::new();
    for (code, way) in all() {
        let error = way();
        if error.code() != *code {
            wrong.push(format!("{code:?}: got {error:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_is_complete_in_both_languages() {
    for (code, way) in all() {
        let error = way();
        let given: BTreeSet<_> = error.args().map(|(name, _)| name).collect();
        for param in code.params() {
            assert!(given.contains(param), "{code:?} lacks {param}: {error}");
        }
        for text in [error.zh(), error.en()] {
            assert!(!text.contains("{}") && !text.contains('?'), "{code:?}: {text}");
            assert!(!text.contains('\n'), "{code:?} has several lines: {text}");
        }
        assert_ne!(error.zh(), error.en());
        let json = error.to_json();
        assert_eq!(json["code"], code.number());
        assert_eq!(json["name"], code.name());
    }
}

#[test]
fn only_the_unused_source_is_a_warning() {
    let pack = Pack::parse("p.toml", HEAD);
    assert_eq!(pack.findings().len(), 1);
    assert_eq!(pack.findings()[0].severity, Severity::Warning);
    assert!(!pack.has_errors());
}

#[test]
fn tables_hold_codes_of_their_class() {
    for (ways, class) in [
        (INPUT, ErrorClass::Input),
        (POLICY, ErrorClass::Policy),
        (RULE, ErrorClass::Rule),
        (INTERNAL, ErrorClass::Internal),
    ] {
        for (code, _) in ways {
            assert_eq!(code.class(), class, "{code:?}");
        }
    }
}

#[test]
fn every_code_is_reached_or_says_where() {
    let mut seen = BTreeSet::new();
    let listed = ELSEWHERE.iter().map(|(code, _)| *code);
    for code in all().map(|(code, _)| *code).chain(listed) {
        assert!(seen.insert(code), "{code:?} is listed twice");
    }
    for code in ErrorCode::ALL {
        assert!(seen.contains(code), "{code:?} is neither reached nor listed");
    }
    for (code, reason) in ELSEWHERE {
        assert!(!reason.is_empty(), "{code:?}");
    }
}

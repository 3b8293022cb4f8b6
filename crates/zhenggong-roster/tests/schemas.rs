//! The people of the sample roster, their payslips and their month run against the schemas.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

#[allow(dead_code, reason = "of the core's helpers a part is used here")]
#[path = "../../zhenggong/tests/schema_check/mod.rs"]
mod schema_check;

use std::{fs, path::Path};

use schema_check::{faults, refuses, strict};
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    calendar::Month,
    person::PersonMonth,
    policy::{Evidence, Pack},
    schema,
};
use zhenggong_roster::{Encoding, RosterOptions, read_roster};

fn month() -> Month {
    Month::new(2021, 3).unwrap()
}

fn people() -> Vec<PersonMonth> {
    let name = "sample-roster.csv";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data").join(name);
    let options = RosterOptions { encoding: Encoding::Utf8, month: month() };
    let roster = read_roster(name, &fs::read(path).unwrap(), &options);
    roster.rows.into_iter().map(|row| row.person).collect()
}

fn engine() -> Engine {
    let packs = Pack::national().into_iter().chain(Pack::example("example-city"));
    Engine::builder().packs(packs).accept(Evidence::Inferred).build().unwrap()
}

#[track_caller]
fn valid(validator: &jsonschema::Validator, json: &Json) {
    let wrong = faults(validator, json);
    assert!(wrong.is_empty(), "{}\n{json}", wrong.join("\n"));
}

#[test]
fn people_payslips_and_the_month_run_are_valid() {
    let [person, payslip, run] =
        ["person", "payslip", "month-run"].map(|n| strict(schema::get(n).unwrap()));
    let (engine, people) = (engine(), people());
    let mut slips = 0;
    for facts in &people {
        valid(&person, &serde_json::to_value(facts).unwrap());
        if let Ok(slip) = engine.payslip(facts, month()) {
            valid(&payslip, &slip.to_json());
            slips += 1;
        }
    }
    let whole = engine.month_run(&people, month()).unwrap();
    assert_eq!((people.len(), slips), (300, whole.rows.len()));
    assert!(!whole.errors.is_empty(), "a bad row is to be seen, too");
    valid(&run, &whole.to_json());
}

#[test]
fn a_broken_person_is_not_valid_and_not_read() {
    let person = strict(schema::get("person").unwrap());
    let good = serde_json::to_value(&people()[1]).unwrap();
    for (key, value) in [
        ("name", json!("张三")),
        ("person", json!(7)),
        ("person", json!("")),
        ("person", json!("a\nb")),
        ("kind", json!("cadre")),
        ("kind", Json::Null),
        ("rank", json!("高级警员")),
        ("rank_since", json!("2021-3-12")),
        ("level_step", json!("28-1")),
        ("ytd_income", json!(1.5)),
        ("ytd_income", json!("-1.00")),
        ("housing_rate", json!("0.0000000001")),
        ("night_shifts", json!(-1)),
        ("night_shifts", json!("1")),
        ("stated", json!({ "post-pay": 2410 })),
        ("stated", json!({ "no-such-item": "1.00" })),
    ] {
        let mut broken = good.clone();
        broken[key] = value;
        assert!(refuses(&person, &broken), "{key}: {broken}");
        assert!(PersonMonth::from_value(&broken).is_err(), "{key}: {broken}");
    }
    let mut unnamed = good;
    unnamed.as_object_mut().unwrap().remove("person");
    assert!(refuses(&person, &unnamed));
}

#[test]
fn every_fact_of_the_core_is_a_named_property() {
    let schema = schema::get("person").unwrap();
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.len(), PersonMonth::FACTS.len() + 4);
    for fact in PersonMonth::FACTS {
        let title = format!("{} / {}", fact.term.zh, fact.term.en);
        assert_eq!(properties[fact.term.code]["title"], title);
    }
}

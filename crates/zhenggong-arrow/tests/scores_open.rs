//! What the table of scores says of who was not there all the time, and of what is left to a decision.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use arrow_array::RecordBatch;
use serde_json::json;
use zhenggong::{
    Engine,
    assessment::{Inquiry, Subject},
    derivation::Language,
    policy::Pack,
};
use zhenggong_arrow::{assessment::Assessed, cells};

/// The teaching scheme, in which an auxiliary's grade takes ten days on the list.
fn engine() -> Engine {
    let text = include_str!("../../zhenggong/policies/assessment-example/teaching.toml");
    let (before, rest) = text.split_once("id = \"teaching-auxiliary\"").unwrap();
    let rest = rest.replacen("grades = [", "least_days = 10\ngrades = [", 1);
    let pack = Pack::parse("own.toml", &format!("{before}id = \"teaching-auxiliary\"{rest}"));
    Engine::builder().packs(Pack::national()).pack(pack).build().unwrap()
}

fn scores(language: Language) -> RecordBatch {
    // The month has 28 days, from 26 February to 25 March.
    let subjects = Subject::list(&json!([
        { "id": "A1", "kind": "auxiliary", "from": "2025-03-25" },
        { "id": "A2", "kind": "auxiliary", "to": "2025-03-07" },
        { "id": "A3", "kind": "auxiliary" },
    ]));
    let inquiry = Inquiry::from_value(&json!({ "month": "2025-03" })).unwrap();
    Assessed::of(&engine(), &subjects.unwrap(), &[], &inquiry, language).unwrap().scores
}

fn column(table: &RecordBatch, name: &str) -> Vec<Option<String>> {
    let cell = cells(&table[name]).unwrap();
    (0..table.num_rows()).map(cell).collect()
}

#[test]
fn presence_and_open_decisions_stand_in_the_table() {
    let some = |texts: [Option<&str>; 3]| texts.map(|text| text.map(str::to_owned)).to_vec();
    let table = scores(Language::En);
    assert_eq!(column(&table, "days"), some([Some("1"), Some("10"), None]));
    assert_eq!(column(&table, "days_of"), some([Some("28"), Some("28"), None]));
    assert_eq!(column(&table, "rank"), some([None, Some("1"), Some("1")]));
    let open = column(&table, "open");
    assert!(
        open[0].as_ref().unwrap().contains("fewer days (1) than the 10 of teaching-auxiliary"),
        "{open:?}"
    );
    assert_eq!(open[1..], [None, None]);
    let table = scores(Language::Zh);
    assert_eq!(column(&table, "在册天数"), some([Some("1"), Some("10"), None]));
    assert_eq!(column(&table, "周期天数"), some([Some("28"), Some("28"), None]));
    assert!(
        column(&table, "待定")[0]
            .as_ref()
            .unwrap()
            .contains("不足方案 teaching-auxiliary 规定的 10 天")
    );
}

//! Rows of a table that leave open to which unit somebody belongs, where errors are reported.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use serde_json::json;
use zhenggong::{
    Engine,
    assessment::{Event, Inquiry, Subject},
    derivation::Language,
    policy::Pack,
};
use zhenggong_arrow::{
    assessment::{Assessed, Rows},
    cells,
};

fn table(columns: &[(&str, &[&str])]) -> RecordBatch {
    let column = |(name, cells): &(&str, &[&str])| {
        ((*name).to_owned(), Arc::new(StringArray::from(cells.to_vec())) as ArrayRef)
    };
    RecordBatch::try_from_iter(columns.iter().map(column)).unwrap()
}

/// Who has a score where the row of A has these cells.
fn scored(unit: &str, moves: &str, staff: &str) -> Vec<String> {
    let subjects = table(&[
        ("编号", &["局", "东所", "西所", "A"]),
        ("类别", &["单位", "单位", "单位", "民警"]),
        ("单位", &["", "局", "局", unit]),
        ("调动", &["", "", "", moves]),
        ("方案", &["", "", "", "teaching-office"]),
        ("人数", &["", "", "", staff]),
    ]);
    let events = table(&[
        ("编号", &["E1"]),
        ("对象", &["A"]),
        ("日期", &["2025-03-20"]),
        ("规则", &["drinking"]),
    ]);
    let subjects = Rows::<Subject>::read([Ok(subjects)], |row| row).unwrap().rows;
    let events = Rows::<Event>::read([Ok(events)], |row| row).unwrap().rows;
    let pack = Pack::example("teaching-example").unwrap();
    let engine = Engine::builder().packs(Pack::national()).pack(pack).build().unwrap();
    let inquiry =
        Inquiry::from_value(&json!({ "month": "2025-03", "on_error": "report" })).unwrap();
    let scores = Assessed::of(&engine, &subjects, &events, &inquiry, Language::En).unwrap().scores;
    let who = cells(&scores["subject"]).unwrap();
    (0..scores.num_rows()).map(|row| who(row).unwrap()).collect()
}

#[test]
fn nobody_is_scored_without_an_event_that_might_count() {
    assert_eq!(scored("东所", "", ""), ["局", "东所", "西所", "A"]);
    assert!(scored("东所", "2025-03-32 西所", "").is_empty());
    assert!(scored("无", "", "").is_empty());
    // What the row says of its units counts, whatever else is wrong with it.
    assert_eq!(scored("东所", "", "many"), ["西所"]);
    assert!(scored("东所", "2025-03-16 西所", "many").is_empty());
}

//! The month of the sample roster, as a table and as a run: the texts that every language must give to
//! the byte. Their digests are committed; the tests of the bindings compute and compare the same. With
//! `UPDATE=1` they are written anew, for review.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use sha2::{Digest, Sha256};
use zhenggong::{
    Engine,
    calendar::Month,
    derivation::Language,
    person::PersonMonth,
    policy::{Evidence, Pack},
};
use zhenggong_arrow::{Batch, BatchOptions, OnError, table_of, to_csv};
use zhenggong_roster::{Encoding, RosterOptions, read_roster, write_run};

fn hex(text: &[u8]) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_sample_month_has_the_committed_digests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let packs = Pack::national().into_iter().chain(Pack::example("example-city"));
    let engine = Engine::builder().packs(packs).accept(Evidence::Inferred).build().unwrap();
    let month = Month::new(2021, 3).unwrap();
    let bytes = std::fs::read(root.join("data/sample-roster.csv")).unwrap();
    let options = RosterOptions { encoding: Encoding::Utf8, month };
    let roster = read_roster("sample-roster.csv", &bytes, &options);
    assert!(roster.findings.is_empty());
    let lines: Vec<u64> = roster.rows.iter().map(|row| row.line.into()).collect();
    let people: Vec<PersonMonth> = roster.rows.into_iter().map(|row| row.person).collect();

    let mut found = String::new();
    for language in [Language::Zh, Language::En] {
        let options =
            BatchOptions { on_error: OnError::Column, language, ..BatchOptions::default() };
        let paid = Batch::new(&engine, options).run(&table_of(&people, month).unwrap()).unwrap();
        assert_eq!(paid.num_rows(), people.len());
        let table = to_csv(paid.schema_ref(), [&paid]).unwrap();
        let run = engine.month_run_numbered(lines.iter().copied().zip(&people), month).unwrap();
        let run = write_run(&run, language).unwrap();
        found += &format!(
            "{}  table {language}\n{}  run {language}\n",
            hex(table.as_bytes()),
            hex(&run)
        );
    }
    let digests = root.join("expected/sample-month.sha256");
    if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
        std::fs::write(&digests, &found).unwrap();
    }
    let committed = std::fs::read_to_string(digests).unwrap();
    assert_eq!(found, committed, "what is computed now:\n{found}");
}

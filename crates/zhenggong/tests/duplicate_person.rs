//! Nobody is paid twice in a month, and nobody whose facts could not be read is lost.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;
use zhenggong::{Engine, Error, ErrorCode, calendar::Month, person::PersonMonth, policy::Pack};

fn person(id: &str, post: &str) -> PersonMonth {
    serde_json::from_value(json!({
        "person": id, "unit": "城东所", "kind": "officer", "rank": null,
        "stated": { "post-pay": post, "level-pay": "0", "pension": "0", "occupational-annuity": "0",
            "medical": "0", "housing-fund": "0", "income-tax": "0" },
    }))
    .unwrap()
}

fn march() -> Month {
    Month::new(2025, 3).unwrap()
}

fn engine() -> Engine {
    Engine::builder().packs(Pack::national()).build().unwrap()
}

#[test]
fn the_first_record_counts_and_each_further_one_names_its_row() {
    let people = [person("A", "100"), person("B", "20"), person("A", "3"), person("A", "100")];
    let run = engine().month_run_numbered((11..).zip(&people), march()).unwrap();
    let paid: Vec<_> = run.rows.iter().map(|r| (r.row, r.person.as_str())).collect();
    assert_eq!(paid, [(11, "A"), (12, "B")]);
    assert_eq!((run.totals.people, run.totals.net.to_string().as_str()), (2, "120.00"));
    for (failed, row) in run.errors.iter().zip([13, 14]) {
        assert_eq!(failed.error.code(), ErrorCode::DuplicatePerson);
        assert_eq!((failed.row, failed.error.row_number()), (row, Some(row)));
        assert_eq!(failed.person.as_ref().unwrap().as_str(), "A");
        assert_eq!(failed.error.field_name(), Some("person"));
        assert!(failed.error.en().contains("line 11"), "{}", failed.error.en());
    }
    assert_eq!(run.errors.len(), 2);
}

#[test]
fn a_first_record_that_fails_is_still_the_first() {
    let mut first = person("A", "1");
    first.stated.clear();
    let run = engine().month_run(&[first, person("A", "1")], march()).unwrap();
    let codes: Vec<_> = run.errors.iter().map(|e| e.error.code()).collect();
    assert_eq!(run.rows.len(), 0);
    assert_eq!(codes[1], ErrorCode::DuplicatePerson);
    assert_ne!(codes[0], ErrorCode::DuplicatePerson);
}

#[test]
fn what_could_not_be_read_stands_among_the_errors_in_its_place() {
    let people = [person("A", "1"), person("A", "1")];
    let mut run = engine().month_run_numbered([(2, &people[0]), (5, &people[1])], march()).unwrap();
    let unread = |row: u64| Error::new(ErrorCode::InvalidNumber).arg("value", "x").row(row);
    run.add_unread([unread(3).person("C"), unread(3), unread(9)]);
    let found: Vec<_> = run
        .errors
        .iter()
        .map(|e| {
            (
                e.row,
                e.error.code().number(),
                e.person.as_ref().map(|p| p.as_str()),
                e.unit.is_some(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [(3, 101, Some("C"), false), (5, 114, Some("A"), true), (9, 101, None, false)]
    );
    assert!(run.errors.iter().all(|e| e.error.month_of() == Some(march())));
    assert_eq!(run.to_json()["errors"][0]["row"], 3);
}

//! A batch pays the coefficients of the month's assessment as the month run does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, RecordBatch, StringArray, cast::AsArray, types::Decimal128Type,
};
use zhenggong::{
    Engine, Error, ErrorCode,
    assessment::{AssessmentMonth, Event, Inquiry, Subject, SubjectKind},
    calendar::{Month, parse_date},
    number::{Money, Rate},
    person::{Fact, Label, PersonMonth},
    policy::Pack,
    vocabulary::{PayItem, PersonKind},
};
use zhenggong_arrow::{Batch, BatchOptions, OnError, table_of};

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn engine() -> Engine {
    let pack = Pack::example("teaching-example").unwrap();
    Engine::builder().packs(Pack::national()).pack(pack).build().unwrap()
}

fn march() -> Month {
    Month::new(2025, 3).unwrap()
}

/// Somebody of whom everything but the pay plan is stated.
fn person(id: &str, kind: PersonKind, coefficient: Fact<Rate>) -> PersonMonth {
    let mut person = PersonMonth::new(label(id), label("U"), kind);
    person.coefficient = coefficient;
    if kind == PersonKind::Officer {
        person.rank = Fact::NotApplicable;
    }
    for item in [
        PayItem::PostPay,
        PayItem::LevelPay,
        PayItem::Pension,
        PayItem::OccupationalAnnuity,
        PayItem::Medical,
        PayItem::Unemployment,
        PayItem::HousingFund,
        PayItem::IncomeTax,
        PayItem::EmployerPension,
        PayItem::EmployerMedical,
        PayItem::EmployerUnemployment,
        PayItem::EmployerWorkInjury,
        PayItem::EmployerHousingFund,
    ] {
        let officers = [PayItem::PostPay, PayItem::LevelPay, PayItem::OccupationalAnnuity];
        if kind == PersonKind::Officer || !officers.contains(&item) {
            person.stated.insert(item, Money::ZERO);
        }
    }
    person
}

fn rate(text: &str) -> Fact<Rate> {
    Fact::Known(Rate::parse(text).unwrap())
}

/// A2 earned 0.8, the other auxiliaries 1.2; two officers have 0.8.
fn assessed() -> AssessmentMonth {
    let day = parse_date("2025-03-10").unwrap();
    let ids = ["A1", "A2", "A3", "A4", "A5"];
    let subjects = ids.map(|id| Subject::new(label(id), SubjectKind::Auxiliary));
    let mut late = Event::new(label("E2"), label("A2"), day, "late");
    late.count = 4;
    let events = [Event::new(label("E1"), label("A1"), day, "full-attendance"), late];
    let inquiry = Inquiry::new(march());
    let found = inquiry.ask(&engine(), &subjects, &events, |scored, _| AssessmentMonth::of(scored));
    let mut found = found.unwrap();
    for officer in ["P2", "P3"] {
        found.set(officer, Rate::parse("0.8").unwrap());
    }
    found
}

fn people() -> Vec<PersonMonth> {
    let auxiliary = |id, coefficient| person(id, PersonKind::Auxiliary, coefficient);
    let mut people = vec![
        auxiliary("A1", Fact::Missing),
        auxiliary("A2", Fact::Missing),
        // What the roster states agrees, or is an error of its row.
        auxiliary("A3", rate("1.20")),
        auxiliary("A1b", rate("1")),
        auxiliary("B1", Fact::Missing),
    ];
    for (id, stated) in [("A4", rate("1.1")), ("A5", Fact::NotApplicable)] {
        people.push(auxiliary(id, stated));
    }
    people.push(person("P1", PersonKind::Officer, Fact::Missing));
    // No line of an officer's pay takes a coefficient, unless the roster states one.
    people.push(person("P2", PersonKind::Officer, Fact::Missing));
    let mut stated = person("P3", PersonKind::Officer, Fact::Missing);
    stated.stated.insert(PayItem::BasePerformanceAward, Money::from_yuan(640).unwrap());
    people.push(stated);
    people
}

type Paid = Vec<Result<i128, Error>>;

/// The gross pay of each row, or its error, with batches of so many rows.
fn by_batch(people: &[PersonMonth], options: &BatchOptions, cut: usize) -> Paid {
    let engine = engine();
    let options = BatchOptions { on_error: OnError::Column, ..options.clone() };
    let batch = Batch::new(&engine, options).with_assessment(assessed()).unwrap();
    let table = table_of(people, march()).unwrap();
    let mut paid = Vec::new();
    for first in (0..table.num_rows()).step_by(cut) {
        let part = table.slice(first, cut.min(table.num_rows() - first));
        let view = batch.table(&part).unwrap();
        let months = batch.months(&view).unwrap();
        let mut buffers = zhenggong_arrow::ChunkBuffers::new();
        let plans = months.plans();
        batch.run_chunk(&mut buffers, &view, &plans, 0..part.num_rows()).unwrap();
        let gross = batch.run_after(&part, u64::try_from(first).unwrap()).unwrap();
        let gross = gross.column_by_name("gross").unwrap().as_primitive::<Decimal128Type>();
        for row in 0..part.num_rows() {
            paid.push(match buffers.errors().find(|(at, _)| *at == row) {
                Some((_, error)) => Err(error.clone()),
                None => Ok(gross.value(row)),
            });
        }
    }
    paid
}

#[test]
fn rows_are_paid_as_in_the_month_run() {
    let people = people();
    let numbered = (1..).zip(&people);
    let run = engine().month_run_with_assessment(numbered, march(), &assessed()).unwrap();
    let mut want: Paid = vec![Ok(0); people.len()];
    for row in &run.rows {
        want[usize::try_from(row.row).unwrap() - 1] = Ok(row.gross.fen().into());
    }
    for bad in &run.errors {
        want[usize::try_from(bad.row).unwrap() - 1] = Err(bad.error.clone());
    }
    let codes: Vec<_> = want.iter().map(|row| row.as_ref().map_err(Error::code).copied()).collect();
    let wrong = Err(ErrorCode::ContradictoryFacts);
    // 3000 + 800 times the coefficient.
    assert_eq!(
        codes,
        [
            Ok(396_000),
            Ok(364_000),
            Ok(396_000),
            Ok(380_000),
            Err(ErrorCode::MissingFact),
            wrong,
            wrong,
            Ok(0),
            Err(ErrorCode::NeedsDecision),
            Ok(64_000)
        ]
    );
    for options in
        [BatchOptions::default(), BatchOptions { month: Some(march()), ..BatchOptions::default() }]
    {
        let found = by_batch(&people, &options, people.len());
        for (row, (found, want)) in found.iter().zip(&want).enumerate() {
            match (found, want) {
                (Ok(found), Ok(want)) => assert_eq!(found, want, "row {row}"),
                (Err(found), Err(want)) => assert_eq!(found.to_json(), want.to_json()),
                other => panic!("row {row}: {other:?}"),
            }
        }
        // Errors count the rows of a chunk; amounts do not depend on where it is cut.
        for cut in [1, 3] {
            let amounts = |paid: &Paid| paid.iter().map(|r| r.clone().ok()).collect::<Vec<_>>();
            assert_eq!(amounts(&by_batch(&people, &options, cut)), amounts(&want));
        }
    }
}

#[test]
fn rows_of_another_month_and_tables_without_persons_are_refused() {
    let engine = engine();
    let text = |cells: [&str; 2]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    let kinds = ("kind", text(["辅警", "辅警"]));
    let months = ("month", text(["2025-03", "2025-04"]));
    let options = BatchOptions { on_error: OnError::Column, ..BatchOptions::default() };
    let batch = Batch::new(&engine, options).with_assessment(assessed()).unwrap();
    let without = RecordBatch::try_from_iter([kinds.clone(), months.clone()]).unwrap();
    let error = batch.run(&without).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::MissingColumn, Some("person")));
    let table =
        RecordBatch::try_from_iter([("person", text(["A1", "A1"])), kinds, months]).unwrap();
    let paid = batch.run(&table).unwrap();
    let codes = paid.column_by_name("error_code").unwrap();
    let codes = codes.as_primitive::<arrow_array::types::UInt16Type>();
    // The first row lacks other facts.
    assert_ne!(codes.value(0), ErrorCode::WrongMonth.number());
    assert_eq!((codes.is_null(1), codes.value(1)), (false, ErrorCode::WrongMonth.number()));
    let words = paid.column_by_name("error").unwrap().as_string::<i32>().value(1);
    assert!(words.contains("assessment") && words.contains("2025-04"), "{words}");
}

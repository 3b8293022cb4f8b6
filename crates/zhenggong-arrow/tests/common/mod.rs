//! People as texts, and the columns that say the same.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "test helpers, of which each test file uses a part"
)]

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal32Array, Decimal64Array, Decimal128Array, Decimal256Array,
    DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
    UInt32Array,
    cast::AsArray,
    types::{Decimal64Type, Decimal128Type, Int16Type, UInt16Type},
};
use arrow_buffer::i256;
use proptest::prelude::*;
use zhenggong::{
    Engine, ErrorCode, Result,
    calendar::Month,
    derivation::NoTrace,
    number::{Money, Rate},
    person::{FactText, Label, PersonMonth, stated_column},
    policy::{Evidence, Pack},
    settlement::{MonthPlan, Settled, Slip, settle},
    vocabulary::{PayItem, PersonKind, Vocabulary},
};

/// A person: texts by column.
pub type Texts = BTreeMap<String, String>;

/// An engine for the example city, whose packs have every standard; made once.
pub fn engine() -> &'static Engine {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let packs = Pack::national().into_iter().chain(Pack::example("example-city"));
        Engine::builder().packs(packs).accept(Evidence::Inferred).build().unwrap()
    });
    &ENGINE
}

/// All columns with their forms.
pub fn columns() -> Vec<(String, &'static str)> {
    let mut all = vec![("kind".to_owned(), "person-kind"), ("month".to_owned(), "month")];
    all.extend(PersonMonth::FACTS.iter().map(|f| (f.term.code.to_owned(), (f.form)())));
    all.extend(PayItem::ALL.iter().map(|item| (stated_column(*item).0, "money")));
    all
}

/// What `settle` gives for the person, read from the texts.
pub fn scalar(engine: &Engine, texts: &Texts) -> Result<(Slip, Settled)> {
    let label = Label::new("x").unwrap();
    let kind = PersonKind::read(&texts["kind"])?;
    let month = Month::read(&texts["month"])?;
    let mut person = PersonMonth::new(label.clone(), label, kind);
    for fact in PersonMonth::FACTS {
        person.set_text(fact.term.code, texts.get(fact.term.code).map_or("", String::as_str))?;
    }
    for item in PayItem::ALL {
        match texts.get(&stated_column(*item).0).map_or("", String::as_str) {
            "" => {}
            text => drop(person.stated.insert(*item, <Money as FactText>::read(text)?)),
        }
    }
    let snapshot = engine.snapshot(month)?;
    let mut slip = Slip::new();
    let settled = settle(&MonthPlan::new(&snapshot), &person, &mut NoTrace, &mut slip)?;
    Ok((slip, settled))
}

/// How the columns are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Text,
    LargeText,
    ViewText,
    Dictionary,
    /// Decimals of 32, 64, 128 or 256 bits with this scale, counts, dates.
    Typed(u16, i8),
}

fn digits(text: &str, scale: i8) -> i128 {
    let rate = Rate::parse(text).unwrap();
    let shift = scale - rate.scale() as i8;
    i128::from(rate.mantissa()) * 10i128.pow(u32::try_from(shift).unwrap())
}

pub fn array(texts: &[Option<String>], form: &str, encoding: Encoding) -> ArrayRef {
    let strs = texts.iter().map(Option::as_deref);
    let fits = |scale: i8| {
        strs.clone().flatten().all(|t| Rate::parse(t).is_ok_and(|r| r.scale() as i8 <= scale))
    };
    match (encoding, form) {
        (Encoding::Text, _) => Arc::new(strs.collect::<StringArray>()),
        (Encoding::LargeText, _) => Arc::new(strs.collect::<LargeStringArray>()),
        (Encoding::ViewText, _) => Arc::new(strs.collect::<StringViewArray>()),
        (Encoding::Typed(width, scale), "money" | "rate") if fits(scale) => {
            let all = strs.map(|t| t.map(|t| digits(t, scale)));
            match width {
                32 => {
                    let narrow = all.map(|v| v.map(|v| v as i32));
                    let array: Decimal32Array = narrow.collect();
                    Arc::new(array.with_precision_and_scale(9, scale).unwrap())
                }
                64 => {
                    let narrow = all.map(|v| v.map(|v| v as i64));
                    let array: Decimal64Array = narrow.collect();
                    Arc::new(array.with_precision_and_scale(18, scale).unwrap())
                }
                128 => {
                    let array: Decimal128Array = all.collect();
                    Arc::new(array.with_precision_and_scale(38, scale).unwrap())
                }
                _ => {
                    let array: Decimal256Array = all.map(|v| v.map(i256::from_i128)).collect();
                    Arc::new(array.with_precision_and_scale(76, scale).unwrap())
                }
            }
        }
        (Encoding::Typed(32, _), "count") => {
            Arc::new(strs.map(|t| t.map(|t| t.parse().unwrap())).collect::<UInt32Array>())
        }
        (Encoding::Typed(..), "count") => {
            Arc::new(strs.map(|t| t.map(|t| t.parse().unwrap())).collect::<Int64Array>())
        }
        (Encoding::Typed(..), "date") => {
            let days = |t: &str| {
                let day: chrono::NaiveDate = t.parse().unwrap();
                day.signed_duration_since(chrono::NaiveDate::default()).num_days() as i32
            };
            Arc::new(strs.map(|t| t.map(days)).collect::<Date32Array>())
        }
        _ => Arc::new(strs.collect::<DictionaryArray<Int16Type>>()),
    }
}

/// The people as a table; columns that nobody fills are left out.
pub fn record_batch(people: &[Texts], encoding: Encoding) -> RecordBatch {
    let mut fields: Vec<(String, ArrayRef)> = Vec::new();
    for (name, form) in columns() {
        let cell = |p: &Texts| p.get(&name).filter(|t| !t.is_empty()).cloned();
        let cells: Vec<_> = people.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) || name == "kind" || name == "month" {
            fields.push((name, array(&cells, form, encoding)));
        }
    }
    let id = |n: usize| Some(format!("{n:04}"));
    let ids: Vec<_> = (0..people.len()).map(id).collect();
    fields.push(("person".into(), array(&ids, "text", Encoding::Text)));
    RecordBatch::try_from_iter(fields).unwrap()
}

/// Texts that a cell of this form can hold; with `odd`, also what only text can say.
pub fn choices(form: &str, odd: bool) -> Vec<&'static str> {
    let mut all = match form {
        "money" => vec!["0", "0.01", "1234.5", "3499.99", "20000.00", "17500"],
        "rate" => vec!["0.05", "0.08", "0.12", "0.07", "0.1", "0.061", "1.15"],
        "count" => vec!["1", "1", "3", "2", "0"],
        "date" => vec!["2015-06-30", "2016-03-01", "2025-03-15"],
        "level-step" => vec!["25-1", "25-3", "27-1"],
        "text" => vec!["值班员", "巡逻员"],
        "month" => vec!["2021-03", "2021-03", "2021-03", "2021-07", "2025-03", "2016-03"],
        "person-kind" => vec!["民警", "officer", "officer", "辅警"],
        "police-rank" => vec!["三级警司", "一级警督", "constable-second-class"],
        "rank-event" => vec!["授予", "晋升", "不予保留"],
        "duty-type" => vec!["一线执法勤务", "综合管理"],
        "post-tier" => vec!["科员", "科员", "科员", "乡科级正职"],
        "post-kind" => vec!["非领导职务", "非领导职务", "领导职务"],
        "auxiliary-grade" => vec!["见习", "六级", "grade-1", "六级", "七级"],
        "withholding-method" => vec!["按任职受雇月份", "first-job-in-year"],
        "risk-class" => vec!["一类", "class-2"],
        "float-step" => vec!["基准", "up-120"],
        "fund-start" => vec!["新参加工作", "transferee"],
        "bonus-election" => vec!["单独计税", "merge"],
        other => panic!("no choices for {other}"),
    };
    if odd {
        all.extend(["无", "n/a", "?"]);
        if matches!(form, "money" | "rate" | "count") {
            all.extend(["-1", "1.0000000001"]);
        }
    }
    all
}

/// A person of whom any fact may be missing.
pub fn person(odd: bool) -> impl Strategy<Value = Texts> {
    let cells: Vec<_> = columns()
        .into_iter()
        .map(|(name, form)| {
            let needed = matches!(name.as_str(), "kind" | "month");
            let rare = ["rank_", "previous_", "year_end_bonus"];
            let common = !rare.iter().any(|part| name.contains(part));
            // Either fact of the fund's start needs the other, so that few rows should have one.
            let share = match common {
                _ if name.starts_with("fund_start") => 0.05,
                true => 0.98,
                false => 0.3,
            };
            let odd = odd && !needed;
            let usual = prop::sample::select(choices(form, false));
            let any = prop::sample::select(choices(form, odd));
            let text = prop_oneof![200 => usual, 1 => any];
            let text = if needed {
                text.prop_map(Some).boxed()
            } else {
                prop::option::weighted(share, text).boxed()
            };
            (Just(name), text)
        })
        .collect();
    // Either most amounts are stated or none is, so that rules run and rows succeed.
    (cells, any::<bool>()).prop_map(|(cells, stated)| {
        let kept = cells.into_iter().filter(|(name, _)| stated || !name.starts_with("stated_"));
        kept.filter_map(|(name, text)| Some((name, text?.to_owned()))).collect()
    })
}

pub fn people(odd: bool, most: usize) -> impl Strategy<Value = Vec<Texts>> {
    prop::collection::vec(person(odd), 0..most)
}

/// The amount of a row.
pub fn amount(paid: &RecordBatch, name: &str, row: usize) -> Option<Money> {
    let column = paid.column_by_name(name).unwrap();
    column.is_valid(row).then(|| match column.as_primitive_opt::<Decimal64Type>() {
        Some(narrow) => Money::from_fen(narrow.value(row)),
        None => Money::from_fen(column.as_primitive::<Decimal128Type>().value(row) as i64),
    })
}

/// Whether all amounts have the digits of the columns.
fn fits(slip: &Slip, settled: Settled) -> bool {
    let Settled { gross, deductions, net, employer_cost, .. } = settled;
    let lines = slip.lines().map(|(_, amount, _)| amount);
    let mut all = lines.chain([gross, deductions, net, employer_cost]);
    all.all(|amount| amount.fen().unsigned_abs() < 10u64.pow(18))
}

/// Compares every row with `settle`.
pub fn check(engine: &Engine, people: &[Texts], paid: &RecordBatch) {
    assert_eq!(paid.num_rows(), people.len());
    let codes = paid.column_by_name("error_code").unwrap().as_primitive::<UInt16Type>();
    let texts = paid.column_by_name("error").unwrap().as_string::<i32>();
    for (row, person) in people.iter().enumerate() {
        let totals = ["gross", "deductions", "net", "employer_cost"];
        let totals = totals.map(|name| amount(paid, name, row));
        match scalar(engine, person) {
            // A record can hold what is beyond the digits of a column.
            Ok((slip, settled)) if !fits(&slip, settled) => {
                assert_eq!(codes.value(row), ErrorCode::NumberOutOfRange.number(), "row {row}");
                assert_eq!(totals, [None; 4]);
            }
            Ok((slip, settled)) => {
                assert!(codes.is_null(row), "row {row}: {}", texts.value(row));
                let Some(gross) = totals[0] else { panic!("no gross in row {row}") };
                assert_eq!(gross, settled.gross);
                assert_eq!(
                    totals[1..],
                    [settled.deductions, settled.net, settled.employer_cost].map(Some)
                );
                for item in PayItem::ALL {
                    let name = item.code().replace('-', "_");
                    assert_eq!(amount(paid, &name, row), slip.get(*item), "{item} in row {row}");
                }
            }
            Err(error) => {
                assert_eq!(codes.value(row), error.code().number(), "{error} in row {row}");
                let text = texts.value(row);
                assert!(text.starts_with(&format!("row {}, person {row:04}", row + 1)), "{text}");
                assert_eq!(totals, [None; 4]);
                for item in PayItem::ALL {
                    assert_eq!(amount(paid, &item.code().replace('-', "_"), row), None);
                }
            }
        }
    }
}

//! Pay of many people at once, from Arrow record batches.
//!
//! Nothing is computed here: a row of typed columns is a [`Facts`](zhenggong::person::Facts). Officers
//! whose months have the same parameters are settled by column
//! ([`SlipColumns`](zhenggong::settlement::SlipColumns)), all other rows, and those whose pay can't be
//! computed, one by one by [`zhenggong::settlement::settle`]; both run the same lines in the same
//! order, written once. What this crate adds is the way in and out: columns are read in chunks of
//! [`ChunkBuffers::ROWS`] rows into buffers that are used again, terms are looked up once per distinct
//! text, parameters once per month, and amounts leave as decimal columns. A row that can be computed
//! costs no allocation.
//!
//! # Columns
//!
//! | Column | Types |
//! |---|---|
//! | `kind` (required) | text: utf8, large utf8, utf8 view, or a dictionary of one of them |
//! | `month`, unless [`BatchOptions::month`] is set | text `2025-03`, or `date32` of the first day |
//! | `person`, `unit` | text; named in errors and passed through, as `month` is |
//! | facts, by [`PersonMonth::FACTS`](zhenggong::person::PersonMonth::FACTS) | text for all; decimals of any width and scale for money and rates; integers for counts; `date32` for dates |
//! | `stated_post_pay` and so on | decimals or text |
//!
//! A column may have its Chinese name instead, as in a roster. Null and empty text are missing facts, `无` and `n/a` say that a fact does not apply. Decimals are
//! rescaled exactly or refused. Float columns are refused.
//!
//! Where there is a column `person`, nobody is paid twice in a month: a further row of the same person is the error
//! `DuplicatePerson`, see [`BatchOptions::allow_repeats`].
//!
//! # Examples
//!
//! ```
//! use std::sync::Arc;
//! use arrow_array::{Array, RecordBatch, StringArray, cast::AsArray, types::Decimal128Type};
//! use zhenggong::{Engine, policy::Pack};
//! use zhenggong_arrow::{Batch, BatchOptions};
//!
//! let engine = Engine::builder().packs(Pack::national()).build()?;
//! let column = |text: &str| Arc::new(StringArray::from(vec![text.to_owned()])) as Arc<dyn Array>;
//! let mut columns = vec![
//!     ("kind", column("民警")), ("month", column("2016-03")), ("rank", column("无")),
//!     ("stated_post_pay", column("510.00")), ("stated_level_pay", column("790.00")),
//! ];
//! for item in ["pension", "occupational_annuity", "medical", "housing_fund", "income_tax"] {
//!     columns.push((Box::leak(format!("stated_{item}").into_boxed_str()), column("0")));
//! }
//! let people = RecordBatch::try_from_iter(columns).unwrap();
//! let paid = Batch::new(&engine, BatchOptions::default()).run(&people)?;
//! let net = paid.column_by_name("net").unwrap().as_primitive::<Decimal128Type>();
//! assert_eq!(net.value(0), 130_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod assessment;
mod batch;
mod cell;
mod chunk;
mod column;
mod csv;
mod decimal;
mod facts;
mod ids;
mod lists;
mod memo;
mod months;
mod names;
mod once;
mod options;
mod output;
mod records;
mod rule_rows;
mod schema;
mod table;
mod text;

pub use self::{
    batch::{Batch, RowNotes},
    chunk::ChunkBuffers,
    csv::{Cells, cells, to_csv},
    lists::{json_rows, list_table},
    months::{Months, Plans},
    names::key as column_key,
    once::Seen,
    options::{BatchOptions, DecimalWidth, OnError, Total},
    records::{Line, People, people, table_of, table_of_lines},
    rule_rows::{evaluate_records, evaluate_rows},
    table::Table,
};

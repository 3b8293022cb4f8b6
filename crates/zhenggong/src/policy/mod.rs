//! Policy data: packs of dated, sourced values, and the book that resolves them.
//!
//! A [`Pack`] is one TOML file of a place's values. It belongs to a [`Layer`] and names its parent, so
//! that packs form a tree from the nation down to a unit. Every value names a [`Source`] and has two
//! times: from when it holds (`from`, `to`) and when it was issued.
//!
//! The [`PolicyBook`] holds packs and answers for one month, one place, and one known-on date with a
//! [`Snapshot`]: plain typed parameters, each field with its [`Citation`].
//!
//! # How a value is found
//!
//! Values of one rule, field and layer that start on the same day form an *edition*. An edition ends
//! where its `to` says, or where the next edition starts. Inside an edition a value issued later
//! corrects an earlier one. An edition replaces the one before it as a whole: a table that lacks a
//! cell never falls back on the older table. The lowest layer that has an edition for the month wins.
//! Evidence is looked at last: where the edition in force is not accepted, the answer is an error and
//! never an older edition.

mod book;
mod bounds;
mod citation;
mod evaluate;
mod evidence;
mod field;
mod fields;
mod layer;
mod lint;
mod node;
mod pack;
mod pack_reader;
mod rule_info;
mod snapshot;
mod source;
mod table;

pub use self::{
    book::{LintError, PolicyBook, Query},
    citation::{Citation, CiteId, Sourced},
    evidence::Evidence,
    field::{Choice, FieldSpec, FieldType, Scope, field},
    fields::Fields,
    layer::Layer,
    node::Node,
    pack::{Pack, ValueEntry},
    rule_info::{InputSpec, Parameters, RuleInfo},
    snapshot::Snapshot,
    source::Source,
    table::{Keyed, Table},
};
pub(crate) use self::{
    citation::CitationJson,
    evaluate::{Evaluate, EvaluateMonths, Evaluator, Months, ReadAndEvaluate},
    rule_info::resolve_as,
};

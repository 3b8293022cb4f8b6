//! Facts about people.
//!
//! A [`PersonMonth`] holds what is known of one person for one month. Missing, zero and not
//! applicable are three things: see [`Fact`]. Rules read facts through the [`Facts`] trait, so a row
//! of a table serves them as well as a record does.

mod document;
mod fact;
mod fact_text;
pub(crate) mod id;
mod json;
mod once;
mod person_month;
mod plain_words;

pub use self::{
    document::document,
    fact::Fact,
    fact_text::{FactText, Label},
    person_month::{FactSpec, Facts, PersonMonth, stated_column},
};
pub(crate) use self::{fact::missing, json::from_json, person_month::fact_zh};

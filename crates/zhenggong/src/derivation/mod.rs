//! Derivations: why an amount is what it is.
//!
//! A rule is generic over a [`Trace`] and tells it what it does, step by step. With [`NoTrace`] that
//! compiles to nothing, so the batch runs the very same function. With a [`Recorder`] each step is
//! kept as static ids and plain values; no text is made until someone reads the [`Derivation`], which
//! renders as indented text in Chinese or English, and as JSON.

mod id;
mod json;
mod label;
mod language;
mod record;
mod render;
mod step;
mod trace;
mod value;

use std::sync::Arc;

pub(crate) use self::json::DerivationJson;
pub use self::{
    id::Id,
    label::Label,
    language::Language,
    step::{Op, Step},
    trace::{NoTrace, Recorder, Trace},
    value::Value,
};
use crate::policy::{Citation, CiteId, Evidence, Snapshot};

/// The recorded steps of a computation, with the snapshot that they cite.
#[derive(Debug, Clone)]
pub struct Derivation {
    records: record::Records,
    snapshot: Arc<Snapshot>,
}

impl Derivation {
    /// Makes a derivation from recorded steps and the snapshot whose citations they name.
    #[must_use]
    pub fn new(steps: impl IntoIterator<Item = Step>, snapshot: Arc<Snapshot>) -> Self {
        let mut records = record::Records::default();
        steps.into_iter().for_each(|step| records.push(step));
        Self { records, snapshot }
    }

    /// Returns the steps in the order in which the rules took them.
    pub fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.records.steps()
    }

    fn all(&self) -> Vec<Step> {
        self.steps().collect()
    }

    /// Returns the snapshot whose citations the steps name.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Returns the text in this language, indented, one line a fact.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        render::text(&self.all(), &self.snapshot, language)
    }

    /// Returns the tree of lines as JSON, with names in both languages and every citation in full.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        crate::schema::written(&self.json())
    }

    pub(crate) fn json(&self) -> DerivationJson<'_> {
        DerivationJson::of(&self.all(), &self.snapshot)
    }

    /// Returns the weakest evidence of all values used, or none where no policy value was used.
    #[must_use]
    pub fn weakest_evidence(&self) -> Option<Evidence> {
        self.cited().map(Citation::evidence).max()
    }

    fn cited(&self) -> impl Iterator<Item = &Citation> {
        let cites = self.steps().filter_map(|step| step.cite());
        cites.filter_map(|id: CiteId| self.snapshot.citation(id))
    }
}

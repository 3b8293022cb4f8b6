//! Citations: where a resolved value comes from.

use std::sync::Arc;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    calendar::PartialDate,
    derivation::Language,
    policy::{Evidence, Layer, Source},
    schema,
};

/// The number of a citation in its snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CiteId(pub(crate) u32);

/// A policy value with the number of its citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Its citation in the snapshot.
    pub cite: CiteId,
}

/// Where a value comes from: document, clause, evidence, layer, validity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub(crate) source: Arc<Source>,
    pub(crate) clause: String,
    pub(crate) evidence: Evidence,
    pub(crate) layer: Layer,
    pub(crate) place: Arc<str>,
    pub(crate) rule: &'static str,
    pub(crate) field: &'static str,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) note: Option<String>,
}

impl Citation {
    /// Returns the document.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Returns the clause of the document.
    #[must_use]
    pub fn clause(&self) -> &str {
        &self.clause
    }

    /// Returns how well the text was seen.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// Returns the layer that set the value.
    #[must_use]
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// Returns the name of the place that set the value.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the rule and the field that the value belongs to.
    #[must_use]
    pub fn field(&self) -> (&'static str, &'static str) {
        (self.rule, self.field)
    }

    /// Returns the first day on which the value holds.
    #[must_use]
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// Returns the last day on which the value holds, where one is stated.
    #[must_use]
    pub fn to(&self) -> Option<NaiveDate> {
        self.to
    }

    /// Returns the pack's remark on the value: a conflict of sources, a reading that was chosen.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Returns one line: document, number, clause, evidence, layer, validity.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let Self { source, clause, evidence, layer, place, from, to, .. } = self;
        let name = source.name();
        // The nation is its own place and is not named twice.
        let whose = |layer: &str| {
            if **place == *Layer::National.zh() || place.is_empty() {
                layer.to_owned()
            } else {
                format!("{layer} {place}")
            }
        };
        match language {
            Language::Zh => {
                let validity =
                    to.map_or_else(|| format!("{from} 起"), |to| format!("{from} 至 {to}"));
                let (layer, evidence) = (whose(layer.zh()), evidence.zh());
                format!("{name}，{clause} · 证据：{evidence} · {layer} · {validity}")
            }
            Language::En => {
                let validity =
                    to.map_or_else(|| format!("from {from}"), |to| format!("{from} to {to}"));
                let (layer, evidence) = (whose(layer.en()), evidence.en());
                format!("{name}, {clause} · {evidence} evidence · {layer} · {validity}")
            }
        }
    }

    /// Returns the citation as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        schema::written(&self.json())
    }

    pub(crate) fn json(&self) -> CitationJson<'_> {
        CitationJson {
            title: &self.source.title,
            number: self.source.number.as_deref(),
            issuer: self.source.issuer.as_deref(),
            issued: self.source.issued,
            clause: &self.clause,
            evidence: self.evidence,
            layer: self.layer,
            place: &self.place,
            from: self.from.to_string(),
            to: self.to.map(|d| d.to_string()),
            note: self.note.as_deref(),
        }
    }
}

/// 依据. Where a value comes from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Citation")]
pub(crate) struct CitationJson<'a> {
    /// 文件名称. Title of the document.
    title: &'a str,
    /// 文号. Its number, where it has one.
    number: Option<&'a str>,
    /// 发文机关. Who issued it.
    issuer: Option<&'a str>,
    /// 发文日期. When it was issued, as exactly as is known.
    issued: PartialDate,
    /// 条款. The clause.
    clause: &'a str,
    /// 证据等级. How well the text was seen.
    evidence: Evidence,
    /// 层级. The layer that set the value.
    layer: Layer,
    /// 地方. The place that set the value.
    place: &'a str,
    /// 起始日. The first day on which the value holds.
    #[schemars(with = "schema::Date")]
    from: String,
    /// 截止日. The last day on which the value holds, where one is stated.
    #[schemars(with = "Option<schema::Date>")]
    to: Option<String>,
    /// 备注. The pack's remark: a conflict of sources, a reading that was chosen.
    note: Option<&'a str>,
}

//! Snapshots: the book resolved for one month and place.

use std::{any::Any, sync::Arc};

use super::{Citation, CiteId, Parameters, Query, RuleInfo};
use crate::{
    Error, ErrorCode, Result, assessment::Schemes, auxiliary::PayPlan, catalogue,
    derivation::Language,
};

#[derive(Debug, Clone)]
pub(super) enum Resolved {
    Ready(Arc<dyn Any + Send + Sync>),
    Missing(Error),
}

/// The parameters of all rules for one month, place and known-on date. Made once, read by every row.
#[derive(Debug, Clone)]
pub struct Snapshot {
    query: Query,
    book: String,
    pub(super) rules: Vec<Resolved>,
    citations: Vec<Citation>,
}

impl Snapshot {
    pub(super) fn new(query: Query, book: String) -> Self {
        Self { query, book, rules: Vec::new(), citations: Vec::new() }
    }

    pub(super) fn add_citation(&mut self, citation: Citation) -> CiteId {
        let at = self.citations.iter().position(|c| *c == citation).unwrap_or_else(|| {
            self.citations.push(citation);
            self.citations.len() - 1
        });
        CiteId(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// Returns the parameters of this type.
    ///
    /// # Errors
    ///
    /// The policy error that kept them from being made: `ValueGap`, `EvidenceNotAccepted`,
    /// `NoSuchStandard` and the like.
    pub fn get<P: Parameters>(&self) -> Result<&P> {
        let rule = P::rule();
        match self.resolved(rule) {
            Some(Resolved::Ready(parameters)) => {
                parameters.downcast_ref::<P>().ok_or_else(|| other_type(rule.id()))
            }
            Some(Resolved::Missing(error)) => Err(error.clone()),
            None => Err(Error::new(ErrorCode::UnknownRule).arg("rule", rule.id())),
        }
    }

    /// Returns the parameters of this type where there are some. Asking is cheaper than an error.
    pub(crate) fn ready<P: Parameters>(&self) -> Option<&P> {
        match self.resolved(P::rule()) {
            Some(Resolved::Ready(parameters)) => parameters.downcast_ref(),
            _ => None,
        }
    }

    fn resolved(&self, rule: &RuleInfo) -> Option<&Resolved> {
        // Rules are statics: the same one stands at the same place.
        let at = catalogue::RULES.iter().position(|other| std::ptr::eq(*other, rule));
        self.rules.get(at?)
    }

    /// Returns what was asked.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Returns the digest of the book.
    #[must_use]
    pub fn book_digest(&self) -> &str {
        &self.book
    }

    /// Returns a citation by its number.
    #[must_use]
    pub fn citation(&self, id: CiteId) -> Option<&Citation> {
        self.citations.get(usize::try_from(id.0).ok()?)
    }

    /// Returns the name that a pack gives to a line or post of the pay plan.
    #[must_use]
    pub fn pack_name(&self, id: u16, language: Language) -> &str {
        self.get::<PayPlan>().ok().and_then(|plan| plan.name(id, language)).unwrap_or("?")
    }

    /// Returns the code that a pack gives to a line or post of the pay plan.
    #[must_use]
    pub fn pack_code(&self, id: u16) -> &str {
        self.get::<PayPlan>().ok().and_then(|plan| plan.code(id)).unwrap_or("?")
    }

    /// Returns the name that a scheme of assessment gives to one of its parts.
    #[must_use]
    pub fn scheme_name(&self, id: u32, language: Language) -> &str {
        let name = self.get::<Schemes>().ok().and_then(|schemes| schemes.name(id));
        name.map_or("?", |name| match language {
            Language::Zh => &name.zh,
            Language::En => &name.en,
        })
    }

    /// Returns the code that a scheme of assessment gives to one of its parts.
    #[must_use]
    pub fn scheme_code(&self, id: u32) -> &str {
        let name = self.get::<Schemes>().ok().and_then(|schemes| schemes.name(id));
        name.map_or("?", |name| &name.code)
    }
}

#[cold]
fn other_type(id: &str) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", format!("{id} has another type"))
}

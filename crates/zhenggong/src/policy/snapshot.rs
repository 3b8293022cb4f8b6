//! Snapshots: the book resolved for one month and place.

use std::{any::Any, sync::Arc};

use super::{Citation, CiteId, Parameters, Query};
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
        let id = P::rule().id();
        let at = catalogue::RULES.iter().position(|r| r.id() == id);
        match at.and_then(|at| self.rules.get(at)) {
            Some(Resolved::Ready(parameters)) => parameters.downcast_ref::<P>().ok_or_else(|| {
                Error::new(ErrorCode::Internal).arg("detail", format!("{id} has another type"))
            }),
            Some(Resolved::Missing(error)) => Err(error.clone()),
            None => Err(Error::new(ErrorCode::UnknownRule).arg("rule", id)),
        }
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

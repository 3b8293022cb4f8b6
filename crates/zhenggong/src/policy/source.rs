//! Sources of values.

use crate::{calendar::PartialDate, policy::Evidence};

/// A document that values cite.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// Short id, unique in its file.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Document number, such as 人社部发〔2016〕11号, where it has one.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// When it was issued, as exactly as is known. It counts as known from the last day this can mean.
    pub issued: PartialDate,
    /// Where a copy was seen.
    pub url: Option<String>,
    /// How well the text itself was seen.
    pub evidence: Evidence,
}

impl Source {
    /// Returns title and number in one line.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("{}（{number}）", self.title),
            None => self.title.clone(),
        }
    }
}

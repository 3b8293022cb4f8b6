//! The fields of one rule, in force for a snapshot.

use std::{any::Any, collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{CiteId, FieldType, Parameters, RuleInfo, Snapshot};
use crate::{Error, ErrorCode, Result, calendar::Month};

/// What the packs say for the fields of one rule; parameter types are made from it.
pub struct Fields<'a> {
    pub(super) rule: &'static RuleInfo,
    pub(super) found: &'a BTreeMap<&'static str, Result<Option<Arc<dyn Any + Send + Sync>>>>,
    pub(super) snapshot: &'a Snapshot,
}

impl std::fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "fields of {}", self.rule.id())
    }
}

impl Fields<'_> {
    /// Returns the field's value in force.
    ///
    /// # Errors
    ///
    /// `ValueGap`, `EvidenceNotAccepted` or `OutOfBounds` where the packs have the field but not for
    /// this month and caller; `NoSuchStandard` where no pack has it.
    pub fn get<T: FieldType>(&self, key: &'static str) -> Result<T::Resolved> {
        self.optional::<T>(key)?.ok_or_else(|| {
            // What was issued later is not known yet, however many packs have it.
            let known_on = self.snapshot.query().known_on;
            let known = known_on.map_or(String::new(), |day| format!("（截至 {day} 所知）"));
            let known_en = known_on.map_or(String::new(), |day| format!(" (as known on {day})"));
            Error::new(ErrorCode::NoSuchStandard)
                .arg_in(
                    "value",
                    format!("{} {key}{known}", self.rule.term.zh),
                    format!("{} {key}{known_en}", self.rule.term.en),
                )
                .rule(self.rule.id())
                .field(key)
        })
    }

    /// Returns the field's value in force, or none where no pack has the field at all.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), but for `NoSuchStandard`.
    pub fn optional<T: FieldType>(&self, key: &'static str) -> Result<Option<T::Resolved>> {
        match self.found.get(key) {
            None => Ok(None),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(None)) => Ok(None),
            Some(Ok(Some(value))) => match value.downcast_ref::<T::Resolved>() {
                Some(value) => Ok(Some(value.clone())),
                None => Err(Error::new(ErrorCode::Internal)
                    .arg("detail", format!("field {key} has another type"))),
            },
        }
    }

    /// Returns the parameters of another rule in force beside these: one that stands before this rule in the
    /// catalogue.
    ///
    /// # Errors
    ///
    /// Those of the other rule, and `UnknownRule` for one that stands after this one.
    pub(crate) fn beside<P: Parameters>(&self) -> Result<&P> {
        self.snapshot.get()
    }

    /// Returns the first day of the edition that a value belongs to, to name it in errors.
    #[must_use]
    pub fn start_of(&self, cite: CiteId) -> Option<NaiveDate> {
        self.snapshot.citation(cite).map(super::Citation::from)
    }

    /// Returns the month that the fields are in force for.
    #[must_use]
    pub fn month(&self) -> Month {
        self.snapshot.query().month
    }

    /// Returns an error of a table's shape, for `resolve` of parameter types; the detail is written as
    /// `中文 / English`.
    #[must_use]
    pub fn shape_error(&self, detail: impl std::fmt::Display) -> Error {
        Error::new(ErrorCode::TableShape).arg_both("detail", detail).rule(self.rule.id())
    }
}

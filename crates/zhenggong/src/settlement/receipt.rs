//! Receipts: what a result was computed with.

use serde_json::json;

use crate::{calendar::Month, engine::Engine};

/// What a result was computed with, so that it can be computed again: library version, pack digest,
/// place, month, known-on date, accepted evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// Version of this library.
    pub library: &'static str,
    /// SHA-256 over the digests of all packs.
    pub packs: String,
    /// Id of the place.
    pub place: String,
    /// The month.
    pub month: Month,
    /// The known-on date, where one was set.
    pub known_on: Option<chrono::NaiveDate>,
    /// The weakest evidence that was accepted.
    pub accept: crate::policy::Evidence,
}

impl Receipt {
    /// Makes the receipt of an engine's answers for a month.
    #[must_use]
    pub fn of(engine: &Engine, month: Month) -> Self {
        Self {
            library: env!("CARGO_PKG_VERSION"),
            packs: engine.book().digest().to_owned(),
            place: engine.place().to_owned(),
            month,
            known_on: engine.known_on(),
            accept: engine.accepted_evidence(),
        }
    }

    /// Returns the receipt as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "library": self.library, "packs": self.packs, "place": self.place,
            "month": self.month.to_string(), "known_on": self.known_on.map(|d| d.to_string()),
            "accept": self.accept.code(),
        })
    }
}

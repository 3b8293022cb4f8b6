//! Snapshots for examples and tests.

use crate::{
    Result,
    calendar::Month,
    policy::{Evidence, Pack, PolicyBook, Query, Snapshot},
};

/// Returns the national snapshot of a month, all evidence accepted.
///
/// # Errors
///
/// `InvalidMonth`; a policy error where the built-in packs are broken.
pub fn national(month: &str) -> Result<Snapshot> {
    snapshot(Vec::new(), "national", month)
}

/// Returns the snapshot of a month for a place, with the national packs and these.
///
/// # Errors
///
/// `InvalidMonth`, `UnknownPlace`, and policy errors of the packs.
pub fn snapshot(packs: Vec<Pack>, place: &str, month: &str) -> Result<Snapshot> {
    let mut all = Pack::national();
    all.extend(packs);
    let book = PolicyBook::new(all);
    book.check()?;
    book.snapshot(&Query {
        place: place.to_owned(),
        month: Month::parse(month)?,
        known_on: None,
        accept: Evidence::Inferred,
    })
}

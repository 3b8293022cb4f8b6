//! The ids in the columns `person` and `unit` of a table of people.

use std::ops::Range;

use zhenggong::{Error, person::Label};

use crate::{table::Table, text::Texts};

/// Returns whether a text is somebody's id, and not blank, `无` or no id at all.
pub(crate) fn is_id(text: &str) -> bool {
    matches!(Label::is_optional_id(text), Ok(true))
}

/// Tells of each of these rows whose person or unit is written, but is no id. A row may have neither.
pub(crate) fn check(table: &Table<'_>, rows: &Range<usize>, mut tell: impl FnMut(usize, Error)) {
    for (key, array) in [("person", table.person), ("unit", table.unit)] {
        let Some(texts) = array.and_then(Texts::of) else { continue };
        // People of one unit often stand together.
        let mut last = "";
        for (at, row) in rows.clone().enumerate() {
            let Some(text) = texts.get(row).filter(|text| *text != last) else { continue };
            match Label::is_optional_id(text) {
                Ok(_) => last = text,
                Err(error) => tell(at, error.field(key)),
            }
        }
    }
}

//! The ids in the columns `person` and `unit` of a table of people.

use std::ops::Range;

use zhenggong::{Error, Result, person::Label};

use crate::{table::Table, text::Texts};

/// Returns whether a text is somebody's id, and not blank, `无` or no id at all.
pub(crate) fn is_id(text: &str) -> bool {
    is_plain(text) || matches!(Label::optional_id(text), Ok(Some(_)))
}

/// Tells of each of these rows whose person or unit is written, but is no id. A row may have neither.
pub(crate) fn check(table: &Table<'_>, rows: &Range<usize>, mut tell: impl FnMut(usize, Error)) {
    for (key, array) in [("person", table.person), ("unit", table.unit)] {
        let Some(texts) = array.and_then(Texts::of) else { continue };
        // People of one unit often stand together.
        let mut last = "";
        for (at, row) in rows.clone().enumerate() {
            let Some(text) = texts.get(row).filter(|text| *text != last) else { continue };
            match read(text) {
                Ok(()) => last = text,
                Err(error) => tell(at, error.field(key)),
            }
        }
    }
}

fn read(text: &str) -> Result<()> {
    if is_plain(text) {
        return Ok(());
    }
    Label::optional_id(text).map(drop)
}

/// Returns whether a text is an id at first sight, as most are: no word for nothing has a digit or more
/// than six bytes. Control characters are below the blank, at 0x7f, or behind a byte 0xc2.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= Label::MAX_CHARS
        && bytes.iter().all(|byte| *byte >= b' ' && ![0x7f, 0xc2].contains(byte))
        && (bytes.iter().any(u8::is_ascii_digit) || text.trim().len() > 6)
}

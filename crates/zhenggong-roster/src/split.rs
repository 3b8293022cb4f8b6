//! Splits a line into cells, strictly.
//!
//! The usual CSV readers take a misplaced quotation mark as text or let an open one swallow the lines
//! after it. In a pay roster both hide a fault, so here each is one, at its exact place.

use std::borrow::Cow;

/// A cell of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// The byte of the line where the cell starts, with its quotation mark where it has one.
    pub(crate) start: usize,
    /// The text without the marks around it.
    pub(crate) text: Cow<'a, str>,
}

/// A quotation mark in the wrong place, or text where none may be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct QuoteFault {
    /// The byte of the line.
    pub(crate) at: usize,
    /// What is wrong, in both languages.
    pub(crate) detail: (&'static str, &'static str),
}

/// Fills `cells` with the cells of the line, which has no line end.
pub(crate) fn split<'a>(line: &'a str, cells: &mut Vec<Cell<'a>>) -> Result<(), QuoteFault> {
    cells.clear();
    let mut rest = line;
    loop {
        let start = line.len() - rest.len();
        let (text, after) = match rest.strip_prefix('"') {
            Some(inside) => quoted(inside, start)?,
            None => plain(rest, start)?,
        };
        cells.push(Cell { start, text });
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Ok(()),
        }
    }
}

/// Returns the text up to the next comma, and what follows.
fn plain(rest: &str, start: usize) -> Result<(Cow<'_, str>, &str), QuoteFault> {
    let (text, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
    match text.find('"') {
        None => Ok((Cow::Borrowed(text), after)),
        Some(at) => Err(QuoteFault {
            at: start + at,
            detail: ("未加引号的字段中有引号", "a mark inside an unquoted field"),
        }),
    }
}

/// Returns the text up to the closing mark, and what follows it: a comma or nothing.
fn quoted(inside: &str, start: usize) -> Result<(Cow<'_, str>, &str), QuoteFault> {
    let mut text = Cow::Borrowed("");
    let mut rest = inside;
    loop {
        let Some((part, after)) = rest.split_once('"') else {
            return Err(QuoteFault {
                at: start,
                detail: ("引号在本行内没有结束", "the mark is not closed on its line"),
            });
        };
        text += part;
        if let Some(more) = after.strip_prefix('"') {
            text += "\"";
            rest = more;
        } else if after.is_empty() || after.starts_with(',') {
            return Ok((text, after));
        } else {
            return Err(QuoteFault {
                at: start + 1 + inside.len() - after.len(),
                detail: ("结束引号后还有文字", "text after a closing mark"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(line: &str) -> Vec<(usize, String)> {
        let mut cells = Vec::new();
        split(line, &mut cells).unwrap();
        cells.into_iter().map(|c| (c.start, c.text.into_owned())).collect()
    }

    fn fault(line: &str) -> usize {
        split(line, &mut Vec::new()).unwrap_err().at
    }

    #[test]
    fn cells_know_where_they_start() {
        let owned = |pairs: &[(usize, &str)]| {
            pairs.iter().map(|(at, text)| (*at, (*text).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(cells(""), owned(&[(0, "")]));
        assert_eq!(cells("a,,b"), owned(&[(0, "a"), (2, ""), (3, "b")]));
        assert_eq!(cells("\"a,b\",c,"), owned(&[(0, "a,b"), (6, "c"), (8, "")]));
        assert_eq!(cells("\"\",\"\"\"\",\"x\"\"y\""), owned(&[(0, ""), (3, "\""), (8, "x\"y")]));
    }

    #[test]
    fn each_fault_is_at_its_mark() {
        assert_eq!(fault("a,b\"c"), 3);
        assert_eq!(fault("a\""), 1);
        assert_eq!(fault("a,\"b"), 2);
        assert_eq!(fault("a,\"b\"\""), 2);
        assert_eq!(fault("a,\"b\"c,d"), 5);
        assert_eq!(fault("\"a\" ,b"), 3);
        assert_eq!(fault("a, \"b\""), 3);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_split_alike(
            table in prop::collection::vec("[a,\" 警]{0,6}", 1..6),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(&table).unwrap();
            let line = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let found: Vec<_> = cells(line.trim_end_matches('\n')).into_iter().map(|c| c.1).collect();
            prop_assert_eq!(found, table);
        }

        #[test]
        fn where_the_split_is_clean_the_csv_crate_agrees(line in "[a,\" 警]{1,12}") {
            let mut found = Vec::new();
            if split(&line, &mut found).is_ok() {
                let mut reader =
                    csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
                let record = reader.records().next().unwrap().unwrap();
                prop_assert!(record.iter().eq(found.iter().map(|c| c.text.as_ref())));
            }
        }
    }
}

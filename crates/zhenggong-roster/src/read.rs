//! Reads a roster.

use std::collections::HashMap;

use zhenggong::{
    Error, ErrorCode, Result,
    calendar::Month,
    error::Finding,
    number::Money,
    person::{FactText, Label, PersonMonth},
    vocabulary::PersonKind,
};

use crate::{
    Encoding, Roster, RosterOptions, RosterRow,
    decode::{decode, utf8_declared_gbk},
    header::{Column, Header},
    place::{column, number},
    split::{Cell, split},
};

/// Returns the person-months of a roster, and everything that is wrong with it.
///
/// `name` is the name of the file for the findings; `bytes` is the whole file. A line with a fault
/// gives no row; all its faults are listed, except that behind a stray quotation mark or with a wrong
/// number of fields the cells of the line can't be told apart. The form of a roster is described at
/// the top of this crate.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::Month;
/// use zhenggong_roster::{Encoding, RosterOptions, read_roster};
///
/// let month = Month::new(2025, 3)?;
/// let options = RosterOptions { encoding: Encoding::Utf8, month };
/// let text = "人员编号,单位,人员类别,月份,警衔\n\
///             P0001,城东派出所,民警,2025-03,一级警司\n\
///             P0002,城东派出所,民警,2025-03,大校\n";
/// let roster = read_roster("名册.csv", text.as_bytes(), &options);
/// assert_eq!(roster.rows.len(), 1);
/// let finding = &roster.findings[0];
/// assert_eq!((finding.line, finding.column), (3, 24));
/// assert!(finding.zh().contains("“大校”不是已知的警衔"));
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[must_use]
pub fn read_roster(name: &str, bytes: &[u8], options: &RosterOptions) -> Roster {
    let text = match decode(name, bytes, options.encoding) {
        Ok(text) => text,
        Err(finding) => return Roster { rows: Vec::new(), findings: vec![finding] },
    };
    let mut reader = Reader { file: name, month: options.month, ..Reader::default() };
    let mut lines = lines(&text);
    let mut cells = Vec::new();

    let Some((header_line, header_text)) = lines.next() else {
        reader.report((1, 1), Error::new(ErrorCode::EmptyTable));
        return reader.roster;
    };
    if let Err((at, error)) = split_line(header_text, &mut cells) {
        // Without the header no cell can be named, so nothing more can be said.
        reader.report((header_line, at), error);
        return reader.roster;
    }
    let header = Header::read(&cells, |index, error| {
        let cell = index.and_then(|index| cells.get(index));
        let at = cell.map_or(1, |cell| column(header_text, cell.start));
        reader.report((header_line, at), error);
    });
    if options.encoding == Encoding::Gbk
        && header.lacks_required
        && let Some(finding) = utf8_declared_gbk(name, bytes)
    {
        return Roster { rows: Vec::new(), findings: vec![finding] };
    }

    let mut rows = false;
    for (line, text) in lines {
        rows = true;
        match split_line(text, &mut cells) {
            Ok(()) => reader.row(&header, Row { line, text, cells: &cells }),
            Err((at, error)) => reader.report((line, at), error.row(u64::from(line))),
        }
    }
    if !rows {
        reader.report((header_line, 1), Error::new(ErrorCode::EmptyTable));
    }
    reader.roster
}

/// Returns the lines that are not empty, with their numbers and without their ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let numbered = text.split('\n').enumerate().map(|(index, line)| (number(index + 1), line));
    numbered
        .map(|(n, line)| (n, line.strip_suffix('\r').unwrap_or(line)))
        .filter(|l| !l.1.is_empty())
}

/// Splits a line; an error comes with its column.
pub(crate) fn split_line<'t>(text: &'t str, cells: &mut Vec<Cell<'t>>) -> Result<(), (u32, Error)> {
    split(text, cells).map_err(|fault| {
        let (zh, en) = fault.detail;
        let error = Error::new(ErrorCode::StrayQuote).arg_in("detail", zh, en);
        (column(text, fault.at), error)
    })
}

/// A line of data, split into its cells.
#[derive(Clone, Copy)]
struct Row<'a> {
    line: u32,
    /// Its number among the lines of data, from 1.
    text: &'a str,
    cells: &'a [Cell<'a>],
}

struct Reader<'a> {
    file: &'a str,
    month: Month,
    roster: Roster,
    /// The line where each id first stands.
    first_lines: HashMap<Label, u32>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self { file: "", month: Month::MIN, roster: Roster::default(), first_lines: HashMap::new() }
    }
}

impl Reader<'_> {
    fn report(&mut self, at: (u32, u32), error: Error) {
        self.roster.findings.push(Finding::error(self.file, at, error));
    }

    fn row(&mut self, header: &Header, row: Row<'_>) {
        let (found, expected) = (row.cells.len(), header.columns.len());
        if found != expected {
            let extra = row.cells.get(expected).map_or(row.text.len(), |cell| cell.start);
            let error = Error::new(ErrorCode::WrongFieldCount)
                .arg("found", found)
                .arg("expected", expected)
                .row(u64::from(row.line));
            return self.report((row.line, column(row.text, extra)), error);
        }
        let before = self.roster.findings.len();
        let cell = |column| header.index_of(column).and_then(|index| row.cells.get(index));
        let id = cell(Column::Person).and_then(|cell| Label::id("person", &cell.text).ok());
        let mut draft = Draft::new(id.clone());
        for (cell, (what, name)) in row.cells.iter().zip(&header.columns) {
            let result = match what {
                Column::Person => self.first_line(&cell.text, row.line),
                _ => draft.set(*what, &cell.text, self.month),
            };
            if let Err(error) = result {
                let error = error.row(u64::from(row.line)).field(name.as_str());
                let error = match &id {
                    Some(id) => error.person(id.as_str()),
                    None => error,
                };
                self.report((row.line, column(row.text, cell.start)), error);
            }
        }
        if header.is_clean && self.roster.findings.len() == before {
            self.roster.rows.push(RosterRow { line: row.line, person: draft.person });
        }
    }

    /// Notes an id and refuses one that was there before.
    fn first_line(&mut self, text: &str, line: u32) -> Result<()> {
        let first = *self.first_lines.entry(Label::id("person", text)?).or_insert(line);
        if first == line {
            return Ok(());
        }
        Err(Error::new(ErrorCode::DuplicatePerson).arg("first", first))
    }
}

/// A record that is being filled; it is used only where no cell had a fault.
struct Draft {
    person: PersonMonth,
}

impl Draft {
    fn new(id: Option<Label>) -> Self {
        let person =
            PersonMonth::new(id.unwrap_or_default(), Label::default(), PersonKind::Officer);
        Self { person }
    }

    fn set(&mut self, what: Column, text: &str, month: Month) -> Result<()> {
        if text.len() > Label::MAX_CHARS || text.chars().any(char::is_control) {
            Label::new(text)?;
        }
        match what {
            Column::Unit => self.person.unit = Label::id("unit", text)?,
            Column::Kind => self.person.kind = required("kind", text)?,
            Column::Month => {
                let found: Month = required("month", text)?;
                if found != month {
                    return Err(Error::new(ErrorCode::WrongMonth)
                        .arg("found", found)
                        .arg("expected", month));
                }
            }
            Column::Fact(key) => self.person.set_text(key, text)?,
            Column::Stated(item) if !text.is_empty() => {
                self.person.stated.insert(item, Money::read(text)?);
            }
            Column::Stated(_) | Column::Person | Column::Ignored => {}
        }
        Ok(())
    }
}

/// Returns what a cell gives that may be neither missing nor inapplicable.
fn required<T: FactText>(fact: &'static str, text: &str) -> Result<T> {
    match text {
        "" | "无" | "n/a" => Err(Error::new(ErrorCode::MissingFact).arg("fact", fact)),
        text => T::read(text),
    }
}

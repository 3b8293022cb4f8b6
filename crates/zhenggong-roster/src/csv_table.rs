//! Any table as CSV: its cells as texts, read as strictly as a roster.

use std::collections::HashSet;

use zhenggong::{Error, ErrorCode, error::Finding};

use crate::{
    Encoding,
    decode::decode,
    place::column,
    read::{lines, split_line},
    split::Cell,
};

/// The cells of a CSV file, and everything that is wrong with its form.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct CsvTable {
    /// The names of the columns, and the place in the line where each begins, in characters from 1.
    pub header: Vec<CsvCell>,
    /// The line of the header.
    pub header_line: u32,
    /// The rows that have a cell for every column.
    pub rows: Vec<CsvRow>,
    /// The faults of the form; where one has no row, nothing was read.
    pub findings: Vec<Finding>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvRow {
    /// The line of the file, from 1.
    pub line: u32,
    /// As many cells as the header has.
    pub cells: Vec<CsvCell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CsvCell {
    /// The character of the line where it starts, from 1.
    pub column: u32,
    /// The text without quotation marks.
    pub text: String,
}

/// Returns the cells of a CSV file with a header, in the form that the top of this crate describes.
///
/// # Examples
///
/// ```
/// use zhenggong_roster::{Encoding, read_csv};
/// let table = read_csv("events.csv", "编号,对象\nE1,A1\nE2\n".as_bytes(), Encoding::Utf8);
/// assert_eq!(table.rows[0].cells[1].text, "A1");
/// assert_eq!((table.findings[0].line, table.findings[0].error.code().name()), (3, "WrongFieldCount"));
/// ```
#[must_use]
pub fn read_csv(name: &str, bytes: &[u8], encoding: Encoding) -> CsvTable {
    let mut table = CsvTable::default();
    let text = match decode(name, bytes, encoding) {
        Ok(text) => text,
        Err(finding) => return CsvTable { findings: vec![finding], ..table },
    };
    let mut report = |at, error| table.findings.push(Finding::error(name, at, error));
    let mut lines = lines(&text);
    let mut cells = Vec::new();
    let Some((line, header)) = lines.next() else {
        report((1, 1), Error::new(ErrorCode::EmptyTable));
        return table;
    };
    table.header_line = line;
    if let Err((at, error)) = split_line(header, &mut cells) {
        report((line, at), error);
        return table;
    }
    let mut names = HashSet::new();
    for cell in &cells {
        if !names.insert(cell.text.as_ref()) {
            let error = Error::new(ErrorCode::DuplicateColumn).arg("column", &cell.text);
            report((line, column(header, cell.start)), error);
        }
    }
    table.header = owned(header, &cells);
    if !table.findings.is_empty() {
        return table;
    }
    for (line, text) in lines {
        let row = u64::from(line);
        match split_line(text, &mut cells) {
            Err((at, error)) => {
                table.findings.push(Finding::error(name, (line, at), error.row(row)));
            }
            Ok(()) if cells.len() == table.header.len() => {
                table.rows.push(CsvRow { line, cells: owned(text, &cells) });
            }
            Ok(()) => {
                let extra = cells.get(table.header.len()).map_or(text.len(), |cell| cell.start);
                let error = Error::new(ErrorCode::WrongFieldCount)
                    .arg("found", cells.len())
                    .arg("expected", table.header.len())
                    .row(row);
                table.findings.push(Finding::error(name, (line, column(text, extra)), error));
            }
        }
    }
    table
}

fn owned(line: &str, cells: &[Cell<'_>]) -> Vec<CsvCell> {
    let cell = |cell: &Cell<'_>| CsvCell {
        column: column(line, cell.start),
        text: cell.text.clone().into_owned(),
    };
    cells.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(bytes: &[u8], encoding: Encoding) -> Vec<(u32, u32, &'static str)> {
        let found = read_csv("t.csv", bytes, encoding).findings;
        found.iter().map(|f| (f.line, f.column, f.error.code().name())).collect()
    }

    #[test]
    fn every_fault_has_its_place() {
        assert_eq!(faults(b"", Encoding::Utf8), [(1, 1, "EmptyTable")]);
        assert_eq!(faults(b"\na,b,a\n1,2,3\n", Encoding::Utf8), [(2, 5, "DuplicateColumn")]);
        assert_eq!(faults(b"a,\"b\n1,2\n", Encoding::Utf8), [(1, 3, "StrayQuote")]);
        assert_eq!(
            faults(b"a,b\n1\n1,2\n1,2,3\n1,\"2\n", Encoding::Utf8),
            [(2, 2, "WrongFieldCount"), (4, 5, "WrongFieldCount"), (5, 3, "StrayQuote")]
        );
        assert_eq!(faults(b"a\n\xff\n", Encoding::Utf8), [(2, 1, "NotUtf8")]);
        assert_eq!(faults(b"a\n1\xff\n", Encoding::Gbk), [(2, 2, "NotEncodable")]);
    }

    #[test]
    fn cells_are_as_they_stand() {
        let table =
            read_csv("t.csv", b"\xb1\xe0\xba\xc5,b\r\n\r\n \"x,\",\"y,\"\r\n", Encoding::Gbk);
        assert_eq!(table.header.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["编号", "b"]);
        assert_eq!(table.findings[0].line, 3);
        let table = read_csv("t.csv", "编号,b\r\n\r\n 警,\"y,\"\r\n".as_bytes(), Encoding::Utf8);
        let [row] = table.rows.as_slice() else { panic!("{table:?}") };
        let cells: Vec<_> = row.cells.iter().map(|c| (c.column, c.text.as_str())).collect();
        assert_eq!((row.line, cells), (3, vec![(1, " 警"), (4, "y,")]));
        assert!(table.findings.is_empty());
    }
}

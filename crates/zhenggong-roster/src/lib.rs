//! Personnel rosters as CSV, read strictly into person-months, and tables written back.
//!
//! A roster has one line per person for one month. [`read_roster`] takes the bytes of a file and its
//! name, never the file itself, and says everything that is wrong with it at once, each fault with its
//! line and column. Nothing is repaired or guessed: no trimming, no guess at the encoding, no
//! rounding.
//!
//! # The form of a roster
//!
//! - The first line is the header, with the Chinese name or the English key of each column, mixed as
//!   one likes; [`columns`] lists both. `person`, `unit`, `kind` and `month` must be there.
//! - Cells are separated by commas. A cell that has a comma or a quotation mark is quoted as a whole,
//!   with the mark doubled. A cell never spans lines, because no fact may hold a control character.
//! - An empty cell is a missing fact; `无` or `n/a` says that there is no such thing. An amount
//!   stated by the office is an amount or empty; where there is none of it, it is `0`.
//! - The encoding is UTF-8, with or without the byte order mark, or GBK where the caller declares it.
//!   Lines end in LF or CRLF; empty lines are skipped.

#![forbid(unsafe_code)]

mod csv_table;
mod decode;
mod encoding;
mod header;
mod place;
mod read;
mod roster;
mod split;
mod write;
mod write_run;

pub use self::{
    csv_table::{CsvCell, CsvRow, CsvTable, read_csv},
    decode::utf8_declared_gbk,
    encoding::Encoding,
    header::columns,
    read::read_roster,
    roster::{Roster, RosterOptions, RosterRow},
    write::csv_bytes,
    write_run::write_run,
};

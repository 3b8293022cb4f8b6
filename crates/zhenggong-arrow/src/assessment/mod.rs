//! Assessment from tables: subjects and events as rows, scores and trails as rows.

mod answer;
mod cells;
mod columns;
mod difference;
mod errors;
mod making;
mod read;
mod scores;
mod trail;

pub use self::{
    answer::Assessed,
    columns::{EVENTS, Form, InputColumn, SUBJECTS, input_column, input_schema},
    difference::difference_table,
    errors::error_table,
    read::{Rows, events, subjects},
    scores::{ranking_table, score_table, sheet_table},
    trail::trail_table,
};

//! Days and service as rules: what kind of day a date is, which overtime days were worked, how many
//! workdays a month has, how long somebody has served.
//!
//! [`WorkCalendarRules`] holds the work calendar of the month's year: the statutory holidays by the
//! regulation in force, and the transfers (调休) of the yearly notice. Both are policy data of the rule
//! `workdays.day-kind`. Where the notice of a year is not loaded, statutory holidays still have an
//! answer and other days are an error, because a transfer might have changed them.
//!
//! Holidays that a province sets for a minority (全国年节及纪念日放假办法 art. 4), and those of a part
//! of the citizens (art. 3), are not in the calendar.

mod calendar_rules;
mod dates;
mod service;
mod terms;

pub mod calendar_years;
pub mod day_kind;
pub mod full_years;
pub mod month;
pub mod overtime_days;

pub use self::{
    calendar_rules::{SpringStart, WorkCalendarRules},
    day_kind::day_kind,
    month::{MonthDays, month_days},
    overtime_days::overtime_days,
};

#[cfg(test)]
mod tests;

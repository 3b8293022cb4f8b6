//! What can be wrong with an event alone, and whether it is known on a day.

use chrono::NaiveDate;

use super::Event;
use crate::{Error, ErrorCode, Result, error::contradiction};

/// Returns the day from which an event is known: nobody knows of it before it happens.
pub(super) fn known_from(event: &Event) -> NaiveDate {
    event.reported.unwrap_or(event.date)
}

/// Returns whether an event counts on a day: it is known by then, and not withdrawn.
pub(super) fn is_known(event: &Event, known_on: Option<NaiveDate>) -> bool {
    let by = |day: NaiveDate| known_on.is_none_or(|known| day <= known);
    by(known_from(event)) && !event.withdrawn.is_some_and(by)
}

/// Refuses an event that could not be read, that has a negative number, or that is told of before it happens.
#[inline]
pub(super) fn check(event: &Event, number: u32) -> Result<()> {
    if let Some(error) = event.problem() {
        return Err(error.clone());
    }
    if event.count < 0 {
        return Err(negative(event.count, "count", number));
    }
    for (key, value) in [("value", event.value), ("points", event.points)] {
        if let Some(value) = value.filter(|v| v.is_negative()) {
            return Err(negative(value, key, number));
        }
    }
    if event.reported.is_some_and(|day| day < event.date)
        || event.withdrawn.is_some_and(|day| day < known_from(event))
    {
        return Err(out_of_time(event, number));
    }
    Ok(())
}

#[cold]
fn negative(value: impl std::fmt::Display, key: &str, number: u32) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed)
        .arg("value", value)
        .field(format!("events[{number}].{key}"))
}

#[cold]
pub(super) fn unknown_subject(event: &Event, number: u32) -> Error {
    Error::new(ErrorCode::UnknownSubject)
        .arg("event", &event.id)
        .arg("subject", &event.subject)
        .field(format!("events[{number}].subject"))
}

#[cold]
fn out_of_time(event: &Event, number: u32) -> Error {
    let (id, date, reported) = (&event.id, event.date, event.reported);
    let (key, error) = match (reported, event.withdrawn) {
        (Some(day), _) if day < date => (
            "reported",
            contradiction(
                format!("{id}：{day} 报告，{date} 才发生"),
                format!("{id}: reported on {day}, before it happened on {date}"),
            ),
        ),
        (_, day) => {
            let (day, known) = (day.unwrap_or(date), reported.unwrap_or(date));
            let zh = format!("{id}：{day} 撤销，{known} 才知晓");
            let en = format!("{id}: withdrawn on {day}, before it was known on {known}");
            ("withdrawn", contradiction(zh, en))
        }
    };
    error.field(format!("events[{number}].{key}"))
}

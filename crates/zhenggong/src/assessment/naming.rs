//! Errors about events and subjects name them by id, beside their place in the list.

use serde_json::Value as Json;

use super::Event;
use crate::{Error, ErrorCode};

/// Returns the error with the id of the event whose field it names, unless its message has that already.
pub(super) fn with_event(error: Error, events: &[Event]) -> Error {
    match event_of(&error, events) {
        Some(event) if !says_event(&error) => error.event(event.id.as_str()),
        _ => error,
    }
}

/// Returns the same with the id of the event's subject.
pub(super) fn with_subject(error: Error, events: &[Event]) -> Error {
    let subject = event_of(&error, events).map(|event| event.subject.as_str());
    let error = with_event(error, events);
    match subject.filter(|id| !id.is_empty() && error.code() != ErrorCode::UnknownSubject) {
        Some(id) => error.person(id),
        None => error,
    }
}

/// Returns the error of an input that could not be read with the ids that stand in its row.
pub(super) fn in_json(error: Error, input: &Json) -> Error {
    let row = |list: &str| {
        let place = place_in(&error, list)?;
        input.get(list)?.as_array()?.get(place)
    };
    let text = |row: Option<&Json>, key: &str| {
        row.and_then(|row| row.get(key)?.as_str()).filter(|id| !id.is_empty()).map(str::to_owned)
    };
    let (event, subject) = (row("events"), row("subjects"));
    let id = text(event, "id").filter(|_| !says_event(&error));
    let person = text(event, "subject").or_else(|| text(subject, "id"));
    let error = match id {
        Some(id) => error.event(id),
        None => error,
    };
    match person {
        Some(id) => error.person(id),
        None => error,
    }
}

fn says_event(error: &Error) -> bool {
    error.args().any(|(name, _)| name == "event")
}

fn event_of<'e>(error: &Error, events: &'e [Event]) -> Option<&'e Event> {
    // The field of a row that could not be read counts otherwise.
    let place = place_in(error, "events").filter(|_| error.row_number().is_none())?;
    events.get(place).filter(|event| !event.id.as_str().is_empty())
}

/// Returns the place in a list that the field of an error names.
fn place_in(error: &Error, list: &str) -> Option<usize> {
    let rest = error.field_name()?.strip_prefix(list)?.strip_prefix('[')?;
    rest.split_once(']')?.0.parse().ok()
}

//! Rows that could not be read as a subject or an event: what is known of them, and why.
//!
//! They stand in the list with the others, so that each row keeps its place, and an assessment that
//! reports its errors knows whom they concern.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::{Event, Subject, SubjectKind, naming};
use crate::{
    Error, Result,
    person::{Label, from_json},
};

impl Subject {
    /// Returns a row that could not be read as a subject, with what is known of it. It is never scored,
    /// nor is the unit that is known to be above it, for its events can't be counted there.
    #[must_use]
    pub fn unread(id: Option<Label>, unit: Option<Label>, error: Error) -> Self {
        // An empty id stands for none: no subject and no event can have it.
        let mut subject = Self::new(id.unwrap_or_default(), SubjectKind::Officer);
        subject.unit = unit;
        subject.unread = Some(error);
        subject
    }

    /// Says of such a row that it leaves open to which units it belongs: its unit or its moves are what could not
    /// be read. Nobody is scored for whom its events might count, wherever they stand.
    #[must_use]
    pub const fn of_unknown_units(mut self) -> Self {
        self.astray = true;
        self
    }

    /// Returns why the row could not be read, where it could not.
    #[must_use]
    pub fn problem(&self) -> Option<&Error> {
        self.unread.as_ref()
    }

    /// Reads subjects from a JSON list, in the form in which the rules of assessment take them.
    ///
    /// # Errors
    ///
    /// An input error that names the field, such as `subjects[2].kind`.
    pub fn list(json: &Json) -> Result<Vec<Self>> {
        #[derive(serde::Deserialize)]
        struct List {
            subjects: Vec<Subject>,
        }
        let list = json!({ "subjects": json });
        let read = from_json::<List>(&list).map_err(|error| naming::in_json(error, &list))?;
        Ok(read.subjects)
    }

    /// Reads subjects from a JSON list, row by row: one that can't be read has a
    /// [`problem`](Self::problem).
    ///
    /// # Errors
    ///
    /// `InvalidInput` where it is no list.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::assessment::Subject;
    /// let rows = serde_json::json!([{ "id": "A1", "kind": "auxiliary" }, { "id": "A2", "kind": 7 }]);
    /// let rows = Subject::rows(&rows)?;
    /// assert_eq!(rows[1].problem().and_then(|e| e.field_name()), Some("subjects[1].kind"));
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn rows(json: &Json) -> Result<Vec<Self>> {
        rows(json, "subjects", Self::list, Self::unread_row)
    }

    /// Returns a JSON row that can't be read for this error, with what it says of id, unit and moves.
    #[must_use]
    pub fn unread_row(row: &Json, error: Error) -> Self {
        let unit = match row.get("unit") {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Label::optional_id(text).map_err(drop),
            Some(_) => Err(()),
        };
        let moves = match row.get("moves") {
            None => Ok(Vec::new()),
            Some(moves) => serde_json::from_value(moves.clone()).map_err(drop),
        };
        let unread = Self::unread(label(row, "id"), unit.clone().ok().flatten(), error);
        match (unit, moves) {
            (Ok(_), Ok(moves)) => Self { moves, ..unread },
            _ => unread.of_unknown_units(),
        }
    }
}

impl Event {
    /// Returns a row that could not be read as an event, with what is known of it. Whom it concerns is
    /// not scored: the subject, the unit and the leaders above it, and the subject of the event that it
    /// corrects.
    #[must_use]
    pub fn unread(id: Option<Label>, subject: Option<Label>, error: Error) -> Self {
        let (id, subject) = (id.unwrap_or_default(), subject.unwrap_or_default());
        let mut event = Self::new(id, subject, NaiveDate::MIN, String::new());
        event.unread = Some(error);
        event
    }

    /// Returns why the row could not be read, where it could not.
    #[must_use]
    pub fn problem(&self) -> Option<&Error> {
        self.unread.as_ref()
    }

    /// Reads events from a JSON list, in the form in which the rules of assessment take them.
    ///
    /// # Errors
    ///
    /// An input error that names the field, such as `events[2].date`.
    pub fn list(json: &Json) -> Result<Vec<Self>> {
        #[derive(serde::Deserialize)]
        struct List {
            events: Vec<Event>,
        }
        let list = json!({ "events": json });
        let read = from_json::<List>(&list).map_err(|error| naming::in_json(error, &list))?;
        Ok(read.events)
    }

    /// Reads events from a JSON list, row by row: one that can't be read has a
    /// [`problem`](Self::problem).
    ///
    /// # Errors
    ///
    /// `InvalidInput` where it is no list.
    pub fn rows(json: &Json) -> Result<Vec<Self>> {
        rows(json, "events", Self::list, Self::unread_row)
    }

    /// Returns a JSON row that can't be read for this error, with what it says of id, subject and
    /// correction.
    #[must_use]
    pub fn unread_row(row: &Json, error: Error) -> Self {
        let mut event = Self::unread(label(row, "id"), label(row, "subject"), error);
        event.replaces = label(row, "replaces");
        event
    }
}

fn label(row: &Json, key: &str) -> Option<Label> {
    Label::new(row.get(key)?.as_str()?).ok()
}

fn rows<T>(
    json: &Json,
    name: &str,
    list: impl Fn(&Json) -> Result<Vec<T>>,
    unread: impl Fn(&Json, Error) -> T,
) -> Result<Vec<T>> {
    let items = match (list(json), json) {
        (Err(_), Json::Array(items)) => items,
        (read, _) => return read,
    };
    let mut out = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        match list(&Json::Array(vec![item.clone()])) {
            Ok(one) => out.extend(one),
            Err(error) => {
                out.push(unread(item, error.moved(&format!("{name}[0]"), &format!("{name}[{at}]"))))
            }
        }
    }
    Ok(out)
}

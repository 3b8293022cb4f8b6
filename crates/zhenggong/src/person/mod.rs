//! Facts about people.

mod json;

pub(crate) use json::from_json;

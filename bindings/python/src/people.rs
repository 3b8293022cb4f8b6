//! The facts of one person, or of many.

use pyo3::{
    prelude::*,
    types::{PyDict, PyMapping, PyString},
};
use serde_json::{Map, Value as Json};
use zhenggong::{
    Error, ErrorCode,
    person::{Label, PersonMonth},
};

use crate::{
    error::{Failure, Result},
    facts,
    input::{invalid, is_missing, json, no_mapping, type_name},
    person_facts::Facts,
    text,
};

/// Returns the person whom facts are about, where they say so in a text that can be an id.
fn person_id(facts: Option<&Bound<'_, PyAny>>, more: Option<&Bound<'_, PyDict>>) -> Option<String> {
    let given = more.and_then(|more| more.get_item("person").ok().flatten());
    let found = given.or_else(|| {
        let facts = facts?;
        match facts.cast::<PyMapping>() {
            Ok(facts) => facts.get_item("person").ok(),
            Err(_) => facts.getattr("person").ok(),
        }
    })?;
    let id = found.cast::<PyString>().ok()?.to_str().ok()?.to_owned();
    Label::id("person", &id).is_ok().then_some(id)
}

/// Returns the facts of one person from a mapping or dataclass and keyword arguments. Every error names
/// the person.
pub(crate) fn person(
    facts: Option<&Bound<'_, PyAny>>,
    more: Option<&Bound<'_, PyDict>>,
) -> Result<PersonMonth> {
    read_person(facts, more).map_err(|failure| match failure {
        Failure::Core(error) => Failure::Core(match person_id(facts, more) {
            Some(id) => error.person(id),
            None => error,
        }),
        other => other,
    })
}

fn read_person(
    facts: Option<&Bound<'_, PyAny>>,
    more: Option<&Bound<'_, PyDict>>,
) -> Result<PersonMonth> {
    let more = more.filter(|more| !more.is_empty());
    if let (Some(facts), None) = (facts, more)
        && let Ok(read) = facts.cast::<Facts>()
    {
        return Ok(PersonMonth::clone(&read.get().inner));
    }
    // Most facts come as one plain dict, which is read at once.
    let plain = match (facts, more) {
        (Some(facts), None) => facts.cast_exact::<PyDict>().ok(),
        (None, Some(more)) => Some(more),
        _ => None,
    };
    if let Some(person) = plain.and_then(|plain| facts::person(plain)) {
        return Ok(person);
    }
    let mut map = match facts {
        None => Map::new(),
        Some(found) => match json(found, "", 0)? {
            Json::Object(map) => map,
            _ => Err(no_mapping("人员事实", "facts", found))?,
        },
    };
    if let Some(more) = more {
        for (key, value) in more.iter() {
            if is_missing(&value)? {
                continue;
            }
            let key = text::key(key.cast::<PyString>().map_err(PyErr::from)?, "")?;
            let made = json(&value, &key, 1)?;
            if map.insert(key.clone(), made).is_some() {
                let detail = format!("{key} 给出两次 / {key} is given twice");
                Err(Error::new(ErrorCode::ContradictoryFacts)
                    .arg_both("detail", detail)
                    .field(key))?;
            }
        }
    }
    Ok(PersonMonth::from_value(&Json::Object(map))?)
}

/// The facts of many people with their rows, from 1, and the errors of those that can't be read.
pub(crate) struct People {
    pub(crate) read: Vec<(u64, PersonMonth)>,
    pub(crate) unread: Vec<Error>,
}

/// Returns the facts of many people. Facts that can't be read are refused, or `kept` as an error; each names
/// its row.
pub(crate) fn people(table: &Bound<'_, PyAny>, kept: bool) -> Result<People> {
    let not_a_list = || {
        let name = type_name(table);
        let detail = format!(
            "人员须为字典或数据类的列表，或 Roster，而非 {name}；整表请用 month_run_table / people are a list of dicts \
             or dataclasses, or a Roster, not {name}; month_run_table takes a table"
        );
        invalid("people", detail)
    };
    let plain = table.is_instance_of::<PyString>() || table.is_instance_of::<PyDict>();
    if plain || table.hasattr("__arrow_c_stream__")? {
        return Err(not_a_list().into());
    }
    let mut people = People { read: Vec::new(), unread: Vec::new() };
    let Ok(items) = table.try_iter() else { return Err(not_a_list().into()) };
    for (row, item) in (1u64..).zip(items) {
        match person(Some(&item?), None) {
            Ok(person) => people.read.push((row, person)),
            Err(Failure::Core(error)) if kept => people.unread.push(error.row(row)),
            Err(Failure::Core(error)) => return Err(error.row(row).into()),
            Err(other) => return Err(other),
        }
    }
    Ok(people)
}

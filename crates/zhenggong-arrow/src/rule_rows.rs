//! One rule for each row of a table.

use arrow_array::RecordBatch;
use serde_json::{Map, Value as Json};
use zhenggong::{
    Engine, Error, ErrorCode, Result, derivation::Language, error::shown, person::Label,
};

use crate::{
    lists::{json_rows, list_table},
    options::OnError,
};

/// The column that names the row.
const PERSON: &str = "person";

/// Runs a rule for each row of record batches, and returns its answers as a table, one row a row.
///
/// The columns are the inputs of the rule, as [`json_rows`] reads them; `shared` has those that are the same
/// for all, such as the month. A column `person` stands first in the result, and errors name it; it is an
/// input of those rules alone that have such an input, as `settlement.payslip`. The columns of the answer are those of [`list_table`], `value` where a rule
/// answers a single value. An id is a text or a whole number, and may be left out. With [`OnError::Column`] a row that has no answer has its error in the columns
/// `error_code` and `error`.
///
/// # Errors
///
/// Those of [`json_rows`]; `UnknownRule`; `ContradictoryFacts` for an input that is both shared and a
/// column; with [`OnError::Stop`] the error of the first row that has one, with row and person.
///
/// # Examples
///
/// ```
/// # use std::sync::Arc;
/// # use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// # let text = |t: &str| Arc::new(StringArray::from(vec![t.to_owned()])) as ArrayRef;
/// use serde_json::json;
/// use zhenggong::{Engine, derivation::Language, policy::Pack};
/// use zhenggong_arrow::{OnError, evaluate_rows, to_csv};
/// let engine = Engine::builder().packs(Pack::national()).build()?;
/// let table = RecordBatch::try_from_iter([("person", text("P1")), ("from", text("2004-07-01"))])?;
/// let shared = json!({ "month": "2025-03", "to": "2025-03-31" });
/// let asked = ("service.full-years", &shared);
/// let answer = evaluate_rows(&engine, asked, [Ok(table)], OnError::Stop, Language::En)?;
/// assert_eq!(to_csv(answer.schema_ref(), [&answer])?, "person,value\nP1,20\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn evaluate_rows(
    engine: &Engine,
    (rule, shared): (&str, &Json),
    batches: impl IntoIterator<Item = Result<RecordBatch>>,
    on_error: OnError,
    language: Language,
) -> Result<RecordBatch> {
    evaluate_records(engine, (rule, shared), json_rows(batches)?, on_error, language)
}

/// Runs a rule for each record of a JSON list, as [`evaluate_rows`] does for the rows of tables.
///
/// # Errors
///
/// Those of [`evaluate_rows`], and `InvalidInput` for an item that is no object.
pub fn evaluate_records(
    engine: &Engine,
    (rule, shared): (&str, &Json),
    records: Vec<Json>,
    on_error: OnError,
    language: Language,
) -> Result<RecordBatch> {
    let info = zhenggong::catalogue::rule(rule);
    if info.is_none() {
        // The engine says it with the rules that it has.
        engine.evaluate(rule, shared)?;
    }
    let of_person =
        info.is_some_and(|info| info.inputs.iter().any(|input| input.term.code == PERSON));
    let Some(shared) = shared.as_object() else { return Err(no_object()) };
    let mut answers = Vec::new();
    for (record, number) in records.into_iter().zip(1u64..) {
        let (input, person) = match record {
            Json::Object(mut input) => {
                let person = id(&mut input, of_person);
                let told = person.as_ref().ok().cloned().flatten();
                (person.and_then(|_| both(input, shared)), told)
            }
            _ => (Err(no_object()), None),
        };
        let answer = input
            .and_then(|input| engine.evaluate_owned(rule, input))
            .map_err(|error| placed(error, number, person.as_deref()));
        let mut out = Map::new();
        out.extend(person.map(|person| (PERSON.to_owned(), person.into())));
        match (answer, on_error) {
            (Ok(answer), _) => match answer.value() {
                Json::Object(map) => out.extend(map.clone()),
                value => out.extend([("value".to_owned(), value.clone())]),
            },
            (Err(error), OnError::Stop) => return Err(error),
            (Err(error), OnError::Column) => {
                let text = match language {
                    Language::Zh => error.zh(),
                    Language::En => error.en(),
                };
                out.insert("error_code".to_owned(), error.code().number().into());
                out.insert("error".to_owned(), text.into());
            }
        }
        answers.push(Json::Object(out));
    }
    list_table(&answers.into(), "")
}

/// Returns the id of the person of a row, which stays among its inputs where the rule has such an input; none
/// where there is none. Whole numbers are ids as they are written.
fn id(input: &mut Map<String, Json>, of_person: bool) -> Result<Option<String>> {
    let id = match input.remove(PERSON) {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) => {
            Label::is_optional_id(&text).map_err(|error| error.field(PERSON))?.then_some(text)
        }
        Some(Json::Number(number)) if number.is_i64() || number.is_u64() => {
            Some(number.to_string())
        }
        Some(other) => {
            let other = shown(&other.to_string());
            let error = Error::new(ErrorCode::InvalidInput).arg_in(
                "detail",
                format!("人员编号须为文本或整数，而非 {other}"),
                format!("the id of a person is a text or a whole number, not {other}"),
            );
            return Err(error.field(PERSON));
        }
    };
    if let Some(id) = id.as_ref().filter(|_| of_person) {
        input.insert(PERSON.to_owned(), id.as_str().into());
    }
    Ok(id)
}

/// Returns the inputs of a row with those that are the same for all.
fn both(mut row: Map<String, Json>, shared: &Map<String, Json>) -> Result<Json> {
    for (key, value) in shared {
        if row.insert(key.clone(), value.clone()).is_some() {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    format!("{key} 既是列又是共同输入，请只留其一"),
                    format!("{key} is a column and a shared input: keep one of them"),
                )
                .field(key.as_str()));
        }
    }
    Ok(row.into())
}

#[cold]
fn placed(error: Error, row: u64, person: Option<&str>) -> Error {
    let error = error.row(row);
    match person {
        Some(person) => error.person(person),
        None => error,
    }
}

#[cold]
fn no_object() -> Error {
    Error::new(ErrorCode::InvalidInput).arg_in(
        "detail",
        "一行的输入和共同输入须为键值对象",
        "the inputs of a row, and those shared, must be an object of keys and values",
    )
}

//! What was wrong with subjects and events, as a table.

use arrow_array::RecordBatch;
use zhenggong::{Error, Result, assessment::Assessment, derivation::Language};

use super::making::{Making, name};

/// Returns the errors of an assessment that reports them, one row an error: `subject`, `event`, `field`,
/// `code`, `name`, `message`.
///
/// `subject` is who is not scored for it; it is null for an event of nobody on the list, and `event` for
/// an error that is none of an event's. The message is in the language of the table.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn error_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let errors = of.errors();
    let mut table = Making::new(errors.len());
    table.texts(name(language, "subject", "对象"), errors.iter().map(Error::person_id));
    let events = errors.iter().map(|e| of.ledger().event_of(e).map(|event| event.id.as_str()));
    table.texts(name(language, "event", "事件"), events);
    table.texts(name(language, "field", "字段"), errors.iter().map(Error::field_name));
    let codes = errors.iter().map(|e| Some(u32::from(e.code().number())));
    table.numbers(name(language, "code", "错误码"), codes);
    table.texts(name(language, "name", "错误"), errors.iter().map(|e| Some(e.code().name())));
    let message = |e: &Error| match language {
        Language::Zh => e.zh(),
        Language::En => e.en(),
    };
    table.texts(name(language, "message", "说明"), errors.iter().map(|e| Some(message(e))));
    table.finish()
}

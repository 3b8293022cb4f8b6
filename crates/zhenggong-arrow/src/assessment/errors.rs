//! What was wrong with subjects and events, as a table.

use arrow_array::RecordBatch;
use zhenggong::{
    Error, Result,
    assessment::{Assessment, Side},
    derivation::Language,
};

use super::making::{Making, name};

/// Returns the errors of an assessment that reports them, one row an error: `subject`, `event`, `field`,
/// `code`, `name`, `message`, `side`.
///
/// `subject` is who is not scored for it; it is null for an event of nobody on the list, and `event` for
/// an error that is none of an event's. The `side` is that of the comparison on which the error is, `before` or
/// `after`; it is null for the errors of the scores themselves. The message is in the language of the table.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn error_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let other = of.comparison_errors();
    let errors: Vec<&Error> = of.errors().iter().chain(other.iter().map(|(_, e)| e)).collect();
    let errors = || errors.iter().copied();
    let sides = of.errors().iter().map(|_| None).chain(other.iter().map(|(side, _)| Some(*side)));
    let mut table = Making::new(errors().count());
    table.texts(name(language, "subject", "对象"), errors().map(Error::person_id));
    let events = errors().map(|e| of.ledger().event_of(e).map(|event| event.id.as_str()));
    table.texts(name(language, "event", "事件"), events);
    table.texts(name(language, "field", "字段"), errors().map(Error::field_name));
    let codes = errors().map(|e| Some(u32::from(e.code().number())));
    table.numbers(name(language, "code", "错误码"), codes);
    table.texts(name(language, "name", "错误"), errors().map(|e| Some(e.code().name())));
    let message = |e: &Error| match language {
        Language::Zh => e.zh(),
        Language::En => e.en(),
    };
    table.texts(name(language, "message", "说明"), errors().map(|e| Some(message(e))));
    let side = |side: Option<Side>| side.map(|side| name(language, side.code(), side.zh()));
    table.texts(name(language, "side", "对比的一边"), sides.map(side));
    table.finish()
}

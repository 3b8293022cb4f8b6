//! The words of errors of the core where a C caller writes a value in another form than a text.

use zhenggong::{Error, ErrorCode};

/// The argument that says in which form the interface takes a value, such as 202503.
pub(crate) const FORM: &str = "form";

/// Returns the message in Chinese and in English; none where the words of the core fit.
pub(crate) fn of(error: &Error) -> Option<(String, String)> {
    let arg = |wanted| error.args().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    let form = arg(FORM)?;
    let value = arg("value").unwrap_or_default();
    let (zh, en) = match error.code() {
        ErrorCode::InvalidMonth => (
            format!(
                "{value} 不是有效月份。请写成 {form} 的形式，年份 1900 至 2999，月份 01 至 12。"
            ),
            format!(
                "{value} is not a valid month. Write it like {form}, years 1900 to 2999, months 01 to 12."
            ),
        ),
        ErrorCode::InvalidDate => (
            format!("{value} 不是有效日期。请写成 {form} 的形式。"),
            format!("{value} is not a valid date. Write it like {form}."),
        ),
        ErrorCode::NotUtf8 => {
            let at = arg("detail").unwrap_or_default();
            (
                format!("第 {at} 字节起不是有效的 {form}。请先转为 {form} 再传入。"),
                format!("from byte {at} on it is not valid {form}. Convert it to {form} first."),
            )
        }
        _ => return None,
    };
    let places = [
        ("人员", "person", error.person_id().map(str::to_owned)),
        ("月份", "month", error.month_of().map(|month| month.to_string())),
        ("字段", "field", error.field_name().map(str::to_owned)),
    ];
    let named = |chinese: bool| {
        let shown = |(zh, en, value): &(&str, &str, Option<String>)| {
            value.as_ref().map(|value| format!("{} {value}", if chinese { zh } else { en }))
        };
        places.iter().filter_map(shown).collect::<Vec<_>>()
    };
    Some((join(&named(true), "，", "：", &zh), join(&named(false), ", ", ": ", &en)))
}

fn join(places: &[String], between: &str, after: &str, words: &str) -> String {
    if places.is_empty() {
        return words.to_owned();
    }
    format!("{}{after}{words}", places.join(between))
}

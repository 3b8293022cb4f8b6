//! What stands in a document and what should stand there, in words of whoever keeps a roster.
//!
//! serde says it in the words of Rust's types: `invalid type: integer "5", expected u32`.

use crate::{Error, ErrorCode, error::shown};

/// Returns the error of serde's text about a value of another type, or none for another text.
///
/// A null where there must be a value is a missing fact: it says that the fact does not apply, and that
/// can't be for a fact of which nobody is without.
pub(super) fn wrong_type(text: &str, path: &str) -> Option<Error> {
    let text = text.strip_prefix("invalid type: ").or(text.strip_prefix("invalid value: "))?;
    let (found, expected) = text.rsplit_once(", expected ")?;
    let number = found.strip_prefix("integer `").and_then(|rest| rest.strip_suffix('`'));
    if let (Some((min, max)), Some(number)) = (limits(expected), number) {
        let error = Error::new(ErrorCode::NumberOutOfRange).arg("value", shown(number));
        return Some(error.arg("min", min).arg("max", max));
    }
    if found == "null" && Error::always_has_a_value(path) {
        return Some(Error::new(ErrorCode::MissingFact).arg("fact", path));
    }
    let (found_zh, found_en) = found_in_words(found);
    let (expected_zh, expected_en) = expected_in_words(expected);
    Some(Error::new(ErrorCode::InvalidInput).arg_in(
        "detail",
        format!("需要{expected_zh}，而非{found_zh}"),
        format!("{expected_en} is needed, not {found_en}"),
    ))
}

/// Returns the least and the most of a type of whole numbers.
fn limits(expected: &str) -> Option<(String, String)> {
    macro_rules! of {
        ($($ty:ident)*) => {
            match expected {
                $(stringify!($ty) => Some(($ty::MIN.to_string(), $ty::MAX.to_string())),)*
                _ => None,
            }
        };
    }
    of!(u8 u16 u32 u64 i8 i16 i32 i64)
}

fn found_in_words(found: &str) -> (String, String) {
    let quoted = |mark: char| {
        let inside = found.split_once(mark).and_then(|(_, rest)| rest.rsplit_once(mark));
        shown(inside.map_or(found, |(inside, _)| inside))
    };
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match found.split(' ').next().unwrap_or_default() {
        "null" | "unit" => both("空值 null", "null"),
        "boolean" => (format!("布尔值 {}", quoted('`')), format!("the boolean {}", quoted('`'))),
        "integer" => (format!("整数 {}", quoted('`')), format!("the integer {}", quoted('`'))),
        "floating" => (format!("浮点数 {}", quoted('`')), format!("the float {}", quoted('`'))),
        "string" => (format!("文本“{}”", quoted('"')), format!("the text \"{}\"", quoted('"'))),
        "sequence" => both("列表", "a list"),
        "map" | "Map" => both("键值对象", "an object of keys and values"),
        _ => both("这样的值", "such a value"),
    }
}

fn expected_in_words(expected: &str) -> (String, String) {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    if let Some((min, max)) = limits(expected) {
        return (format!("{min} 至 {max} 的整数"), format!("a whole number from {min} to {max}"));
    }
    match expected {
        "a boolean" => both("true 或 false", "true or false"),
        "a string" | "string" => both("文本", "a text"),
        "a sequence" => both("列表", "a list"),
        "a map" | "an object" => both("键值对象", "an object of keys and values"),
        _ if expected.starts_with("struct ") => both("键值对象", "an object of keys and values"),
        _ if expected.starts_with("a tuple ") || expected.starts_with("tuple ") => {
            both("长度合适的列表", "a list of the right length")
        }
        _ if expected.contains("enum ") => both("所列的一种写法", "one of the listed forms"),
        // This library's own words, in both languages.
        own => match own.split_once(" / ") {
            Some((zh, en)) => both(zh, en),
            None => both(own, own),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::{Error, ErrorCode, person::PersonMonth};

    fn refusal(key: &str, value: Json) -> Error {
        let mut facts = json!({ "person": "P1", "unit": "u", "kind": "officer" });
        facts[key] = value;
        let error = PersonMonth::from_value(&facts).unwrap_err();
        assert_eq!(error.person_id(), (key != "person").then_some("P1"), "{error}");
        error
    }

    #[test]
    fn it_is_said_what_stands_there_and_what_is_needed() {
        for (key, value, zh, en) in [
            (
                "duty_days",
                json!(true),
                "需要0 至 4294967295 的整数，而非布尔值 true",
                "a whole number from 0 to 4294967295 is needed, not the boolean true",
            ),
            (
                "duty_days",
                json!("3, expected u32"),
                "而非文本“3, expected u32”",
                "not the text \"3, expected u32\"",
            ),
            (
                "rank",
                json!(3.5),
                "需要警衔（文本），而非浮点数 3.5",
                "as text is needed, not the float",
            ),
            ("rank", json!([]), "而非列表", "not a list"),
            ("unit", json!(7), "需要文本，而非整数 7", "a text is needed, not the integer 7"),
            ("stated", json!(null), "需要键值对象", "an object of keys and values is needed"),
        ] {
            let error = refusal(key, value);
            assert_eq!(error.code(), ErrorCode::InvalidInput, "{error}");
            assert_eq!(error.field_name(), Some(key));
            assert!(error.zh().contains(zh), "{}", error.zh());
            assert!(error.en().contains(en), "{}", error.en());
        }
    }

    #[test]
    fn a_whole_number_out_of_range_names_the_range() {
        for value in [json!(-1), json!(4_294_967_296_u64)] {
            let error = refusal("duty_days", value);
            assert_eq!(error.code(), ErrorCode::NumberOutOfRange, "{error}");
            assert!(error.en().contains("(0 to 4294967295)"), "{}", error.en());
        }
    }

    #[test]
    fn null_is_a_missing_fact_where_everybody_has_one() {
        for key in ["person", "unit", "kind"] {
            let error = refusal(key, json!(null));
            assert_eq!((error.code(), error.field_name()), (ErrorCode::MissingFact, Some(key)));
            assert!(error.en().contains("n/a or null"), "{}", error.en());
        }
    }
}

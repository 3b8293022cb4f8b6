//! Ids of people, units, subjects and events, which are never "not applicable".

use serde::{Deserialize, Deserializer};

use super::Label;
use crate::{
    Error, ErrorCode, Result,
    error::shown,
    number::{FromText, text},
};

/// What tables have where there is nothing, in whatever case: spreadsheets and their exports write it.
const NOTHING: [&str; 6] = ["n/a", "na", "n.a.", "nan", "null", "none"];
/// The same in signs and in Chinese.
const NOTHING_TOO: [&str; 7] = ["无", "空", "-", "--", "—", "——", "/"];

/// Returns whether a text says that there is nothing: blank, `无`, `n/a`, `-` and the like.
fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || NOTHING_TOO.contains(&text)
        || NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// The most bytes of a word in the lists above.
const MOST_NOTHING: usize = 6;

/// Returns whether a text is an id at first sight, as most are: no word for nothing has a digit or more bytes
/// than [`MOST_NOTHING`], and control characters are below the blank, at 0x7f, or behind a byte 0xc2.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= Label::MAX_CHARS
        && bytes.iter().all(|byte| *byte >= b' ' && ![0x7f, 0xc2].contains(byte))
        && (bytes.iter().any(u8::is_ascii_digit) || text.trim().len() > MOST_NOTHING)
}

impl Label {
    /// Returns the id that a text gives, of who or what must have one: `key` is `person`, `unit`, `id`,
    /// `subject`.
    ///
    /// # Errors
    ///
    /// `MissingFact` for a blank text and for one that says that there is nothing, such as `无`, `n/a`, `NA`
    /// or `-`: taken as an id, it would join all who are without one. Else those of [`new`](Self::new).
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{ErrorCode, person::Label};
    /// assert_eq!(Label::id("person", "P1")?.as_str(), "P1");
    /// assert_eq!(Label::id("person", "N/A").unwrap_err().code(), ErrorCode::MissingFact);
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn id(key: &str, text: &str) -> Result<Self> {
        if says_nothing(text) {
            return Err(Error::new(ErrorCode::MissingFact).arg("fact", key));
        }
        Self::new(text)
    }

    /// Returns the id that a text gives, of what there may be none of, such as the unit of a subject; a blank
    /// text gives none.
    ///
    /// # Errors
    ///
    /// `InvalidText` for a text that says that there is nothing: it is left out or empty instead. Else
    /// those of [`new`](Self::new).
    pub fn optional_id(text: &str) -> Result<Option<Self>> {
        Self::is_optional_id(text)?.then(|| Self::new(text)).transpose()
    }

    /// Returns whether a text gives an id, of what there may be none of; a blank text gives none. Of most texts
    /// it is seen without counting characters, for tables with many rows.
    ///
    /// # Errors
    ///
    /// Those of [`optional_id`](Self::optional_id).
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{ErrorCode, person::Label};
    /// assert_eq!((Label::is_optional_id("P1")?, Label::is_optional_id(" ")?), (true, false));
    /// assert_eq!(Label::is_optional_id("无").unwrap_err().code(), ErrorCode::InvalidText);
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn is_optional_id(text: &str) -> Result<bool> {
        if is_plain(text) {
            return Ok(true);
        }
        if text.trim().is_empty() {
            return Ok(false);
        }
        if says_nothing(text) {
            let text = shown(text);
            return Err(Error::new(ErrorCode::InvalidText).arg_in(
                "detail",
                format!("“{text}”不是编号，没有则留空"),
                format!("\"{text}\" is no id; leave it empty where there is none"),
            ));
        }
        Self::new(text).map(|_| true)
    }
}

/// Makes readers of ids in documents.
macro_rules! reading {
    ($($name:ident -> $of:ty, $read:expr;)*) => {$(
        pub(crate) fn $name<'de, D: Deserializer<'de>>(from: D) -> Result<$of, D::Error> {
            struct Id($of);
            impl FromText for Id {
                const EXPECTING: &'static str = <Label as FromText>::EXPECTING;

                fn from_text(text: &str) -> crate::Result<Self> {
                    let read: fn(&str) -> crate::Result<$of> = $read;
                    read(text).map(Self)
                }
            }
            text::deserialize(from).map(|Id(id)| id)
        }
    )*};
}

reading! {
    person -> Label, |text| Label::id("person", text);
    unit -> Label, |text| Label::id("unit", text);
    id -> Label, |text| Label::id("id", text);
    subject -> Label, |text| Label::id("subject", text);
    known -> Option<Label>, Label::optional_id;
}

/// Reads an id that may be left out or null.
pub(crate) fn optional<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Label>, D::Error> {
    struct Id(Option<Label>);
    impl<'de> Deserialize<'de> for Id {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            known(from).map(Self)
        }
    }
    Ok(Option::<Id>::deserialize(from)?.and_then(|id| id.0))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        assessment::{Event, Subject},
        person::PersonMonth,
    };

    #[test]
    fn what_says_nothing_is_no_id() {
        for text in ["", " ", "无", "n/a", "N/A", "NA", "na", "NaN", "null", "None", "-", "—", "/"]
        {
            let error = Label::id("person", text).unwrap_err();
            assert_eq!(error.code(), ErrorCode::MissingFact, "{text}");
            assert!(error.zh().contains("人员编号（person）") && error.zh().contains("不能留空"));
            let optional = Label::optional_id(text);
            match text.trim().is_empty() {
                true => assert_eq!(optional.unwrap(), None),
                false => assert_eq!(optional.unwrap_err().code(), ErrorCode::InvalidText, "{text}"),
            }
        }
        for text in ["N", "NA1", "无锡", "A-1", "0", "Nan Li"] {
            assert_eq!(Label::id("unit", text).unwrap().as_str(), text);
            assert_eq!(Label::optional_id(text).unwrap().unwrap().as_str(), text);
        }
    }

    #[test]
    fn at_first_sight_nothing_else_is_an_id() {
        for word in NOTHING.iter().chain(&NOTHING_TOO) {
            assert!(!is_plain(word) && !is_plain(&format!("   {word}   ")), "{word}");
        }
        for text in ["P\u{7f}1", "P1\n", "P\u{85}1", "\u{9f}1", "        ", "　　　"] {
            assert!(!is_plain(text), "{text:?}");
        }
        assert!(!is_plain(&"1".repeat(65)) && is_plain(&"1".repeat(64)));
        for text in ["P1", "城东派出所", "0", "Nan Li 2"] {
            assert!(is_plain(text), "{text}");
        }
    }

    #[test]
    fn documents_are_read_alike() {
        for (key, code) in [("person", ErrorCode::MissingFact), ("unit", ErrorCode::MissingFact)] {
            let mut facts = json!({ "person": "P1", "unit": "u", "kind": "officer" });
            facts[key] = "N/A".into();
            let error = PersonMonth::from_value(&facts).unwrap_err();
            assert_eq!((error.code(), error.field_name()), (code, Some(key)), "{error}");
            // What says nothing is nobody's id.
            assert_eq!(error.person_id(), (key == "unit").then_some("P1"));
        }
        for (key, code) in [("id", ErrorCode::MissingFact), ("unit", ErrorCode::InvalidText)] {
            let mut subject = json!({ "id": "A1", "kind": "auxiliary", "unit": "u" });
            subject[key] = "无".into();
            let error = Subject::list(&json!([subject])).unwrap_err();
            let field = format!("subjects[0].{key}");
            assert_eq!((error.code(), error.field_name()), (code, Some(&*field)), "{error}");
            assert!(error.en().contains("empty"), "{error}");
        }
        let nobody = json!([{ "id": "A1", "kind": "auxiliary", "unit": null }]);
        assert_eq!(Subject::list(&nobody).unwrap()[0].unit, None);
        for key in ["id", "subject"] {
            let mut event =
                json!({ "id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late" });
            event[key] = "-".into();
            let error = Event::list(&json!([event])).unwrap_err();
            let field = format!("events[0].{key}");
            assert_eq!((error.code(), error.field_name()), (ErrorCode::MissingFact, Some(&*field)));
            assert!(error.zh().contains("这一项必须有值"), "{}", error.zh());
        }
    }
}

//! Errors: one type, stable numeric codes, Chinese and English.
//!
//! Callers branch on [`ErrorCode`], never on text. A message says what is wrong, where (an opaque
//! person id, the month, the rule, the field, the row), why, and what to do about it. Both languages
//! are written together in the list of codes, each as a native sentence.
//!
//! Codes are grouped: 1xx the caller's input, 2xx policy data, 3xx a rule, 9xx internal. A number is
//! never used again for another meaning.

mod code;
mod finding;
mod json;
mod made;

use std::fmt;

pub use self::{
    code::{ErrorClass, ErrorCode},
    finding::{Finding, Severity},
};
pub(crate) use self::{
    finding::FindingJson,
    json::ErrorJson,
    made::{contradiction, unknown_term},
};
use crate::{calendar::Month, schema};

/// What went wrong, where, and what to do: a code, its arguments, and the place it concerns.
///
/// # Examples
///
/// ```
/// use zhenggong::{Error, ErrorCode};
/// let error = Error::new(ErrorCode::MissingFact).arg("fact", "rank").person("0417");
/// assert_eq!(error.code().number(), 108);
/// assert!(error.en().contains("person 0417"));
/// assert!(error.zh().contains("人员 0417"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    code: ErrorCode,
    args: Vec<(&'static str, String)>,
    // Arguments that have an English name of their own.
    english: Vec<(&'static str, String)>,
    person: Option<String>,
    event: Option<String>,
    rule: Option<String>,
    field: Option<String>,
    month: Option<Month>,
    row: Option<u64>,
    source: Option<String>,
}

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! context {
    ($($(#[$doc:meta])* $name:ident, $get:ident, $ty:ty, $keep:path;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(mut self, value: impl Into<$ty>) -> Self {
            // The innermost place is the most exact one, so an outer layer does not overwrite it.
            if self.0.$name.is_none() {
                self.0.$name = Some($keep(value.into()));
            }
            self
        }
    )*};
}

impl Error {
    /// Makes an error of this code, without arguments or place.
    #[must_use]
    #[cold]
    pub fn new(code: ErrorCode) -> Self {
        Self(Box::new(Parts {
            code,
            args: Vec::new(),
            english: Vec::new(),
            person: None,
            event: None,
            rule: None,
            field: None,
            month: None,
            row: None,
            source: None,
        }))
    }

    /// Gives an argument of the message; which ones a code takes stands in the list of codes. Control
    /// characters are replaced and a very long text is cut, so that any input can be shown.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.0.args.push((name, bounded(value.to_string())));
        self
    }

    /// Gives an argument that is called otherwise in English.
    #[must_use]
    pub fn arg_in(self, name: &'static str, zh: impl fmt::Display, en: impl fmt::Display) -> Self {
        self.arg(name, zh).in_english(name, en)
    }

    /// Gives an argument in both languages from one text, `中文 / English`. A text that has not exactly one
    /// such stroke stands in both messages as it is.
    #[must_use]
    pub fn arg_both(self, name: &'static str, text: impl fmt::Display) -> Self {
        let text = text.to_string();
        match text.split_once(" / ") {
            Some((zh, en)) if !en.contains(" / ") => self.arg_in(name, zh, en),
            _ => self.arg(name, text),
        }
    }

    /// Says what an argument is called in English.
    #[must_use]
    pub(crate) fn in_english(mut self, name: &'static str, en: impl fmt::Display) -> Self {
        self.0.english.push((name, bounded(en.to_string())));
        self
    }

    /// Returns the arguments that have an English name of their own.
    pub(crate) fn english_args(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.english.iter().map(|(name, value)| (*name, value.as_str()))
    }

    context! {
        /// Says which person it concerns, by the opaque id of the roster. The first caller wins.
        person, person_id, String, bounded;
        /// Says which event of an assessment it concerns, by its id. The first caller wins.
        event, event_id, String, bounded;
        /// Says which rule was running, by its id. The first caller wins.
        rule, rule_id, String, bounded;
        /// Says which field or fact it concerns. The first caller wins.
        field, field_name, String, bounded;
        /// Says which month was computed. The first caller wins.
        month, month_of, Month, std::convert::identity;
        /// Says which row of a table it concerns, counted from 1. The first caller wins.
        row, row_number, u64, std::convert::identity;
        /// Says which document it concerns: title, number, clause. The first caller wins.
        source, source_text, String, bounded;
    }

    /// Returns the error as one of another person, whom what is wrong with the first one concerns as well.
    #[must_use]
    pub(crate) fn of_person(mut self, id: &str) -> Self {
        self.0.person = Some(bounded(id.to_owned()));
        self
    }

    /// Returns the error with its field named in the caller's terms, also where the message names it as
    /// a fact.
    #[must_use]
    pub(crate) fn renamed(mut self, from: &str, to: &'static str) -> Self {
        if self.0.field.as_deref() == Some(from) {
            self.0.field = Some(to.to_owned());
        }
        for (name, value) in &mut self.0.args {
            if *name == "fact" && value == from {
                *value = to.to_owned();
            }
        }
        self
    }

    /// Returns the error of a list's item where it stands: its field began with another place.
    #[must_use]
    pub(crate) fn moved(mut self, from: &str, to: &str) -> Self {
        let rest = self.0.field.as_deref().and_then(|field| field.strip_prefix(from));
        if let Some(rest) = rest {
            self.0.field = Some(format!("{to}{rest}"));
        }
        self
    }

    /// Returns the error of a table that comes after so many rows of other tables: its row, where it names
    /// one, is counted through all of them.
    #[must_use]
    pub fn after_rows(mut self, before: u64) -> Self {
        self.0.row = self.0.row.map(|row| row.saturating_add(before));
        self
    }

    /// Returns the stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Returns the arguments of the message by name.
    pub fn args(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.args.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Returns the opaque id of the person concerned.
    #[must_use]
    pub fn person_id(&self) -> Option<&str> {
        self.0.person.as_deref()
    }

    /// Returns the id of the event concerned, where the place of the error names one.
    #[must_use]
    pub fn event_id(&self) -> Option<&str> {
        self.0.event.as_deref()
    }

    /// Returns the id of the rule that was running.
    #[must_use]
    pub fn rule_id(&self) -> Option<&str> {
        self.0.rule.as_deref()
    }

    /// Returns the field or fact concerned.
    #[must_use]
    pub fn field_name(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Returns the month that was computed.
    #[must_use]
    pub fn month_of(&self) -> Option<Month> {
        self.0.month
    }

    /// Returns the row of the table, counted from 1.
    #[must_use]
    pub fn row_number(&self) -> Option<u64> {
        self.0.row
    }

    /// Returns the document concerned.
    #[must_use]
    pub fn source_text(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// Returns the message in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let place = self.place([
            ("第 ", " 行"),
            ("人员 ", ""),
            ("事件 ", ""),
            ("月份 ", ""),
            ("规则 ", ""),
            ("字段 ", ""),
            ("依据 ", ""),
        ]);
        let template = match self.missing_one() {
            Some((zh, _)) => zh,
            None => self.0.code.template_zh(),
        };
        let text = self.fill(template, |name, value| match name {
            // A fact is named in the words of the roster's header, with its key.
            "fact" => {
                let keys = if self.missing_one().is_some() { &KEYS[..] } else { &[] };
                let named = NEEDED.iter().chain(keys).find(|named| named.0 == value);
                let needed = named.map(|named| named.1);
                let zh = needed.or_else(|| crate::person::fact_zh(value));
                zh.map(|zh| format!("{zh}（{value}）"))
            }
            "value" => self.bare(value).map(|(zh, _)| zh),
            _ => None,
        });
        if place.is_empty() { text } else { format!("{}：{text}", place.join("，")) }
    }

    /// Returns the message in English.
    #[must_use]
    pub fn en(&self) -> String {
        let place = self.place([
            ("row ", ""),
            ("person ", ""),
            ("event ", ""),
            ("month ", ""),
            ("rule ", ""),
            ("field ", ""),
            ("source ", ""),
        ]);
        let template = match self.missing_one() {
            Some((_, en)) => en,
            None => self.0.code.template_en(),
        };
        let text = self.fill(template, |name, value| {
            let english = self.0.english.iter().find(|(n, _)| *n == name);
            let bare = || self.bare(value).filter(|_| name == "value").map(|(_, en)| en);
            english.map(|(_, en)| en.clone()).or_else(bare)
        });
        if place.is_empty() { text } else { format!("{}: {text}", place.join(", ")) }
    }

    /// Returns the error as JSON: number, name, class, place, arguments, both messages.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        schema::written(&self.json())
    }

    pub(crate) fn json(&self) -> ErrorJson<'_> {
        let parts = &self.0;
        ErrorJson {
            code: parts.code.number(),
            name: parts.code.name(),
            class: parts.code.class(),
            person: parts.person.as_deref(),
            rule: parts.rule.as_deref(),
            field: parts.field.as_deref(),
            month: parts.month,
            row: parts.row,
            source: parts.source.as_deref(),
            args: parts.args.iter().map(|(k, v)| ((*k).to_owned(), v.clone().into())).collect(),
            zh: self.zh(),
            en: self.en(),
        }
    }

    /// Returns what a value that is no amount is called: `1010.0` is a float, `true` a boolean.
    fn bare(&self, value: &str) -> Option<(String, String)> {
        if self.0.code != ErrorCode::FloatRefused {
            return None;
        }
        let digits = value.strip_prefix('-').unwrap_or(value);
        let (zh, en) = match digits {
            "true" | "false" | "True" | "False" => ("布尔值", "boolean"),
            "nan" | "NaN" | "inf" | "Infinity" => ("浮点数", "float"),
            _ if digits.is_empty() || !digits.starts_with(|c: char| c.is_ascii_digit()) => {
                return Some((value.to_owned(), value.to_owned()));
            }
            _ if digits.bytes().all(|b| b.is_ascii_digit()) => ("整数", "integer"),
            _ => ("浮点数", "float"),
        };
        Some((format!("{zh} {value}"), format!("the {en} {value}")))
    }

    /// Returns what is said of a missing fact that can't be "not applicable": one that always has a value, and
    /// one of a list, where nothing stands for it.
    fn missing_one(&self) -> Option<(&'static str, &'static str)> {
        let (_, fact) = self.args().find(|(name, _)| *name == "fact")?;
        if self.0.code != ErrorCode::MissingFact {
            return None;
        }
        if Self::always_has_a_value(fact) {
            return Some((NEEDED_ZH, NEEDED_EN));
        }
        let listed = |field: &str| LISTS.iter().any(|list| field.starts_with(list));
        self.field_name().filter(|field| listed(field)).map(|_| (LISTED_ZH, LISTED_EN))
    }

    /// Returns whether a fact always has a value, because nobody is without it.
    pub(crate) fn always_has_a_value(fact: &str) -> bool {
        NEEDED.iter().any(|needed| needed.0 == fact)
    }

    fn place(&self, words: [(&str, &str); 7]) -> Vec<String> {
        let parts = &self.0;
        let values = [
            parts.row.map(|r| r.to_string()),
            parts.person.clone(),
            parts.event.clone(),
            parts.month.map(|m| m.to_string()),
            parts.rule.clone(),
            parts.field.clone(),
            parts.source.clone(),
        ];
        words
            .iter()
            .zip(values)
            .filter_map(|((before, after), value)| value.map(|v| format!("{before}{v}{after}")))
            .collect()
    }

    fn fill(&self, template: &str, shown: impl Fn(&str, &str) -> Option<String>) -> String {
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let (before, after) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = after.find('}') else {
                out.push_str(after);
                return out;
            };
            let name = after.get(1..close).unwrap_or_default();
            let value = self.0.args.iter().find(|(n, _)| *n == name);
            let value = value.map_or("?", |(_, v)| v.as_str());
            out.push_str(shown(name, value).as_deref().unwrap_or(value));
            rest = after.get(close + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}

/// What is said of a fact that can't be "not applicable", for nobody is without it.
const NEEDED_ZH: &str =
    "缺少“{fact}”，无法计算。这一项必须有值：不能留空，也不能写“无”、n/a 或空值。";
const NEEDED_EN: &str = "{fact} is missing, so nothing can be computed. It always has a value: it can't be \
                         empty, n/a or null.";
/// Keys of the lists of an assessment.
const KEYS: [(&str, &str); 9] = [
    ("date", "日期"),
    ("rule", "规则"),
    ("points", "评分"),
    ("value", "测量值"),
    ("rater", "评议人"),
    ("rater_kind", "评议人类别"),
    ("matter", "事项"),
    ("discipline", "体能项目"),
    ("result", "成绩"),
];
/// The lists of an assessment.
const LISTS: [&str; 2] = ["events", "subjects"];
const LISTED_ZH: &str = "缺少{fact}，无法计分。请在所指之处补录。";
const LISTED_EN: &str = "{fact} is missing, so nothing can be scored. Supply it there.";
const NEEDED: [(&str, &str); 6] = [
    ("person", "人员编号"),
    ("unit", "单位"),
    ("kind", "人员类别"),
    ("month", "月份"),
    ("id", "编号"),
    ("subject", "对象"),
];

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}", self.0.code.number(), self.en())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} {}] {}", self.0.code.number(), self.0.code.name(), self.en())
    }
}

impl std::error::Error for Error {}

/// Returns the text as a message can show it: control characters replaced, at most 40 characters.
#[must_use]
pub fn shown(text: &str) -> String {
    cut(text, 40)
}

/// The most characters of one argument; the longest list of known names has fewer.
const MAX_ARGUMENT: usize = 1000;

fn bounded(text: String) -> String {
    if text.len() <= MAX_ARGUMENT && !text.contains(char::is_control) {
        return text;
    }
    cut(&text, MAX_ARGUMENT)
}

fn cut(text: &str, most: usize) -> String {
    let mut out: String =
        text.chars().take(most).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(most).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_of_a_template_is_a_declared_argument() {
        for code in ErrorCode::ALL {
            for template in [code.template_zh(), code.template_en()] {
                for piece in template.split('{').skip(1) {
                    let name = piece.split('}').next().unwrap();
                    assert!(code.params().contains(&name), "{code:?} has no argument {name}");
                }
            }
        }
    }

    #[test]
    fn numbers_are_unique_and_in_their_class() {
        let mut seen = std::collections::BTreeSet::new();
        for code in ErrorCode::ALL {
            assert!(seen.insert(code.number()), "{} twice", code.number());
            let expected = match code.number() / 100 {
                1 => ErrorClass::Input,
                2 => ErrorClass::Policy,
                3 => ErrorClass::Rule,
                9 => ErrorClass::Internal,
                other => panic!("no class for {other}xx"),
            };
            assert_eq!(code.class(), expected);
        }
    }

    #[test]
    fn each_language_names_things_in_its_own_words() {
        let error = crate::testing::national("2021-03")
            .and_then(|s| s.get::<crate::auxiliary::PayPlan>().map(|_| ()))
            .unwrap_err();
        assert!(error.zh().contains("辅警工资方案 lines"));
        assert!(error.en().contains("auxiliary pay plan lines"));
        assert!(error.en().is_ascii());
    }

    #[test]
    fn the_innermost_place_is_kept() {
        let error = Error::new(ErrorCode::Overflow).rule("inner").rule("outer");
        assert_eq!(error.rule_id(), Some("inner"));
    }
}

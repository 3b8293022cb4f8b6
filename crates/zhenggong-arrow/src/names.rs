//! Names of columns: the key, and the Chinese name that rosters have.

use std::{collections::HashMap, sync::LazyLock};

use zhenggong::{
    derivation::Language,
    person::{PersonMonth, stated_column},
    vocabulary::{PayItem, Term, Vocabulary},
};

use crate::options::Total;

/// The columns that say whose row it is.
pub(crate) const OWN: [Term; 4] = [
    Term::new("person", "人员编号", "person"),
    Term::new("unit", "单位", "unit"),
    Term::new("kind", "人员类别", "kind of person"),
    Term::new("month", "月份", "month"),
];

/// Returns the key of an input column from its key or Chinese name; another name is returned as it
/// is.
#[must_use]
pub fn key(name: &str) -> &str {
    static KEYS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let facts = PersonMonth::FACTS.iter().map(|fact| fact.term);
        let mut keys: HashMap<_, _> =
            OWN.into_iter().chain(facts).map(|term| (term.zh, term.code)).collect();
        keys.extend(PayItem::ALL.iter().map(|item| {
            // Made once and kept as long as the program runs.
            let (key, zh) = stated_column(*item);
            (&*String::leak(zh), &*String::leak(key))
        }));
        keys
    });
    // No Chinese name is in ASCII, and every key is.
    if name.is_ascii() { name } else { KEYS.get(name).copied().unwrap_or(name) }
}

/// Returns the name of one of the columns that are passed through.
pub(crate) fn own(key: &str, language: Language) -> &str {
    let found = OWN.iter().find(|own| own.code == key && language == Language::Zh);
    found.map_or(key, |own| own.zh)
}

/// Returns the name of an item's column.
pub(crate) fn item(item: PayItem, language: Language) -> String {
    match language {
        Language::Zh => item.zh().to_owned(),
        Language::En => item.code().replace('-', "_"),
    }
}

/// Returns the name of a sum's column.
pub(crate) fn total(total: Total, language: Language) -> &'static str {
    match (language, total) {
        (Language::En, total) => total.column(),
        (Language::Zh, Total::Gross) => "应发合计",
        (Language::Zh, Total::Deductions) => "扣款合计",
        (Language::Zh, Total::Net) => "实发合计",
        (Language::Zh, Total::EmployerCost) => "单位承担合计",
    }
}

/// Returns the names of the columns of the error's number and text.
pub(crate) fn error(language: Language) -> [&'static str; 2] {
    match language {
        Language::Zh => ["错误代码", "错误"],
        Language::En => ["error_code", "error"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_are_read_and_others_left() {
        for (name, expected) in [
            ("人员编号", "person"),
            ("警衔", "rank"),
            ("核定职务工资", "stated_post_pay"),
            ("rank", "rank"),
            ("大校", "大校"),
        ] {
            assert_eq!(key(name), expected);
        }
    }

    #[test]
    fn no_two_columns_have_a_name_in_common() {
        let facts = PersonMonth::FACTS.iter().map(|fact| fact.term.zh.to_owned());
        let stated = PayItem::ALL.iter().map(|item| stated_column(*item).1);
        let own = OWN.iter().map(|own| own.zh.to_owned());
        let all: Vec<_> = own.chain(facts).chain(stated).collect();
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}

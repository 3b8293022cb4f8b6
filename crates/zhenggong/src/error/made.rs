//! Errors that many rules make alike.

use std::fmt::Display;

use super::{Error, ErrorCode, shown};

/// Says that facts contradict each other, in what way.
#[cold]
pub(crate) fn contradiction(zh: impl Display, en: impl Display) -> Error {
    Error::new(ErrorCode::ContradictoryFacts).arg_in("detail", zh, en)
}

/// Says that a text names none of the things of this kind, in Chinese and English, and which there are.
#[cold]
pub(crate) fn unknown_term<S: AsRef<str>>(
    (zh, en): (&str, &str),
    value: &str,
    known: impl IntoIterator<Item = S>,
) -> Error {
    let known: Vec<S> = known.into_iter().collect();
    let joined = |between| known.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between);
    let error =
        Error::new(ErrorCode::UnknownTerm).arg_in("kind", zh, en).arg("value", shown(value));
    match known.is_empty() {
        true => error.arg_in("known", "无", "none"),
        false => error.arg_in("known", joined("、"), joined(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::unknown_term;

    #[test]
    fn what_there_is_none_of_is_said() {
        let none = unknown_term(("附加分", "extra"), "x", [""; 0]);
        assert!(none.en().contains("Known are: none."), "{none}");
        assert!(none.zh().contains("可用：无。"), "{}", none.zh());
        let two = unknown_term(("等次", "grade"), "x", ["a", "b"]);
        assert!(two.en().contains("a, b") && two.zh().contains("a、b"), "{two}");
    }
}

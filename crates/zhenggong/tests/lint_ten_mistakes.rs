//! The pack of the lint example: every mistake in it is found, at its line and column, and nothing
//! else is.

use zhenggong::{
    ErrorCode,
    error::{Finding, Severity},
    policy::{Pack, PolicyBook},
};

const TEXT: &str = include_str!("../../../examples/packs/ten-mistakes.toml");

fn findings() -> Vec<Finding> {
    let mut packs = Pack::national();
    packs.push(Pack::parse("ten-mistakes.toml", TEXT));
    PolicyBook::new(packs).lint()
}

#[test]
fn every_mistake_is_found_where_it_stands() {
    use ErrorCode::*;
    let found: Vec<_> = findings().iter().map(|f| (f.line, f.column, f.error.code())).collect();
    let expected = [
        (16, 1, DuplicateSource),
        (23, 1, UnusedSource),
        (34, 10, DanglingSource),
        (40, 8, RuleNotFound),
        (53, 1, UnknownKey),
        (61, 8, FloatRefused),
        (69, 12, NegativeNotAllowed),
        (85, 1, Overlap),
        (93, 1, NationalOnly),
        (96, 1, MissingKey),
        (103, 1, EmptyValidity),
        (112, 1, MidMonth),
        (126, 1, UnknownTerm),
        (131, 8, InvalidDate),
        (142, 20, UnknownTerm),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_places_point_at_what_is_wrong() {
    let lines: Vec<_> = TEXT.lines().collect();
    for (finding, text) in findings().iter().zip([
        "[[source]]",
        "[[source]]",
        "\"phone-call\"",
        "\"allowance.police-horse\"",
        "oder",
        "710.5",
        "\"-80\"",
        "order",
        "flat",
        "[[value]]",
        "[[value]]",
        "[[value]]",
        "\"四级警司\"",
        "\"2025-02-30\"",
        "\"下月\"",
    ]) {
        let line = lines[finding.line as usize - 1];
        let rest: String = line.chars().skip(finding.column as usize - 1).collect();
        assert!(rest.starts_with(text), "{finding}: {rest}");
    }
}

#[test]
fn only_the_source_without_a_value_is_a_warning() {
    for finding in findings() {
        let warning = finding.severity == Severity::Warning;
        assert_eq!(warning, finding.error.code() == ErrorCode::UnusedSource, "{finding}");
        assert_eq!(finding.file, "ten-mistakes.toml");
        let place = format!("ten-mistakes.toml:{}:{}: ", finding.line, finding.column);
        for text in [finding.zh(), finding.en()] {
            assert!(text.starts_with(&place), "{text}");
            assert!(!text.contains(['?', '{', '}']), "a message lacks an argument: {text}");
        }
    }
}

#[test]
fn names_in_messages_are_those_of_the_file() {
    let of = |code| findings().into_iter().find(|f| f.error.code() == code).unwrap();
    assert_eq!(of(ErrorCode::InvalidDate).error.field_name(), Some("from"));
    assert_eq!(of(ErrorCode::UnknownTerm).error.field_name(), Some("amount"));
    let key = of(ErrorCode::UnknownKey);
    assert!(key.en().contains("oder") && key.en().contains("order"), "{key}");
    assert!(key.en().contains("clause"), "the keys of every value are named too: {key}");
}

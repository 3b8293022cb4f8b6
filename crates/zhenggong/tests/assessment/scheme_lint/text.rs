//! The text of a small scheme, and what is found in it.

use zhenggong::policy::Pack;

use crate::own::{PACK, SCHEME, SHEET};

/// What the scheme says before its sheets.
pub(crate) const HEAD: &str = r#"id = "town-officer"
zh = "民警"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 2" }
combine = "sum"
total = { full = "100", above = "cap" }
ungraded = { id = "none", zh = "无", en = "none" }
"#;

/// An item of the sheet, by what follows its names.
pub(crate) fn item(id: &str, rest: &str) -> String {
    format!("  {{ id = \"{id}\", zh = \"项目\", en = \"item\", {rest} }},\n")
}

/// A rule, by what follows its names.
pub(crate) fn rule(rest: &str) -> String {
    format!("rules = [{{ id = \"r\", zh = \"规则\", en = \"rule\", {rest} }}]")
}

pub(crate) fn scheme(changes: &[(&str, &str)], more: &str, items: &str) -> String {
    let head = changes.iter().fold(HEAD.to_owned(), |head, (from, to)| {
        assert!(head.contains(from), "{from}");
        head.replace(from, to)
    });
    format!("{PACK}{SCHEME}{head}{more}{SHEET}items = [\n{items}]\n")
}

/// Returns code, arguments as text, and the marked place of each finding.
pub(crate) fn found(text: &str) -> Vec<(&'static str, String, String)> {
    let pack = Pack::parse("town.toml", text);
    let place = |line: u32, column: u32| {
        let line = text.lines().nth(line as usize - 1).unwrap_or_default();
        line.chars().skip(column as usize - 1).take(24).collect::<String>()
    };
    let each = |f: &zhenggong::error::Finding| {
        (f.error.code().name(), f.error.zh(), place(f.line, f.column))
    };
    for finding in pack.findings() {
        let (zh, en) = (finding.error.zh(), finding.error.en());
        assert!(!zh.contains(" / ") && !en.contains(" / "), "both languages at once: {zh} {en}");
        let chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        // Words that may be written are listed as they are written.
        let said = en.split("Known are").next().unwrap_or_default();
        assert_eq!(said.chars().find(chinese), None, "{en}");
    }
    pack.findings().iter().map(each).collect()
}

/// The one finding: its code, a part of its message, and what stands where it points.
#[track_caller]
pub(crate) fn one(text: &str, code: &str, names: &str, at: &str) {
    let findings = found(text);
    let [(found_code, message, place)] = findings.as_slice() else {
        panic!("{} findings: {findings:#?}", findings.len());
    };
    assert_eq!(*found_code, code, "{message}");
    assert!(message.contains(names), "{message} does not name {names}");
    assert!(place.starts_with(at), "the finding points at {place:?}");
}

pub(crate) fn fixed() -> String {
    item(
        "a",
        &format!(
            "mode = \"direct-loss\", weight = \"100\", {}",
            rule("kind = \"fixed\", points = \"2\"")
        ),
    )
}

pub(crate) fn with_rule(rest: &str) -> String {
    scheme(&[], "", &item("a", &format!("mode = \"public\", {}", rule(rest))))
}

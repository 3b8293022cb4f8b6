//! HTML for notebooks: a derivation that unfolds. Every text is escaped.

use std::fmt::Write;

use zhenggong::{
    derivation::{Derivation, Label, Language, Step, Value},
    policy::{CiteId, Snapshot},
};

/// Returns the text with the characters escaped that mean something in HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Returns the text cut to what fits in one line.
pub(crate) fn short(text: &str) -> String {
    zhenggong::error::shown(text)
}

/// Returns the lines of a derivation as nested `<details>`, in words as its Chinese text has them, with
/// the English ones beside.
pub(crate) fn derivation(derivation: &Derivation) -> String {
    let steps: Vec<Step> = derivation.steps().collect();
    let mut out = String::new();
    let mut rest = steps.as_slice();
    while let Some((first, tail)) = rest.split_first() {
        rest = match first {
            Step::Begin(label) => line(*label, tail, derivation.snapshot(), &mut out),
            _ => tail,
        };
    }
    out
}

/// Returns a table; the first row is its head. The columns of text lean left, the others right.
pub(crate) fn table(rows: &[Vec<String>], is_text: impl Fn(usize) -> bool) -> String {
    let mut out = String::from("<table>");
    for (n, row) in rows.iter().enumerate() {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let tag = if n == 0 { "th" } else { "td" };
            let side = if is_text(column) { "left" } else { "right" };
            put(
                &mut out,
                format_args!(
                    "<{tag} style=\"text-align:{side};white-space:nowrap\">{}</{tag}>",
                    escape(cell)
                ),
            );
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    out
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a String can't fail.
    out.write_fmt(text).unwrap_or_default();
}

/// Returns a name or value in Chinese, with the English one beside it where it is another.
fn both(zh: &str, en: &str) -> String {
    if zh == en { escape(zh) } else { format!("{} <small>{}</small>", escape(zh), escape(en)) }
}

fn name(label: Label, snapshot: &Snapshot) -> String {
    both(label.text(snapshot, Language::Zh), label.text(snapshot, Language::En))
}

fn value(value: Value) -> String {
    both(&value.text(Language::Zh), &value.text(Language::En))
}

fn source(cite: Option<CiteId>, snapshot: &Snapshot) -> String {
    let citation = cite.and_then(|id| snapshot.citation(id));
    citation.map_or_else(String::new, |citation| {
        format!(" <small>§ {}</small>", escape(&citation.text(Language::Zh)))
    })
}

/// Writes the line that has just begun, and returns what follows its end.
fn line<'s>(
    label: Label,
    mut rest: &'s [Step],
    snapshot: &Snapshot,
    out: &mut String,
) -> &'s [Step] {
    let (mut result, mut terms, mut rounded) = (String::new(), String::new(), String::new());
    let (mut notes, mut children) = (String::new(), String::new());
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            Step::Begin(label) => rest = line(*label, rest, snapshot, &mut children),
            Step::Term { op, label, value: amount, cite } => put(
                &mut terms,
                format_args!(
                    "<li>{}{} {}{}</li>",
                    op.sign().trim_start(),
                    name(*label, snapshot),
                    value(*amount),
                    source(*cite, snapshot)
                ),
            ),
            Step::Round { before, rounding, cite } => put(
                &mut rounded,
                format_args!(
                    "<li>{} → {}{}</li>",
                    before.decimal_text(6),
                    both(rounding.zh(), rounding.en()),
                    source(*cite, snapshot)
                ),
            ),
            Step::Note { label, value: found, cite } => put(
                &mut notes,
                format_args!(
                    "<li>· {} {}{}</li>",
                    name(*label, snapshot),
                    found.map_or_else(String::new, value),
                    source(*cite, snapshot)
                ),
            ),
            Step::End(found) => {
                result = value(*found);
                break;
            }
        }
    }
    put(
        out,
        format_args!(
            "<details style=\"margin-left:1em\"><summary>{} <b>{result}</b></summary>\
             <ul>{terms}{rounded}{notes}</ul>{children}</details>",
            name(label, snapshot)
        ),
    );
    rest
}

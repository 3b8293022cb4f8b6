//! Derivations as indented text.

use std::fmt::Write;

use super::{Language, Op, Step, Value};
use crate::policy::{CiteId, Snapshot};

/// The parts of one line, its children apart.
#[derive(Default)]
struct Parts {
    formula: String,
    single_money: bool,
    terms: usize,
    notes: Vec<String>,
    rounding: Option<(String, String)>,
    cites: Vec<CiteId>,
    children: String,
}

pub(super) fn text(steps: &[Step], snapshot: &Snapshot, language: Language) -> String {
    let mut out = String::new();
    let mut rest = steps;
    while let Some((first, tail)) = rest.split_first() {
        match first {
            Step::Begin(label) => {
                rest = line(label.text(snapshot, language), tail, snapshot, language, 0, &mut out);
            }
            _ => rest = tail,
        }
    }
    out
}

/// Writes the line that has just begun, and returns what follows its end.
fn line<'s>(
    name: &str,
    mut rest: &'s [Step],
    snapshot: &Snapshot,
    language: Language,
    depth: usize,
    out: &mut String,
) -> &'s [Step] {
    let mut parts = Parts::default();
    let mut result = String::new();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if let Some(cite) = first.cite()
            && !parts.cites.contains(&cite)
        {
            parts.cites.push(cite);
        }
        match first {
            Step::Begin(label) => {
                let name = label.text(snapshot, language);
                rest = line(name, rest, snapshot, language, depth + 1, &mut parts.children);
            }
            Step::Term { op, label, value, .. } => {
                let name = label.text(snapshot, language);
                let text = value.text(language);
                parts.terms += 1;
                parts.single_money = parts.terms == 1 && matches!(value, Value::Money(_));
                match (op, language) {
                    (Op::AtLeast, Language::Zh) => write!(parts.formula, "，不低于{name} {text}"),
                    (Op::AtMost, Language::Zh) => write!(parts.formula, "，不高于{name} {text}"),
                    (Op::AtLeast, Language::En) => {
                        write!(parts.formula, ", at least the {name} {text}")
                    }
                    (Op::AtMost, Language::En) => {
                        write!(parts.formula, ", at most the {name} {text}")
                    }
                    _ => write!(parts.formula, "{}{name} {text}", op.sign()),
                }
                .unwrap_or_default();
            }
            Step::Note { label, value, .. } => {
                let name = label.text(snapshot, language);
                parts.notes.push(match value {
                    Some(value) => {
                        let colon = if language == Language::Zh { "：" } else { ": " };
                        format!("{name}{colon}{}", value.text(language))
                    }
                    None => name.to_owned(),
                });
            }
            Step::Round { before, rounding, .. } => {
                let way = match language {
                    Language::Zh => format!("（{}）", rounding.zh()),
                    Language::En => format!(" ({})", rounding.en()),
                };
                parts.rounding = Some((before.decimal_text(6), way));
            }
            Step::End(value) => {
                result = match (value, language) {
                    (Value::Money(money), Language::Zh) => format!("{money} 元"),
                    (Value::Money(money), Language::En) => format!("{money} yuan"),
                    _ => value.text(language),
                };
                break;
            }
        }
    }
    write_line(name, &result, &parts, snapshot, language, depth, out);
    rest
}

fn write_line(
    name: &str,
    result: &str,
    parts: &Parts,
    snapshot: &Snapshot,
    language: Language,
    depth: usize,
    out: &mut String,
) {
    let pad = "  ".repeat(depth);
    let mut put = |text: &str| {
        out.push_str(&pad);
        out.push_str(text);
        out.push('\n');
    };
    put(&format!("{name} {result}"));
    if !parts.formula.is_empty() {
        let amount = result.trim_end_matches(" 元").trim_end_matches(" yuan");
        let tail = match &parts.rounding {
            Some((before, way)) => format!(" = {before} → {amount}{way}"),
            None if parts.single_money => String::new(),
            None => format!(" = {amount}"),
        };
        // A formula may begin with what is taken off.
        put(&format!("  = {}{tail}", parts.formula.trim_start()));
    }
    for note in &parts.notes {
        put(&format!("  · {note}"));
    }
    // Several fields may rest on one clause; it is printed once.
    let mut printed: Vec<String> = Vec::new();
    for citation in parts.cites.iter().filter_map(|cite| snapshot.citation(*cite)) {
        let text = citation.text(language);
        if !printed.contains(&text) {
            let word = if language == Language::Zh { "依据：" } else { "source: " };
            put(&format!("  § {word}{text}"));
            printed.push(text);
        }
    }
    out.push_str(&parts.children);
}

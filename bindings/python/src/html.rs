//! HTML for notebooks: a derivation that unfolds. Every text is escaped.

use std::fmt::Write;

use serde_json::Value as Json;

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

/// Returns the lines of a derivation as nested `<details>`.
pub(crate) fn derivation(lines: &Json) -> String {
    let mut out = String::new();
    for item in list(lines) {
        line(item, &mut out);
    }
    out
}

/// Returns a table; the first row is its head. Cells after the first are aligned to the right.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let mut out = String::from("<table>");
    for (n, row) in rows.iter().enumerate() {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let tag = if n == 0 { "th" } else { "td" };
            let side = if column == 0 { "left" } else { "right" };
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

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => escape(text),
        Some(other) => escape(&other.to_string()),
    }
}

fn name(label: Option<&Json>) -> String {
    let get = |key| text(label.and_then(|l| l.get(key)));
    let (zh, en) = (get("zh"), get("en"));
    if zh == en { zh } else { format!("{zh} <small>{en}</small>") }
}

fn source(cite: Option<&Json>) -> String {
    let Some(cite) = cite.filter(|c| !c.is_null()) else { return String::new() };
    let get = |key| text(cite.get(key));
    format!(
        " <small>§ {} {} {} · {} · {}</small>",
        get("title"),
        get("number"),
        get("clause"),
        get("evidence"),
        get("from")
    )
}

fn line(item: &Json, out: &mut String) {
    put(
        out,
        format_args!(
            "<details style=\"margin-left:1em\"><summary>{} <b>{}</b></summary><ul>",
            name(item.get("label")),
            text(item.get("result"))
        ),
    );
    for term in list(item.get("terms").unwrap_or(&Json::Null)) {
        let sign = match term.get("op").and_then(Json::as_str) {
            Some("plus") => "+ ",
            Some("minus") => "− ",
            Some("times") => "× ",
            Some("over") => "÷ ",
            Some("at-least") => "↑ ",
            Some("at-most") => "↓ ",
            _ => "",
        };
        put(
            out,
            format_args!(
                "<li>{sign}{} {}{}</li>",
                name(term.get("label")),
                text(term.get("value")),
                source(term.get("source"))
            ),
        );
    }
    if let Some(round) = item.get("rounding").filter(|r| !r.is_null()) {
        put(
            out,
            format_args!(
                "<li>{} → {}{}</li>",
                text(round.get("before")),
                text(round.get("rounding")),
                source(round.get("source"))
            ),
        );
    }
    for note in list(item.get("notes").unwrap_or(&Json::Null)) {
        put(
            out,
            format_args!(
                "<li>· {} {}{}</li>",
                name(note.get("label")),
                text(note.get("value")),
                source(note.get("source"))
            ),
        );
    }
    out.push_str("</ul>");
    for child in list(item.get("lines").unwrap_or(&Json::Null)) {
        line(child, out);
    }
    out.push_str("</details>");
}

//! Derivations as JSON.

use serde_json::{Map, Value as Json, json};

use super::{Label, Language, Step};
use crate::policy::{CiteId, Snapshot};

pub(super) fn lines(steps: &[Step], snapshot: &Snapshot) -> Json {
    let mut out = Vec::new();
    let mut rest = steps;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if let Step::Begin(label) = first {
            let (value, after) = line(*label, rest, snapshot);
            out.push(value);
            rest = after;
        }
    }
    out.into()
}

fn name(label: Label, snapshot: &Snapshot) -> Json {
    json!({
        "code": label.code(snapshot),
        "zh": label.text(snapshot, Language::Zh),
        "en": label.text(snapshot, Language::En),
    })
}

fn line<'s>(label: Label, mut rest: &'s [Step], snapshot: &Snapshot) -> (Json, &'s [Step]) {
    let mut out = Map::new();
    out.insert("label".into(), name(label, snapshot));
    let (mut terms, mut notes, mut children) = (Vec::new(), Vec::new(), Vec::new());
    let mut rounding = Json::Null;
    let mut result = Json::Null;
    let cited = |cite: &Option<CiteId>| {
        cite.and_then(|id| snapshot.citation(id)).map_or(Json::Null, |c| c.to_json())
    };
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            Step::Begin(label) => {
                let (child, after) = line(*label, rest, snapshot);
                children.push(child);
                rest = after;
            }
            Step::Term { op, label, value, cite } => terms.push(json!({
                "op": op.code(), "label": name(*label, snapshot),
                "value": value.to_json(), "source": cited(cite),
            })),
            Step::Note { label, value, cite } => notes.push(json!({
                "label": name(*label, snapshot),
                "value": value.map(super::Value::to_json), "source": cited(cite),
            })),
            Step::Round { before, rounding: by, cite } => {
                rounding = json!({
                    "before": before.decimal_text(6), "rounding": by.to_string(),
                    "source": cited(cite),
                });
            }
            Step::End(value) => {
                result = value.to_json();
                break;
            }
        }
    }
    out.insert("result".into(), result);
    out.insert("terms".into(), terms.into());
    out.insert("rounding".into(), rounding);
    out.insert("notes".into(), notes.into());
    out.insert("lines".into(), children.into());
    (out.into(), rest)
}

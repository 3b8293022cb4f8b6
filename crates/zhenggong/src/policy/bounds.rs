//! Floors and ceilings that a higher layer gives for the fields of a lower one.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Node, RuleInfo};
use crate::{Error, ErrorCode, error::shown};

/// Floor and ceiling of a field.
pub(super) type Limits = (Option<Decimal>, Option<Decimal>);

/// Reads `[value.bounds]`: for each field `{ min = "…", max = "…" }`.
pub(super) fn read(node: Node<'_>, rule: &'static RuleInfo) -> BTreeMap<&'static str, Limits> {
    let mut out = BTreeMap::new();
    for (key, value) in node.entries().into_iter().flatten() {
        let Some(name) = key.text() else { continue };
        let Some(spec) = rule.fields.iter().find(|f| f.key == name) else {
            let known: Vec<_> = rule.fields.iter().map(|f| f.key).collect();
            key.fail(
                Error::new(ErrorCode::UnknownKey)
                    .arg("key", shown(name))
                    .arg("known", known.join(", ")),
            );
            continue;
        };
        let Some(found) = value.keys(&["min", "max"]) else { continue };
        let [min, max] = found.as_slice() else { continue };
        let number = |n: &Option<Node<'_>>| n.and_then(Node::rate).map(|r| r.to_decimal());
        out.insert(spec.key, (number(min), number(max)));
    }
    out
}

/// Checks a number against the limits.
pub(super) fn check(found: Decimal, (min, max): Limits) -> Result<(), Error> {
    if min.is_none_or(|m| found >= m) && max.is_none_or(|m| found <= m) {
        return Ok(());
    }
    let text = |d: Option<Decimal>| d.map_or_else(|| "—".to_owned(), |d| d.normalize().to_string());
    Err(Error::new(ErrorCode::OutOfBounds)
        .arg("found", found.normalize())
        .arg("min", text(min))
        .arg("max", text(max)))
}

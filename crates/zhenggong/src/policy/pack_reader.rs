//! Reading of pack files.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use toml::de::DeTable;

use super::{
    Evidence, Layer, Pack, Source, ValueEntry,
    node::{File, Node},
    pack::BoundEntry,
};
use crate::{
    Error, ErrorCode,
    calendar::{Month, PartialDate, parse_date},
    catalogue,
    error::{Finding, shown},
};

const VALUE_KEYS: [&str; 9] =
    ["rule", "from", "to", "issued", "source", "clause", "evidence", "note", "bounds"];

pub(super) fn read(pack: &mut Pack, name: &str, text: &str) {
    if text.len() > Pack::MAX_BYTES {
        let error = Error::new(ErrorCode::PackTooLarge)
            .arg("size", text.len())
            .arg("limit", Pack::MAX_BYTES);
        pack.findings.push(Finding::error(name, (1, 1), error));
        return;
    }
    let file = File::new(name, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |s| s.start);
        file.report(at, Error::new(ErrorCode::PackSyntax).arg("detail", shown(error.message())));
    }
    let mut sources = BTreeMap::new();
    let (mut seen_pack, mut values) = (false, Vec::new());
    for (key, value) in root.get_ref() {
        let node = Node::value(&file, "pack", value);
        match key.get_ref().as_ref() {
            "pack" => {
                seen_pack = true;
                header(pack, node);
            }
            "source" => {
                for item in node.items().into_iter().flatten() {
                    source(pack, &mut sources, item);
                }
            }
            "value" => values = node.items().unwrap_or_default(),
            other => file.report(
                key.span().start,
                Error::new(ErrorCode::UnknownKey)
                    .arg("key", shown(other))
                    .arg("known", "pack, source, value"),
            ),
        }
    }
    if !seen_pack {
        file.report(0, Error::new(ErrorCode::MissingKey).arg("key", "pack"));
    }
    let mut used = std::collections::BTreeSet::new();
    for node in values {
        read_value(pack, &file, &sources, &mut used, node);
    }
    for (id, (source, at)) in &sources {
        if !used.contains(id.as_str()) {
            let error = Error::new(ErrorCode::UnusedSource).arg("id", &source.id);
            file.findings.borrow_mut().push(Finding::warning(name, file.at(*at), error));
        }
    }
    let mut findings = file.findings.into_inner();
    findings.sort_by_key(|f| (f.line, f.column));
    pack.findings = findings;
}

/// Returns the table's values by these keys, each named after its key.
fn keys<'a>(node: Node<'a>, known: &[&'static str]) -> Option<Vec<Option<Node<'a>>>> {
    let found = node.keys(known)?;
    Some(found.into_iter().zip(known).map(|(value, key)| value.map(|v| v.named(key))).collect())
}

fn header(pack: &mut Pack, node: Node<'_>) {
    let Some(found) = keys(node, &["id", "layer", "place", "parent"]) else { return };
    let [id, layer, place, parent] = found.as_slice() else { return };
    match id {
        Some(id) => pack.id = id.text().unwrap_or_default().to_owned(),
        None => {
            node.missing::<()>("id");
        }
    }
    match layer {
        Some(layer) => {
            if let Some(layer) = layer.member::<Layer>() {
                pack.layer = layer;
            }
        }
        None => {
            node.missing::<()>("layer");
        }
    }
    match place {
        Some(place) => pack.place = place.text().unwrap_or_default().into(),
        None => {
            node.missing::<()>("place");
        }
    }
    pack.parent = parent.and_then(Node::text).map(str::to_owned);
    if pack.layer != Layer::National && pack.parent.is_none() {
        node.missing::<()>("parent");
    }
}

type Sources = BTreeMap<String, (Arc<Source>, usize)>;

fn source(pack: &mut Pack, sources: &mut Sources, node: Node<'_>) {
    let known = ["id", "title", "number", "issuer", "issued", "url", "evidence"];
    let Some(found) = keys(node, &known) else { return };
    let [id, title, number, issuer, issued, url, evidence] = found.as_slice() else { return };
    let text = |n: &Option<Node<'_>>| n.and_then(Node::text).map(str::to_owned);
    for (key, value) in [("id", id), ("title", title), ("issued", issued), ("evidence", evidence)] {
        if value.is_none() {
            node.missing::<()>(key);
        }
    }
    let made = (|| {
        Some(Source {
            id: text(id)?,
            title: text(title)?,
            number: text(number),
            issuer: text(issuer),
            issued: issued.and_then(Node::text_of::<PartialDate>)?,
            url: text(url),
            evidence: evidence.and_then(Node::member::<Evidence>)?,
        })
    })();
    let Some(source) = made.map(Arc::new) else { return };
    if sources.contains_key(&source.id) {
        node.fail(Error::new(ErrorCode::DuplicateSource).arg("id", shown(&source.id)));
    } else {
        pack.sources.push(source.clone());
        sources.insert(source.id.clone(), (source, node.offset()));
    }
}

fn date(node: Node<'_>) -> Option<NaiveDate> {
    parse_date(node.text()?).map_err(|e| node.fail(e.field(node.path()))).ok()
}

fn read_value<'a>(
    pack: &mut Pack,
    file: &'a File<'a>,
    sources: &Sources,
    used: &mut std::collections::BTreeSet<String>,
    node: Node<'a>,
) {
    let Some(entries) = node.entries() else { return };
    let mut common = [None; VALUE_KEYS.len()];
    let mut fields = Vec::new();
    for (key, value) in entries {
        let Some(name) = key.text() else { continue };
        match VALUE_KEYS.iter().position(|k| *k == name) {
            Some(at) => {
                if let (Some(slot), Some(key)) = (common.get_mut(at), VALUE_KEYS.get(at)) {
                    *slot = Some(value.named(key));
                }
            }
            None => fields.push((key, name, value)),
        }
    }
    let [rule, from, to, issued, source, clause, evidence, note, bounds] = common;
    for (key, value) in [("rule", rule), ("from", from), ("source", source), ("clause", clause)] {
        if value.is_none() {
            node.missing::<()>(key);
        }
    }
    // The source counts as used even where the value has another mistake.
    let source = source.and_then(|n| {
        let id = n.text()?;
        used.insert(id.to_owned());
        let found = sources.get(id).map(|(s, _)| s.clone());
        if found.is_none() {
            n.fail(Error::new(ErrorCode::DanglingSource).arg("id", shown(id)));
        }
        found
    });
    let from = from.and_then(date);
    let to = to.map(date);
    let issued = issued.map(Node::text_of::<PartialDate>);
    let evidence = evidence.map(Node::member::<Evidence>);
    let note = note.and_then(Node::text).map(str::to_owned);
    let clause = clause.and_then(Node::text).map(str::to_owned);
    let Some(rule_node) = rule else { return };
    let Some(id) = rule_node.text() else { return };
    let Some(rule) = catalogue::rule(id) else {
        rule_node.fail(Error::new(ErrorCode::RuleNotFound).arg("rule", shown(id)));
        return;
    };
    if let (Some(from), Some(Some(to))) = (from, to)
        && to < from
    {
        node.fail(Error::new(ErrorCode::EmptyValidity).arg("from", from).arg("to", to));
        return;
    }
    for (day, first) in [(from, true), (to.flatten(), false)] {
        let Some(day) = day else { continue };
        let whole =
            Month::of(day).is_ok_and(|m| day == if first { m.first_day() } else { m.last_day() });
        if !whole {
            node.fail(Error::new(ErrorCode::MidMonth).arg("value", rule.id()).arg("date", day));
        }
    }
    let limits = bounds.map(|n| super::bounds::read(n, rule)).unwrap_or_default();
    for (field, limits) in limits {
        let (Some(from), Some(source)) = (from, source.clone()) else { break };
        pack.bounds.push(BoundEntry {
            rule,
            field,
            from,
            to: to.flatten(),
            issued: issued.flatten().unwrap_or(source.issued).latest_day(),
            source,
            limits,
        });
    }
    // A value that sets nothing would be passed over in silence, such as a pay plan without its lines.
    if fields.is_empty() && bounds.is_none() {
        let known: Vec<_> = rule.fields.iter().map(|f| f.key).collect();
        node.missing::<()>(&known.join(" | "));
    }
    for (key, name, value) in fields {
        let Some(spec) = rule.fields.iter().find(|f| f.key == name) else {
            let known: Vec<_> = rule.fields.iter().map(|f| f.key).chain(VALUE_KEYS).collect();
            key.fail(
                Error::new(ErrorCode::UnknownKey)
                    .arg("key", shown(name))
                    .arg("known", known.join(", "))
                    .rule(rule.id()),
            );
            continue;
        };
        let part = spec.ops.read(value.named(spec.key));
        let (Some(part), Some(from), Some(source), Some(clause)) =
            (part, from, source.clone(), clause.clone())
        else {
            continue;
        };
        // A broken `to`, `issued` or `evidence` has its finding; the value is left out.
        if matches!(to, Some(None))
            || matches!(issued, Some(None))
            || matches!(evidence, Some(None))
        {
            continue;
        }
        pack.values.push(ValueEntry {
            rule,
            field: spec,
            from,
            to: to.flatten(),
            issued: issued.flatten().unwrap_or(source.issued).latest_day(),
            evidence: evidence.flatten().unwrap_or(source.evidence),
            source,
            clause,
            note: note.clone(),
            keys: spec.ops.keys(&*part),
            part,
            at: file.at(key.offset()),
            file: pack.file.clone(),
        });
    }
}

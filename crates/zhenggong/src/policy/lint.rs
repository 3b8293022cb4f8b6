//! Findings that show only when packs stand together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Evidence, Layer, PolicyBook, Query, Scope};
use crate::{Error, ErrorCode, calendar::Month, error::Finding};

pub(super) fn lint(book: &PolicyBook) -> Vec<Finding> {
    let mut out: Vec<Finding> = book.packs().iter().flat_map(|p| p.findings.clone()).collect();
    headers(book, &mut out);
    values(book, &mut out);
    overlaps(book, &mut out);
    // Tables are checked as they are used, but only once the files by themselves are fine.
    if out.is_empty() {
        tables(book, &mut out);
    }
    out.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    out.dedup();
    out
}

/// Parents are loaded and above; files of one pack agree.
fn headers(book: &PolicyBook, out: &mut Vec<Finding>) {
    for pack in book.packs() {
        if let Some(parent) = &pack.parent {
            let above = book.packs().iter().find(|p| p.id == *parent);
            if above.is_none_or(|p| p.layer >= pack.layer) {
                let error = Error::new(ErrorCode::UnknownParent).arg("parent", parent);
                out.push(Finding::error(&pack.file, (1, 1), error));
            }
        }
        let Some(first) = book.packs().iter().find(|p| p.id == pack.id) else { continue };
        let same = [
            ("layer", first.layer == pack.layer),
            ("place", first.place == pack.place),
            ("parent", first.parent == pack.parent),
        ];
        for (key, _) in same.iter().filter(|(_, same)| !same) {
            let error = Error::new(ErrorCode::PackDisagrees).arg("id", &pack.id).arg("key", key);
            out.push(Finding::error(&pack.file, (1, 1), error));
        }
    }
}

/// National standards are set by the nation alone; local values lie within bounds.
fn values(book: &PolicyBook, out: &mut Vec<Finding>) {
    for pack in book.packs().iter().filter(|p| p.layer != Layer::National) {
        let chain = book.chain(&pack.id).unwrap_or_default();
        for entry in &pack.values {
            if entry.field.scope == Scope::National {
                let error = Error::new(ErrorCode::NationalOnly);
                let error = entry
                    .rule
                    .named(error, entry.field.key)
                    .arg_in("layer", pack.layer.zh(), pack.layer.en())
                    .rule(entry.rule.id());
                out.push(Finding::error(&entry.file, entry.at, error));
                continue;
            }
            for above in chain.iter().skip(1) {
                if let Err(error) = book.check_bounds(entry, &above.id, entry.from, None) {
                    out.push(Finding::error(&entry.file, entry.at, error));
                }
            }
        }
    }
}

/// Within one pack and field, editions do not run into each other and parts do not repeat keys.
fn overlaps(book: &PolicyBook, out: &mut Vec<Finding>) {
    for (at, pack) in book.packs().iter().enumerate() {
        if book.packs().iter().take(at).any(|p| p.id == pack.id) {
            continue;
        }
        let mine = || book.packs().iter().filter(|p| p.id == pack.id).flat_map(|p| &p.values);
        let mut pairs: Vec<_> = mine().map(|e| (e.rule, e.field)).collect();
        pairs.sort_by_key(|(r, f)| (r.id(), f.key));
        pairs.dedup_by_key(|(r, f)| (r.id(), f.key));
        for (rule, field) in pairs {
            let editions = book.editions(&pack.id, rule, field, None);
            for (n, edition) in editions.iter().enumerate() {
                if pack_is_read(book, &pack.id) {
                    together(&edition.entries, out);
                }
                let next = editions.get(n + 1);
                if let Some(next) = next.filter(|_| pack_is_read(book, &pack.id)) {
                    follows(&next.entries, &edition.entries, out);
                }
                let mut seen = BTreeMap::new();
                for entry in &edition.entries {
                    if let (Some(to), Some(next)) = (entry.to, next)
                        && to >= next.from
                        && let Some(other) = next.entries.first()
                    {
                        out.push(overlap(other, entry));
                    }
                    for key in &entry.keys {
                        let before = seen.insert((key.as_str(), entry.issued), *entry);
                        if let Some(before) = before {
                            out.push(overlap(entry, before));
                            break;
                        }
                    }
                }
            }
        }
    }
}

/// What the values of an edition lack can stand in one that could not be read.
fn pack_is_read(book: &PolicyBook, id: &str) -> bool {
    book.packs().iter().filter(|p| p.id == id).all(|p| p.findings.is_empty())
}

/// Values of an edition go on from those of the one before.
fn follows(entries: &[&super::ValueEntry], before: &[&super::ValueEntry], out: &mut Vec<Finding>) {
    let Some(first) = entries.first() else { return };
    // One that ends by itself is not followed.
    let before: Vec<_> = before.iter().filter(|e| e.to.is_none()).map(|e| &e.part).collect();
    let parts: Vec<_> = entries.iter().map(|e| &e.part).collect();
    for (at, error) in first.field.ops.follows(&parts, &before, first.from) {
        if let Some(entry) = entries.get(at) {
            out.push(Finding::error(&entry.file, entry.at, error.rule(entry.rule.id())));
        }
    }
}

/// Values of one edition fit each other.
fn together(entries: &[&super::ValueEntry], out: &mut Vec<Finding>) {
    let Some(first) = entries.first() else { return };
    let parts: Vec<_> = entries.iter().map(|e| &e.part).collect();
    for (at, place, error) in first.field.ops.together(&parts) {
        if let Some(entry) = entries.get(at) {
            out.push(Finding::error(&entry.file, place, error.rule(entry.rule.id())));
        }
    }
}

fn overlap(entry: &super::ValueEntry, other: &super::ValueEntry) -> Finding {
    let error = entry
        .rule
        .named(Error::new(ErrorCode::Overlap), entry.field.key)
        .arg("from", entry.from)
        .arg("other", format!("{}:{}", other.file, other.at.0))
        .rule(entry.rule.id());
    Finding::error(&entry.file, entry.at, error)
}

/// Every set of values that is ever in force makes parameters: shapes fit, end points agree.
fn tables(book: &PolicyBook, out: &mut Vec<Finding>) {
    for pack in book.packs() {
        let Ok(chain) = book.chain(&pack.id) else { continue };
        // A rule's editions are gathered once, and each day on which values begin is looked at once:
        // the fields of one value make one finding.
        let mut editions = BTreeMap::new();
        let mut checked = BTreeSet::new();
        for entry in &pack.values {
            let Ok(month) = Month::of(entry.from) else { continue };
            let rule = entry.rule;
            if !checked.insert((rule.id(), entry.from)) {
                continue;
            }
            let editions =
                editions.entry(rule.id()).or_insert_with(|| book.editions_of(&chain, rule, None));
            let (place, accept) = (pack.id.clone(), Evidence::Inferred);
            let query = Query { place, month, known_on: None, accept };
            let Some(error) = book.check_rule(&chain, &query, rule, editions) else { continue };
            // A gap in another field is for the caller of a month; a shape or an end point is not.
            if matches!(error.code(), ErrorCode::TableShape | ErrorCode::ChecksumFailed) {
                out.push(Finding::error(&entry.file, entry.at, error));
            }
        }
    }
}

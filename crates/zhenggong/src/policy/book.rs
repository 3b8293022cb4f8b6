//! The policy book: packs of many layers, and the answers for a month and place.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    Citation, CiteId, Evidence, FieldSpec, Fields, Pack, RuleInfo, Snapshot, ValueEntry, bounds,
    lint, pack::hex, snapshot::Resolved,
};
use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    catalogue,
    error::{Finding, Severity},
};

/// What is asked of the book.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// The id of the pack whose place is asked for; its parents are asked too.
    pub place: String,
    /// The month.
    pub month: Month,
    /// Only what was issued by this day counts; none means everything.
    pub known_on: Option<NaiveDate>,
    /// The weakest evidence that is accepted.
    pub accept: Evidence,
}

/// Packs, ready to be asked. Make one with [`new`](Self::new), look at [`lint`](Self::lint).
#[derive(Debug, Clone)]
pub struct PolicyBook {
    packs: Vec<Pack>,
    digest: String,
}

/// The packs have errors, so the book can't be used.
#[derive(Debug, Clone)]
pub struct LintError {
    /// All findings, errors and warnings.
    pub findings: Vec<Finding>,
}

impl std::fmt::Display for LintError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut lines = self.findings.iter().filter(|x| x.severity == Severity::Error);
        match lines.next() {
            Some(first) => write!(f, "{first} (and {} more)", lines.count()),
            None => f.write_str("no error"),
        }
    }
}

impl std::error::Error for LintError {}

impl From<LintError> for Error {
    fn from(lint: LintError) -> Self {
        let first = lint.findings.into_iter().find(|f| f.severity == Severity::Error);
        match first {
            // What is wrong with the place that was asked for stands in no line of a file.
            Some(f) if f.line == 0 => f.error,
            Some(f) => f.error.source(format!("{}:{}:{}", f.file, f.line, f.column)),
            None => Self::new(ErrorCode::Internal).arg("detail", "lint error without an error"),
        }
    }
}

/// The values of one rule and field in one pack id that start on the same day.
pub(super) struct Edition<'a> {
    pub(super) from: NaiveDate,
    /// The day before the next edition starts; `None` for the last one.
    pub(super) until: Option<NaiveDate>,
    /// Oldest first.
    pub(super) entries: Vec<&'a ValueEntry>,
}

/// What the entries of an edition say on one day.
struct InForce<'a> {
    /// The entries that hold and are accepted, oldest first.
    parts: Vec<&'a ValueEntry>,
    /// Whether the latest word on some key has ended while an older one is open.
    ended: bool,
    /// The best evidence of a latest word that is not accepted.
    refused: Option<Evidence>,
}

impl InForce<'_> {
    /// Returns whether nothing of the edition holds any more.
    fn is_over(&self) -> bool {
        self.ended || (self.parts.is_empty() && self.refused.is_none())
    }
}

impl<'a> Edition<'a> {
    /// Returns the last day on which the entry holds.
    fn end_of(&self, entry: &ValueEntry) -> Option<NaiveDate> {
        match (entry.to, self.until) {
            (Some(to), Some(until)) => Some(to.min(until)),
            (to, until) => to.or(until),
        }
    }

    /// Looks at each key's latest word: only that one counts, whatever older entries say.
    fn on(&self, day: NaiveDate, accept: Evidence) -> InForce<'a> {
        let mut out = InForce { parts: Vec::new(), ended: false, refused: None };
        let [mut settled, mut ended, mut refused] = [const { BTreeSet::new() }; 3];
        for entry in self.entries.iter().rev() {
            // Keys on which a later entry has had its say already are not asked again.
            let keys: Vec<_> =
                entry.keys.iter().map(String::as_str).filter(|k| !settled.contains(k)).collect();
            if keys.is_empty() {
                continue;
            }
            if self.end_of(entry).is_some_and(|to| to < day) {
                ended.extend(keys);
            } else if keys.iter().any(|key| ended.contains(key)) {
                out.ended = true;
            } else if entry.evidence > accept {
                refused.extend(keys);
                out.refused = out.refused.into_iter().chain([entry.evidence]).min();
            } else if keys.iter().any(|key| refused.contains(key)) {
                // An older value must not step in for a correction that is not accepted.
                out.parts.clear();
                return out;
            } else {
                settled.extend(keys);
                out.parts.push(entry);
            }
        }
        out.parts.reverse();
        out
    }
}

/// The editions of one field, for each pack of a chain.
pub(super) type Along<'a> = Vec<Vec<Edition<'a>>>;

impl PolicyBook {
    /// Makes a book. It can be linted at once, and used where [`check`](Self::check) is fine.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Self {
        let mut hash = Sha256::new();
        for pack in &packs {
            hash.update(pack.digest.as_bytes());
        }
        Self { packs, digest: hex(&hash.finalize()) }
    }

    /// Returns all findings: those of each file, and those that show only between files.
    #[must_use]
    pub fn lint(&self) -> Vec<Finding> {
        lint::lint(self)
    }

    /// Returns an error where a finding forbids the use of the book.
    ///
    /// # Errors
    ///
    /// [`LintError`] with all findings.
    pub fn check(&self) -> std::result::Result<(), LintError> {
        let findings = self.lint();
        if findings.iter().any(|f| f.severity == Severity::Error) {
            return Err(LintError { findings });
        }
        Ok(())
    }

    /// Returns the packs.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Returns the digest of all packs, in hex.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Returns the pack ids from this one up to the national one.
    pub(crate) fn chain(&self, place: &str) -> Result<Vec<&Pack>> {
        let unknown = |id: &str| {
            let known: BTreeSet<_> = self.packs.iter().map(|pack| pack.id.as_str()).collect();
            let known: Vec<_> = known.into_iter().collect();
            Error::new(ErrorCode::UnknownPlace)
                .arg("place", crate::error::shown(id))
                .arg_in("known", known.join("、"), known.join(", "))
                .field("place")
        };
        let find = |id: &str| self.packs.iter().find(|p| p.id == id);
        let mut chain = vec![find(place).ok_or_else(|| unknown(place))?];
        while let Some(parent) = chain.last().and_then(|p| p.parent.as_deref()) {
            let pack = find(parent).ok_or_else(|| unknown(parent))?;
            if chain.iter().any(|p| p.id == pack.id) {
                return Err(unknown(parent));
            }
            chain.push(pack);
        }
        Ok(chain)
    }

    /// Returns the editions of a field in the packs of this id, oldest first.
    pub(super) fn editions(
        &self,
        pack: &str,
        rule: &RuleInfo,
        field: &FieldSpec,
        known_on: Option<NaiveDate>,
    ) -> Vec<Edition<'_>> {
        let mut by_start: BTreeMap<NaiveDate, Vec<&ValueEntry>> = BTreeMap::new();
        let entries = self.packs.iter().filter(|p| p.id == pack).flat_map(|p| &p.values);
        for entry in entries {
            let mine = std::ptr::eq(entry.rule, rule) && entry.field.key == field.key;
            if mine && known_on.is_none_or(|k| entry.issued <= k) {
                by_start.entry(entry.from).or_default().push(entry);
            }
        }
        let starts: Vec<_> = by_start.keys().copied().collect();
        by_start
            .into_iter()
            .enumerate()
            .map(|(at, (from, mut entries))| {
                entries.sort_by_key(|e| e.issued);
                let until = starts.get(at + 1).and_then(|d| d.pred_opt());
                Edition { from, until, entries }
            })
            .collect()
    }

    /// Resolves the book for one month and place.
    ///
    /// A rule whose values are missing does not make this fail: the snapshot keeps the error and
    /// gives it to whoever asks for that rule.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of that id is loaded.
    pub fn snapshot(&self, query: &Query) -> Result<Snapshot> {
        let chain = self.chain(&query.place)?;
        let mut snapshot = Snapshot::new(query.clone(), self.digest.clone());
        for rule in catalogue::RULES {
            let mut found = BTreeMap::new();
            let editions = self.editions_of(&chain, rule, query.known_on);
            for (field, along) in rule.fields.iter().zip(&editions) {
                let value = self.resolve(&chain, along, rule, field, query, &mut snapshot);
                found.insert(field.key, value);
            }
            let fields = Fields { rule, found: &found, snapshot: &snapshot };
            let resolved = match (rule.resolve)(&fields) {
                Ok(parameters) => Resolved::Ready(parameters),
                Err(error) => Resolved::Missing(error.rule(rule.id()).month(query.month)),
            };
            snapshot.rules.push(resolved);
        }
        Ok(snapshot)
    }

    /// Returns the editions of a rule's fields, each along the chain of packs.
    pub(super) fn editions_of(
        &self,
        chain: &[&Pack],
        rule: &'static RuleInfo,
        known_on: Option<NaiveDate>,
    ) -> Vec<Along<'_>> {
        let along = |field| -> Along<'_> {
            chain.iter().map(|pack| self.editions(&pack.id, rule, field, known_on)).collect()
        };
        rule.fields.iter().map(along).collect()
    }

    /// Resolves one rule alone and returns the error that kept its parameters from being made.
    pub(super) fn check_rule(
        &self,
        chain: &[&Pack],
        query: &Query,
        rule: &'static RuleInfo,
        editions: &[Along<'_>],
    ) -> Option<Error> {
        let mut snapshot = Snapshot::new(query.clone(), String::new());
        let found = rule
            .fields
            .iter()
            .zip(editions)
            .map(|(f, along)| (f.key, self.resolve(chain, along, rule, f, query, &mut snapshot)))
            .collect();
        (rule.resolve)(&Fields { rule, found: &found, snapshot: &snapshot }).err()
    }

    fn resolve(
        &self,
        chain: &[&Pack],
        along: &[Vec<Edition<'_>>],
        rule: &'static RuleInfo,
        field: &'static FieldSpec,
        query: &Query,
        snapshot: &mut Snapshot,
    ) -> Result<Option<Arc<dyn Any + Send + Sync>>> {
        let day = query.month.first_day();
        let named = |code| rule.named(Error::new(code), field.key);
        let mut gap = None;
        for (depth, (pack, editions)) in chain.iter().zip(along).enumerate() {
            // Editions do not overlap, so only the last one that has begun can hold.
            let next = editions.partition_point(|e| e.from <= day);
            let begun = next.checked_sub(1).and_then(|last| editions.get(last));
            let found = begun.map(|edition| (edition, edition.on(day, query.accept)));
            let Some((edition, in_force)) = found.filter(|(_, f)| !f.is_over()) else {
                if gap.is_none() && !editions.is_empty() {
                    let ends = begun.map(|e| e.entries.iter().filter_map(|x| e.end_of(x)).max());
                    gap = Some((ends.flatten(), editions.get(next).map(|e| e.from)));
                }
                continue;
            };
            if in_force.parts.is_empty() {
                let (zh, en) = in_force.refused.map_or(("—", "—"), |e| (e.zh(), e.en()));
                return Err(named(ErrorCode::EvidenceNotAccepted)
                    .arg_in("evidence", zh, en)
                    .rule(rule.id())
                    .field(field.key));
            }
            let usable = in_force.parts;
            for entry in &usable {
                for above in chain.get(depth + 1..).unwrap_or_default() {
                    self.check_bounds(entry, &above.id, day, query.known_on)?;
                }
            }
            let parts: Vec<_> = usable
                .iter()
                .map(|entry| (&entry.part, snapshot.cite(pack, entry, edition.end_of(entry))))
                .collect();
            return Ok(field.ops.resolve(&parts));
        }
        match gap {
            None => Ok(None),
            Some((last, next)) => {
                let text = |d: Option<NaiveDate>| d.map_or("—".to_owned(), |d| d.to_string());
                Err(named(ErrorCode::ValueGap)
                    .arg("last", text(last))
                    .arg("next", text(next))
                    .rule(rule.id())
                    .field(field.key))
            }
        }
    }

    /// Checks a value of a lower layer against the bounds that a higher pack gives on that day.
    pub(super) fn check_bounds(
        &self,
        entry: &ValueEntry,
        above: &str,
        day: NaiveDate,
        known_on: Option<NaiveDate>,
    ) -> Result<()> {
        let Some(number) = entry.field.ops.number(&*entry.part) else { return Ok(()) };
        let higher = self
            .packs
            .iter()
            .filter(|p| p.id == above)
            .flat_map(|p| &p.bounds)
            .filter(|b| std::ptr::eq(b.rule, entry.rule) && b.field == entry.field.key)
            .filter(|b| b.from <= day && b.to.is_none_or(|to| day <= to))
            .filter(|b| known_on.is_none_or(|k| b.issued <= k));
        for b in higher {
            bounds::check(number, b.limits).map_err(|e| {
                let e = entry.rule.named(e, entry.field.key);
                e.rule(entry.rule.id()).field(entry.field.key).source(b.source.name())
            })?;
        }
        Ok(())
    }
}

impl Snapshot {
    fn cite(&mut self, pack: &Pack, entry: &ValueEntry, to: Option<NaiveDate>) -> CiteId {
        self.add_citation(Citation {
            source: entry.source.clone(),
            clause: entry.clause.clone(),
            evidence: entry.evidence,
            layer: pack.layer,
            place: pack.place.clone(),
            rule: entry.rule.id(),
            field: entry.field.key,
            from: entry.from,
            to,
            note: entry.note.clone(),
        })
    }
}

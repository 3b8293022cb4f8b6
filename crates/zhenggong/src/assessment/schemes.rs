//! The schemes of a place, in force for a month (rule `assessment.scheme`).

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Condition, PeriodKind, SubjectKind,
    scheme::{Name, Scheme, SchemePart},
    schemes_answer::SchemeAnswer,
    test_standards::TestStandards,
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        CiteId, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        field, resolve_as,
    },
    vocabulary::Term,
};

/// The schemes of a place. Values that start on the same day stand together; a later day replaces all.
#[derive(Debug, Clone)]
pub struct Schemes {
    entries: Vec<Entry>,
    pub(super) standards: TestStandards,
}

/// A scheme with its citation.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The scheme.
    pub scheme: Arc<Scheme>,
    /// Where it comes from.
    pub cite: CiteId,
    /// The number of its first name among the labels of the snapshot.
    pub(super) first: u32,
}

impl Schemes {
    /// Returns the schemes in the order of the packs.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Returns the scheme of this id.
    ///
    /// # Errors
    ///
    /// `UnknownTerm`, with the ids of the place.
    pub fn get(&self, id: &str) -> Result<&Scheme> {
        self.entry(id).map(|e| &*e.scheme)
    }

    /// Returns the scheme of this id with its citation.
    ///
    /// # Errors
    ///
    /// `UnknownTerm`, with the ids of the place.
    pub fn entry(&self, id: &str) -> Result<&Entry> {
        self.entries.iter().find(|e| e.scheme.name.code == id).ok_or_else(|| {
            let known: Vec<_> = self.entries.iter().map(|e| e.scheme.name.code.as_str()).collect();
            Error::new(ErrorCode::UnknownTerm)
                .arg_in("kind", "考核方案", "scheme")
                .arg("value", crate::error::shown(id))
                .arg_in("known", known.join("、"), known.join(", "))
        })
    }

    /// Returns the scheme that a subject of this kind names for this kind of period.
    ///
    /// # Errors
    ///
    /// `UnknownTerm` for an id that no scheme has, `ContradictoryFacts` for a scheme of another kind of subject
    /// or period; both name those that fit.
    pub fn own(&self, kind: SubjectKind, period: PeriodKind, id: &str) -> Result<&Entry> {
        let fits = |e: &&Entry| e.scheme.subject == kind && e.scheme.period == period;
        let known: Vec<_> =
            self.entries.iter().filter(fits).map(|e| e.scheme.name.code.as_str()).collect();
        let (zh, en) = match known.as_slice() {
            [] => ("（无）".to_owned(), "none".to_owned()),
            known => (known.join("、"), known.join(", ")),
        };
        match self.entries.iter().find(|e| e.scheme.name.code == id) {
            Some(entry) if fits(&entry) => Ok(entry),
            Some(Entry { scheme, .. }) => {
                Err(Error::new(ErrorCode::ContradictoryFacts).arg_in(
                    "detail",
                    format!(
                        "方案 {id} 是{}的{}方案，不能用于{}的{}考核；可用：{zh}",
                        scheme.subject.zh(),
                        scheme.period.zh(),
                        kind.zh(),
                        period.zh()
                    ),
                    format!(
                        "the scheme {id} is one of the {} for the kind {}, not of the {} for the kind {}; those for it: {en}",
                        scheme.period.en(),
                        scheme.subject.en(),
                        period.en(),
                        kind.en()
                    ),
                ))
            }
            None => Err(Error::new(ErrorCode::UnknownTerm)
                .arg_in(
                    "kind",
                    format!("{}{}考核方案", kind.zh(), period.zh()),
                    format!("scheme of the {} for the kind {}", period.en(), kind.en()),
                )
                .arg("value", crate::error::shown(id))
                .arg_in("known", zh, en)),
        }
    }

    /// Returns the one scheme for this kind of subject and period in this condition, of those named for the
    /// kind, or of all that need no name where none is named for it; none where there is none.
    ///
    /// # Errors
    ///
    /// `NeedsDecision` where several fit: the request then names one.
    pub fn choose(
        &self,
        kind: SubjectKind,
        period: PeriodKind,
        condition: Condition,
        named: &[String],
    ) -> Result<Option<&Entry>> {
        let is_named = |e: &Entry| named.contains(&e.scheme.name.code);
        // A name settles its own kind of subject alone; the others keep their one scheme.
        let settled = self.entries.iter().any(|e| e.scheme.subject == kind && is_named(e));
        let fits = |e: &&Entry| {
            let s = &e.scheme;
            s.subject == kind
                && s.period == period
                && s.condition.is_none_or(|c| c == condition)
                && (is_named(e) || !(settled || s.by_name))
        };
        let mut found = self.entries.iter().filter(fits);
        let first = found.next();
        if let (Some(one), Some(other)) = (first, found.next()) {
            let (one, other) = (&one.scheme.name, &other.scheme.name);
            return Err(Error::new(ErrorCode::NeedsDecision)
                .arg_in(
                    "question",
                    format!(
                        "{}有多个{}方案（{}、{}），请在 schemes 中指明",
                        kind.zh(),
                        period.zh(),
                        one.code,
                        other.code
                    ),
                    format!(
                        "several {} schemes fit a {} ({}, {}): name one in `schemes`",
                        period.en(),
                        kind.en(),
                        one.code,
                        other.code
                    ),
                )
                .field("schemes"));
        }
        Ok(first)
    }

    /// Returns the schemes with this one in the place of the scheme of its id.
    #[must_use]
    pub fn replaced(mut self, scheme: Scheme) -> Self {
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|e| e.scheme.name.code == scheme.name.code) {
            entry.scheme = Arc::new(scheme);
        }
        self
    }

    pub(crate) fn name(&self, id: u32) -> Option<&Name> {
        let at = self.entries.partition_point(|e| e.first <= id).checked_sub(1)?;
        let entry = self.entries.get(at)?;
        entry.scheme.name_of(u16::try_from(id.checked_sub(entry.first)?).ok()?)
    }
}

impl Parameters for Schemes {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let mut first = 0u32;
        let mut entries = Vec::new();
        for (scheme, cite) in fields.get::<SchemePart>("scheme")? {
            let names = u32::try_from(scheme.names.len()).unwrap_or(u32::MAX);
            entries.push(Entry { scheme, cite, first });
            first = first.saturating_add(names);
        }
        Ok(Self { entries, standards: TestStandards::of(fields) })
    }
}

const FIELDS: &[FieldSpec] = &[field::<SchemePart>("scheme", Scope::Local)];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.scheme", "考核方案", "schemes of assessment"),
    about: Term::new(
        "about",
        "列出当地当月有效的考核方案：对象、周期、考核表、项目和计分规则。",
        "Lists the schemes of assessment in force: subjects, periods, sheets, items and rules.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::optional(Term::new("scheme", "方案编号", "id of a scheme"), "text")],
    output: "[{id, zh, en, subject, period, three_hundred, sheets: [{id, zh, en, base, full, items}]}]",
    resolve: resolve_as::<Schemes>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    scheme: Option<String>,
}

static LISTED: Term = Term::new("schemes", "有效的考核方案", "Schemes in force");

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Vec<SchemeAnswer>> {
    let schemes: &Schemes = snapshot.get()?;
    let chosen: Vec<&Entry> = match &input.scheme {
        Some(id) => vec![schemes.entry(id).map_err(|e| e.field("scheme"))?],
        None => schemes.iter().collect(),
    };
    t.begin(&LISTED);
    for entry in &chosen {
        t.cited_note(crate::derivation::Label::Scheme(entry.first), None, entry.cite);
    }
    t.end(Value::Count(i64::try_from(chosen.len()).unwrap_or(i64::MAX)));
    Ok(chosen.iter().map(|e| SchemeAnswer::of(&e.scheme)).collect())
}

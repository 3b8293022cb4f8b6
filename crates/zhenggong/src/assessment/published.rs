//! Published scores, and what differs from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Aspect, Assessment, Coefficient, Difference, Name, PartSheets, PeriodKind, Points, Scheme,
    Score, Standing, VetoEffect, VetoScope, VetoStanding, period_given::in_range,
    published_form::Veto, standing::standings,
};
use crate::{
    Error, ErrorCode, Result,
    error::{shown, unknown_term},
    number::Rate,
    person::Label,
};

/// Scores as they were published: totals by subject, or a list of records.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::Published;
/// let totals: Published = serde_json::from_str(r#"{ "A1": "95.00" }"#).unwrap();
/// assert_eq!(totals.scores()[0].grade, None);
/// let records = r#"[{ "subject": "A1", "total": "95.00", "grade": "pass", "coefficient": "1" }]"#;
/// let records: Published = serde_json::from_str(records).unwrap();
/// assert_eq!(records.scores()[0].grade.as_deref(), Some("pass"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published {
    pub(super) scores: Vec<PublishedScore>,
    /// Whether they came as a list, for the names of fields in errors.
    pub(super) listed: bool,
}

/// The score of one subject as it was published. What was not published is left out, and nobody knows then
/// whether it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedScore {
    /// The subject.
    pub subject: Label,
    /// The total.
    pub total: Points,
    /// The id of the grade, or what the scheme says where there is none.
    pub grade: Option<String>,
    /// The coefficient of the month's bonus.
    pub coefficient: Option<Rate>,
    /// The scores of sheets, by id.
    pub sheets: BTreeMap<String, Points>,
    /// The vetoes that were set off, by id, with what each does and how far it reaches.
    pub(super) vetoes: Option<Vec<Veto>>,
    /// Whether it is an answer of `assessment.score`, which leaves out what there is none of.
    pub(super) whole: bool,
}

impl PublishedScore {
    /// Returns a score of which the total alone was published.
    #[must_use]
    pub const fn new(subject: Label, total: Points) -> Self {
        Self {
            subject,
            total,
            grade: None,
            coefficient: None,
            sheets: BTreeMap::new(),
            vetoes: None,
            whole: false,
        }
    }
}

impl Published {
    /// Returns these scores.
    #[must_use]
    pub const fn new(scores: Vec<PublishedScore>) -> Self {
        Self { scores, listed: true }
    }

    /// Returns the scores in their order.
    #[must_use]
    pub fn scores(&self) -> &[PublishedScore] {
        &self.scores
    }

    /// Returns the name of the field of a score.
    fn field(&self, at: usize, id: &str, key: &str) -> String {
        match (self.listed, key) {
            (true, key) => format!("published[{at}].{key}"),
            (false, "subject" | "total") => format!("published.{id}"),
            (false, key) => format!("published.{id}.{key}"),
        }
    }

    /// Returns the scores by subject.
    fn by_subject(&self) -> Result<BTreeMap<&str, (usize, &PublishedScore)>> {
        let mut out = BTreeMap::new();
        for (score, at) in self.scores.iter().zip(0usize..) {
            let id = score.subject.as_str();
            if let Some((first, _)) = out.insert(id, (at, score)) {
                return Err(Error::new(ErrorCode::DuplicatePerson)
                    .arg("first", first + 1)
                    .person(id)
                    .field(self.field(at, id, "subject")));
            }
        }
        Ok(out)
    }
}

/// Returns the subjects for whom anything differs from what was published, and those of whom it is not known:
/// a grade changes only where one was published.
///
/// A published grade that is given by hand stays unknown for whom the score still reaches the best grade by
/// threshold, from which it is chosen.
///
/// # Errors
///
/// `DuplicatePerson` for a subject that was published twice, `UnknownSubject` for a published score of nobody
/// on the list, `ContradictoryFacts` for one of a subject that has no score in the period, `UnknownTerm` for a
/// grade, a sheet or a veto that the scheme does not have, `ScoreAboveFull` and `NumberOutOfRange` for a total
/// that it can't give.
pub fn compare_published(published: &Published, after: &Assessment<'_>) -> Result<Vec<Difference>> {
    let by_subject = published.by_subject()?;
    let scores = standings(after);
    let listed: BTreeSet<&str> = after.ledger.subjects().iter().map(|s| s.id.as_str()).collect();
    // Who was not scored because of an error has one instead.
    let failed = after.errors().iter().filter_map(Error::person_id);
    let told: BTreeSet<&str> = scores.iter().map(|(id, ..)| *id).chain(failed).collect();
    for (id, (at, _)) in &by_subject {
        is_scored(id, &listed, &told).map_err(|e| e.field(published.field(*at, id, "subject")))?;
    }
    let mut out = Vec::new();
    for (id, standing, score) in scores {
        let Some((at, before)) = by_subject.get(id) else {
            out.push(not_published(id, standing));
            continue;
        };
        let Some(entry) = after.scheme(score) else { continue };
        in_range(&entry.scheme, after.period().kind(), before.total)
            .map_err(|e| e.person(id).field(published.field(*at, id, "total")))?;
        let old = before
            .standing(&entry.scheme, after, score)
            .map_err(|(key, e)| e.person(id).field(published.field(*at, id, key)))?;
        let unknown = unknown(&old, &standing, &entry.scheme, score);
        let mut changed = old.changed(&standing);
        changed.retain(|aspect| !unknown.contains(aspect));
        // A veto that was perhaps not yet at work is told of, even where the total is the same.
        let silent = [Aspect::Vetoes, Aspect::Contract];
        if changed.is_empty() && !unknown.iter().any(|a| silent.contains(a)) {
            continue;
        }
        out.push(Difference {
            subject: id.to_owned(),
            before: Some(old),
            after: Some(standing),
            changed,
            unknown,
            events: BTreeMap::new(),
        });
    }
    Ok(out)
}

/// Refuses a published score of nobody on the list, or of a subject of whom the assessment tells nothing.
fn is_scored(id: &str, listed: &BTreeSet<&str>, told: &BTreeSet<&str>) -> Result<()> {
    if !listed.contains(id) {
        return Err(Error::new(ErrorCode::UnknownSubject)
            .arg_in("event", "已公布成绩", "the published scores")
            .arg("subject", shown(id)));
    }
    if !told.contains(id) {
        return Err(Error::new(ErrorCode::ContradictoryFacts)
            .arg_in(
                "detail",
                "已公布成绩的对象在该周期没有成绩",
                "published, but without a score in the period",
            )
            .person(id));
    }
    Ok(())
}

/// Who stands in no published list was not published, or was left out of it: what changes is not known.
fn not_published(id: &str, after: Standing) -> Difference {
    let mut unknown = vec![Aspect::Total, Aspect::Grade];
    if after.coefficient != Coefficient::None {
        unknown.push(Aspect::Coefficient);
    }
    Difference {
        subject: id.to_owned(),
        before: None,
        after: Some(after),
        changed: Vec::new(),
        unknown,
        events: BTreeMap::new(),
    }
}

/// Returns what the new score has and what was published does not say.
fn unknown(old: &Standing, new: &Standing, scheme: &Scheme, score: &Score) -> Vec<Aspect> {
    let all = new.sheets.iter().map(|p| p.sheets.len()).sum::<usize>();
    let given = old.sheets.iter().map(|p| p.sheets.len()).sum::<usize>();
    let grade = old.grade.as_ref().is_none_or(|old| {
        let by_hand = scheme.grades.iter().any(|g| g.by_hand && g.name.code == old.code);
        by_hand && score.grade.is_some() && score.grade == scheme.best_by_score()
    });
    [
        (Aspect::Sheets, given < all && old.changed(new).iter().all(|a| *a != Aspect::Sheets)),
        (Aspect::Grade, grade),
        (
            Aspect::Coefficient,
            old.coefficient == Coefficient::NotGiven && new.coefficient != Coefficient::None,
        ),
        (
            Aspect::Vetoes,
            old.vetoes.is_none() && new.vetoes.as_ref().is_some_and(|vetoes| !vetoes.is_empty()),
        ),
        (Aspect::Contract, old.terminate.is_none() && new.terminate == Some(true)),
    ]
    .into_iter()
    .filter_map(|(aspect, unknown)| unknown.then_some(aspect))
    .collect()
}

/// An error with the key of the score that it is about.
type Told<T> = std::result::Result<T, (&'static str, Error)>;

impl PublishedScore {
    /// Returns what was published, read by the scheme of the new score.
    fn standing(&self, scheme: &Scheme, after: &Assessment<'_>, score: &Score) -> Told<Standing> {
        let vetoes = self.vetoes(after, score)?;
        let ends = |v: &VetoStanding| {
            v.effect == VetoEffect::Terminate
                && (v.scope == VetoScope::Period || scheme.period == PeriodKind::Year)
        };
        let coefficient = match (self.coefficient, self.whole, &scheme.bonus) {
            (Some(rate), ..) => Coefficient::Is(rate),
            (None, true, Some(_)) => Coefficient::Open,
            (None, _, None) => Coefficient::None,
            (None, false, Some(_)) => Coefficient::NotGiven,
        };
        Ok(Standing {
            scheme: scheme.name.code.clone(),
            total: self.total,
            sheets: self.sheets(after, score)?,
            grade: self.grade.as_deref().map(|grade| grade_of(scheme, grade)).transpose()?,
            coefficient,
            terminate: vetoes.as_ref().map(|vetoes| vetoes.iter().any(ends)),
            vetoes,
            rank: None,
        })
    }

    fn sheets(&self, after: &Assessment<'_>, score: &Score) -> Told<Vec<PartSheets>> {
        if self.sheets.is_empty() {
            return Ok(Vec::new());
        }
        let parts = after.plan(score).map_or(&[][..], |plan| plan.parts.as_slice());
        let [only] = parts else {
            let error = Error::new(ErrorCode::ContradictoryFacts).arg_in(
                "detail",
                "该周期按平战拆分，各段的考核表不能只写一份",
                "the period is split, so that the sheets of its parts are not those of one",
            );
            return Err(("sheets", error));
        };
        let scheme = &only.entry.scheme;
        let named = |(id, points): (&String, &Points)| {
            let names = scheme.sheets.iter().filter_map(|s| scheme.name_of(s.label));
            let found = names.clone().find(|name| name.code == *id);
            let name = found.ok_or_else(|| {
                let known: Vec<_> = names.map(|name| name.code.as_str()).collect();
                ("sheets", unknown_term(("考核表", "sheet"), id, known))
            })?;
            Ok((name.clone(), *points))
        };
        let sheets = self.sheets.iter().map(named).collect::<Told<_>>()?;
        Ok(vec![PartSheets { scheme: scheme.name.code.clone(), sheets }])
    }

    fn vetoes(&self, after: &Assessment<'_>, score: &Score) -> Told<Option<Vec<VetoStanding>>> {
        let Some(vetoes) = &self.vetoes else { return Ok(None) };
        let parts = after.plan(score).map_or(&[][..], |plan| plan.parts.as_slice());
        let names = || {
            let of = |scheme: &Arc<Scheme>| {
                let scheme = Arc::clone(scheme);
                let labels: Vec<_> = scheme.vetoes.iter().map(|v| v.label).collect();
                labels.into_iter().filter_map(move |l| scheme.name_of(l).cloned())
            };
            parts.iter().flat_map(move |p| of(&p.entry.scheme))
        };
        let standing = |veto: &Veto| {
            let name = names().find(|name| name.code == veto.veto).ok_or_else(|| {
                let known: Vec<_> = names().map(|name| name.code).collect();
                let known: Vec<_> = known.iter().map(String::as_str).collect();
                ("vetoes", unknown_term(("否决", "veto"), &veto.veto, known))
            })?;
            let Veto { effect, scope, ref event, .. } = *veto;
            Ok(VetoStanding { name, effect, scope, event: event.clone() })
        };
        vetoes.iter().map(standing).collect::<Told<_>>().map(Some)
    }
}

fn grade_of(scheme: &Scheme, grade: &str) -> Told<Name> {
    let names = || scheme.grades.iter().map(|g| &g.name).chain([&scheme.ungraded]);
    names().find(|name| name.code == grade).cloned().ok_or_else(|| {
        let known: Vec<_> = names().map(|name| name.code.as_str()).collect();
        ("grade", unknown_term(("等次", "grade"), grade, known))
    })
}

//! Two assessments side by side: late and corrected events, another scheme, another period.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{
    Assessment, Points, Score,
    answer::json,
    period_answer::{DifferenceAnswer, EventChangeAnswer, StandingAnswer},
    ranking::ranking,
};
use crate::{Error, ErrorCode, Result};

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The total.
    pub total: Points,
    /// The id of the grade, or of what the scheme says where there is none.
    pub grade: String,
    /// Its Chinese name.
    pub grade_zh: String,
    /// The rank in its list, where it is known.
    pub rank: Option<u32>,
}

/// What differs for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The subject.
    pub subject: String,
    /// Before; none where the subject was not scored.
    pub before: Option<Standing>,
    /// After; none where the subject is not scored.
    pub after: Option<Standing>,
    /// What events change, by id: points on the sheets before and after.
    pub events: BTreeMap<String, (Points, Points)>,
}

impl Difference {
    /// Returns the change of the total, where both sides have one.
    #[must_use]
    pub fn change(&self) -> Option<Points> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        after.total.minus(before.total).ok()
    }

    /// Returns whether the grade differs.
    #[must_use]
    pub fn changes_grade(&self) -> bool {
        let grade = |side: &Option<Standing>| side.as_ref().map(|s| s.grade.clone());
        grade(&self.before) != grade(&self.after)
    }

    /// Returns the difference as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json(&self.answer())
    }

    pub(super) fn answer(&self) -> DifferenceAnswer {
        let side = |side: &Option<Standing>| {
            side.as_ref().map(|s| StandingAnswer {
                total: s.total,
                grade: s.grade.clone(),
                rank: s.rank,
            })
        };
        let event = |(id, (before, after)): (&String, &(Points, Points))| {
            (id.clone(), EventChangeAnswer { before: *before, after: *after })
        };
        DifferenceAnswer {
            subject: self.subject.clone(),
            before: side(&self.before),
            after: side(&self.after),
            change: self.change(),
            events: self.events.iter().map(event).collect(),
        }
    }
}

/// Returns the subjects whose total, grade or scoring differs, in the order of the later assessment, then
/// those that only the earlier one has.
#[must_use]
pub fn compare(before: &Assessment<'_>, after: &Assessment<'_>) -> Vec<Difference> {
    let (mut earlier, later) = (standings(before), standings(after));
    let mut out = Vec::new();
    for (id, standing, score) in later {
        let old = earlier.iter().position(|(other, ..)| *other == id).map(|at| earlier.remove(at));
        let mut events = points_by_event(after, score, |p| (Points::ZERO, p));
        if let Some((_, _, old)) = &old {
            for (event, (points, _)) in points_by_event(before, old, |p| (p, Points::ZERO)) {
                events.entry(event).or_default().0 = points;
            }
        }
        events.retain(|_, (before, after)| before != after);
        let difference = Difference {
            subject: id.to_owned(),
            before: old.map(|(_, standing, _)| standing),
            after: Some(standing),
            events,
        };
        if difference.change().is_none_or(|c| !c.is_zero()) || difference.changes_grade() {
            out.push(difference);
        }
    }
    // Who was not scored on one side because of an error differs by nothing that is known.
    let failed: BTreeSet<&str> =
        before.errors().iter().chain(after.errors()).filter_map(Error::person_id).collect();
    out.retain(|d: &Difference| !failed.contains(d.subject.as_str()));
    earlier.retain(|(id, ..)| !failed.contains(id));
    out.extend(earlier.into_iter().map(|(id, standing, score)| Difference {
        subject: id.to_owned(),
        before: Some(standing),
        after: None,
        events: points_by_event(before, score, |p| (p, Points::ZERO)),
    }));
    out
}

/// Returns the subjects whose total or grade differs from what was published.
///
/// # Errors
///
/// `UnknownSubject` for a published score of nobody on the list, `ContradictoryFacts` for one of a subject
/// that has no score in the period.
pub fn compare_published(
    published: &BTreeMap<String, Points>,
    after: &Assessment<'_>,
) -> Result<Vec<Difference>> {
    for id in published.keys() {
        let on_list = after.ledger.subjects().iter().any(|s| s.id.as_str() == id);
        let field = format!("published.{id}");
        if !on_list {
            return Err(Error::new(ErrorCode::UnknownSubject)
                .arg_in("event", "已公布成绩", "the published scores")
                .arg("subject", crate::error::shown(id))
                .field(field));
        }
        if after.of(id).is_none() && !after.has_failed(id) {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    "已公布成绩的对象在该周期没有成绩",
                    "published, but without a score in the period",
                )
                .person(id)
                .field(field));
        }
    }
    let mut out = Vec::new();
    for (id, standing, score) in standings(after) {
        let before = published.get(id).map(|total| {
            let scheme = after.scheme(score).map(|e| &e.scheme);
            let grade = scheme.map(|s| s.grade_name(s.grade_of(*total)));
            let (grade, grade_zh) =
                grade.map(|g| (g.code.clone(), g.zh.clone())).unwrap_or_default();
            Standing { total: *total, grade, grade_zh, rank: None }
        });
        let difference = Difference {
            subject: id.to_owned(),
            before,
            after: Some(standing),
            events: BTreeMap::new(),
        };
        if difference.change().is_none_or(|c| !c.is_zero()) || difference.changes_grade() {
            out.push(difference);
        }
    }
    Ok(out)
}

fn standings<'a>(of: &'a Assessment<'_>) -> Vec<(&'a str, Standing, &'a Score)> {
    let ranks: BTreeMap<u32, u32> = ranking(of).iter().map(|p| (p.subject, p.rank)).collect();
    let standing = |score: &'a Score| {
        let scheme = &of.scheme(score)?.scheme;
        let name = scheme.grade_name(score.grade);
        let standing = Standing {
            total: score.total,
            grade: name.code.clone(),
            grade_zh: name.zh.clone(),
            rank: ranks.get(&score.subject).copied(),
        };
        Some((of.subject(score)?.id.as_str(), standing, score))
    };
    of.scores().iter().filter_map(standing).collect()
}

fn points_by_event(
    of: &Assessment<'_>,
    score: &Score,
    side: impl Fn(Points) -> (Points, Points),
) -> BTreeMap<String, (Points, Points)> {
    let mut sums: BTreeMap<String, Points> = BTreeMap::new();
    for line in of.trail(score) {
        let Some(event) = line.event.and_then(|e| of.ledger.event(e)) else { continue };
        let sum = sums.entry(event.id.to_string()).or_default();
        *sum = sum.plus(line.points).unwrap_or(*sum);
    }
    sums.into_iter().map(|(id, points)| (id, side(points))).collect()
}

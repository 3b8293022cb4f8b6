//! What a subject's assessment comes to: one side of a difference.

use std::collections::BTreeSet;

use super::{
    Assessment, Name, Points, Score, VetoEffect, VetoScope,
    answer::Keyed,
    period_answer::{SheetsOfPart, StandingAnswer},
    ranking::Place,
    score_answer::VetoAnswer,
};
use crate::{number::Rate, person::Label, vocabulary::vocabulary};

vocabulary! {
    /// What can differ between two assessments of a subject.
    #[derive(PartialOrd, Ord)]
    pub enum Aspect ("aspect", "差异内容", "what differs") {
        Total = "total", "总分", "total";
        Sheets = "sheets", "考核表得分", "scores of sheets";
        Grade = "grade", "等次", "grade";
        Coefficient = "coefficient", "当月奖金系数", "coefficient of the month's bonus";
        Vetoes = "vetoes", "否决", "vetoes";
        Contract = "contract", "合同解除", "end of the contract";
    }
}

/// The coefficient of the month's bonus on one side of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// This one.
    Is(Rate),
    /// The scheme gives none.
    None,
    /// The scheme leaves it to a decision.
    Open,
    /// What was published does not say.
    NotGiven,
}

impl Coefficient {
    /// Returns the coefficient where there is one.
    #[must_use]
    pub const fn rate(self) -> Option<Rate> {
        match self {
            Self::Is(rate) => Some(rate),
            _ => None,
        }
    }
}

/// What a subject's assessment comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The id of the scheme that gives grade and coefficient.
    pub scheme: String,
    /// The total.
    pub total: Points,
    /// The scores of the sheets, part by part; of what was published those that were given.
    pub sheets: Vec<PartSheets>,
    /// The grade, or what the scheme says where there is none; none where it was not published.
    pub grade: Option<Name>,
    /// The coefficient of the month's bonus.
    pub coefficient: Coefficient,
    /// Vetoes that were set off, such as those that leave no grade; none where what was published does not
    /// say.
    pub vetoes: Option<Vec<VetoStanding>>,
    /// Whether the contract ends; none where what was published does not say.
    pub terminate: Option<bool>,
    /// The rank in its list, where it is known.
    pub rank: Option<u32>,
}

/// The scores of the sheets of a part of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartSheets {
    /// The id of the scheme of the part.
    pub scheme: String,
    /// Its sheets with their scores.
    pub sheets: Vec<(Name, Points)>,
}

/// A veto that was set off.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VetoStanding {
    /// The id and names of the veto.
    pub name: Name,
    /// What it does.
    pub effect: VetoEffect,
    /// How far it reaches.
    pub scope: VetoScope,
    /// The event that set it off, where it was one.
    pub event: Option<Label>,
}

impl Standing {
    /// Returns what a score comes to.
    pub(super) fn of(
        assessment: &Assessment<'_>,
        score: &Score,
        rank: Option<u32>,
    ) -> Option<Self> {
        let scheme = &assessment.scheme(score)?.scheme;
        let coefficient = match (score.coefficient, &scheme.bonus) {
            (_, None) => Coefficient::None,
            (Some(rate), Some(_)) => Coefficient::Is(rate),
            (None, Some(_)) => Coefficient::Open,
        };
        Some(Self {
            scheme: scheme.name.code.clone(),
            total: score.total,
            sheets: sheets(assessment, score)?,
            grade: Some(scheme.grade_name(score.grade).clone()),
            coefficient,
            vetoes: Some(vetoes(assessment, score)?),
            terminate: Some(score.terminate),
            rank,
        })
    }

    /// Returns what differs from another standing, as far as both say it.
    pub(super) fn changed(&self, after: &Self) -> Vec<Aspect> {
        let both = |a: Option<bool>| a.unwrap_or_default();
        let known = |c: Coefficient| c != Coefficient::NotGiven;
        let grades = self.grade.as_ref().zip(after.grade.as_ref());
        let vetoes = self.vetoes.as_ref().zip(after.vetoes.as_ref());
        let contract = self.terminate.zip(after.terminate);
        [
            (Aspect::Total, self.total != after.total),
            (Aspect::Sheets, sheets_differ(&self.sheets, &after.sheets)),
            (Aspect::Grade, both(grades.map(|(a, b)| a.code != b.code))),
            (
                Aspect::Coefficient,
                known(self.coefficient)
                    && known(after.coefficient)
                    && self.coefficient != after.coefficient,
            ),
            (Aspect::Vetoes, both(vetoes.map(|(a, b)| set_off(a) != set_off(b)))),
            (Aspect::Contract, both(contract.map(|(a, b)| a != b))),
        ]
        .into_iter()
        .filter_map(|(aspect, differs)| differs.then_some(aspect))
        .collect()
    }

    pub(super) fn answer(&self) -> StandingAnswer {
        let keyed = |part: &PartSheets| -> Keyed<Points> {
            part.sheets.iter().map(|(name, points)| (name.code.as_str(), *points)).collect()
        };
        let (sheets, parts) = match self.sheets.as_slice() {
            [] => (None, None),
            [only] => (Some(keyed(only)), None),
            parts => {
                let part =
                    |p: &PartSheets| SheetsOfPart { scheme: p.scheme.clone(), sheets: keyed(p) };
                (None, Some(parts.iter().map(part).collect()))
            }
        };
        let veto = |v: &VetoStanding| VetoAnswer {
            veto: v.name.code.clone(),
            effect: v.effect,
            scope: v.scope,
            event: v.event.clone(),
        };
        let vetoes = self.vetoes.as_ref().filter(|vetoes| !vetoes.is_empty());
        StandingAnswer {
            total: self.total,
            sheets,
            parts,
            grade: self.grade.as_ref().map(|g| g.code.clone()),
            coefficient: self.coefficient.rate(),
            coefficient_open: (self.coefficient == Coefficient::Open).then_some(true),
            vetoes: vetoes.map(|vetoes| vetoes.iter().map(veto).collect()),
            terminate: self.terminate.filter(|ends| *ends),
            rank: self.rank,
        }
    }
}

/// Returns the standings of all subjects with their ids and scores, in the order of the subjects.
pub(super) fn standings<'a>(of: &'a Assessment<'_>) -> Vec<(&'a str, Standing, &'a Score)> {
    let places = super::ranking(of);
    let ranks: std::collections::BTreeMap<u32, u32> =
        places.iter().map(|p: &Place| (p.subject, p.rank)).collect();
    let standing = |score: &'a Score| {
        let standing = Standing::of(of, score, ranks.get(&score.subject).copied())?;
        Some((of.subject(score)?.id.as_str(), standing, score))
    };
    of.scores().iter().filter_map(standing).collect()
}

fn sheets(of: &Assessment<'_>, score: &Score) -> Option<Vec<PartSheets>> {
    let mut scores = of.sheets(score).iter();
    let part = |part: &super::PlanPart<'_>| {
        let scheme = &part.entry.scheme;
        let sheets = scheme.sheets.iter().zip(scores.by_ref());
        let named = |(sheet, points): (&super::Sheet, &Points)| {
            Some((scheme.name_of(sheet.label)?.clone(), *points))
        };
        PartSheets { scheme: scheme.name.code.clone(), sheets: sheets.filter_map(named).collect() }
    };
    Some(of.plan(score)?.parts.iter().map(part).collect())
}

fn vetoes(of: &Assessment<'_>, score: &Score) -> Option<Vec<VetoStanding>> {
    let plan = of.plan(score)?;
    let hit = |hit: &super::VetoHit| {
        let scheme = &plan.parts.get(usize::from(hit.part))?.entry.scheme;
        let veto = scheme.vetoes.get(usize::from(hit.veto))?;
        Some(VetoStanding {
            name: scheme.name_of(veto.label)?.clone(),
            effect: veto.effect,
            scope: veto.scope,
            event: hit.event.and_then(|e| of.ledger.event(e)).map(|e| e.id.clone()),
        })
    };
    Some(score.vetoes.iter().filter_map(hit).collect())
}

/// Returns the vetoes whatever event set them off: another event for the same veto is no other result.
fn set_off(vetoes: &[VetoStanding]) -> BTreeSet<(&str, &'static str, &'static str)> {
    use crate::vocabulary::Vocabulary;
    let of = |v: &'_ VetoStanding| (v.effect.term().code, v.scope.term().code);
    vetoes.iter().map(|v| (v.name.code.as_str(), of(v).0, of(v).1)).collect()
}

/// Returns whether sheets differ. Of what was published only the sheets that were given are compared.
fn sheets_differ(before: &[PartSheets], after: &[PartSheets]) -> bool {
    if before.is_empty() || after.is_empty() {
        return false;
    }
    let of = |part: &PartSheets, code: &str| {
        part.sheets.iter().find(|(name, _)| name.code == code).map(|(_, points)| *points)
    };
    before.len() != after.len()
        || before.iter().zip(after).any(|(old, new)| {
            old.sheets.iter().any(|(name, points)| of(new, &name.code) != Some(*points))
        })
}

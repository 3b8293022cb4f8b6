//! Answers of shorter periods as they came from `assessment.score`, or from `assessment.period` for a quarter, for
//! `assessment.period`: nobody copies a total, a grade or a veto.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Period, PeriodKind, Points, Scheme, Schemes, VetoScope,
    answered::NotScored,
    period_given::{PartOfScheme, given_part, not_within},
};
use crate::{
    Error, ErrorCode, Result,
    error::{contradiction, shown},
    person::Label,
};

/// 考核结果. An answer of the rule `assessment.score` or `assessment.period`; what is not read of it is for people.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AssessedPeriod", extend("additionalProperties" = true))]
pub(super) struct AssessedPeriod {
    /// The period.
    period: Period,
    /// The scores, where the answer is one of `assessment.score`.
    #[serde(default)]
    scores: Option<Vec<AssessedPart>>,
    /// The scheme of its results, where it is one of `assessment.period`.
    #[serde(default)]
    scheme: Option<String>,
    /// The scores, where it is one of `assessment.period`.
    #[serde(default)]
    results: Option<Vec<AssessedResult>>,
    /// Who was not scored, and why.
    #[serde(default)]
    errors: Vec<NotScored>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
struct AssessedPart {
    /// The subject.
    subject: Label,
    /// The scheme that gave the grade.
    scheme: String,
    /// The total.
    total: Points,
    /// The grade, or what the scheme says where there is none.
    grade: String,
    /// Vetoes that were set off.
    #[serde(default)]
    vetoes: Vec<AssessedVeto>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
struct AssessedResult {
    /// The subject.
    subject: Label,
    /// The total, where there is one.
    #[serde(default)]
    total: Option<Points>,
    /// The grade, where it is given.
    #[serde(default)]
    grade: Option<String>,
    /// Vetoes that reach the year.
    #[serde(default)]
    vetoes: Vec<ResultVeto>,
    /// Whether the contract ends.
    #[serde(default)]
    terminate: bool,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
struct ResultVeto {
    /// The veto.
    veto: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "VetoOfPart", extend("additionalProperties" = true))]
struct AssessedVeto {
    /// The veto.
    veto: String,
    /// How far it reaches.
    scope: VetoScope,
}

/// What the answers say of one subject.
#[derive(Default)]
pub(super) struct FromAnswers {
    pub(super) parts: Vec<PartOfScheme>,
    /// Vetoes that reach the year.
    pub(super) vetoes: Vec<String>,
    /// Whether the contract ended in a shorter period.
    pub(super) terminate: bool,
    /// Periods in which the subject was not scored, with the reason.
    pub(super) failed: Vec<(Period, Error)>,
}

/// Reads what answers say of the subjects of a scheme, by subject, in the order of their first scores.
///
/// # Errors
///
/// `ContradictoryFacts` for a period that has two answers or a subject that has two scores in one, and for a
/// subject that was scored by this scheme in one period and by another in the next, and for an
/// answer outside the longer period; those of a total or a grade that the scheme can't give.
pub(super) fn by_subject(
    answers: &[AssessedPeriod],
    of: Period,
    scheme: &Scheme,
    schemes: &Schemes,
) -> Result<(Vec<Label>, BTreeMap<String, FromAnswers>)> {
    let mut read = Answers { order: Vec::new(), found: BTreeMap::new(), scheme };
    let of_scheme = |score: &AssessedPart| belongs(&score.scheme, scheme, schemes);
    for answer in answers {
        for score in answer.scores().iter().filter(|score| of_scheme(score)) {
            read.subject(&score.subject);
        }
        if answer.is_of(scheme, schemes) {
            for result in answer.results() {
                read.subject(&result.subject);
            }
        }
    }
    let mut seen: Vec<Period> = Vec::new();
    for (answer, at) in answers.iter().zip(0usize..) {
        let field = |rest: &str| format!("assessed[{at}].{rest}");
        let period = answer.period;
        if answer.scores.is_none() && answer.results.is_none() {
            let missing = Error::new(ErrorCode::MissingFact).arg("fact", "scores");
            return Err(missing.field(field("scores")));
        }
        if seen.contains(&period) {
            return Err(contradiction(
                format!("{period} 写了两次"),
                format!("{period} occurs twice"),
            )
            .field(field("period")));
        }
        if !of.contains(period) || period == of {
            return Err(not_within(period, of).field(field("period")));
        }
        // A quarter has its months in it.
        if let Some(other) = seen.iter().find(|p| p.contains(period) || period.contains(**p)) {
            return Err(contradiction(
                format!("{period} 与 {other} 有重叠，只写其一"),
                format!("{period} and {other} overlap: give one of them"),
            )
            .field(field("period")));
        }
        seen.push(period);
        for (score, number) in answer.scores().iter().zip(0usize..) {
            let id = score.subject.as_str();
            if !read.found.contains_key(id) {
                continue;
            }
            let place = field(&format!("scores[{number}]"));
            if !of_scheme(score) {
                let other = shown(&score.scheme);
                let code = &scheme.name.code;
                let error = contradiction(
                    format!("{period} 按方案 {other} 计分，不是 {code}"),
                    format!("{period} was scored by the scheme {other} and not by {code}"),
                );
                return Err(in_month(error.field(format!("{place}.scheme")), period).person(id));
            }
            let vetoes = score.vetoes.iter().filter(|v| v.scope == VetoScope::Year);
            let vetoes = vetoes.map(|v| v.veto.as_str());
            read.part(id, period, (score.total, Some(&score.grade)), vetoes, &place)?;
        }
        let results = if answer.is_of(scheme, schemes) { answer.results() } else { &[] };
        for (result, number) in results.iter().zip(0usize..) {
            let place = field(&format!("results[{number}]"));
            let vetoes = result.vetoes.iter().map(|v| v.veto.as_str());
            let id = result.subject.as_str();
            // Without a total no part had a score: the period is a missing one.
            match result.total {
                Some(total) => {
                    read.part(id, period, (total, result.grade.as_ref()), vetoes, &place)?;
                }
                None => read.vetoes(id, vetoes),
            }
            if let Some(found) = read.found.get_mut(id) {
                found.terminate |= result.terminate;
            }
        }
        for error in &answer.errors {
            let Some(id) = error.who() else { continue };
            if !read.found.contains_key(id) {
                // Who is scored by another scheme in some period is none of this one's.
                let mut others = answers.iter().flat_map(AssessedPeriod::scores);
                if others.any(|s| s.subject.as_str() == id) {
                    continue;
                }
                read.order.push(Label::new(id)?);
            }
            let (zh, en) = (format!("{period} 考核"), format!("the assessment of {period}"));
            let why = in_month(error.error((&zh, &en)), period).person(id);
            let of = read.found.entry(id.to_owned()).or_default();
            of.failed.push((period, why.field(field("errors"))));
        }
    }
    Ok((read.order, read.found))
}

impl AssessedPeriod {
    fn scores(&self) -> &[AssessedPart] {
        self.scores.as_deref().unwrap_or_default()
    }

    /// Returns whether its results are those of the scheme; one that does not say so is taken for it.
    fn is_of(&self, scheme: &Scheme, schemes: &Schemes) -> bool {
        self.scheme.as_ref().is_none_or(|of| belongs(of, scheme, schemes))
    }

    fn results(&self) -> &[AssessedResult] {
        self.results.as_deref().unwrap_or_default()
    }
}

/// What was read of answers so far.
struct Answers<'s> {
    order: Vec<Label>,
    found: BTreeMap<String, FromAnswers>,
    scheme: &'s Scheme,
}

impl Answers<'_> {
    fn subject(&mut self, id: &Label) {
        if !self.found.contains_key(id.as_str()) {
            self.order.push(id.clone());
            self.found.insert(id.to_string(), FromAnswers::default());
        }
    }

    fn part<'v>(
        &mut self,
        id: &str,
        period: Period,
        (total, grade): (Points, Option<&String>),
        vetoes: impl Iterator<Item = &'v str>,
        place: &str,
    ) -> Result<()> {
        let told = |e: Error| in_month(e, period).person(id);
        let part = given_part(self.scheme, period, total, grade.map(String::as_str), place);
        let part = part.map_err(told)?;
        if let Some(found) = self.found.get_mut(id) {
            if found.parts.iter().any(|p| p.part.of == period) {
                let error = contradiction("同一周期有两个成绩", "two scores of one period");
                return Err(told(error.field(place)));
            }
            found.parts.push(part);
        }
        self.vetoes(id, vetoes);
        Ok(())
    }

    fn vetoes<'v>(&mut self, id: &str, vetoes: impl Iterator<Item = &'v str>) {
        let Some(found) = self.found.get_mut(id) else { return };
        for veto in vetoes {
            if !found.vetoes.iter().any(|v| v == veto) {
                found.vetoes.push(veto.to_owned());
            }
        }
    }
}

/// Returns whether a score is one of the scheme: given by it, or by the one for the other condition.
fn belongs(of: &str, scheme: &Scheme, schemes: &Schemes) -> bool {
    let other = |other: &Scheme| {
        scheme.condition.is_some()
            && other.condition.is_some()
            && other.condition != scheme.condition
            && (other.subject, other.period) == (scheme.subject, scheme.period)
    };
    of == scheme.name.code || schemes.get(of).is_ok_and(other)
}

fn in_month(error: Error, of: Period) -> Error {
    match of.kind() {
        PeriodKind::Month => error.month(of.first_month()),
        _ => error,
    }
}

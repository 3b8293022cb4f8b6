//! Answers of shorter periods as they came from `assessment.score`, for `assessment.period`: nobody copies a
//! total, a grade or a veto.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Period, PeriodKind, Points, Scheme, Schemes, VetoScope,
    answered::NotScored,
    period_given::{PartOfScheme, given_part, not_within},
};
use crate::{
    Error, Result,
    error::{contradiction, shown},
    person::Label,
};

/// 考核结果. An answer of the rule `assessment.score`; what is not read of it is for people.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "AssessedPeriod", extend("additionalProperties" = true))]
pub(super) struct AssessedPeriod {
    /// The period.
    period: Period,
    /// The scores.
    scores: Vec<AssessedPart>,
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
    let (mut order, mut out): (Vec<Label>, BTreeMap<String, FromAnswers>) = Default::default();
    let mut seen: Vec<Period> = Vec::new();
    let of_scheme = |score: &AssessedPart| belongs(&score.scheme, scheme, schemes);
    for answer in answers {
        for score in answer.scores.iter().filter(|score| of_scheme(score)) {
            if !out.contains_key(score.subject.as_str()) {
                order.push(score.subject.clone());
                out.insert(score.subject.to_string(), FromAnswers::default());
            }
        }
    }
    for (answer, at) in answers.iter().zip(0usize..) {
        let field = |rest: &str| format!("assessed[{at}].{rest}");
        let period = answer.period;
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
        seen.push(period);
        for (score, number) in answer.scores.iter().zip(0usize..) {
            let id = score.subject.as_str();
            let Some(found) = out.get_mut(id) else { continue };
            let place = field(&format!("scores[{number}]"));
            let told = |e: Error| in_month(e, period).person(id);
            if !of_scheme(score) {
                let other = shown(&score.scheme);
                let code = &scheme.name.code;
                let error = contradiction(
                    format!("{period} 按方案 {other} 计分，不是 {code}"),
                    format!("{period} was scored by the scheme {other} and not by {code}"),
                );
                return Err(told(error.field(format!("{place}.scheme"))));
            }
            let part = given_part(scheme, period, score.total, Some(&score.grade), &place);
            let part = part.map_err(told)?;
            if found.parts.iter().any(|p| p.part.of == period) {
                let error = contradiction("同一周期有两个成绩", "two scores of one period");
                return Err(told(error.field(place)));
            }
            found.parts.push(part);
            let to_year = score.vetoes.iter().filter(|veto| veto.scope == VetoScope::Year);
            for veto in to_year.filter(|_| of.kind() == PeriodKind::Year) {
                if !found.vetoes.contains(&veto.veto) {
                    found.vetoes.push(veto.veto.clone());
                }
            }
        }
        for error in &answer.errors {
            let Some(id) = error.who() else { continue };
            if !out.contains_key(id) {
                // Who is scored by another scheme in some period is none of this one's.
                if answers.iter().flat_map(|a| &a.scores).any(|s| s.subject.as_str() == id) {
                    continue;
                }
                order.push(Label::new(id)?);
            }
            let (zh, en) = (format!("{period} 考核"), format!("the assessment of {period}"));
            let why = in_month(error.error((&zh, &en)), period).person(id);
            out.entry(id.to_owned()).or_default().failed.push((period, why.field(field("errors"))));
        }
    }
    Ok((order, out))
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

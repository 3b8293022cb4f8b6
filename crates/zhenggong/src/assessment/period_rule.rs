//! 周期成绩合成, the score of a longer period (rule `assessment.period`).

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Part, Period, PeriodKind, Points, Scheme, Schemes, VetoEffect, VetoScope, combine_periods,
    period_answer::{PeriodAnswer, PeriodsAnswer, YearVetoAnswer},
    period_given::{given_part, grade_named, grades_of},
    scheme::by_threshold,
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Recorder, Trace, Value},
    person::Label,
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot},
    vocabulary::Term,
};

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.period", "周期成绩合成", "scores of longer periods"),
    about: Term::new(
        "about",
        "按方案由月度成绩合成季度、半年、年度成绩：平均、加权、相加，缺期按方案处理，多次低等次按方案降等。",
        "Quarter, half-year and year from the scores of shorter periods: means, weights, sums; missing periods \
         and repeated low grades by the scheme.",
    ),
    fields: &[],
    inputs: &[
        InputSpec::required(Term::new("scheme", "方案编号", "id of the scheme"), "text"),
        InputSpec::required(
            Term::new("to", "合成的周期", "period to make"),
            "quarter | half-year | year",
        ),
        InputSpec::required(
            Term::new("subjects", "对象及各期成绩", "subjects with the scores of their periods"),
            "[{id, parts: [{of, total, grade}], extras: {id: points}, vetoes: [id]}]",
        ),
    ],
    output: "{period, results: [{subject, total, grade, parts, repeats, vetoes, terminate}]}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    scheme: String,
    to: PeriodKind,
    subjects: Vec<SubjectParts>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SubjectParts {
    id: Label,
    parts: Vec<GivenPart>,
    #[serde(default)]
    extras: BTreeMap<String, Points>,
    /// Vetoes of the shorter periods that reach the year.
    #[serde(default)]
    vetoes: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GivenPart {
    of: Period,
    total: Points,
    /// The grade where it was decided otherwise than by threshold.
    #[serde(default)]
    grade: Option<String>,
}

static ALL: Term = Term::new("period-scores", "周期成绩合成", "Scores of the period");
static NAMED: Term =
    Term::new("subject", "考核对象（名册第几位）", "subject, by its place on the list");

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<PeriodsAnswer> {
    let schemes: &Schemes = snapshot.get()?;
    let entry = schemes.entry(&input.scheme).map_err(|e| e.field("scheme"))?;
    let scheme = &*entry.scheme;
    let of = Period::of(input.to, snapshot.query().month)?;
    let mut results = Vec::new();
    t.begin(&ALL);
    for (subject, at) in input.subjects.iter().zip(0i64..) {
        let here = |e: Error| e.person(subject.id.as_str());
        let mut parts: Vec<Part> = Vec::new();
        for (given, number) in subject.parts.iter().zip(0usize..) {
            let field = || format!("subjects[{at}].parts[{number}]");
            let month = |e: Error| match given.of.kind() {
                PeriodKind::Month => e.month(given.of.first_month()),
                _ => e,
            };
            let grade = given.grade.as_deref();
            let part = given_part(scheme, given.of, given.total, grade, &field())
                .map_err(|e| here(month(e)))?;
            if parts.iter().any(|p| p.of == part.of) {
                return Err(here(
                    Error::new(ErrorCode::ContradictoryFacts)
                        .arg_in(
                            "detail",
                            format!("{} 写了两次", part.of),
                            format!("{} occurs twice", part.of),
                        )
                        .field(field()),
                ));
            }
            if !of.contains(part.of) {
                return Err(here(
                    Error::new(ErrorCode::OutsideWindow)
                        .arg("event", part.of)
                        .arg("date", part.of)
                        .arg("from", of.first_month())
                        .arg("to", of.last_month())
                        .field(field()),
                ));
            }
            parts.push(part);
        }
        t.note(&NAMED, Some(Value::Count(at + 1)));
        let score = combine_periods(entry, of, &parts, &subject.extras, t).map_err(here)?;
        results.push(result(scheme, of, subject, score).map_err(here)?);
    }
    t.end(Value::Count(i64::try_from(results.len()).unwrap_or(i64::MAX)));
    Ok(PeriodsAnswer { period: of, results })
}

/// Applies the vetoes that reach the year, and writes the result.
fn result(
    scheme: &Scheme,
    of: Period,
    subject: &SubjectParts,
    mut score: super::PeriodScore,
) -> Result<PeriodAnswer> {
    let grades = grades_of(scheme, of.kind());
    let mut applied = Vec::new();
    for id in &subject.vetoes {
        let Some(veto) = scheme.vetoes.iter().find(|v| scheme.code(v.label) == id) else {
            let known: Vec<_> = scheme.vetoes.iter().map(|v| scheme.code(v.label)).collect();
            return Err(Error::new(ErrorCode::UnknownTerm)
                .arg_in("kind", "否决", "veto")
                .arg("value", crate::error::shown(id))
                .arg("known", known.join("、"))
                .field("vetoes"));
        };
        // A veto of the shorter period was at work in its own score.
        if veto.scope != VetoScope::Year || of.kind() != PeriodKind::Year {
            continue;
        }
        applied.push(YearVetoAnswer { veto: id.clone(), effect: veto.effect });
        match veto.effect {
            VetoEffect::Zero => {
                score.total = score.total.map(|_| Points::ZERO);
                score.grade = by_threshold(grades, Points::ZERO);
            }
            VetoEffect::NoGrade => score.no_grade = true,
            VetoEffect::Terminate => score.terminate = true,
            VetoEffect::GradeAtMost => {
                let most = grade_named(grades, &scheme.grade_name(veto.grade).code)?;
                score.grade = score.grade.map(|g| g.max(most));
            }
        }
    }
    let rollup = scheme.rollups.iter().find(|r| r.to == of.kind());
    let repeat = |number: &u16| {
        let repeat = rollup?.repeats.get(usize::from(*number))?;
        Some(scheme.code(repeat.label).to_owned())
    };
    // Without a threshold and an effect the grade is given later, by rank or by hand, and left out here.
    let grade = score.grade.and_then(|g| grades.get(usize::from(g))).map(|g| &g.name.code);
    let grade = if score.no_grade { Some(&scheme.ungraded.code) } else { grade };
    Ok(PeriodAnswer {
        subject: subject.id.clone(),
        total: score.total,
        grade: grade.cloned(),
        parts: score.parts.iter().map(|p| (p.of.to_string(), p.total)).collect(),
        repeats: score.repeats.iter().filter_map(repeat).collect(),
        vetoes: applied,
        terminate: score.terminate,
    })
}

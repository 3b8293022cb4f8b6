//! 周期成绩合成, the score of a longer period (rule `assessment.period`).

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Name, Part, Period, PeriodKind, Points, Scheme, Schemes, UngradedPart, VetoEffect, VetoScope,
    combine_periods,
    period_answer::{PeriodAnswer, PeriodsAnswer, YearVetoAnswer},
    period_assessed::{AssessedPeriod, by_subject},
    period_given::{PartOfScheme, given_part, grade_named, grades_of, not_within},
    scheme::by_threshold,
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Id, Recorder, Trace, Value},
    error::unknown_term,
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
        InputSpec::optional(
            Term::new("subjects", "对象及各期成绩", "subjects with the scores of their periods"),
            "[{id, parts: [{of, total, grade}], extras: {id: points}, vetoes: [id]}]",
        ),
        InputSpec::optional(
            Term::new(
                "assessed",
                "各期考核结果（assessment.score 的输出；年度也可用季度、半年的 assessment.period 输出）",
                "answers of assessment.score for the periods, or of this rule for quarters and half-years",
            ),
            "[{period, scores, results, errors}]",
        ),
    ],
    output: "{period, scheme, results: [{subject, total, grade, parts, repeats, vetoes, terminate}]}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    scheme: String,
    to: PeriodKind,
    #[serde(default)]
    subjects: Option<Vec<SubjectParts>>,
    /// Answers of shorter periods; a subject that stands in them need not stand in `subjects`.
    #[serde(default)]
    assessed: Option<Vec<AssessedPeriod>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SubjectParts {
    id: Label,
    #[serde(default)]
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
static NAMED: Term = Term::new("subject", "考核对象", "subject");

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<PeriodsAnswer> {
    let schemes: &Schemes = snapshot.get()?;
    let entry = schemes.entry(&input.scheme).map_err(|e| e.field("scheme"))?;
    let scheme = &*entry.scheme;
    let of = Period::of(input.to, snapshot.query().month)?;
    if input.subjects.is_none() && input.assessed.is_none() {
        return Err(Error::new(ErrorCode::MissingFact).arg("fact", "subjects").field("subjects"));
    }
    let (order, mut answered) =
        by_subject(input.assessed.as_deref().unwrap_or_default(), of, scheme, schemes)?;
    let mut subjects = input.subjects.unwrap_or_default();
    named_once(&subjects)?;
    for id in order {
        if subjects.iter().all(|s| s.id != id) {
            let (extras, vetoes) = (BTreeMap::new(), Vec::new());
            subjects.push(SubjectParts { id, parts: Vec::new(), extras, vetoes });
        }
    }
    let mut results = Vec::new();
    t.begin(&ALL);
    for (subject, at) in subjects.iter_mut().zip(0usize..) {
        let id = subject.id.clone();
        let here = |e: Error| e.person(id.as_str());
        let found = answered.remove(id.as_str()).unwrap_or_default();
        let mut parts = given(scheme, of, subject, at).map_err(here)?;
        joined(scheme, of, &mut parts, found.parts).map_err(here)?;
        if let Some((_, error)) =
            found.failed.into_iter().find(|(period, _)| parts.iter().all(|p| p.part.of != *period))
        {
            return Err(error);
        }
        let parts = graded(scheme, of, parts).map_err(here)?;
        for veto in found.vetoes {
            if !subject.vetoes.contains(&veto) {
                subject.vetoes.push(veto);
            }
        }
        t.note(&NAMED, Some(Value::Id(Id::new(id.as_str()))));
        let mut score = combine_periods(entry, of, &parts, &subject.extras, t).map_err(here)?;
        score.terminate |= found.terminate;
        results.push(result(scheme, of, subject, score).map_err(here)?);
    }
    t.end(Value::Count(i64::try_from(results.len()).unwrap_or(i64::MAX)));
    Ok(PeriodsAnswer { period: of, scheme: scheme.name.code.clone(), results })
}

/// Refuses a subject that stands in the list twice.
fn named_once(subjects: &[SubjectParts]) -> Result<()> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (subject, at) in subjects.iter().zip(0usize..) {
        if let Some(before) = first.insert(subject.id.as_str(), at) {
            return Err(Error::new(ErrorCode::DuplicatePerson)
                .arg("first", before + 1)
                .person(subject.id.as_str())
                .field(format!("subjects[{at}].id")));
        }
    }
    Ok(())
}

/// Returns the parts that are written for a subject, checked one by one.
fn given(
    scheme: &Scheme,
    of: Period,
    subject: &SubjectParts,
    at: usize,
) -> Result<Vec<PartOfScheme>> {
    let mut parts: Vec<PartOfScheme> = Vec::new();
    for (given, number) in subject.parts.iter().zip(0usize..) {
        let field = format!("subjects[{at}].parts[{number}]");
        let month = |e: Error| match given.of.kind() {
            PeriodKind::Month => e.month(given.of.first_month()),
            _ => e,
        };
        let part = given_part(scheme, given.of, given.total, given.grade.as_deref(), &field);
        let part = part.map_err(month)?;
        if parts.iter().any(|p| p.part.of == part.part.of) {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    format!("{} 写了两次", given.of),
                    format!("{} occurs twice", given.of),
                )
                .field(field));
        }
        if !of.contains(given.of) {
            return Err(not_within(given.of, of).field(field));
        }
        parts.push(part);
    }
    Ok(parts)
}

/// Adds the parts of answers; where both stand, they say the same.
fn joined(
    scheme: &Scheme,
    whole: Period,
    parts: &mut Vec<PartOfScheme>,
    answered: Vec<PartOfScheme>,
) -> Result<()> {
    for part in answered {
        let Some(given) = parts.iter().find(|p| p.part.of == part.part.of) else {
            parts.push(part);
            continue;
        };
        // Where the scheme leaves a period without a grade to a decision, a grade that is stated is the decision.
        let open = part.no_grade && ungraded_part(scheme, whole, part.part.of).is_none();
        let decided = open && given.stated && given.part.total == part.part.total;
        let same = (given.part, given.no_grade) == (part.part, part.no_grade);
        if !same && !decided {
            let (of, grades) = (part.part.of, grades_of(scheme, part.part.of.kind()));
            let name = |p: &PartOfScheme| {
                let at = p.part.grade.and_then(|g| grades.get(usize::from(g)));
                at.map_or(&scheme.ungraded, |g| &g.name).clone()
            };
            let unsaid = Name {
                code: "without a grade".to_owned(),
                zh: "未写等次".to_owned(),
                en: String::new(),
            };
            let one = if given.stated { name(given) } else { unsaid };
            let other = name(&part);
            let (told, scored) = (given.part.total, part.part.total);
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    format!(
                        "{of} 录入为 {told} 分“{}”，考核结果为 {scored} 分“{}”",
                        one.zh, other.zh
                    ),
                    format!(
                        "{of} is stated as {told} points and {}, and was scored {scored} and {}",
                        one.code, other.code
                    ),
                )
                .field("assessed"));
        }
    }
    Ok(())
}

/// Returns what the scheme says of a part without a grade.
fn ungraded_part(scheme: &Scheme, of: Period, part: Period) -> Option<UngradedPart> {
    let mut made = scheme.rollups.iter().filter(|r| r.from == part.kind());
    let rollup = made.clone().find(|r| r.to == of.kind()).or_else(|| made.next());
    rollup.and_then(|r| r.ungraded)
}

/// Returns the parts as the scheme takes those without a grade.
fn graded(scheme: &Scheme, of: Period, parts: Vec<PartOfScheme>) -> Result<Vec<Part>> {
    let mut out = Vec::with_capacity(parts.len());
    for PartOfScheme { part, no_grade, .. } in parts {
        match (no_grade, ungraded_part(scheme, of, part.of)) {
            (false, _) | (true, Some(UngradedPart::Counts)) => out.push(part),
            (true, Some(UngradedPart::Missing)) => {}
            (true, None) => {
                let (code, none) = (&scheme.name.code, &scheme.ungraded);
                return Err(Error::new(ErrorCode::NeedsDecision)
                    .arg_in(
                        "question",
                        format!(
                            "{} “{}”，方案 {code} 没有规定该期在{of}成绩中照计还是视同缺期（ungraded）；照计的，在该对象的 parts 中写明该期总分和等次，视同缺期的，从该期考核结果中去掉该对象",
                            part.of, none.zh
                        ),
                        format!(
                            "{} is {}, and {code} does not say whether it counts for {of} or is missing \
                             (ungraded); where it counts, state its total and grade in the subject's `parts`, \
                             where it is missing, take the subject out of the answer for it",
                            part.of, none.code
                        ),
                    )
                    .field("parts"));
            }
        }
    }
    Ok(out)
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
            let known = scheme.vetoes.iter().map(|v| scheme.code(v.label));
            return Err(unknown_term(("否决", "veto"), id, known).field("vetoes"));
        };
        // A veto of the shorter period was at work in its own score.
        if veto.scope != VetoScope::Year {
            continue;
        }
        applied.push(YearVetoAnswer { veto: id.clone(), effect: veto.effect });
        // A quarter hands it on to its year.
        if of.kind() != PeriodKind::Year {
            continue;
        }
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

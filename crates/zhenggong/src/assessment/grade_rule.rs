//! 等次, the grade that a score reaches by threshold (rule `assessment.grade`).

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Points, Schemes, period_answer::GradeAnswer, period_given::in_range};
use crate::{
    Result,
    derivation::{Label, Recorder, Trace, Value},
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot},
    vocabulary::Term,
};

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.grade", "分数对应等次", "grade by score"),
    about: Term::new(
        "about",
        "按方案的分数线确定等次；没有分数的为未评定，人工评定的等次不由分数产生，方案不会产生的分数不予接受。",
        "The grade that a score reaches by the thresholds of the scheme; without a score there is none, and a \
         grade given by hand is never reached by a score. A score that the scheme can't give is refused.",
    ),
    fields: &[],
    inputs: &[
        InputSpec::required(Term::new("scheme", "方案编号", "id of the scheme"), "text"),
        InputSpec::optional(Term::new("total", "得分", "score"), "points"),
    ],
    output: "{grade, zh, en}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    scheme: String,
    #[serde(default)]
    total: Option<Points>,
}

static GRADE: Term = Term::new("grade", "分数对应等次", "Grade by score");
static NONE: Term = Term::new("no-score", "没有分数", "no score");

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<GradeAnswer> {
    let schemes: &Schemes = snapshot.get()?;
    let entry = schemes.entry(&input.scheme).map_err(|e| e.field("scheme"))?;
    let scheme = &entry.scheme;
    if let Some(total) = input.total {
        in_range(scheme, scheme.period, total).map_err(|e| e.field("total"))?;
    }
    let grade = input.total.and_then(|total| scheme.grade_of(total));
    let of = grade.and_then(|g| scheme.grades.get(usize::from(g)));
    t.begin(&GRADE);
    let (label, from) = of.map_or((scheme.ungraded_label, None), |g| (g.label, g.from));
    t.cited_note(
        Label::Scheme(entry.first + u32::from(label)),
        from.map(Value::Points),
        entry.cite,
    );
    match input.total {
        Some(total) => t.end(Value::Points(total)),
        None => t.end(Value::Term(&NONE)),
    }
    let name = scheme.grade_name(grade);
    Ok(GradeAnswer { grade: name.code.clone(), zh: name.zh.clone(), en: name.en.clone() })
}

//! 考核计分, the scores of a period (rule `assessment.score`).

use std::sync::Arc;

use super::{
    Show,
    inquiry::whole,
    request::{
        EVENTS, KNOWN_ON, ON_ERROR, ORDERS, OTHER_PERIODS, PERIOD, SCHEMES, SUBJECTS, in_force,
        question, read,
    },
    score_answer::ScoresAnswer,
};
use crate::{
    Result,
    derivation::Recorder,
    policy::{InputSpec, ReadAndEvaluate, RuleInfo, Snapshot},
    vocabulary::Term,
};

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.score", "考核计分", "scores of an assessment"),
    about: Term::new(
        "about",
        "按考核方案由事件计算各考核表、总分、等次和当月奖金系数，每分可追溯到事件和条款。",
        "Sheets, total, grade and bonus coefficient from events by the scheme of the place; every point leads \
         back to its event and clause.",
    ),
    fields: &[],
    inputs: &[
        SUBJECTS,
        EVENTS,
        PERIOD,
        SCHEMES,
        ORDERS,
        KNOWN_ON,
        InputSpec::optional(
            Term::new("show", "附带输出", "what to show besides"),
            "[\"trail\" | \"ranking\"]",
        ),
        OTHER_PERIODS,
        ON_ERROR,
    ],
    output: "{period, scores: [{subject, unit, sequence, scheme, sheets, total, grade, presence, coefficient, open, vetoes, trail}], ranking, errors: [{event, person, code, field, zh, en}]}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &ReadAndEvaluate(read, evaluate),
};

question! {
    struct Input {
        #[serde(default)]
        show: Vec<Show>,
    }
}

fn evaluate(snapshot: &Snapshot, mut input: Input, t: &mut Recorder) -> Result<ScoresAnswer> {
    let request = input.request();
    let (schemes, period) = in_force(snapshot, request.period)?;
    let ledger = request.ledger()?;
    let assessment = whole(&ledger, schemes, period, &request.options())?;
    assessment.explain(t);
    Ok(assessment.answer(input.show.contains(&Show::Trail), input.show.contains(&Show::Ranking)))
}

//! 考核计分, the scores of a period (rule `assessment.score`).

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{
    Show, assess,
    request::{EVENTS, KNOWN_ON, ORDERS, PERIOD, SCHEMES, SUBJECTS, in_force, question},
};
use crate::{
    Result,
    derivation::Recorder,
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot},
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
    ],
    output: "{period, scores: [{subject, scheme, sheets, total, grade, coefficient, vetoes, trail}], ranking}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

question! {
    struct Input {
        #[serde(default)]
        show: Vec<Show>,
    }
}

fn evaluate(snapshot: &Snapshot, mut input: Input, t: &mut Recorder) -> Result<Json> {
    let request = input.request();
    let (schemes, period) = in_force(snapshot, request.period)?;
    let ledger = request.ledger()?;
    let assessment = assess(&ledger, schemes, period, &request.options(), true)?;
    if let Some(error) = assessment.errors().first() {
        return Err(error.clone());
    }
    assessment.explain(t);
    let trail = input.show.contains(&Show::Trail);
    let scores: Vec<_> =
        assessment.scores().iter().map(|s| assessment.score_json(s, trail)).collect();
    let mut out = json!({ "period": period.to_string(), "scores": scores });
    if input.show.contains(&Show::Ranking)
        && let Some(map) = out.as_object_mut()
    {
        map.insert("ranking".into(), assessment.ranking_json());
    }
    Ok(out)
}

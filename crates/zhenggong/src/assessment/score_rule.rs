//! 考核计分, the scores of a period (rule `assessment.score`).

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{
    assess,
    request::{EVENTS, KNOWN_ON, ORDERS, PERIOD, Request, SCHEMES, SUBJECTS, in_force},
};
use crate::{
    Error, ErrorCode, Result,
    derivation::Recorder,
    policy::{InputSpec, RuleInfo, Snapshot},
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
    evaluate,
};

fn evaluate(snapshot: &Snapshot, input: &Json, t: &mut Recorder) -> Result<Json> {
    let (request, [show]) = Request::read(input, ["show"])?;
    let (trail, ranked) = shown(show.as_ref())?;
    let (schemes, period) = in_force(snapshot, request.period)?;
    let ledger = request.ledger()?;
    let assessment = assess(&ledger, schemes, period, &request.options(), true)?;
    if let Some(error) = assessment.errors().first() {
        return Err(error.clone());
    }
    assessment.explain(t);
    let scores: Vec<_> =
        assessment.scores().iter().map(|s| assessment.score_json(s, trail)).collect();
    let mut out = json!({ "period": period.to_string(), "scores": scores });
    if ranked && let Some(map) = out.as_object_mut() {
        map.insert("ranking".into(), assessment.ranking_json());
    }
    Ok(out)
}

fn shown(show: Option<&Json>) -> Result<(bool, bool)> {
    let Some(show) = show else { return Ok((false, false)) };
    let words = show.as_array().map(|all| all.iter().map(|w| w.as_str()).collect::<Vec<_>>());
    let known = |word: &Option<&str>| matches!(word, Some("trail" | "ranking"));
    match words {
        Some(words) if words.iter().all(known) => {
            Ok((words.contains(&Some("trail")), words.contains(&Some("ranking"))))
        }
        _ => Err(Error::new(ErrorCode::InvalidOption)
            .arg("option", "show")
            .arg("value", crate::error::shown(&show.to_string()))
            .arg("known", "trail、ranking")
            .field("show")),
    }
}

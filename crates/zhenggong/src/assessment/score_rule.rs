//! 考核计分, the scores of a period (rule `assessment.score`).

use std::sync::Arc;

use serde_json::Value as Json;

use super::{
    Event, OnError, Show, Subject, assess, naming,
    request::{EVENTS, KNOWN_ON, ON_ERROR, ORDERS, PERIOD, SCHEMES, SUBJECTS, in_force, question},
    score_answer::ScoresAnswer,
};
use crate::{
    Result,
    derivation::Recorder,
    person::from_json,
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
        #[serde(default)]
        on_error: OnError,
    }
}

/// Reads the input. Where errors are reported, a row that can't be read stands in its list with its error.
fn read(json: &Json) -> Result<Input> {
    let first = match from_json(json) {
        Ok(input) => return Ok(input),
        Err(error) => naming::in_json(error, json),
    };
    let Some((map, subjects)) = json.as_object().and_then(|m| Some((m, m.get("subjects")?))) else {
        return Err(first);
    };
    let mut rest = map.clone();
    rest.insert("subjects".to_owned(), Json::Array(Vec::new()));
    rest.remove("events");
    let mut input: Input = from_json(&rest.into()).map_err(|_| first.clone())?;
    if input.on_error == OnError::Raise {
        return Err(first);
    }
    input.subjects = Subject::rows(subjects)?;
    input.events = map.get("events").map_or(Ok(Vec::new()), Event::rows)?;
    Ok(input)
}

fn evaluate(snapshot: &Snapshot, mut input: Input, t: &mut Recorder) -> Result<ScoresAnswer> {
    let mut request = input.request();
    request.on_error = input.on_error;
    let (schemes, period) = in_force(snapshot, request.period)?;
    let ledger = request.ledger()?;
    let assessment = assess(&ledger, schemes, period, &request.options(), true)?;
    if let Some(error) = assessment.errors().first().filter(|_| !ledger.reports()) {
        return Err(error.clone());
    }
    assessment.explain(t);
    Ok(assessment.answer(input.show.contains(&Show::Trail), input.show.contains(&Show::Ranking)))
}

//! Rescoring: late events, corrections and withdrawals (rule `assessment.rescore`), other schemes and
//! weights (rule `assessment.what-if`), another period (rule `assessment.difference`).

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    Aspect, AssessOptions, Assessment, Difference, Ledger, Period, Published, Schemes, Subject,
    compare, compare_published,
    comparison_errors::Side,
    explain_difference::explain,
    inquiry::whole,
    period_answer::{DifferencesAnswer, TwoPeriodsAnswer},
    request::{
        EVENTS, KNOWN_ON, ON_ERROR, ORDERS, OTHER_PERIODS, PERIOD, Request, SCHEMES, SUBJECTS,
        in_force, question, read,
    },
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Id, Label, Recorder, Trace, Value},
    number::Rate,
    policy::{EvaluateMonths, InputSpec, Months, ReadAndEvaluate, RuleInfo, Snapshot},
    vocabulary::Term,
};

/// 重新计分: the difference to the published score.
pub static RESCORE: RuleInfo = RuleInfo {
    term: Term::new("assessment.rescore", "考核重新计分", "rescoring of an assessment"),
    about: Term::new(
        "about",
        "迟报、更正、撤销的事件重新计分，列出与已公布成绩的差异和引起差异的事件。",
        "Scores late, corrected and withdrawn events again, and lists the difference to the published scores with \
         the events behind it.",
    ),
    fields: &[],
    inputs: &[
        SUBJECTS,
        EVENTS,
        PERIOD,
        SCHEMES,
        ORDERS,
        KNOWN_ON,
        OTHER_PERIODS,
        ON_ERROR,
        InputSpec::optional(Term::new("published_on", "公布日", "day of publication"), "date"),
        InputSpec::optional(
            Term::new("published", "已公布成绩", "published scores"),
            "{subject: points} | [{subject, total, grade, coefficient, sheets, vetoes}]",
        ),
    ],
    output: "{period, differences: [{subject, before, after, change, changed, unknown, events}], grade_changes: [subject], grade_unknown: [subject], news: [{event, subject, what, on}], errors: [{event, side, person, code, field, zh, en}]}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &ReadAndEvaluate(read, rescore),
};

/// 方案测算: other schemes or weights.
pub static WHAT_IF: RuleInfo = RuleInfo {
    term: Term::new("assessment.what-if", "考核方案测算", "assessment under another scheme"),
    about: Term::new(
        "about",
        "按另一方案或另一组权重重新计分，列出分数差异和等次变化的人员。",
        "Scores under other schemes or weights, and lists who changes grade.",
    ),
    fields: &[],
    inputs: &[
        SUBJECTS,
        EVENTS,
        PERIOD,
        SCHEMES,
        ORDERS,
        KNOWN_ON,
        OTHER_PERIODS,
        ON_ERROR,
        InputSpec::optional(
            Term::new("other_schemes", "另用的方案", "schemes to try instead"),
            "[text]",
        ),
        InputSpec::optional(
            Term::new("weights", "另用的权重", "weights to try"),
            "{scheme: {sheet or item: weight}}",
        ),
    ],
    output: "{period, differences: [{subject, before, after, change, changed, events}], grade_changes: [subject], errors: [{event, side, person, code, field, zh, en}]}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &ReadAndEvaluate(read, what_if),
};

/// 两期对比: the difference between two periods.
pub static DIFFERENCE: RuleInfo = RuleInfo {
    term: Term::new("assessment.difference", "考核两期对比", "difference between two periods"),
    about: Term::new(
        "about",
        "两个周期的成绩、等次、排名对比，各按其当时有效的方案计分。",
        "Totals, grades and ranks of two periods, each by the schemes in force in its own time.",
    ),
    fields: &[],
    inputs: &[
        SUBJECTS,
        EVENTS,
        PERIOD,
        SCHEMES,
        ORDERS,
        KNOWN_ON,
        OTHER_PERIODS,
        ON_ERROR,
        InputSpec::required(Term::new("earlier", "前一周期", "the earlier period"), "period"),
    ],
    output: "{period, earlier, differences: [{subject, before, after, change, changed, events}], grade_changes: [subject], errors: [{event, side, person, code, field, zh, en}]}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &EvaluateMonths(read, difference),
};

question! {
    struct Rescore {
        #[serde(default, deserialize_with = "super::event::optional_date")]
        #[schemars(with = "Option<crate::schema::Date>")]
        published_on: Option<NaiveDate>,
        #[serde(default)]
        published: Option<Published>,
    }
}

question! {
    struct WhatIf {
        #[serde(default)]
        other_schemes: Option<Vec<String>>,
        #[serde(default)]
        weights: Option<BTreeMap<String, BTreeMap<String, String>>>,
    }
}

question! {
    struct TwoPeriods {
        earlier: Period,
    }
}

static PUBLISHED_ON: Term = Term::new("published-on", "公布日", "day of publication");
static AS_KNOWN_ON: Term = Term::new("known-on", "截至何日所知", "as known on");
static TRIED: Term = Term::new("tried", "试用方案", "scheme that is tried");
static WEIGHTS: Term = Term::new("tried-weights", "试用权重", "with other weights");
static EARLIER: Term = Term::new("earlier", "前一周期", "earlier period");
static LATER: Term = Term::new("later", "后一周期", "later period");

fn rescore(snapshot: &Snapshot, mut input: Rescore, t: &mut Recorder) -> Result<DifferencesAnswer> {
    let request = input.request();
    let (schemes, period) = in_force(snapshot, request.period)?;
    let now = request.ledger()?;
    let mut after = whole(&now, schemes, period, &request.options())?;
    let mut news = None;
    let found = match (input.published_on, input.published) {
        (Some(day), None) => {
            not_before(day, request.known_on)?;
            let Request { subjects, events, on_error, .. } = &request;
            let then = Ledger::with(subjects, events, Some(day), *on_error)?;
            news = Some(now.news_since(&then));
            let before = whole(&then, schemes, period, &request.options())?;
            after.keep_errors_of(&before, Side::Before);
            compare(&before, &after)
        }
        (None, Some(published)) => compare_published(&published, &after)?,
        (None, None) => return Err(missing("published_on")),
        (Some(_), Some(_)) => {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    "published_on 与 published 只写一项",
                    "either published_on or published",
                )
                .field("published"));
        }
    };
    let day = input.published_on;
    let header = |t: &mut Recorder| {
        for (label, day) in [(&PUBLISHED_ON, day), (&AS_KNOWN_ON, request.known_on)] {
            if let Some(day) = day {
                t.note(label, Some(Value::Date(day)));
            }
        }
    };
    explain(&found, news.as_deref(), schemes, header, t);
    after.explain(t);
    Ok(DifferencesAnswer { news, ..listed(&after, &found) })
}

/// Refuses to score again by less than was known on the day of publication.
pub(super) fn not_before(published: NaiveDate, known_on: Option<NaiveDate>) -> Result<()> {
    match known_on.filter(|day| *day < published) {
        None => Ok(()),
        Some(day) => Err(Error::new(ErrorCode::ContradictoryFacts)
            .arg_in(
                "detail",
                format!("重新计分截至 {day} 所知，早于公布日 {published}"),
                format!("scored again as known on {day}, before the publication on {published}"),
            )
            .field("known_on")),
    }
}

fn what_if(snapshot: &Snapshot, mut input: WhatIf, t: &mut Recorder) -> Result<DifferencesAnswer> {
    let request = input.request();
    let WhatIf { other_schemes: other, weights, .. } = input;
    let (schemes, period) = in_force(snapshot, request.period)?;
    let ledger = request.ledger()?;
    concerns_somebody(schemes, ledger.subjects(), other.as_deref(), weights.as_ref())?;
    let mut before = whole(&ledger, schemes, period, &request.options())?;
    let changed = with_weights(schemes, weights.as_ref())?;
    let mut options = request.options();
    if let Some(other) = &other {
        options.schemes.clone_from(other);
    }
    let after = whole(&ledger, &changed, period, &options).map_err(|e| as_tried(e, &other))?;
    before.keep_errors_of(&after, Side::After);
    let found = compare(&before, &after);
    let header = |t: &mut Recorder| tried(&changed, other.as_deref(), weights.as_ref(), t);
    explain(&found, None, &changed, header, t);
    after.explain(t);
    Ok(listed(&before, &found))
}

fn difference(
    snapshot: &Snapshot,
    months: &Months<'_>,
    mut input: TwoPeriods,
    t: &mut Recorder,
) -> Result<TwoPeriodsAnswer> {
    let (request, earlier) = (input.request(), input.earlier);
    let (schemes, period) = in_force(snapshot, request.period)?;
    check_earlier(earlier, period)?;
    let ledger = request.ledger()?;
    let mut options = request.options();
    options.other_periods = true;
    let then = months(earlier.last_month())?;
    let old: &Schemes = then.get()?;
    let before =
        AssessOptions { schemes: names_in(&options.schemes, old, schemes), ..options.clone() };
    options.schemes = names_in(&options.schemes, schemes, old);
    let mut before =
        whole(&ledger, old, earlier, &before).map_err(|e| e.month(earlier.last_month()))?;
    let mut after = whole(&ledger, schemes, period, &options)?;
    if !request.other_periods {
        inside_either(&ledger, &mut before, &mut after)?;
    }
    after.keep_errors_of(&before, Side::Before);
    let found = compare(&before, &after);
    let header = |t: &mut Recorder| {
        t.note(&EARLIER, Some(Value::Id(Id::new(&earlier.to_string()))));
        t.note(&LATER, Some(Value::Id(Id::new(&period.to_string()))));
    };
    explain(&found, None, schemes, header, t);
    after.explain(t);
    let DifferencesAnswer { period, differences, grade_changes, errors, .. } =
        listed(&after, &found);
    Ok(TwoPeriodsAnswer { period, earlier, differences, grade_changes, errors })
}

/// Tells which schemes and weights are tried.
fn tried(
    schemes: &Schemes,
    other: Option<&[String]>,
    weights: Option<&BTreeMap<String, BTreeMap<String, String>>>,
    t: &mut Recorder,
) {
    for entry in other.into_iter().flatten().filter_map(|name| schemes.entry(name).ok()) {
        t.note(&TRIED, Some(Value::Id(Id::new(&entry.scheme.name.code))));
        t.cited_note(Label::Scheme(entry.first), None, entry.cite);
    }
    for (scheme, weights) in weights.into_iter().flatten() {
        let Ok(entry) = schemes.entry(scheme) else { continue };
        t.begin(Label::Scheme(entry.first));
        for (key, weight) in weights {
            let scheme = &entry.scheme;
            let labels = scheme.sheets.iter().map(|s| s.label);
            let mut labels = labels.chain(scheme.items.iter().map(|i| i.label));
            let label = labels.find(|label| scheme.code(*label) == key);
            let weight = Rate::parse(weight).ok().map(Value::Number);
            if let Some(label) = label {
                t.note(Label::Scheme(entry.first.saturating_add(u32::from(label))), weight);
            }
        }
        t.end(Value::Term(&WEIGHTS));
    }
}

/// Weights to try, by scheme and sheet or item.
type Weights = BTreeMap<String, BTreeMap<String, String>>;

/// Refuses schemes and weights to try none of which is for anyone on the list, since nothing could change then.
/// Whoever names a scheme keeps it, so that other schemes are not for them.
pub(super) fn concerns_somebody(
    schemes: &Schemes,
    subjects: &[Subject],
    other: Option<&[String]>,
    weights: Option<&Weights>,
) -> Result<()> {
    // A name that is not known is told of where it is used.
    let of = |id: &String, named: bool| {
        schemes.get(id).map_or(true, |scheme| {
            let keeps = |s: &Subject| !named && s.scheme.is_some();
            subjects.iter().any(|s| s.kind == scheme.subject && !keeps(s))
        })
    };
    let others = other.unwrap_or_default().iter().map(|id| (id, false));
    let tried = others.chain(weights.into_iter().flat_map(BTreeMap::keys).map(|id| (id, true)));
    let names: Vec<_> = tried.clone().map(|(id, _)| id.as_str()).collect();
    if names.is_empty() {
        return Err(missing("other_schemes"));
    }
    if subjects.is_empty() || tried.into_iter().any(|(id, named)| of(id, named)) {
        return Ok(());
    }
    Err(Error::new(ErrorCode::ContradictoryFacts)
        .arg_in(
            "detail",
            format!("名册中没有人用 {} 试算", names.join("、")),
            format!("nobody on the list is scored by {}, which is to be tried", names.join(", ")),
        )
        .field(if other.is_some_and(|other| !other.is_empty()) {
            "other_schemes"
        } else {
            "weights"
        }))
}

/// Returns the error of the schemes that are tried: those that are named are not those of the request.
pub(super) fn as_tried(error: Error, other: &Option<Vec<String>>) -> Error {
    if other.is_some() { error.renamed("schemes", "other_schemes") } else { error }
}

/// Returns the schemes with other weights.
pub(super) fn with_weights(schemes: &Schemes, weights: Option<&Weights>) -> Result<Schemes> {
    let mut changed = schemes.clone();
    for (scheme, weights) in weights.into_iter().flatten() {
        let tried = schemes.get(scheme).map_err(|e| e.field("weights"))?.with_weights(weights)?;
        changed = changed.replaced(tried);
    }
    Ok(changed)
}

/// Returns the names of schemes for one of two periods: a scheme that only the other edition has is named
/// for the other period.
pub(super) fn names_in(names: &[String], own: &Schemes, other: &Schemes) -> Vec<String> {
    let here = |name: &&String| own.get(name).is_ok() || other.get(name).is_err();
    names.iter().filter(here).cloned().collect()
}

/// Refuses a period that is not an earlier one of the same kind.
pub(super) fn check_earlier(earlier: Period, period: Period) -> Result<()> {
    if earlier.kind() != period.kind() || earlier >= period {
        return Err(Error::new(ErrorCode::InvalidInput)
            .arg_in(
                "detail",
                format!("{earlier} 不是早于 {period} 的同类周期"),
                format!("{earlier} is not an earlier period of the kind of {period}"),
            )
            .field("earlier"));
    }
    Ok(())
}

/// Refuses an event that is outside the windows of both periods, or whom it concerns where errors are
/// reported.
pub(super) fn inside_either(
    ledger: &Ledger<'_>,
    before: &mut Assessment<'_>,
    after: &mut Assessment<'_>,
) -> Result<()> {
    let mut windows = before.windows();
    windows.extend(after.windows());
    for number in ledger.places_outside(&windows) {
        let Some(event) = ledger.event(number) else { continue };
        if windows.iter().any(|days| ledger.moved_by(number, *days)) {
            continue;
        }
        let text = |day: Option<chrono::NaiveDate>| day.map_or("—".to_owned(), |d| d.to_string());
        let error = Error::new(ErrorCode::OutsideWindow)
            .arg("event", &event.id)
            .arg("date", event.date)
            .arg("from", text(windows.iter().map(|w| w.from).min()))
            .arg("to", text(windows.iter().map(|w| w.to).max()))
            .field(format!("events[{number}].date"));
        if !ledger.reports() {
            return Err(error);
        }
        before.refuse(number, &error);
        after.refuse(number, &error);
    }
    Ok(())
}

fn missing(fact: &'static str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", fact).field(fact)
}

fn listed(of: &Assessment<'_>, found: &[Difference]) -> DifferencesAnswer {
    let grades = found.iter().filter(|d| d.changes_grade());
    let unknown = found.iter().filter(|d| d.unknown.contains(&Aspect::Grade));
    DifferencesAnswer {
        period: of.period(),
        differences: found.iter().map(Difference::answer).collect(),
        grade_changes: grades.map(|d| d.subject.clone()).collect(),
        grade_unknown: unknown.map(|d| d.subject.clone()).collect(),
        news: None,
        errors: of.ledger().reports().then(|| of.error_answers()),
    }
}

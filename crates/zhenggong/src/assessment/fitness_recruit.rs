//! 录用体能测评, the fitness test of recruits (rule `assessment.recruit-fitness`).
//!
//! Three events, each passed or not; one failed fails the test. Times of the shuttle run are kept to
//! the tenth, any rest rounds up; times of the long run are kept to the second.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{fitness_mark::Mark, fitness_range, refusal};
use crate::{
    Error, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, Table, field, resolve_as,
    },
    vocabulary::{Sex, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The events of the test.
    pub enum RecruitEvent ("recruit-event", "体能测评项目", "event of the recruits' test") {
        Shuttle = "shuttle-10x4", "10米×4往返跑", "10 m × 4 shuttle run";
        Run1000 = "run-1000", "1000米跑", "1000 m run";
        Run800 = "run-800", "800米跑", "800 m run";
        ReachHeight = "reach-height", "纵跳摸高", "jump and reach";
    }
}

impl RecruitEvent {
    /// Returns whether a lower mark is better: it is timed.
    #[must_use]
    pub const fn is_timed(self) -> bool {
        !matches!(self, Self::ReachHeight)
    }

    /// Returns the mark as it is kept.
    fn kept(self, mark: Mark) -> Mark {
        match self {
            Self::Shuttle => mark.up_to_tenth(),
            Self::Run1000 | Self::Run800 => mark.whole(),
            Self::ReachHeight => mark,
        }
    }
}

/// What the national pack says about the recruits' test.
#[derive(Debug, Clone)]
pub struct RecruitFitness {
    young_to: Sourced<u32>,
    men_young: Table<RecruitEvent, Mark>,
    men_older: Table<RecruitEvent, Mark>,
    women_young: Table<RecruitEvent, Mark>,
    women_older: Table<RecruitEvent, Mark>,
}

/// One result: seconds (or minutes and seconds) or centimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecruitResult {
    /// The event.
    pub event: RecruitEvent,
    /// The mark.
    pub mark: Mark,
}

static TEST: Term = Term::new("recruit-fitness", "体能测评合格项目数", "Events passed");
static EVENT: Term = Term::new("recruit-event-result", "测评项目", "Event");
static MARK: Term = Term::new("mark", "计取成绩", "result that counts");
static LIMIT: Term = Term::new("limit", "合格标准", "mark to pass");
static PASSED: Term = Term::new("passed", "达标", "passed");
static FAILED: Term = Term::new("failed", "不达标", "failed");
static SEX: Term = Term::new("sex", "性别", "sex");
static AGE: Term = Term::new("age", "年龄", "age");
static YOUNG_TO: Term =
    Term::new("young_to", "低龄组年龄上限", "age up to which the first group goes");

/// Returns the events that were failed; the test is passed where there is none.
///
/// # Source
///
/// 公安机关录用人民警察体能测评项目和标准（暂行）, 人社部发〔2011〕48号. The standard of 2001 before it was seen in
/// part only and is not carried.
///
/// # Errors
///
/// `MissingFact` for an event without a result, `NotApplicable` for an event of the other sex,
/// `ContradictoryFacts` for an event twice, `InvalidInput` for a result in another unit.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{RecruitEvent, RecruitResult, recruit_fitness};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::Sex};
/// let snapshot = testing::national("2024-06")?;
/// let result = |event, mark: &str| Ok::<_, zhenggong::Error>(RecruitResult { event, mark: mark.parse()? });
/// let results = [
///     result(RecruitEvent::Shuttle, "13.11")?,
///     result(RecruitEvent::Run1000, "4:25")?,
///     result(RecruitEvent::ReachHeight, "265")?,
/// ];
/// let failed = recruit_fitness(snapshot.get()?, Sex::Male, 30, &results, &mut NoTrace)?;
/// assert_eq!(failed, [RecruitEvent::Shuttle]);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn recruit_fitness<T: Trace>(
    p: &RecruitFitness,
    sex: Sex,
    age: u32,
    results: &[RecruitResult],
    t: &mut T,
) -> Result<Vec<RecruitEvent>> {
    let limits = match (sex, age <= p.young_to.value) {
        (Sex::Male, true) => &p.men_young,
        (Sex::Male, false) => &p.men_older,
        (Sex::Female, true) => &p.women_young,
        (Sex::Female, false) => &p.women_older,
    };
    for (at, result) in results.iter().enumerate() {
        if limits.get(result.event).is_none() {
            return Err(other_sex(result.event, sex));
        }
        fitness_range::check(&RULE, result.event.term(), result.event.range(), result.mark, at)?;
        if results.iter().take(at).any(|r| r.event == result.event) {
            let (zh, en) = (result.event.zh(), result.event.en());
            let detail = format!("{zh}有两个成绩 / two results of one event: {en}");
            return Err(refusal::contradiction(&RULE, "results", detail));
        }
    }
    t.begin(&TEST);
    t.note(&SEX, Some(Value::Term(sex.term())));
    t.note(&AGE, Some(Value::Count(age.into())));
    t.cited_note(&YOUNG_TO, Some(Value::Count(p.young_to.value.into())), p.young_to.cite);
    let (mut failed, mut passed) = (Vec::new(), 0);
    for (event, limit) in limits.iter() {
        let Some(result) = results.iter().find(|r| r.event == event) else {
            return Err(refusal::missing(&RULE, event.zh()).field("results"));
        };
        let mark = event.kept(result.mark);
        let reached = if event.is_timed() { mark <= limit.value } else { mark >= limit.value };
        t.begin(&EVENT);
        t.note(&RecruitEvent::KIND, Some(Value::Term(event.term())));
        t.note(&MARK, Some(Value::Number(mark.value())));
        t.cited_note(&LIMIT, Some(Value::Number(limit.value.value())), limit.cite);
        t.end(Value::Term(if reached { &PASSED } else { &FAILED }));
        if reached {
            passed += 1;
        } else {
            failed.push(event);
        }
    }
    t.end(Value::Count(passed));
    Ok(failed)
}

#[cold]
fn other_sex(event: RecruitEvent, sex: Sex) -> Error {
    let detail = format!("{}不测{} / not an event for {} recruits", sex.zh(), event.zh(), sex.en());
    refusal::not_applicable(&RULE, detail).field("results")
}

type Limits = Keyed<RecruitEvent, Mark>;

impl Parameters for RecruitFitness {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            young_to: fields.get::<u32>("young_to")?,
            men_young: fields.get::<Limits>("men_young")?,
            men_older: fields.get::<Limits>("men_older")?,
            women_young: fields.get::<Limits>("women_young")?,
            women_older: fields.get::<Limits>("women_older")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<u32>("young_to", Scope::National),
    field::<Limits>("men_young", Scope::National),
    field::<Limits>("men_older", Scope::National),
    field::<Limits>("women_young", Scope::National),
    field::<Limits>("women_older", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.recruit-fitness", "录用体能测评", "fitness test of recruits"),
    about: Term::new(
        "about",
        "按录用体能测评标准逐项判定；一项不达标即不合格。",
        "Whether a recruit passes the fitness test, event by event; one failed event fails the test.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(SEX, "sex"),
        InputSpec::required(AGE, "count"),
        InputSpec::required(Term::new("results", "成绩", "results"), "[{event, mark}]"),
    ],
    output: "{passed, failed}",
    resolve: resolve_as::<RecruitFitness>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    sex: Sex,
    age: u32,
    results: Vec<RecruitResult>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 是否合格. Whether the test is passed.
    passed: bool,
    /// 不达标的项目. The events that were failed.
    failed: Vec<RecruitEvent>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let failed = recruit_fitness(snapshot.get()?, input.sex, input.age, &input.results, t)?;
    Ok(Output { passed: failed.is_empty(), failed })
}

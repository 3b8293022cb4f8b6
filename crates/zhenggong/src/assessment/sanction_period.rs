//! 处分期间, how long sanctions last and what they bar (rule `assessment.sanction-period`).
//!
//! Parameters come from the national pack, by version: 处分条例 (2007), 公务员法 (2018), 政务处分法 (2020). A
//! sanction that falls into the period of another adds its period to what is left of that one, up to
//! the cap. Adding a sanction that way never shortens the joint term.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    refusal,
    sanction_answer::{SanctionAnswer, Until},
    sanction_decision::{Executed, SanctionDecision},
    years::{Day, plus_months},
};
use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    derivation::{Recorder, Trace, Value},
    person::from_json,
    policy::{
        Choice, EvaluateMonths, FieldSpec, Fields, InputSpec, Keyed, Months, Parameters, RuleInfo,
        Scope, Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{SanctionKind, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// What a sanction keeps a person from, or lowers.
    pub enum Advance ("advance", "晋升事项", "kind of advance") {
        Post = "post", "职务", "post";
        PostRank = "post-rank", "职级", "post rank";
        PoliceRank = "police-rank", "衔级", "police rank";
        PayLevel = "level", "级别", "level";
        WageStep = "wage-step", "工资档次", "wage step";
    }
}

vocabulary! {
    /// How the period of a new sanction meets one that still runs.
    pub enum Successive ("successive", "处分期内再受处分", "sanction during another") {
        RemainderPlusNew = "remainder-plus-new", "未执行期限与新处分期相加", "what is left plus the new period";
        LaterEnd = "later-end", "以后届满者为准", "the later end";
    }
}

vocabulary! {
    /// How a sanction ends.
    pub enum Lifting ("lifting", "解除方式", "way of lifting") {
        Automatic = "automatic", "期满自动解除", "by itself at the end of the period";
        ByDecision = "by-decision", "期满后由机关解除", "by a decision after the period";
    }
}

/// What the national pack says about the periods of sanctions.
#[derive(Debug, Clone)]
pub struct SanctionPeriods {
    months: Table<SanctionKind, u32>,
    cap: Sourced<u32>,
    successive: Sourced<Successive>,
    lifting: Sourced<Lifting>,
    bars_from: Table<Advance, Choice<SanctionKind>>,
    lowers_from: Table<Advance, Choice<SanctionKind>>,
}

/// The term that several decisions make together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JointTerm {
    /// The day the first of the joined sanctions took effect.
    pub begins: NaiveDate,
    /// The day on which the last one is over; it is the first day without a sanction.
    pub ends: NaiveDate,
    /// The lightest sanction that was executed in it.
    pub lightest: SanctionKind,
    /// The heaviest one.
    pub heaviest: SanctionKind,
}

/// Until when an advance is barred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// No sanction of the term bars it.
    No,
    /// It is barred for the whole term.
    WholeTerm,
    /// Some sanctions of the term bar it and some do not; the law does not say in which order the
    /// parts of a joint term are executed.
    Undecided,
}

static TERM: Term =
    Term::new("sanction-term", "处分期届满日", "Day on which the sanctions are over");
static DECISION: Term = Term::new("sanction-decision", "处分决定", "Decision on a sanction");
static EXECUTED: Term = Term::new("executed", "执行的处分", "sanction executed");
static PERIOD: Term = Term::new("period", "处分期（月）", "period in months");
static EFFECTIVE: Term = Term::new("effective", "生效日", "effective on");
static JOINED: Term = Term::new("joined", "前一处分尚未届满", "an earlier sanction runs until");
static CAP: Term = Term::new("cap", "处分期最长（月）", "longest period in months");
static LIFTING: Term = Term::new("lifting", "解除方式", "lifted");
static BAR: Term = Term::new("barred", "期间内不得晋升", "no advance meanwhile in");
static BAR_OPEN: Term = Term::new(
    "barred-undecided",
    "合并期内是否全程不得晋升需由有权机关明确",
    "whether it is barred for the whole joint term is left to a decision",
);
static LOWERED: Term = Term::new("lowered", "按规定降低", "lowered by rule");
static LOWERED_UNKNOWN: Term = Term::new(
    "lowered-unknown",
    "未见当时规定，不知降低何种待遇，决定生效日",
    "what is lowered is not known, as no text of the time was seen; effective on",
);

impl SanctionPeriods {
    /// Returns the period of this sanction in months, or none for an expulsion.
    #[must_use]
    #[inline]
    pub fn months(&self, kind: SanctionKind) -> Option<Sourced<u32>> {
        self.months.get(kind)
    }

    /// Returns the longest period that sanctions can have together, in months.
    #[must_use]
    pub fn cap(&self) -> Sourced<u32> {
        self.cap
    }

    /// Returns what a sanction lowers.
    fn lowers(
        &self,
        kind: SanctionKind,
    ) -> impl Iterator<Item = (Advance, Sourced<Choice<SanctionKind>>)> {
        self.lowers_from.iter().filter(move |(_, from)| kind >= from.value.0)
    }

    /// Returns whether the term bars this advance.
    #[must_use]
    pub fn barred(&self, term: &JointTerm, advance: Advance) -> Barred {
        match self.bars_from.get(advance).map(|s| s.value.0) {
            Some(from) if term.lightest >= from => Barred::WholeTerm,
            Some(from) if term.heaviest >= from => Barred::Undecided,
            _ => Barred::No,
        }
    }
}

/// Returns the last joint term of these decisions, in any order. What is lowered is told by the same law; the
/// rule asks for each decision that of its own day.
///
/// # Source
///
/// Periods: 处分条例 art. 7, 公务员法 art. 64, 政务处分法 art. 8. They begin on the day the decision takes
/// effect. A sanction during another: 处分条例 art. 10 (what is left of the old period plus the new
/// one, at most 48 months from the new decision).
///
/// # Errors
///
/// `MissingFact` without a decision, `ContradictoryFacts` for two decisions of one day, and those of
/// [`SanctionDecision::executed`].
///
/// # Examples
///
/// ```
/// use zhenggong::{assessment::{SanctionDecision, sanction_term}, calendar::parse_date};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::SanctionKind};
/// let snapshot = testing::national("2024-09")?;
/// let decision = SanctionDecision {
///     effective: parse_date("2024-09-01")?,
///     kinds: vec![SanctionKind::Demerit],
///     months: None,
/// };
/// let term = sanction_term(snapshot.get()?, &[decision], &mut NoTrace)?;
/// assert_eq!(term.ends, parse_date("2025-09-01")?);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn sanction_term<T: Trace>(
    p: &SanctionPeriods,
    decisions: &[SanctionDecision],
    t: &mut T,
) -> Result<JointTerm> {
    term_of(p, decisions, t, |term, t| {
        for (advance, from) in p.lowers(term.heaviest) {
            t.cited_note(&LOWERED, Some(Value::Term(advance.term())), from.cite);
        }
        Ok(())
    })
}

/// Returns the term; what it lowers is told by `lowered`.
fn term_of<T: Trace>(
    p: &SanctionPeriods,
    decisions: &[SanctionDecision],
    t: &mut T,
    lowered: impl FnOnce(&JointTerm, &mut T) -> Result<()>,
) -> Result<JointTerm> {
    let mut order: Vec<_> = decisions.iter().collect();
    order.sort_by_key(|d| d.effective);
    if let Some([one, _]) =
        order.windows(2).find(|w| matches!(w, [a, b] if a.effective == b.effective))
    {
        let day = one.effective;
        let detail =
            format!("{day} 有两个处分决定，请并为一个 / two decisions of {day}: write them as one");
        return Err(refusal::contradiction(&RULE, "decisions", detail));
    }
    t.begin(&TERM);
    let mut term: Option<JointTerm> = None;
    for decision in order {
        let executed = decision.executed(p)?;
        term = Some(joined(p, term, decision.effective, executed, t)?);
    }
    let Some(term) = term else { return Err(refusal::missing(&RULE, "decisions")) };
    told(p, &term, t);
    lowered(&term, t)?;
    t.cited_note(&LIFTING, Some(Value::Term(p.lifting.value.term())), p.lifting.cite);
    t.end(Value::Date(term.ends));
    Ok(term)
}

/// Adds one executed sanction to what ran before.
fn joined<T: Trace>(
    p: &SanctionPeriods,
    before: Option<JointTerm>,
    effective: NaiveDate,
    executed: Executed,
    t: &mut T,
) -> Result<JointTerm> {
    let (kind, months) = (executed.kind, executed.months);
    t.begin(&DECISION);
    t.note(&EXECUTED, Some(Value::Term(kind.term())));
    t.note(&EFFECTIVE, Some(Value::Date(effective)));
    t.cited_note(&PERIOD, Some(Value::Count(months.value.into())), months.cite);
    let alone = plus_months(effective, months.value)?;
    let term = match before.filter(|b| b.ends > effective) {
        None => JointTerm { begins: effective, ends: alone, lightest: kind, heaviest: kind },
        Some(running) => {
            t.note(&JOINED, Some(Value::Date(running.ends)));
            let ends = match p.successive.value {
                Successive::RemainderPlusNew => plus_months(running.ends, months.value)?
                    .min(plus_months(effective, p.cap.value)?)
                    .max(alone),
                Successive::LaterEnd => running.ends.max(alone),
            };
            let way = p.successive;
            t.cited_note(&Successive::KIND, Some(Value::Term(way.value.term())), way.cite);
            t.cited_note(&CAP, Some(Value::Count(p.cap.value.into())), p.cap.cite);
            JointTerm {
                ends,
                lightest: running.lightest.min(kind),
                heaviest: running.heaviest.max(kind),
                ..running
            }
        }
    };
    t.end(Value::Date(term.ends));
    Ok(term)
}

/// Tells what the term bars.
fn told<T: Trace>(p: &SanctionPeriods, term: &JointTerm, t: &mut T) {
    if !T::ACTIVE {
        return;
    }
    for (advance, from) in p.bars_from.iter() {
        let label = match p.barred(term, advance) {
            Barred::No => continue,
            Barred::WholeTerm => &BAR,
            Barred::Undecided => &BAR_OPEN,
        };
        t.cited_note(label, Some(Value::Term(advance.term())), from.cite);
    }
}

impl Parameters for SanctionPeriods {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            months: fields.get::<Keyed<SanctionKind, u32>>("months")?,
            cap: fields.get::<u32>("cap_months")?,
            successive: fields.get::<Choice<Successive>>("successive")?,
            lifting: fields.get::<Choice<Lifting>>("lifting")?,
            bars_from: fields.get::<Keyed<Advance, Choice<SanctionKind>>>("bars_from")?,
            lowers_from: fields.get::<Keyed<Advance, Choice<SanctionKind>>>("lowers_from")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<SanctionKind, u32>>("months", Scope::National),
    field::<u32>("cap_months", Scope::National),
    field::<Choice<Successive>>("successive", Scope::National),
    field::<Choice<Lifting>>("lifting", Scope::National),
    field::<Keyed<Advance, Choice<SanctionKind>>>("bars_from", Scope::National),
    field::<Keyed<Advance, Choice<SanctionKind>>>("lowers_from", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.sanction-period", "处分期间", "period of sanctions"),
    about: Term::new(
        "about",
        "处分期届满日、合并处分期和期间内不得晋升的事项；月份为最近一个处分决定生效之月；多个相同处分的处分期须由决定给出。",
        "When sanctions are over, alone and joined, and what they bar; the month is that of the latest decision; a joint period of equal sanctions is the decision's.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("decisions", "处分决定", "decisions"),
            "[{effective, kinds, months}]",
        ),
        InputSpec::optional(Term::new("on", "查询日", "day asked for"), "date"),
    ],
    output: "{begins, ends, heaviest, in_period, bars, lowers, lowers_unknown, lifting}",
    resolve: resolve_as::<SanctionPeriods>,
    evaluate: &EvaluateMonths(from_json, evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    decisions: Vec<SanctionDecision>,
    #[serde(default)]
    on: Option<Day>,
}

/// The law of the latest decision is asked: that of its own month.
fn of_the_month(decisions: &[SanctionDecision], month: Month) -> Result<()> {
    let Some(latest) = decisions.iter().map(|d| d.effective).max() else { return Ok(()) };
    let own = Month::of(latest)?;
    if own == month {
        return Ok(());
    }
    Err(Error::new(ErrorCode::WrongMonth)
        .arg("found", month)
        .arg("expected", own)
        .rule(RULE.id())
        .field("month"))
}

fn evaluate(
    snapshot: &Snapshot,
    months: &Months<'_>,
    input: Input,
    t: &mut Recorder,
) -> Result<SanctionAnswer> {
    let p: &SanctionPeriods = snapshot.get()?;
    of_the_month(&input.decisions, snapshot.query().month)?;
    let (mut lowered, mut unknown) = (Vec::new(), Vec::new());
    let term = term_of(p, &input.decisions, t, |term, t| {
        // What a decision lowers is done when it takes effect, by the law of that time.
        for decision in input.decisions.iter().filter(|d| d.effective >= term.begins) {
            let kind = decision.executed(p)?.kind;
            let month = Month::of(decision.effective)?;
            if month == snapshot.query().month {
                for (advance, from) in p.lowers(kind) {
                    t.cited_note(&LOWERED, Some(Value::Term(advance.term())), from.cite);
                    lowered.push(advance);
                }
                continue;
            }
            let then = months(month)?;
            let law: &SanctionPeriods = match then.get() {
                Ok(law) => law,
                // Periods and bars don't hang on it.
                Err(gap) if gap.code() == ErrorCode::ValueGap => {
                    t.note(&LOWERED_UNKNOWN, Some(Value::Date(decision.effective)));
                    unknown.push(decision.effective);
                    continue;
                }
                Err(error) => return Err(error),
            };
            for (advance, _) in law.lowers(kind) {
                t.note(&LOWERED, Some(Value::Term(advance.term())));
                t.note(&EFFECTIVE, Some(Value::Date(decision.effective)));
                lowered.push(advance);
            }
        }
        Ok(())
    })?;
    let bar = |advance: &Advance| Some((*advance, Until::of(p.barred(&term, *advance), &term)?));
    Ok(SanctionAnswer {
        begins: term.begins,
        ends: term.ends,
        heaviest: term.heaviest,
        in_period: input.on.map(|day| (term.begins..term.ends).contains(&day.0)),
        bars: Advance::ALL.iter().filter_map(bar).collect(),
        lowers: Advance::ALL.iter().copied().filter(|a| lowered.contains(a)).collect(),
        lowers_unknown: unknown,
        lifting: p.lifting.value,
    })
}

//! 级别晋升就近就高套档, the step after a rise in level (rule `basic-pay.level-rise`).
//!
//! Which step follows is read off the level pay table: the lowest one of the new level that does not
//! pay less than before. Whether a rise over several levels goes there at once or level by level, and
//! whether equal pay is enough, is policy. That a level stays within the band of the post is checked
//! elsewhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LevelPay;
use crate::{
    Error, ErrorCode, Result,
    derivation::{Recorder, Trace, Value},
    number::Money,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{Level, LevelStep, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// How a rise over several levels is matched.
    pub enum RiseMode ("rise-mode", "套入方式", "way of the rise") {
        SingleJump = "single-jump", "直接套入", "at once into the new level";
        ClimbLevelByLevel = "climb-level-by-level", "逐级套入", "level by level";
    }
}

vocabulary! {
    /// Which step of the new level is near enough to the pay before.
    pub enum PayMatch ("pay-match", "就近就高口径", "match of pay") {
        AtLeast = "at-least", "不低于原级别工资", "not below the pay before";
        Above = "above", "高于原级别工资", "above the pay before";
    }
}

impl PayMatch {
    #[inline]
    fn holds(self, new: Money, old: Money) -> bool {
        match self {
            Self::AtLeast => new >= old,
            Self::Above => new > old,
        }
    }
}

/// What the packs say about the step after a rise in level.
#[derive(Debug, Clone, Copy)]
pub struct LevelRise {
    mode: Sourced<RiseMode>,
    comparison: Sourced<PayMatch>,
}

static RISE: Term = Term::new("level-rise", "级别晋升套档", "Step after a rise in level");
static FROM: Term = Term::new("from", "原级别、档次", "level and step before");
static TO_LEVEL: Term = Term::new("to_level", "新级别", "new level");
static OLD_PAY: Term = Term::new("old-pay", "原级别工资", "level pay before");
static STEP: Term = Term::new("matched", "套入", "matched");
static NEW_PAY: Term = Term::new("new-pay", "该格级别工资", "level pay of that cell");
static MODE: Term = Term::new("mode", "套入方式", "way of the rise");
static COMPARISON: Term = Term::new("comparison", "就近就高口径", "match of pay");

/// Returns the cell of the new level by 就近就高: its lowest step that pays not less than before, or
/// more than before, as the policy says.
///
/// Steps below one that pays too little pay too little as well, so a row that is attested in part is
/// enough where the matched step and the one below it are known.
///
/// # Source
///
/// Practice of the civil servants' pay (evidence: secondary): the lowest step of the new level with
/// pay not below the old. A local layer may set `mode` and `comparison`.
///
/// # Errors
///
/// `InvalidInput` where `to` is not above the level of `from`; `CellNotAttested` where a cell that
/// decides is not attested; `LevelExhausted` where no step of the level pays enough.
///
/// # Examples
///
/// ```
/// use zhenggong::{basic_pay::raise_level, derivation::NoTrace, testing, vocabulary::Level};
/// let s = testing::national("2008-01")?;
/// let cell = raise_level(s.get()?, s.get()?, "25-2".parse()?, Level::new(24)?, &mut NoTrace)?;
/// assert_eq!(cell.to_string(), "24-1");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn raise_level<T: Trace>(
    table: &LevelPay,
    p: &LevelRise,
    from: LevelStep,
    to: Level,
    t: &mut T,
) -> Result<LevelStep> {
    if !to.outranks(from.level) {
        return Err(not_above(from, to));
    }
    let Some(old) = table.get(from) else { return Err(table.not_attested(from)) };
    t.begin(&RISE);
    t.note(&FROM, Some(Value::Cell(from)));
    t.cited_note(&OLD_PAY, Some(Value::Money(old.value)), old.cite);
    let (mut cell, mut pay) = (from, old);
    while cell.level != to {
        let next = match p.mode.value {
            RiseMode::SingleJump => to,
            RiseMode::ClimbLevelByLevel => cell.level.above().unwrap_or(to),
        };
        (cell, pay) = nearest(table, next, pay.value, p.comparison.value)?;
        t.note(&STEP, Some(Value::Cell(cell)));
        t.cited_note(&NEW_PAY, Some(Value::Money(pay.value)), pay.cite);
    }
    t.cited_note(&MODE, Some(Value::Term(p.mode.value.term())), p.mode.cite);
    t.cited_note(&COMPARISON, Some(Value::Term(p.comparison.value.term())), p.comparison.cite);
    t.end(Value::Cell(cell));
    Ok(cell)
}

/// Returns the lowest step of the level that matches the pay.
#[inline]
fn nearest(
    table: &LevelPay,
    level: Level,
    old: Money,
    comparison: PayMatch,
) -> Result<(LevelStep, Sourced<Money>)> {
    let mut unknown = None;
    for (pay, step) in table.table().row(level).iter().zip(1_u8..) {
        match pay {
            None => unknown = unknown.or(Some(step)),
            Some(pay) if comparison.holds(pay.value, old) => {
                return match unknown {
                    None => Ok((LevelStep::new(level.number(), step)?, *pay)),
                    Some(step) => Err(unattested(table, level, step)),
                };
            }
            // The steps below pay less still, so those that are unknown there do not matter.
            Some(_) => unknown = None,
        }
    }
    Err(match unknown {
        Some(step) => unattested(table, level, step),
        None => exhausted(level, old),
    })
}

#[cold]
fn unattested(table: &LevelPay, level: Level, step: u8) -> Error {
    LevelStep::new(level.number(), step).map_or_else(|e| e, |cell| table.not_attested(cell))
}

#[cold]
fn exhausted(level: Level, old: Money) -> Error {
    let level = level.number();
    Error::new(ErrorCode::LevelExhausted)
        .arg_both(
            "detail",
            format!("{level} 级没有可套入原 {old} 元的档次 / level {level}, pay {old}"),
        )
        .rule(RULE.id())
}

#[cold]
fn not_above(from: LevelStep, to: Level) -> Error {
    let to = to.number();
    Error::new(ErrorCode::InvalidInput)
        .arg_both("detail", format!("{to} 级不高于 {from} / level {to} is not above {from}"))
        .rule(RULE.id())
        .field(TO_LEVEL.code)
}

impl Parameters for LevelRise {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            mode: fields.get::<Choice<RiseMode>>("mode")?,
            comparison: fields.get::<Choice<PayMatch>>("comparison")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Choice<RiseMode>>("mode", Scope::Local),
    field::<Choice<PayMatch>>("comparison", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("basic-pay.level-rise", "级别晋升就近就高套档", "step after a rise in level"),
    about: Term::new(
        "about",
        "晋升级别后套入新级别中不低于（或高于）原级别工资的最低档次。",
        "After a rise in level, the lowest step of the new level that pays not less (or more) than before.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(FROM, "level-step"), InputSpec::required(TO_LEVEL, "level")],
    output: "{cell, pay}",
    resolve: resolve_as::<LevelRise>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    from: LevelStep,
    to_level: u8,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 晋升后级别档次. Level and step after the rise.
    cell: LevelStep,
    /// 晋升后级别工资. The level pay there.
    pay: Money,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let to = Level::new(input.to_level).map_err(|e| e.field(TO_LEVEL.code))?;
    let table: &LevelPay = snapshot.get()?;
    let cell = raise_level(table, snapshot.get()?, input.from, to, t)?;
    let pay = table.get(cell).ok_or_else(|| table.not_attested(cell))?;
    Ok(Output { cell, pay: pay.value })
}

#[cfg(test)]
mod tests;

//! The run of one auxiliary through a pay plan.

use super::{
    AuxiliaryFacts, MAX_LINES, PayPlan, PostKey, Standards, TableKey,
    pay_plan::RULE,
    plan::{Base, Cells, Formula, Line, Share, Source},
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Label, Op, Trace, Value},
    number::{Exact, Money, Rate},
    policy::Sourced,
    vocabulary::{PayItem, Term, Vocabulary},
};

static PAY: Term = Term::new("auxiliary-pay", "辅警应发工资", "Pay of the auxiliary");
static STANDARD: Term = Term::new("standard", "标准", "standard");
static SHARE: Term = Term::new("share", "比例", "share");
static RATE: Term = Term::new("rate", "每次标准", "amount for each");
static COUNTED: Term = Term::new("counted", "计发数", "number paid");
static CAP: Term = Term::new("cap", "每月计发上限", "most that is paid a month");
static COEFFICIENT: Term = Term::new("coefficient", "考核系数", "assessment coefficient");
static STATED: Term =
    Term::new("stated", "核定金额，直接录入，未经计算", "stated by the office, not computed");
static IN_STATED: Term = Term::new(
    "in-stated",
    "已含在同一项目的核定金额内",
    "part of the stated amount of the same item",
);
static MEMO: Term = Term::new("memo", "只计算，不发放", "computed, not paid");
static NOT_ABOVE: Term = Term::new(
    "not-above-minimum-wage",
    "应发合计不高于当地最低工资标准，不符合规范辅警管理意见第18条",
    "the pay is not above the local minimum wage, against article 18 of the national guide",
);

/// Returns the pay of an auxiliary for one month, in yuan to the fen, and gives each paid line to
/// `out` in the order of the plan. A line whose value is 0 is given too.
///
/// Where the local minimum wage is known and the sum is not above it, the derivation notes that: the
/// national guide (规范公安机关警务辅助人员管理工作的意见 art. 18, evidence: secondary) wants pay above it. The
/// amount is not raised.
///
/// # Source
///
/// The plan of the place, as its pack cites it.
///
/// # Rounding
///
/// Each line that takes a share or a coefficient is rounded by the plan; later lines build on the
/// rounded value.
///
/// # Errors
///
/// `MissingFact` that names the fact a line needs, `CellNotAttested` where a table has no amount for
/// the grade or post, `NegativeNotAllowed` for a negative coefficient, and the error of a standard
/// that a line needs and the snapshot lacks.
///
/// # Examples
///
/// ```
/// use zhenggong::{
///     auxiliary::{AuxiliaryFacts, Standards, auxiliary_pay},
///     derivation::NoTrace,
///     policy::Pack,
///     testing,
/// };
/// let packs = Pack::example("wuwei").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "wuwei", "2018-06")?;
/// let standards = Standards::of(&snapshot);
/// let (facts, mut lines) = (AuxiliaryFacts::default(), Vec::new());
/// let mut out = |item, money| lines.push((item, money));
/// let pay = auxiliary_pay(snapshot.get()?, &standards, &facts, &mut NoTrace, &mut out)?;
/// assert_eq!(pay.to_string(), "2425.00");
/// assert_eq!(lines.len(), 3);
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn auxiliary_pay<T: Trace>(
    plan: &PayPlan,
    standards: &Standards,
    facts: &AuxiliaryFacts,
    t: &mut T,
    out: &mut impl FnMut(PayItem, Money),
) -> Result<Money> {
    let mut out = |item, amount, _: bool| out(item, amount);
    auxiliary_pay_or_stated(plan, standards, facts, |_| None, t, &mut out)
}

/// Returns the same where the office states the amounts of some items. A stated amount takes the place
/// of the lines of its item before anything is computed from them, so lines that build on such a line
/// build on what is paid. `out` also learns whether the amount is stated.
///
/// # Errors
///
/// Those of [`auxiliary_pay`], and `NeedsDecision` where a line builds on one of several lines that a
/// stated amount replaces together.
#[inline]
pub(crate) fn auxiliary_pay_or_stated<T: Trace>(
    plan: &PayPlan,
    standards: &Standards,
    facts: &AuxiliaryFacts,
    stated: impl Fn(PayItem) -> Option<Money>,
    t: &mut T,
    out: &mut impl FnMut(PayItem, Money, bool),
) -> Result<Money> {
    let mut run = Run { plan, standards, facts, values: [Money::ZERO; MAX_LINES], shared: 0 };
    let mut total = Money::ZERO;
    t.begin(&PAY);
    for (line, slot) in plan.plan.lines.iter().zip(0..MAX_LINES) {
        t.begin(Label::Pack(line.number));
        let value = match (line.item, line.item.and_then(&stated)) {
            (Some(item), Some(amount)) => {
                let first = run.replace(line, item);
                t.note(if first { &STATED } else { &IN_STATED }, None);
                let value = if first { amount } else { Money::ZERO };
                if first {
                    out(item, value, true);
                }
                total = total.plus(value)?;
                value
            }
            (Some(item), None) => {
                let value = run.line(line, t)?;
                total = total.plus(value)?;
                out(item, value, false);
                value
            }
            (None, _) => {
                let value = run.line(line, t)?;
                t.note(&MEMO, None);
                value
            }
        };
        t.end_money(value);
        if let Some(slot) = run.values.get_mut(slot) {
            *slot = value;
        }
    }
    if let Ok(minimum) = &standards.minimum_wage
        && total <= minimum.value
    {
        t.cited_note(&NOT_ABOVE, Some(Value::Money(minimum.value)), minimum.cite);
    }
    t.end_money(total);
    Ok(total)
}

/// One person's run through the plan, with the values of the lines so far.
struct Run<'a> {
    plan: &'a PayPlan,
    standards: &'a Standards,
    facts: &'a AuxiliaryFacts,
    values: [Money; MAX_LINES],
    // The lines that one stated amount replaces together, one bit each: none has a value of its own.
    shared: u64,
}

impl Run<'_> {
    /// Marks a line as replaced by the stated amount of its item; true for the first line of the item.
    #[cold]
    fn replace(&mut self, line: &Line, item: PayItem) -> bool {
        let mut of_item = self.plan.plan.lines.iter().filter(|l| l.item == Some(item));
        let first = of_item.next().is_some_and(|l| l.number == line.number);
        if !first || of_item.next().is_some() {
            self.shared |= 1u64.checked_shl(line.number.into()).unwrap_or(0);
        }
        first
    }

    #[inline]
    fn line<T: Trace>(&self, line: &Line, t: &mut T) -> Result<Money> {
        let cite = self.plan.cite;
        match &line.formula {
            Formula::Fixed(amount) => Ok(self.fixed(*amount, t)),
            Formula::Table(cells) => self.table(line, cells, t),
            Formula::Share(share, rounding) => {
                let exact = self.share(*share, t)?;
                Ok(t.round(exact, &Sourced { value: *rounding, cite })?)
            }
            Formula::Count { fact, rate, cap } => {
                let Some(count) = self.facts.counts.get(*fact) else {
                    return Err(missing(fact.code()));
                };
                let paid = cap.map_or(count, |cap| count.min(cap));
                t.param(Op::Is, &RATE, Value::Money(*rate), cite);
                t.fact(Op::Times, &COUNTED, Value::Count(i64::from(paid)));
                if paid != count {
                    t.note(fact.term(), Some(Value::Count(i64::from(count))));
                    t.cited_note(&CAP, Some(Value::Count(i64::from(paid))), cite);
                }
                Ok(rate.times(i64::from(paid))?)
            }
            Formula::Performance(base, rounding) => {
                let Some(coefficient) = self.facts.coefficient else {
                    return Err(missing("coefficient"));
                };
                if coefficient.is_negative() {
                    return Err(negative(coefficient));
                }
                let base = match base {
                    Base::Fixed(amount) => self.fixed(*amount, t).exact(),
                    Base::Table(cells) => self.table(line, cells, t)?.exact(),
                    Base::Share(share) => self.share(*share, t)?,
                };
                t.fact(Op::Times, &COEFFICIENT, Value::Number(coefficient));
                let exact = base.times(coefficient)?;
                Ok(t.round(exact, &Sourced { value: *rounding, cite })?)
            }
            Formula::Standard(standard) => {
                let amount = self.standards.get(*standard)?;
                t.param(Op::Is, standard.term(), Value::Money(amount.value), amount.cite);
                Ok(amount.value)
            }
        }
    }

    #[inline]
    fn fixed<T: Trace>(&self, amount: Money, t: &mut T) -> Money {
        t.param(Op::Is, &STANDARD, Value::Money(amount), self.plan.cite);
        amount
    }

    #[inline]
    fn table<T: Trace>(&self, line: &Line, cells: &Cells, t: &mut T) -> Result<Money> {
        let index = match cells.by {
            TableKey::Grade => match self.facts.grade {
                Some(grade) => grade.index(),
                None => return Err(missing("grade")),
            },
            TableKey::Post => match self.facts.post {
                Some(post) => usize::from(post.0),
                None => return Err(missing("post")),
            },
        };
        let Some(amount) = cells.cells.get(index).copied().flatten() else {
            return Err(self.not_attested(line, cells.by));
        };
        t.param(Op::Is, &STANDARD, Value::Money(amount), self.plan.cite);
        match (cells.by, self.facts.grade, self.facts.post) {
            (TableKey::Grade, Some(grade), _) => {
                t.note(TableKey::Grade.term(), Some(Value::Term(grade.term())));
            }
            (TableKey::Post, _, Some(post)) => t.note(post_label(post), None),
            _ => {}
        }
        Ok(amount)
    }

    #[inline]
    fn share<T: Trace>(&self, share: Share, t: &mut T) -> Result<Exact> {
        let cite = self.plan.cite;
        let whole = match share.of {
            Source::Line(number) => {
                if self.shared & 1u64.checked_shl(number.into()).unwrap_or(0) != 0 {
                    return Err(self.undivided(number));
                }
                let value = self.values.get(usize::from(number)).copied().unwrap_or_default();
                t.fact(Op::Is, Label::Pack(number), Value::Money(value));
                value
            }
            Source::Standard(standard) => {
                let amount = self.standards.get(standard)?;
                t.param(Op::Is, standard.term(), Value::Money(amount.value), amount.cite);
                amount.value
            }
        };
        t.param(Op::Times, &SHARE, Value::Percent(share.rate), cite);
        Ok(whole.exact().times(share.rate)?)
    }

    #[cold]
    fn undivided(&self, number: u16) -> Error {
        let line = self.plan.plan.lines.get(usize::from(number));
        let item = line.and_then(|l| l.item).map(|item| item.term());
        let (zh, en) = item.map_or(("?", "?"), |item| (item.zh, item.en));
        let question = format!(
            "核定的“{zh}”含方案中几行，后面的行以其中一行为基数；请也核定后面的项目 / the stated amount of {en} \
             covers several lines and a later line builds on one of them; state the later item too"
        );
        Error::new(ErrorCode::NeedsDecision).arg_both("question", question).rule(RULE.id())
    }

    #[cold]
    fn not_attested(&self, line: &Line, by: TableKey) -> Error {
        let grade = self.facts.grade.map(|g| g.zh());
        let post = self.facts.post.and_then(|p| self.plan.plan.posts.get(usize::from(p.0)));
        let cell = match by {
            TableKey::Grade => grade,
            TableKey::Post => post.map(String::as_str),
        };
        Error::new(ErrorCode::CellNotAttested)
            .arg("cell", cell.unwrap_or("?"))
            .arg_in("table", &line.zh, &line.en)
            .rule(RULE.id())
    }
}

/// Posts are labelled after the lines.
fn post_label(post: PostKey) -> Label {
    Label::Pack(post.0.saturating_add(u16::try_from(MAX_LINES).unwrap_or(u16::MAX)))
}

#[cold]
fn missing(fact: &'static str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", fact).field(fact).rule(RULE.id())
}

#[cold]
fn negative(coefficient: Rate) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed)
        .arg("value", coefficient)
        .field("coefficient")
        .rule(RULE.id())
}

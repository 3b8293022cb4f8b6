//! Where a settlement puts its lines. The order of lines is written once, for any sheet: the slip of
//! one person ([`OneSlip`]) or the columns of many ([`super::SlipColumns`]).

use super::{
    Origin, Settled, Slip,
    payslip::{DEDUCTIONS, EMPLOYER, GROSS, NET},
};
use crate::{
    Result,
    calendar::Month,
    derivation::{Op, Trace, Value},
    number::Money,
    person::Facts,
    vocabulary::{PayItem, Side, Term, Vocabulary},
};

static STATED: Term =
    Term::new("stated", "核定金额，直接录入，未经计算", "stated by the office, not computed");

/// One person as a rule sees them: the facts, the month, and what was settled before.
pub(super) trait Person {
    type Facts: Facts;

    fn facts(&self) -> &Self::Facts;

    fn month(&self) -> Month;

    /// The gross pay; zero before it is totalled.
    fn gross(&self) -> Money;

    /// The amount of a line that was put before.
    fn line(&self, item: PayItem) -> Option<Money>;

    /// The sum of the lines of these items; [`Sheet::add_up`] must have been told of them.
    fn sum(&self, items: &[PayItem]) -> Result<Money>;

    /// The base of social insurance, once it is made.
    fn base(&self) -> Option<Money>;

    fn keep_base(&mut self, base: Money);

    /// The part of gross pay that is taxed by itself.
    fn apart(&self) -> Money;

    fn keep_apart(&mut self, amount: Money);
}

/// What a line is computed by.
pub(super) trait Rule<S: Sheet> {
    /// Returns the amount of a person's line; none leaves no line.
    fn amount(&self, person: &mut S::Person<'_>, t: &mut S::Trace) -> Result<Option<Money>>;
}

/// A rule that is a closure.
struct By<F>(F);

impl<S, F> Rule<S> for By<F>
where
    S: Sheet,
    F: Fn(&mut S::Person<'_>, &mut S::Trace) -> Result<Option<Money>>,
{
    #[inline(always)]
    fn amount(&self, person: &mut S::Person<'_>, t: &mut S::Trace) -> Result<Option<Money>> {
        (self.0)(person, t)
    }
}

/// Where lines are put, for one person or for many.
pub(super) trait Sheet: Sized {
    type Person<'a>: Person;
    type Trace: Trace;

    /// Puts the item's stated amount, or what the rule computes; none leaves no line.
    #[inline(always)]
    fn line(
        &mut self,
        item: PayItem,
        rule: impl Fn(&mut Self::Person<'_>, &mut Self::Trace) -> Result<Option<Money>>,
    ) -> Result<()> {
        self.line_by(item, By(rule))
    }

    /// The same by a rule that is no closure: one that several lines share is then put into the loop
    /// of each.
    fn line_by(&mut self, item: PayItem, rule: impl Rule<Self>) -> Result<()>;

    /// Returns whether the test holds. Of many people, those for whom it gives another answer than
    /// for most are left out of this sheet.
    fn all(&mut self, test: impl Fn(&mut Self::Person<'_>) -> Result<bool>) -> Result<bool>;

    /// Returns whether somebody's amount of the item is stated.
    fn is_stated(&self, item: PayItem) -> bool;

    /// Returns whether somebody has a line of the item.
    fn has(&self, item: PayItem) -> bool;

    /// Makes ready what [`Person::sum`] answers.
    fn add_up(&mut self, items: &[PayItem]);

    /// Puts the stated items of a side that no rule has put.
    fn other_stated(&mut self, side: Side) -> Result<()>;

    /// Totals a side.
    fn total(&mut self, side: Side);

    /// Makes the net pay of the totals.
    fn net(&mut self) -> Result<()>;
}

/// The slip of one person, with what was made on the way.
pub(super) struct OneSlip<'a, F, T> {
    pub(super) month: Month,
    pub(super) facts: &'a F,
    pub(super) t: &'a mut T,
    pub(super) slip: &'a mut Slip,
    // The items whose amounts are stated, one bit each.
    stated: u64,
    base: Option<Money>,
    apart: Money,
    net: Money,
}

/// The person of a [`OneSlip`].
pub(super) struct OnePerson<'a, 'f, F> {
    month: Month,
    facts: &'f F,
    slip: &'a Slip,
    base: &'a mut Option<Money>,
    apart: &'a mut Money,
}

impl<F: Facts> Person for OnePerson<'_, '_, F> {
    type Facts = F;

    #[inline(always)]
    fn facts(&self) -> &F {
        self.facts
    }

    #[inline(always)]
    fn month(&self) -> Month {
        self.month
    }

    #[inline(always)]
    fn gross(&self) -> Money {
        self.slip.gross()
    }

    #[inline(always)]
    fn line(&self, item: PayItem) -> Option<Money> {
        self.slip.get(item)
    }

    #[inline(always)]
    fn sum(&self, items: &[PayItem]) -> Result<Money> {
        let mut sum = Money::ZERO;
        for item in items {
            if let Some(amount) = self.slip.get(*item) {
                sum = sum.plus(amount)?;
            }
        }
        Ok(sum)
    }

    #[inline(always)]
    fn base(&self) -> Option<Money> {
        *self.base
    }

    #[inline(always)]
    fn keep_base(&mut self, base: Money) {
        *self.base = Some(base);
    }

    #[inline(always)]
    fn apart(&self) -> Money {
        *self.apart
    }

    #[inline(always)]
    fn keep_apart(&mut self, amount: Money) {
        *self.apart = amount;
    }
}

impl<'a, F: Facts, T: Trace> OneSlip<'a, F, T> {
    #[inline]
    pub(super) fn new(month: Month, facts: &'a F, t: &'a mut T, slip: &'a mut Slip) -> Self {
        let stated = facts.stated_items();
        Self { month, facts, t, slip, stated, base: None, apart: Money::ZERO, net: Money::ZERO }
    }

    #[inline]
    pub(super) fn settled(&self) -> Settled {
        Settled {
            gross: self.slip.gross(),
            deductions: self.slip.deductions(),
            net: self.net,
            employer_cost: self.slip.employer_cost(),
        }
    }

    #[inline(always)]
    fn put_stated(&mut self, item: PayItem, amount: Money) -> Result<()> {
        self.t.begin(item.term());
        self.t.note(&STATED, None);
        self.t.end_money(amount);
        self.slip.put(item, amount, Origin::Stated)
    }

    #[inline(always)]
    fn person(&mut self) -> (OnePerson<'_, 'a, F>, &mut T) {
        let Self { month, facts, slip, base, apart, t, .. } = self;
        (OnePerson { month: *month, facts, slip, base, apart }, t)
    }
}

impl<'f, F: Facts, T: Trace> Sheet for OneSlip<'f, F, T> {
    type Person<'p> = OnePerson<'p, 'f, F>;
    type Trace = T;

    #[inline(always)]
    fn line_by(&mut self, item: PayItem, rule: impl Rule<Self>) -> Result<()> {
        if self.is_stated(item)
            && let Some(amount) = self.facts.stated(item)
        {
            return self.put_stated(item, amount);
        }
        let (mut person, t) = self.person();
        match rule.amount(&mut person, t)? {
            Some(amount) => self.slip.put(item, amount, Origin::Computed),
            None => Ok(()),
        }
    }

    #[inline(always)]
    fn all(&mut self, test: impl Fn(&mut OnePerson<'_, 'f, F>) -> Result<bool>) -> Result<bool> {
        test(&mut self.person().0)
    }

    #[inline(always)]
    fn is_stated(&self, item: PayItem) -> bool {
        self.stated & (1 << item.index()) != 0
    }

    #[inline(always)]
    fn has(&self, item: PayItem) -> bool {
        self.slip.get(item).is_some()
    }

    #[inline(always)]
    fn add_up(&mut self, _items: &[PayItem]) {}

    #[inline]
    fn other_stated(&mut self, side: Side) -> Result<()> {
        let mut rest = self.stated & Slip::items_of(side) & !self.slip.present();
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(item) = PayItem::ALL.get(at)
                && let Some(amount) = self.facts.stated(*item)
            {
                self.put_stated(*item, amount)?;
            }
        }
        Ok(())
    }

    /// The sum is kept as lines are put; here it is shown with its lines.
    #[inline]
    fn total(&mut self, side: Side) {
        let label = match side {
            Side::Earning => &GROSS,
            Side::Deduction => &DEDUCTIONS,
            Side::EmployerCost => &EMPLOYER,
        };
        self.t.begin(label);
        if T::ACTIVE {
            let mut op = Op::Is;
            for (item, amount) in self.slip.amounts_of(side) {
                self.t.fact(op, item.term(), Value::Money(amount));
                op = Op::Plus;
            }
        }
        self.t.end_money(self.slip.total(side));
    }

    #[inline]
    fn net(&mut self) -> Result<()> {
        let (gross, deductions) = (self.slip.gross(), self.slip.deductions());
        self.net = gross.minus(deductions)?;
        self.t.begin(&NET);
        self.t.fact(Op::Is, &GROSS, Value::Money(gross));
        self.t.fact(Op::Minus, &DEDUCTIONS, Value::Money(deductions));
        self.t.end_money(self.net);
        Ok(())
    }
}

//! The amounts of one payslip, by item.

use crate::{
    Error, ErrorCode, Result,
    number::Money,
    vocabulary::{PayItem, Side, Vocabulary, vocabulary},
};

vocabulary! {
    /// Where the amount of a payslip line comes from.
    pub enum Origin ("origin", "来源", "origin") {
        Computed = "computed", "计算", "computed";
        Stated = "stated", "核定", "stated";
    }
}

const ITEMS: usize = PayItem::ALL.len();

/// The amounts of one payslip. One can be reused for many people: [`clear`](Self::clear) it between.
///
/// # Examples
///
/// ```
/// use zhenggong::{number::Money, settlement::{Origin, Slip}, vocabulary::PayItem};
/// let mut slip = Slip::new();
/// slip.put(PayItem::PostPay, Money::parse("2410.00")?, Origin::Stated)?;
/// slip.put(PayItem::IncomeTax, Money::parse("10.50")?, Origin::Computed)?;
/// assert_eq!(slip.net()?.to_string(), "2399.50");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    amounts: [Money; ITEMS],
    // Sums by side, kept as lines are put, so that asking for one costs nothing.
    totals: [Money; 3],
    present: u64,
    stated: u64,
}

impl Default for Slip {
    fn default() -> Self {
        Self::new()
    }
}

impl Slip {
    /// Makes a slip without lines.
    #[must_use]
    pub fn new() -> Self {
        Self { amounts: [Money::ZERO; ITEMS], totals: [Money::ZERO; 3], present: 0, stated: 0 }
    }

    /// Forgets all lines.
    #[inline]
    pub fn clear(&mut self) {
        self.totals = [Money::ZERO; 3];
        self.present = 0;
        self.stated = 0;
    }

    /// Adds an amount to an item; a second amount of the same item is added to the first.
    ///
    /// # Errors
    ///
    /// `Overflow` where the sum of the item or of its side does not fit; the slip is then unchanged.
    #[inline]
    pub fn put(&mut self, item: PayItem, amount: Money, origin: Origin) -> Result<()> {
        let bit = 1u64 << item.index();
        let Some(slot) = self.amounts.get_mut(item.index()) else { return Err(no_room(item)) };
        let sum = if self.present & bit == 0 { amount } else { slot.plus(amount)? };
        let [earnings, deductions, employer] = &mut self.totals;
        let total = match item.side() {
            Side::Earning => earnings,
            Side::Deduction => deductions,
            Side::EmployerCost => employer,
        };
        *total = total.plus(amount)?;
        *slot = sum;
        self.present |= bit;
        if origin == Origin::Stated {
            self.stated |= bit;
        }
        Ok(())
    }

    /// Returns the amount of an item, or none where the slip has no such line.
    #[must_use]
    #[inline]
    pub fn get(&self, item: PayItem) -> Option<Money> {
        let there = self.present & (1u64 << item.index()) != 0;
        self.amounts.get(item.index()).copied().filter(|_| there)
    }

    /// Returns which items have a line, one bit each, by their position in the list of items.
    #[must_use]
    #[inline]
    pub fn present(&self) -> u64 {
        self.present
    }

    /// Returns where the amount of an item comes from.
    #[must_use]
    pub fn origin(&self, item: PayItem) -> Option<Origin> {
        let bit = 1u64 << item.index();
        (self.present & bit != 0).then_some(if self.stated & bit == 0 {
            Origin::Computed
        } else {
            Origin::Stated
        })
    }

    /// Returns the lines in the order in which they are printed.
    pub fn lines(&self) -> impl Iterator<Item = (PayItem, Money, Origin)> + '_ {
        let of = |(item, amount)| Some((item, amount, self.origin(item)?));
        self.amounts_among(u64::MAX).filter_map(of)
    }

    /// Returns the amounts of a side in the order in which they are printed.
    #[inline(always)]
    pub(super) fn amounts_of(&self, side: Side) -> impl Iterator<Item = (PayItem, Money)> + '_ {
        self.amounts_among(Self::items_of(side))
    }

    #[inline(always)]
    fn amounts_among(&self, items: u64) -> impl Iterator<Item = (PayItem, Money)> + '_ {
        let mut rest = self.present & items;
        std::iter::from_fn(move || {
            let at = rest.trailing_zeros() as usize;
            let found = PayItem::ALL.get(at).copied().zip(self.amounts.get(at).copied());
            rest &= rest.wrapping_sub(1);
            found
        })
    }

    /// Returns the sum of one side of the slip.
    #[must_use]
    #[inline]
    pub fn total(&self, side: Side) -> Money {
        let [earnings, deductions, employer] = self.totals;
        match side {
            Side::Earning => earnings,
            Side::Deduction => deductions,
            Side::EmployerCost => employer,
        }
    }

    /// Returns the gross pay (应发合计): all earnings.
    #[must_use]
    #[inline]
    pub fn gross(&self) -> Money {
        self.total(Side::Earning)
    }

    /// Returns all deductions (扣款合计).
    #[must_use]
    #[inline]
    pub fn deductions(&self) -> Money {
        self.total(Side::Deduction)
    }

    /// Returns the net pay (实发): gross pay less deductions. It can be negative.
    ///
    /// # Errors
    ///
    /// `Overflow` where the result does not fit.
    #[inline]
    pub fn net(&self) -> Result<Money> {
        Ok(self.gross().minus(self.deductions())?)
    }

    /// Returns what the employer pays on top (单位承担合计).
    #[must_use]
    #[inline]
    pub fn employer_cost(&self) -> Money {
        self.total(Side::EmployerCost)
    }

    /// Returns the items of a side, one bit each, by their position in the list of items.
    #[must_use]
    #[inline]
    pub const fn items_of(side: Side) -> u64 {
        let (first, end) = range(side);
        (u64::MAX << first) & !(u64::MAX << end)
    }
}

/// The items of a side, as positions in the list: the first, and the one after the last.
#[inline]
const fn range(side: Side) -> (u32, u32) {
    const DEDUCTIONS: u32 = PayItem::Pension as u32;
    const EMPLOYER: u32 = PayItem::EmployerPension as u32;
    match side {
        Side::Earning => (0, DEDUCTIONS),
        Side::Deduction => (DEDUCTIONS, EMPLOYER),
        Side::EmployerCost => (EMPLOYER, ITEMS as u32),
    }
}

#[cold]
fn no_room(item: PayItem) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", format!("no room for {item}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_a_bit() {
        assert!(PayItem::ALL.len() <= 64);
    }

    #[test]
    fn sides_sum_their_own_items() {
        let mut slip = Slip::new();
        for item in PayItem::ALL {
            slip.put(*item, Money::from_fen(1), Origin::Computed).unwrap();
        }
        let count = |side| PayItem::ALL.iter().filter(|i| i.side() == side).count() as i64;
        for side in [Side::Earning, Side::Deduction, Side::EmployerCost] {
            assert_eq!(slip.total(side).fen(), count(side));
            let bits = Slip::items_of(side).count_ones();
            assert_eq!(i64::from(bits), count(side));
        }
        slip.clear();
        assert_eq!(slip.lines().count(), 0);
        assert_eq!(slip.gross(), Money::ZERO);
    }

    #[test]
    fn a_sum_beyond_the_range_is_an_error() {
        let mut slip = Slip::new();
        slip.put(PayItem::PostPay, Money::MAX, Origin::Stated).unwrap();
        let kept = slip.clone();
        let beyond = slip.put(PayItem::LevelPay, Money::from_fen(1), Origin::Stated);
        assert_eq!(beyond.unwrap_err().code(), ErrorCode::Overflow);
        assert_eq!(slip, kept);
    }
}

//! The year to date of one person, as the cumulative withholding sees it.

use super::wage_withholding::RULE;
use crate::{Error, ErrorCode, Result, number::Money};

/// A person's year to date in this unit, the current month included; all amounts at least 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaxState {
    /// 累计收入: wages.
    pub income: Money,
    /// 累计免税收入: the part of the wages that is exempt.
    pub exempt: Money,
    /// 累计专项扣除: social insurance and housing fund, the personal part.
    pub special: Money,
    /// 累计专项附加扣除: see `tax.special-additional`.
    pub additional: Money,
    /// 累计依法确定的其他扣除: occupational annuity, personal pension and the like.
    pub other: Money,
    /// 累计减免税额: reliefs of the tax itself; usually 0.
    pub relief: Money,
    /// Months employed here this year, this month included: 1 to 12.
    pub months: u32,
    /// 累计已预扣预缴税额: withheld in the months before.
    pub withheld: Money,
}

impl TaxState {
    /// Refuses states that no year can have.
    #[inline(always)]
    pub(super) fn check(&self) -> Result<()> {
        let s = self;
        // The sign bit of the union is set where any amount is negative.
        let signs = s.income.fen() | s.exempt.fen() | s.special.fen() | s.additional.fen();
        if (signs | s.other.fen() | s.relief.fen() | s.withheld.fen()) < 0 {
            return Err(negative(s));
        }
        if s.months == 0 || s.months > 12 {
            return Err(bad_months(s.months));
        }
        Ok(())
    }
}

#[cold]
fn negative(s: &TaxState) -> Error {
    let named = [
        ("income", s.income),
        ("exempt", s.exempt),
        ("special", s.special),
        ("additional", s.additional),
        ("other", s.other),
        ("relief", s.relief),
        ("withheld", s.withheld),
    ];
    let error = Error::new(ErrorCode::NegativeNotAllowed).rule(RULE.id());
    match named.iter().find(|(_, amount)| amount.is_negative()) {
        Some((name, amount)) => error.arg("value", amount).field(*name),
        None => error,
    }
}

#[cold]
pub(crate) fn bad_months(months: u32) -> Error {
    let detail = format!(
        "任职受雇月份数 {months} 应为 1 至 12，且不超过当前月份 / months employed must be 1 to 12 and \
         not beyond the current month"
    );
    Error::new(ErrorCode::InvalidInput).arg_both("detail", detail).field("months").rule(RULE.id())
}

//! The parameters that a month's settlement reads, looked up once and not per person.

use crate::{
    Error, ErrorCode, Result,
    allowance::{PoliceOvertimeAllowance, PoliceRankAllowance},
    auxiliary::{PayPlan, Standards},
    basic_pay::{LevelPay, PostPay},
    calendar::Month,
    insurance::{
        ContributionBase, EnterprisePension, HousingFund, InstitutionPension, Medical,
        OccupationalAnnuity, Unemployment, WorkInjury,
    },
    policy::{Parameters, Snapshot},
    tax::{AnnualBonus, WageTax},
};

/// The parameters of a month. A rule whose values are missing keeps its error until a person needs it.
#[derive(Debug)]
pub struct MonthPlan<'s> {
    pub(super) month: Month,
    pub(super) rank: Part<'s, PoliceRankAllowance>,
    pub(super) overtime: Part<'s, PoliceOvertimeAllowance>,
    pub(super) post_pay: Part<'s, PostPay>,
    pub(super) level_pay: Part<'s, LevelPay>,
    pub(super) pay_plan: Part<'s, PayPlan>,
    pub(super) standards: Standards,
    pub(super) base: Part<'s, ContributionBase>,
    pub(super) institution_pension: Part<'s, InstitutionPension>,
    pub(super) annuity: Part<'s, OccupationalAnnuity>,
    pub(super) enterprise_pension: Part<'s, EnterprisePension>,
    pub(super) medical: Part<'s, Medical>,
    pub(super) unemployment: Part<'s, Unemployment>,
    pub(super) work_injury: Part<'s, WorkInjury>,
    pub(super) housing_fund: Part<'s, HousingFund>,
    pub(super) wage_tax: Part<'s, WageTax>,
    pub(super) bonus: Part<'s, AnnualBonus>,
    pub(super) employer_cost: bool,
}

/// The parameters of one rule, or the snapshot that says why there are none.
#[derive(Debug)]
pub(super) enum Part<'s, P> {
    Ready(&'s P),
    Missing(&'s Snapshot),
}

impl<P: PartialEq> Part<'_, P> {
    /// Returns whether both have the same parameters, or neither has any.
    fn alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ready(one), Self::Ready(other)) => one == other,
            (Self::Missing(_), Self::Missing(_)) => true,
            _ => false,
        }
    }
}

impl<'s, P: Parameters> Part<'s, P> {
    fn of(snapshot: &'s Snapshot) -> Self {
        // The error is made where a person needs the part: a plan is cheap although much is missing.
        snapshot.ready().map_or(Self::Missing(snapshot), Self::Ready)
    }

    /// Returns the parameters, or who can say why there are none.
    #[inline(always)]
    pub(super) fn look(&self) -> Result<&'s P, &dyn Absent> {
        match self {
            Self::Ready(parameters) => Ok(parameters),
            Self::Missing(_) => Err(self),
        }
    }

    /// Returns the parameters where there are any.
    #[inline]
    pub(super) fn known(&self) -> Option<&'s P> {
        match self {
            Self::Ready(parameters) => Some(parameters),
            Self::Missing(_) => None,
        }
    }

    /// Returns the parameters.
    #[inline]
    pub(super) fn get(&self) -> Result<&'s P> {
        match self {
            Self::Ready(parameters) => Ok(parameters),
            Self::Missing(snapshot) => snapshot.get(),
        }
    }
}

/// Parameters that are not there.
pub(super) trait Absent {
    /// Returns why.
    fn why(&self) -> Error;
}

impl<P: Parameters> Absent for Part<'_, P> {
    #[cold]
    fn why(&self) -> Error {
        match self.get() {
            Err(error) => error,
            Ok(_) => Error::new(ErrorCode::Internal).arg("detail", "the parameters are there"),
        }
    }
}

impl<'s> MonthPlan<'s> {
    /// Looks up what the settlement of the snapshot's month reads.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            month: snapshot.query().month,
            rank: Part::of(snapshot),
            overtime: Part::of(snapshot),
            post_pay: Part::of(snapshot),
            level_pay: Part::of(snapshot),
            pay_plan: Part::of(snapshot),
            standards: Standards::of(snapshot),
            base: Part::of(snapshot),
            institution_pension: Part::of(snapshot),
            annuity: Part::of(snapshot),
            enterprise_pension: Part::of(snapshot),
            medical: Part::of(snapshot),
            unemployment: Part::of(snapshot),
            work_injury: Part::of(snapshot),
            housing_fund: Part::of(snapshot),
            wage_tax: Part::of(snapshot),
            bonus: Part::of(snapshot),
            employer_cost: true,
        }
    }

    /// Leaves the employer's lines out: for places whose packs have no standard of that side, or
    /// where only the person's pay is asked for.
    #[must_use]
    pub fn without_employer_cost(mut self) -> Self {
        self.employer_cost = false;
        self
    }

    /// Returns whether officers are paid by the same parameters in both months, so that
    /// [`SlipColumns`](super::SlipColumns) can settle them together.
    #[must_use]
    pub fn pays_officers_like(&self, other: &Self) -> bool {
        self.employer_cost == other.employer_cost
            && self.rank.alike(&other.rank)
            && self.overtime.alike(&other.overtime)
            && self.post_pay.alike(&other.post_pay)
            && self.level_pay.alike(&other.level_pay)
            && self.base.alike(&other.base)
            && self.institution_pension.alike(&other.institution_pension)
            && self.annuity.alike(&other.annuity)
            && self.medical.alike(&other.medical)
            && self.housing_fund.alike(&other.housing_fund)
            && self.wage_tax.alike(&other.wage_tax)
            && self.bonus.alike(&other.bonus)
    }

    /// Returns whether a line of the pay plan takes the assessment coefficient of the month.
    #[must_use]
    pub fn pays_by_coefficient(&self) -> bool {
        self.pay_plan.known().is_some_and(PayPlan::pays_by_coefficient)
    }

    /// Returns the month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }
}

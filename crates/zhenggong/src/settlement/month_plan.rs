//! The parameters that a month's settlement reads, looked up once and not per person.

use crate::{
    Result,
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

impl<'s, P: Parameters> Part<'s, P> {
    fn of(snapshot: &'s Snapshot) -> Self {
        // The error is made where a person needs the part: a plan is cheap although much is missing.
        snapshot.ready().map_or(Self::Missing(snapshot), Self::Ready)
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

    /// Returns the month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }
}

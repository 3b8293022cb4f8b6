//! Contributions of both sides, on the base of the month.

use super::{MonthPlan, Slip, settle::stated_or};
use crate::{
    Result,
    derivation::Trace,
    insurance::{
        ContributionBase, ContributionSide, HousingFundStart, SchemeTerms, WageOfBase,
        WorkInjuryRate, contribution_base, employer_share, personal_flat, personal_share,
        work_injury_contribution,
    },
    number::Money,
    person::{Facts, missing},
    vocabulary::{PayItem, PersonKind},
};

/// Puts the contributions of both sides on the slip.
pub(super) fn contributions<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    gross: Money,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    let mut person = Insured { plan, facts, gross, base: None };
    let officer = facts.kind() == PersonKind::Officer;
    let pension = (PayItem::Pension, PayItem::EmployerPension);
    if officer {
        person.scheme(pension, || Ok(plan.institution_pension.get()?.terms()), t, slip)?;
        let annuity = (PayItem::OccupationalAnnuity, PayItem::EmployerAnnuity);
        person.scheme(annuity, || Ok(plan.annuity.get()?.terms()), t, slip)?;
    } else {
        person.scheme(pension, || Ok(plan.enterprise_pension.get()?.terms()), t, slip)?;
    }
    let medical = (PayItem::Medical, PayItem::EmployerMedical);
    person.scheme(medical, || Ok(plan.medical.get()?.terms()), t, slip)?;
    if facts.stated(PayItem::Medical).is_none() {
        stated_or(PayItem::MedicalFlat, facts, t, slip, |t| {
            Ok(personal_flat(plan.medical.get()?.terms(), t))
        })?;
    }
    // Officers are insured neither against unemployment nor under the work-injury regulations.
    if !officer {
        let unemployment = (PayItem::Unemployment, PayItem::EmployerUnemployment);
        person.scheme(unemployment, || Ok(plan.unemployment.get()?.terms()), t, slip)?;
        person.work_injury(t, slip)?;
    }
    person.housing_fund(t, slip)
}

/// Returns how the person came into the fund of this unit; none where it has been paid before.
#[inline]
fn fund_start<F: Facts>(facts: &F) -> Result<Option<HousingFundStart>> {
    match (facts.fund_start().known(), facts.fund_start_kind().known()) {
        (None, None) => Ok(None),
        (Some(on), Some(kind)) => Ok(Some(HousingFundStart { kind: *kind, on: *on })),
        (None, Some(_)) => Err(missing("fund_start")),
        (Some(_), None) => Err(missing("fund_start_kind")),
    }
}

/// A person whose contributions are computed, with the base once it is known.
struct Insured<'a, 's, F> {
    plan: &'a MonthPlan<'s>,
    facts: &'a F,
    gross: Money,
    base: Option<Money>,
}

impl<F: Facts> Insured<'_, '_, F> {
    /// Returns the base of social insurance, made on first use: where all lines are stated none is
    /// needed.
    #[inline]
    fn base<T: Trace>(&mut self, t: &mut T) -> Result<Money> {
        if let Some(base) = self.base {
            return Ok(base);
        }
        let p = self.plan.base.get()?;
        let wage = match p.wage() {
            WageOfBase::MonthGross => self.gross,
            WageOfBase::Declared => {
                let declared = self.facts.contribution_wage().need("contribution_wage")?;
                *declared.ok_or_else(|| missing("contribution_wage"))?
            }
        };
        let base = contribution_base(p, wage, t)?;
        self.base = Some(base);
        Ok(base)
    }

    /// Both lines of a scheme: what is stated, or the share of the base.
    #[inline]
    fn scheme<'p, T: Trace>(
        &mut self,
        (own, employer): (PayItem, PayItem),
        terms: impl Fn() -> Result<&'p SchemeTerms>,
        t: &mut T,
        slip: &mut Slip,
    ) -> Result<()> {
        let facts = self.facts;
        stated_or(own, facts, t, slip, |t| {
            let base = self.base(t)?;
            personal_share(terms()?, base, t).map(Some)
        })?;
        if !self.plan.employer_cost {
            return Ok(());
        }
        stated_or(employer, facts, t, slip, |t| {
            if self.stated_alone(own) {
                return Ok(None);
            }
            let base = self.base(t)?;
            employer_share(terms()?, base, t).map(Some)
        })
    }

    /// Returns whether the office states the person's share and gives no wage: the employer's line is
    /// then the office's to state as well. Where the place takes the month's pay as the wage, there is
    /// always one.
    #[inline]
    fn stated_alone(&self, own: PayItem) -> bool {
        if self.base.is_some() || self.facts.stated(own).is_none() {
            return false;
        }
        let no_wage = self.facts.contribution_wage().is_missing();
        let declared = |p: &ContributionBase| p.wage() == WageOfBase::Declared;
        no_wage && self.plan.base.get().map_or(true, declared)
    }

    fn work_injury<T: Trace>(&mut self, t: &mut T, slip: &mut Slip) -> Result<()> {
        if !self.plan.employer_cost {
            return Ok(());
        }
        let facts = self.facts;
        stated_or(PayItem::EmployerWorkInjury, facts, t, slip, |t| {
            let class = facts.risk_class().need("risk_class")?;
            let step = facts.risk_step().need("risk_step")?;
            let Some((class, step)) = class.zip(step) else { return Ok(None) };
            let rate = WorkInjuryRate { class: *class, step: *step };
            let base = self.base(t)?;
            work_injury_contribution(self.plan.work_injury.get()?, rate, base, t).map(Some)
        })
    }

    fn housing_fund<T: Trace>(&self, t: &mut T, slip: &mut Slip) -> Result<()> {
        let facts = self.facts;
        let share = |side, t: &mut T| {
            let Some(wage) = facts.housing_wage().need("housing_wage")? else { return Ok(None) };
            let rate = facts.housing_rate().known().copied();
            let p = self.plan.housing_fund.get()?;
            p.for_month(self.plan.month, fund_start(facts)?, side, (*wage, rate), t).map(Some)
        };
        stated_or(PayItem::HousingFund, facts, t, slip, |t| share(ContributionSide::Personal, t))?;
        if !self.plan.employer_cost {
            return Ok(());
        }
        let no_wage = facts.housing_wage().is_missing();
        let stated_alone = facts.stated(PayItem::HousingFund).is_some() && no_wage;
        stated_or(PayItem::EmployerHousingFund, facts, t, slip, |t| {
            if stated_alone { Ok(None) } else { share(ContributionSide::Employer, t) }
        })
    }
}

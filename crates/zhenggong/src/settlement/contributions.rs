//! Contributions of both sides, on the base of the month.

use super::{MonthPlan, Slip, settle::stated_or};
use crate::{
    Result,
    derivation::Trace,
    insurance::{
        ContributionSide, SchemeTerms, WageOfBase, WorkInjuryRate, contribution_base,
        employer_share, housing_fund_share, personal_flat, personal_share,
        work_injury_contribution,
    },
    number::Money,
    person::{Facts, missing},
    vocabulary::{PayItem, PersonKind},
};

/// The base of social insurance, made on first use: a slip whose lines are all stated needs none.
struct Base(Option<Money>);

impl Base {
    #[inline]
    fn get<F: Facts, T: Trace>(
        &mut self,
        plan: &MonthPlan<'_>,
        facts: &F,
        gross: Money,
        t: &mut T,
    ) -> Result<Money> {
        if let Some(base) = self.0 {
            return Ok(base);
        }
        let p = plan.base.get()?;
        let wage = match p.wage() {
            WageOfBase::MonthGross => gross,
            WageOfBase::Declared => match facts.contribution_wage().need("contribution_wage")? {
                Some(wage) => *wage,
                None => return Err(missing("contribution_wage")),
            },
        };
        let base = contribution_base(p, wage, t)?;
        self.0 = Some(base);
        Ok(base)
    }
}

pub(super) fn contributions<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    gross: Money,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    let mut base = Base(None);
    let officer = facts.kind() == PersonKind::Officer;
    if officer {
        let pension = || Ok(plan.institution_pension.get()?.terms());
        let annuity = || Ok(plan.annuity.get()?.terms());
        both(
            plan,
            facts,
            gross,
            &mut base,
            (PayItem::Pension, PayItem::EmployerPension),
            pension,
            t,
            slip,
        )?;
        both(
            plan,
            facts,
            gross,
            &mut base,
            (PayItem::OccupationalAnnuity, PayItem::EmployerAnnuity),
            annuity,
            t,
            slip,
        )?;
    } else {
        let pension = || Ok(plan.enterprise_pension.get()?.terms());
        both(
            plan,
            facts,
            gross,
            &mut base,
            (PayItem::Pension, PayItem::EmployerPension),
            pension,
            t,
            slip,
        )?;
    }
    let medical = || Ok(plan.medical.get()?.terms());
    both(
        plan,
        facts,
        gross,
        &mut base,
        (PayItem::Medical, PayItem::EmployerMedical),
        medical,
        t,
        slip,
    )?;
    if facts.stated(PayItem::Medical).is_none() {
        stated_or(PayItem::MedicalFlat, facts, t, slip, |t| {
            Ok(personal_flat(plan.medical.get()?.terms(), t))
        })?;
    }
    if !officer {
        let unemployment = || Ok(plan.unemployment.get()?.terms());
        both(
            plan,
            facts,
            gross,
            &mut base,
            (PayItem::Unemployment, PayItem::EmployerUnemployment),
            unemployment,
            t,
            slip,
        )?;
        stated_or(PayItem::EmployerWorkInjury, facts, t, slip, |t| {
            if !plan.employer_cost {
                return Ok(None);
            }
            let class = facts.risk_class().need("risk_class")?;
            let step = facts.risk_step().need("risk_step")?;
            let Some((class, step)) = class.zip(step) else { return Ok(None) };
            let rate = WorkInjuryRate { class: *class, step: *step };
            let base = base.get(plan, facts, gross, t)?;
            work_injury_contribution(plan.work_injury.get()?, rate, base, t).map(Some)
        })?;
    }
    housing_fund(plan, facts, t, slip)
}

/// Both lines of a scheme: what is stated, or the share of the base.
#[allow(clippy::too_many_arguments, reason = "one call shape for all schemes reads best")]
#[inline]
fn both<'p, F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    gross: Money,
    base: &mut Base,
    (own, employer): (PayItem, PayItem),
    terms: impl Fn() -> Result<&'p SchemeTerms>,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    stated_or(own, facts, t, slip, |t| {
        let terms = terms()?;
        let base = base.get(plan, facts, gross, t)?;
        personal_share(terms, base, t).map(Some)
    })?;
    if !plan.employer_cost {
        return Ok(());
    }
    // Where the office states the person's share and no wage is given, the employer's line is the
    // office's to state as well.
    if facts.stated(own).is_some() && base.0.is_none() && facts.contribution_wage().is_missing() {
        return stated_or(employer, facts, t, slip, |_| Ok(None));
    }
    stated_or(employer, facts, t, slip, |t| {
        let terms = terms()?;
        let base = base.get(plan, facts, gross, t)?;
        employer_share(terms, base, t).map(Some)
    })
}

fn housing_fund<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    let own_stated = facts.stated(PayItem::HousingFund).is_some();
    for (item, side) in [
        (PayItem::HousingFund, ContributionSide::Personal),
        (PayItem::EmployerHousingFund, ContributionSide::Employer),
    ] {
        stated_or(item, facts, t, slip, |t| {
            let employer = side == ContributionSide::Employer;
            if employer && (!plan.employer_cost || own_stated && facts.housing_wage().is_missing())
            {
                return Ok(None);
            }
            let Some(wage) = facts.housing_wage().need("housing_wage")? else { return Ok(None) };
            let rate = facts.housing_rate().known().copied();
            housing_fund_share(plan.housing_fund.get()?, side, *wage, rate, t).map(Some)
        })?;
    }
    Ok(())
}

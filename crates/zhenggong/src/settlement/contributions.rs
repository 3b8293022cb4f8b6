//! Contributions of both sides, on the base of the month.

use super::{
    MonthPlan,
    month_plan::Absent,
    sheet::{Person, Rule, Sheet},
};
use crate::{
    Result,
    derivation::Trace,
    insurance::{
        FundLine, HousingFund, HousingFundStart, LineTerms, SchemeTerms, WageOfBase,
        WorkInjuryRate, contribution_base, personal_flat, work_injury_contribution,
    },
    number::Money,
    person::{Facts, missing},
    vocabulary::{PayItem, PersonKind},
};

/// Puts the contributions of both sides on the sheet.
#[inline(always)]
pub(super) fn contributions<S: Sheet>(
    plan: &MonthPlan<'_>,
    kind: PersonKind,
    sheet: &mut S,
) -> Result<()> {
    let officer = kind == PersonKind::Officer;
    let pension = (PayItem::Pension, PayItem::EmployerPension);
    if officer {
        scheme(plan, pension, plan.institution_pension.look().map(|p| p.terms()), sheet)?;
        let annuity = (PayItem::OccupationalAnnuity, PayItem::EmployerAnnuity);
        scheme(plan, annuity, plan.annuity.look().map(|p| p.terms()), sheet)?;
    } else {
        scheme(plan, pension, plan.enterprise_pension.look().map(|p| p.terms()), sheet)?;
    }
    let medical = (PayItem::Medical, PayItem::EmployerMedical);
    scheme(plan, medical, plan.medical.look().map(|p| p.terms()), sheet)?;
    medical_flat(plan, sheet)?;
    // Officers are insured neither against unemployment nor under the work-injury regulations.
    if !officer {
        let unemployment = (PayItem::Unemployment, PayItem::EmployerUnemployment);
        scheme(plan, unemployment, plan.unemployment.look().map(|p| p.terms()), sheet)?;
        work_injury(plan, sheet)?;
    }
    housing_fund(plan, sheet)
}

/// Returns the base of social insurance, made on first use: where all lines are stated none is needed.
#[inline(always)]
fn base<P: Person, T: Trace>(plan: &MonthPlan<'_>, person: &mut P, t: &mut T) -> Result<Money> {
    if let Some(base) = person.base() {
        return Ok(base);
    }
    let p = plan.base.get()?;
    let wage = match p.wage() {
        WageOfBase::MonthGross => person.gross(),
        WageOfBase::Declared => {
            let declared = person.facts().contribution_wage().need("contribution_wage")?;
            *declared.ok_or_else(|| missing("contribution_wage"))?
        }
    };
    let base = contribution_base(p, wage, t)?;
    person.keep_base(base);
    Ok(base)
}

/// Both lines of a scheme: what is stated, or the share of the base.
#[inline(always)]
fn scheme<S: Sheet>(
    plan: &MonthPlan<'_>,
    (own, employer): (PayItem, PayItem),
    terms: Result<&SchemeTerms, &dyn Absent>,
    sheet: &mut S,
) -> Result<()> {
    // The terms are copied, so that in a loop over people they need not be looked up again.
    let rule = ShareOfBase { plan, line: terms.map(SchemeTerms::own_line), beside: None };
    sheet.line_by(own, rule)?;
    if !plan.employer_cost {
        return Ok(());
    }
    let line = terms.map(SchemeTerms::employer_line);
    sheet.line_by(employer, ShareOfBase { plan, line, beside: Some(own) })
}

/// The share of the base that a scheme takes.
struct ShareOfBase<'a, 's> {
    plan: &'a MonthPlan<'s>,
    line: Result<LineTerms<'a>, &'a dyn Absent>,
    /// The person's own item, where the share is the employer's.
    beside: Option<PayItem>,
}

impl<S: Sheet> Rule<S> for ShareOfBase<'_, '_> {
    #[inline(always)]
    fn amount(&self, person: &mut S::Person<'_>, t: &mut S::Trace) -> Result<Option<Money>> {
        if let Some(own) = self.beside
            && stated_alone(self.plan, own, person)
        {
            return Ok(None);
        }
        let base = base(self.plan, person, t)?;
        match &self.line {
            Ok(line) => line.share(base, t).map(Some),
            Err(absent) => Err(absent.why()),
        }
    }
}

/// Returns whether the office states the person's share and gives no wage: the employer's line is then
/// the office's to state as well. Where the place takes the month's pay as the wage, there is always
/// one.
#[inline(always)]
fn stated_alone<P: Person>(plan: &MonthPlan<'_>, own: PayItem, person: &P) -> bool {
    if person.base().is_some() || person.facts().stated(own).is_none() {
        return false;
    }
    let no_wage = person.facts().contribution_wage().is_missing();
    no_wage && plan.base.known().is_none_or(|p| p.wage() == WageOfBase::Declared)
}

/// The flat amount beside the share, where the share is not stated.
#[inline(always)]
fn medical_flat<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<()> {
    let none = plan.medical.known().is_some_and(|p| p.terms().flat_personal.is_none());
    if none && !sheet.is_stated(PayItem::MedicalFlat) {
        return Ok(());
    }
    let computed =
        |person: &mut S::Person<'_>| Ok(person.facts().stated(PayItem::Medical).is_none());
    if !sheet.all(computed)? {
        return Ok(());
    }
    sheet.line(PayItem::MedicalFlat, |_, t| Ok(personal_flat(plan.medical.get()?.terms(), t)))
}

#[inline(always)]
fn work_injury<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<()> {
    if !plan.employer_cost {
        return Ok(());
    }
    sheet.line(PayItem::EmployerWorkInjury, |person, t| {
        let class = person.facts().risk_class().need("risk_class")?.copied();
        let step = person.facts().risk_step().need("risk_step")?.copied();
        let Some((class, step)) = class.zip(step) else { return Ok(None) };
        let base = base(plan, person, t)?;
        let rate = WorkInjuryRate { class, step };
        work_injury_contribution(plan.work_injury.get()?, rate, base, t).map(Some)
    })
}

#[inline(always)]
fn housing_fund<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<()> {
    // Copied before the loop over people, as the terms of a scheme are.
    let own = plan.housing_fund.look().map(HousingFund::own_line);
    sheet.line(PayItem::HousingFund, move |person, t| fund_share(&own, person, t))?;
    if !plan.employer_cost {
        return Ok(());
    }
    let employer = plan.housing_fund.look().map(HousingFund::employer_line);
    sheet.line(PayItem::EmployerHousingFund, move |person, t| {
        let no_wage = person.facts().housing_wage().is_missing();
        if no_wage && person.facts().stated(PayItem::HousingFund).is_some() {
            return Ok(None);
        }
        fund_share(&employer, person, t)
    })
}

#[inline(always)]
fn fund_share<P: Person, T: Trace>(
    line: &Result<FundLine<'_>, &dyn Absent>,
    person: &mut P,
    t: &mut T,
) -> Result<Option<Money>> {
    let facts = person.facts();
    let Some(wage) = facts.housing_wage().need("housing_wage")? else { return Ok(None) };
    let rate = facts.housing_rate().known().copied();
    match line {
        Ok(line) => line.for_month(person.month(), fund_start(facts)?, (*wage, rate), t).map(Some),
        Err(absent) => Err(absent.why()),
    }
}

/// Returns how the person came into the fund of this unit; none where it has been paid before.
#[inline(always)]
fn fund_start<F: Facts>(facts: &F) -> Result<Option<HousingFundStart>> {
    match (facts.fund_start().known(), facts.fund_start_kind().known()) {
        (None, None) => Ok(None),
        (Some(on), Some(kind)) => Ok(Some(HousingFundStart { kind: *kind, on: *on })),
        (None, Some(_)) => Err(missing("fund_start")),
        (Some(_), None) => Err(missing("fund_start_kind")),
    }
}

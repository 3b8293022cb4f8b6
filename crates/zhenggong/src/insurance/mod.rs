//! Social insurance and the housing fund: the base, and what each side pays of it.
//!
//! Officers stand under the institution scheme with its occupational annuity, auxiliaries under the
//! enterprise scheme; medical, unemployment and work-injury insurance and the housing fund follow
//! local policy. Every line is computed and rounded by itself, and a total is the sum of its lines:
//! one rate for all schemes gives another amount (Beijing 2026, base 36348: 9704.91 by lines, 9704.92
//! by the sum of the rates).

pub mod contribution_base;
pub mod enterprise_pension;
pub mod housing_fund;
pub mod institution_pension;
pub mod medical;
pub mod occupational_annuity;
mod scheme_rule;
pub mod scheme_terms;
#[cfg(test)]
mod tests;
pub mod unemployment;
pub mod work_injury;

pub use self::{
    contribution_base::{
        ContributionBase, Employment, NewHireBase, WageOfBase, base_wage, contribution_base,
    },
    enterprise_pension::EnterprisePension,
    housing_fund::{
        HousingFund, HousingFundStart, StartKind, first_fund_month, housing_fund_share,
    },
    institution_pension::InstitutionPension,
    medical::Medical,
    occupational_annuity::OccupationalAnnuity,
    scheme_terms::{
        ContributionSide, SchemeTerms, Shares, SideTerms, contribution, employer_share,
        personal_flat, personal_share,
    },
    unemployment::Unemployment,
    work_injury::{FloatStep, RiskClass, WorkInjury, WorkInjuryRate, work_injury_contribution},
};
pub(crate) use self::{housing_fund::FundLine, scheme_rule::scheme, scheme_terms::LineTerms};

//! The catalogue: every rule and every built-in pack, one line each.
//!
//! Adding a rule touches its own file, its pack, and the list here.

pub(crate) mod entry;
pub(crate) mod packs;

use crate::{
    allowance, assessment, auxiliary, basic_pay, insurance, policy::RuleInfo, settlement, tax,
    workdays,
};

/// All rules, in the order of the handbook.
pub static RULES: &[&RuleInfo] = &[
    &basic_pay::post::RULE,
    &basic_pay::level::RULE,
    &basic_pay::total::RULE,
    &basic_pay::level_rise::RULE,
    &basic_pay::trial::RULE,
    &allowance::police_rank::RULE,
    &allowance::police_overtime::RULE,
    &auxiliary::pay_plan::RULE,
    &auxiliary::minimum_wage::RULE,
    &auxiliary::overtime_pay::RULE,
    &insurance::contribution_base::RULE,
    &insurance::institution_pension::RULE,
    &insurance::occupational_annuity::RULE,
    &insurance::enterprise_pension::RULE,
    &insurance::medical::RULE,
    &insurance::unemployment::RULE,
    &insurance::work_injury::RULE,
    &insurance::housing_fund::RULE,
    // Schemes go by the standards of these two, so that they stand first.
    &assessment::fitness::RULE,
    &assessment::training_days::RULE,
    &assessment::schemes::RULE,
    &assessment::score_rule::RULE,
    &assessment::grade_rule::RULE,
    &assessment::period_rule::RULE,
    &assessment::rescore::RESCORE,
    &assessment::rescore::WHAT_IF,
    &assessment::rescore::DIFFERENCE,
    &tax::wage_withholding::RULE,
    &tax::special_additional::RULE,
    &tax::annual_bonus::RULE,
    &settlement::payslip_rule::RULE,
    &workdays::day_kind::RULE,
    &workdays::overtime_days::RULE,
    &workdays::month::RULE,
    &workdays::full_years::RULE,
    &workdays::calendar_years::RULE,
    &assessment::appraisal_participation::RULE,
    &assessment::appraisal_routine::RULE,
    &assessment::quota::RULE,
    &assessment::appraisal_effects::RULE,
    &assessment::step_credit::RULE,
    &assessment::next_grade_credit::RULE,
    &assessment::year_end_bonus::RULE,
    &assessment::auxiliary_year_bonus::RULE,
    &assessment::sanction_period::RULE,
    &assessment::appeal::RULE,
    &assessment::merit_award::RULE,
    &assessment::fitness_recruit::RULE,
    &assessment::training_class::RULE,
    &assessment::auxiliary_contract::RULE,
];

/// Returns the rule of this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    RULES.iter().find(|r| r.id() == id).copied()
}

/// Returns the catalogue as JSON: ids, names, inputs, output, policy fields.
#[must_use]
pub fn to_json() -> serde_json::Value {
    crate::schema::written(&RULES.iter().map(|r| entry::RuleEntry::of(r)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = RULES.iter().map(|r| r.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }
}

//! The catalogue: every rule and every built-in pack, one line each.
//!
//! Adding a rule touches its own file, its pack, and the list here.

pub(crate) mod packs;

use crate::{
    allowance, assessment, auxiliary, basic_pay, insurance, policy::RuleInfo, tax, workdays,
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
    &workdays::day_kind::RULE,
    &workdays::overtime_days::RULE,
    &workdays::month::RULE,
    &workdays::full_years::RULE,
    &workdays::calendar_years::RULE,
];

/// Returns the rule of this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    RULES.iter().find(|r| r.id() == id).copied()
}

/// Returns the catalogue as JSON: ids, names, inputs, output, policy fields.
#[must_use]
pub fn to_json() -> serde_json::Value {
    let rules = RULES.iter().map(|r| {
        serde_json::json!({
            "id": r.id(), "zh": r.term.zh, "en": r.term.en,
            "about": { "zh": r.about.zh, "en": r.about.en },
            "inputs": r.inputs.iter().map(|i| serde_json::json!({
                "key": i.term.code, "zh": i.term.zh, "en": i.term.en,
                "form": i.form, "required": i.required,
            })).collect::<Vec<_>>(),
            "output": r.output,
            "policy": r.fields.iter().map(|f| serde_json::json!({
                "field": f.key,
                "scope": if f.scope == crate::policy::Scope::National { "national" } else { "local" },
            })).collect::<Vec<_>>(),
        })
    });
    rules.collect()
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

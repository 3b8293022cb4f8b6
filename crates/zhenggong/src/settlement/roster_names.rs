//! The facts of a roster, in errors of rules that call their inputs otherwise.

use crate::Error;

/// The name of a rule's input, and the fact of the roster that it comes from.
const NAMES: &[(&str, &str, &str)] = &[
    ("auxiliary.pay-plan", "grade", "auxiliary_grade"),
    ("auxiliary.pay-plan", "post", "auxiliary_post"),
    ("auxiliary.pay-plan", "overtime-days", "overtime_rest_days"),
    ("auxiliary.pay-plan", "holiday-days", "overtime_holiday_days"),
    ("auxiliary.pay-plan", "overtime-hours", "overtime_hours"),
    ("auxiliary.pay-plan", "night-shifts", "night_shifts"),
    ("auxiliary.pay-plan", "duty-days", "duty_days"),
    ("auxiliary.pay-plan", "service-years", "service_years"),
    ("insurance.housing-fund", "own_rate", "housing_rate"),
    ("insurance.housing-fund", "base", "housing_wage"),
    ("insurance.contribution-base", "wage", "contribution_wage"),
    ("insurance.work-injury", "class", "risk_class"),
    ("insurance.work-injury", "step", "risk_step"),
    ("tax.wage-withholding", "months", "tax_months"),
    ("tax.annual-bonus", "bonus", "stated_year_end_bonus"),
];

/// Returns the error with the field named as the roster names it, so that its reader finds the column.
#[cold]
pub(super) fn roster_names(error: Error) -> Error {
    let found = NAMES.iter().find(|(rule, input, _)| {
        error.rule_id() == Some(rule) && error.field_name() == Some(input)
    });
    match found {
        Some((_, input, fact)) => error.renamed(input, fact),
        None => error,
    }
}

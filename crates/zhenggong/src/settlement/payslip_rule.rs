//! 月度工资单, the payslip of a month as a rule of the catalogue (rule `settlement.payslip`), so that
//! whole payslips stand among the cases and are replayed in every language.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Serialize;

use super::{MonthPlan, Slip, settle};
use crate::{
    Result,
    derivation::Recorder,
    number::Money,
    person::PersonMonth,
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot},
    vocabulary::{PayItem, Term},
};

/// The rule in the catalogue. It reads the policy of the rules that it runs and none of its own.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("settlement.payslip", "月度工资单", "payslip of a month"),
    about: Term::new(
        "about",
        "由一人当月的事实核算应发、扣款、单位承担和实发；核定的项目照录。",
        "Earnings, deductions, the employer's cost and net pay from one person's facts of the month; \
         stated items are taken as they are.",
    ),
    fields: &[],
    inputs: &[
        InputSpec::required(Term::new("person", "人员编号", "person id"), "text"),
        InputSpec::required(Term::new("unit", "单位", "unit"), "text"),
        InputSpec::required(Term::new("kind", "人员类别", "kind of person"), "person-kind"),
        InputSpec::optional(
            Term::new("stated", "核定金额", "stated amounts"),
            "{pay-item: money}, and the facts of a person-month by their keys",
        ),
    ],
    output: "{lines: {pay-item: money}, gross, deductions, net, employer_cost}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 按项目. The amounts by item.
    lines: BTreeMap<PayItem, Money>,
    /// 应发合计. All earnings.
    gross: Money,
    /// 扣款合计. All deductions.
    deductions: Money,
    /// 实发合计. Gross less deductions.
    net: Money,
    /// 单位承担合计. What the employer pays on top.
    employer_cost: Money,
}

fn evaluate(snapshot: &Snapshot, person: PersonMonth, t: &mut Recorder) -> Result<Output> {
    person.check()?;
    let mut slip = Slip::new();
    let totals = settle(&MonthPlan::new(snapshot), &person, t, &mut slip)
        .map_err(|e| e.person(person.person.as_str()))?;
    Ok(Output {
        lines: slip.lines().map(|(item, amount, _)| (item, amount)).collect(),
        gross: totals.gross,
        deductions: totals.deductions,
        net: totals.net,
        employer_cost: totals.employer_cost,
    })
}

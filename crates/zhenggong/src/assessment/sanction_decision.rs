//! One decision on sanctions: which one is executed, and for how long.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    refusal,
    sanction_period::{RULE, SanctionPeriods},
};
use crate::{
    Result,
    policy::Sourced,
    vocabulary::{SanctionKind, Vocabulary},
};

/// One decision: the day it takes effect, the sanctions it determines, and the joint period where
/// it sets one for several equal sanctions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SanctionDecision {
    /// The day the decision takes effect; the period begins with it.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub effective: NaiveDate,
    /// The sanctions determined, one for each breach.
    pub kinds: Vec<SanctionKind>,
    /// The joint period in months that was decided for several equal sanctions.
    #[serde(default)]
    pub months: Option<u32>,
}

/// The sanction of a decision that is executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Executed {
    /// The heaviest sanction of the decision.
    pub kind: SanctionKind,
    /// Its period in months.
    pub months: Sourced<u32>,
    /// How many equal sanctions of this kind the decision determined.
    pub count: usize,
}

impl SanctionDecision {
    /// Returns the sanction that is executed: of different kinds the heaviest, of several equal ones
    /// the joint period that was decided.
    ///
    /// # Source
    ///
    /// 政务处分法 art. 15; 行政机关公务员处分条例 art. 10 before it. The joint period lies between one period
    /// and the sum of all, and never above the cap (48 months).
    ///
    /// # Errors
    ///
    /// `MissingFact` without a sanction, `NotApplicable` for an expulsion (it has no period),
    /// `NeedsDecision` where the joint period of equal sanctions is not stated, `OutOfBounds` where it
    /// is outside what the law allows.
    pub fn executed(&self, p: &SanctionPeriods) -> Result<Executed> {
        let Some(kind) = self.kinds.iter().copied().max() else {
            return Err(refusal::missing(&RULE, "kinds"));
        };
        if kind == SanctionKind::Expulsion {
            let detail = "开除没有处分期间，人事关系即行解除 / an expulsion ends the service, it has no period";
            return Err(refusal::not_applicable(&RULE, detail));
        }
        let count = self.kinds.iter().filter(|k| **k == kind).count();
        let Some(period) = p.months(kind) else {
            return Err(refusal::not_attested(&RULE, kind.term()));
        };
        let sum = u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(period.value);
        let most = sum.min(p.cap().value).max(period.value);
        let months = match self.months {
            Some(months) if (period.value..=most).contains(&months) => months,
            Some(months) => {
                let error =
                    refusal::out_of_bounds(&RULE, kind.term(), months, (period.value, most));
                return Err(error.field("months"));
            }
            None if count == 1 => period.value,
            None => return Err(joint_period(kind, count, period.value, most)),
        };
        Ok(Executed { kind, months: Sourced { value: months, ..period }, count })
    }
}

#[cold]
fn joint_period(kind: SanctionKind, count: usize, least: u32, most: u32) -> crate::Error {
    let (name, en) = (kind.term().zh, kind.term().en);
    let question = format!(
        "{count} 个{name}的处分期，应在 {least} 至 {most} 个月内确定（months） / the joint period of {count} sanctions ({en}), {least} to {most} months"
    );
    refusal::undecided(&RULE, question).field("months")
}

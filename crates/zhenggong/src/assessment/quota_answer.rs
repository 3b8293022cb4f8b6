//! The quota of a pool and who gets it, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{quota_order::Candidate, quota_pool::Allocation};

/// 一个考核池的优秀名额. The quota of one pool and who gets it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PoolAnswer {
    /// 考核池. The pool.
    pool: String,
    /// 名额基数，单位人. How many people the share was taken of.
    base: u32,
    /// 优秀名额，单位人. How many may be graded excellent.
    quota: u32,
    /// 确定为优秀的人员，先优后次. Who is, best first.
    excellent: Vec<String>,
    /// 不符合条件的人员，按编号. Who can't be, by id.
    not_eligible: Vec<String>,
}

impl From<&Allocation<'_>> for PoolAnswer {
    fn from(of: &Allocation<'_>) -> Self {
        let ids = |people: &[&Candidate]| people.iter().map(|c| c.id.clone()).collect();
        Self {
            pool: of.pool.id.clone(),
            base: of.base,
            quota: of.quota,
            excellent: ids(&of.excellent),
            not_eligible: ids(&of.not_eligible),
        }
    }
}

//! Receipts: what a result was computed with.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{calendar::Month, engine::Engine, policy::Evidence, schema};

/// What a result was computed with, so that it can be computed again: library version, pack digest,
/// place, month, known-on date, accepted evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Receipt {
    /// Version of this library.
    pub library: &'static str,
    /// SHA-256 over the digests of all packs.
    pub packs: String,
    /// Id of the place.
    pub place: String,
    /// The month.
    pub month: Month,
    /// The known-on date, where one was set.
    pub known_on: Option<chrono::NaiveDate>,
    /// The weakest evidence that was accepted.
    pub accept: Evidence,
}

/// 计算回执. What a result was computed with, so that it can be computed again.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Receipt")]
pub(crate) struct ReceiptJson<'a> {
    /// 本库版本. Version of this library.
    library: &'a str,
    /// 标准数据摘要. SHA-256 over the digests of all packs, in hex.
    packs: &'a str,
    /// 地方标准包编号. Id of the place.
    place: &'a str,
    /// 计算月份. The month.
    month: Month,
    /// 只计此日前已发布的标准. Only what was issued by this day counted.
    #[schemars(with = "Option<schema::Date>")]
    known_on: Option<String>,
    /// 接受的最弱证据. The weakest evidence that was accepted.
    accept: Evidence,
}

impl Receipt {
    /// Makes the receipt of an engine's answers for a month.
    #[must_use]
    pub fn of(engine: &Engine, month: Month) -> Self {
        Self {
            library: env!("CARGO_PKG_VERSION"),
            packs: engine.book().digest().to_owned(),
            place: engine.place().to_owned(),
            month,
            known_on: engine.known_on(),
            accept: engine.accepted_evidence(),
        }
    }

    pub(super) fn json(&self) -> ReceiptJson<'_> {
        ReceiptJson {
            library: self.library,
            packs: &self.packs,
            place: &self.place,
            month: self.month,
            known_on: self.known_on.map(|d| d.to_string()),
            accept: self.accept,
        }
    }

    /// Returns the receipt as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        schema::written(&self.json())
    }
}

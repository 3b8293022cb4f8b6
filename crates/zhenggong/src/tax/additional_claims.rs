//! What a person claims as special additional deductions.

use schemars::JsonSchema;
use serde::Deserialize;

use super::special_additional::RULE;
use crate::{
    Error, ErrorCode, Result,
    number::Money,
    vocabulary::{ElderlySupport, HousingRelief},
};

/// The support of elderly parents that is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elderly {
    /// An only child: the whole amount.
    OnlyChild,
    /// Shared with siblings: the agreed share of the month, at most the cap.
    Shared(Money),
}

/// What a person claims for one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdditionalClaims {
    /// 子女教育: children claimed in full.
    pub children: u32,
    /// 子女教育: children claimed at half, the other parent claiming the other half.
    pub children_half: u32,
    /// 3岁以下婴幼儿照护: infants claimed in full.
    pub infants: u32,
    /// 3岁以下婴幼儿照护: infants claimed at half.
    pub infants_half: u32,
    /// 赡养老人: the support of parents.
    pub elderly: Option<Elderly>,
    /// 学历（学位）继续教育: whether the month counts.
    pub degree: bool,
    /// 职业资格继续教育: whether the year's amount for a certificate is deducted in this month.
    pub certificate: bool,
    /// 住房: the one housing relief of the month; see [`housing_relief`].
    pub housing: Option<HousingRelief>,
    /// 住房贷款利息: whether husband and wife each claim half of the mortgage relief.
    pub mortgage_half: bool,
}

/// Returns the housing relief of the month, or none where none is claimed.
///
/// `now` are the kinds claimed for the month, `earlier` those of earlier months of the same year. A
/// taxpayer deducts mortgage interest or rent in a year, never both, and one rent in a month.
///
/// # Errors
///
/// `ExclusiveDeductions`, which names the two.
pub fn housing_relief(
    now: &[HousingRelief],
    earlier: &[HousingRelief],
) -> Result<Option<HousingRelief>> {
    let Some((first, rest)) = now.split_first() else { return Ok(None) };
    if let Some(second) = rest.iter().find(|k| *k != first) {
        return Err(exclusive(*first, *second));
    }
    let mortgage = |k: HousingRelief| k == HousingRelief::MortgageInterest;
    match earlier.iter().find(|k| mortgage(**k) != mortgage(*first)) {
        Some(other) => Err(exclusive(*other, *first)),
        None => Ok(Some(*first)),
    }
}

#[cold]
fn exclusive(first: HousingRelief, second: HousingRelief) -> Error {
    Error::new(ErrorCode::ExclusiveDeductions)
        .arg_in("first", first.zh(), first.en())
        .arg_in("second", second.zh(), second.en())
        .field("housing")
        .rule(RULE.id())
}

/// The claims as JSON gives them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimsInput {
    #[serde(default)]
    children: u32,
    #[serde(default)]
    children_half: u32,
    #[serde(default)]
    infants: u32,
    #[serde(default)]
    infants_half: u32,
    #[serde(default)]
    elderly: Option<ElderlySupport>,
    #[serde(default)]
    elderly_share: Option<Money>,
    #[serde(default)]
    degree: bool,
    #[serde(default)]
    certificate: bool,
    #[serde(default)]
    housing: Vec<HousingRelief>,
    #[serde(default)]
    housing_earlier: Vec<HousingRelief>,
    #[serde(default)]
    mortgage_half: bool,
}

impl ClaimsInput {
    /// Returns the claims, where they fit together.
    pub(super) fn claims(self) -> Result<AdditionalClaims> {
        let elderly = match (self.elderly, self.elderly_share) {
            (None, None) => None,
            (Some(ElderlySupport::OnlyChild), None) => Some(Elderly::OnlyChild),
            (Some(ElderlySupport::Shared), Some(share)) => Some(Elderly::Shared(share)),
            (Some(ElderlySupport::Shared), None) => {
                return Err(Error::new(ErrorCode::MissingFact)
                    .arg("fact", "elderly_share")
                    .field("elderly_share"));
            }
            (_, Some(_)) => {
                let detail =
                    "只有分摊时才有分摊额 / a share is given but the support is not shared";
                return Err(Error::new(ErrorCode::ContradictoryFacts)
                    .arg_both("detail", detail)
                    .field("elderly_share"));
            }
        };
        let housing = housing_relief(&self.housing, &self.housing_earlier)?;
        if self.mortgage_half && housing != Some(HousingRelief::MortgageInterest) {
            let detail = "本月没有住房贷款利息扣除 / no mortgage relief is claimed for the month";
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_both("detail", detail)
                .field("mortgage_half"));
        }
        Ok(AdditionalClaims {
            children: self.children,
            children_half: self.children_half,
            infants: self.infants,
            infants_half: self.infants_half,
            elderly,
            degree: self.degree,
            certificate: self.certificate,
            housing,
            mortgage_half: self.mortgage_half,
        })
    }
}

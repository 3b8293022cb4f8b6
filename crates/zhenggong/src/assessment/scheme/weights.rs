//! Weights: they sum, and a scheme can be tried with others.

use std::collections::BTreeMap;

use super::{
    Combine, Scheme, Sheet,
    reader::{sum_of, weight_sum},
};
use crate::{Error, ErrorCode, Result, assessment::Points, number::Rate};

/// Says that the weights of a sheet's items do not sum; nothing where no item has one.
pub(super) fn of_items(
    code: &str,
    sheet: &Sheet,
    weights: impl Iterator<Item = Option<Points>>,
) -> Option<Error> {
    let weights: Vec<Points> = weights.flatten().collect();
    if weights.is_empty() {
        return None;
    }
    let sum = Points::checked_sum(weights);
    if sum == Ok(sheet.full) {
        return None;
    }
    let found = sum.map_or("—".to_owned(), |s| s.to_string());
    let what = format!("考核表 {code} 的项目 / items of sheet {code}");
    Some(weight_sum(what, found, sheet.full.to_string()))
}

/// Says that the weights of sheets do not sum, where sheets are weighted.
pub(super) fn of_sheets(
    combine: Combine,
    weights: impl Iterator<Item = Option<Rate>>,
) -> Option<Error> {
    if combine != Combine::Weighted {
        return None;
    }
    let all: Option<Vec<Rate>> = weights.collect();
    let sum = all.and_then(|all| sum_of(all.into_iter()));
    if sum == Some(Rate::ONE) {
        return None;
    }
    let found = sum.map_or("—".to_owned(), |s| s.to_string());
    Some(weight_sum("考核表 / sheets", found, "1"))
}

impl Scheme {
    /// Returns the scheme with other weights, by the ids of its sheets and items.
    ///
    /// # Errors
    ///
    /// `UnknownTerm` for an id that is neither, an error of the number, `WeightSum` where the weights no
    /// longer sum.
    pub fn with_weights(&self, weights: &BTreeMap<String, String>) -> Result<Self> {
        let mut out = self.clone();
        for (id, text) in weights {
            let item =
                out.items.iter().position(|i| self.code(i.label) == id && i.weight.is_some());
            let sheet =
                out.sheets.iter().position(|s| self.code(s.label) == id && s.weight.is_some());
            if let Some(item) = item.and_then(|at| out.items.get_mut(at)) {
                let weight = Points::parse(text).map_err(|e| e.field(format!("weights.{id}")))?;
                if weight.is_negative() || weight.is_zero() {
                    return Err(weight_sum(id.as_str(), weight.to_string(), "正数 / above 0"));
                }
                item.weight = Some(weight);
            } else if let Some(sheet) = sheet.and_then(|at| out.sheets.get_mut(at)) {
                let weight = Rate::parse(text).map_err(|e| e.field(format!("weights.{id}")))?;
                if weight.is_negative() {
                    return Err(weight_sum(
                        id.as_str(),
                        weight.to_string(),
                        "不低于 0 / at least 0",
                    ));
                }
                sheet.weight = Some(weight);
            } else {
                let items = self.items.iter().filter(|i| i.weight.is_some()).map(|i| i.label);
                let sheets = self.sheets.iter().filter(|s| s.weight.is_some()).map(|s| s.label);
                let known: Vec<_> = sheets.chain(items).map(|l| self.code(l)).collect();
                return Err(Error::new(ErrorCode::UnknownTerm)
                    .arg_in("kind", "有权重的考核表或项目", "weighted sheet or item")
                    .arg("value", crate::error::shown(id))
                    .arg_in("known", known.join("、"), known.join(", "))
                    .field("weights"));
            }
        }
        let items = |sheet: &Sheet| {
            let range = usize::from(sheet.items.start)..usize::from(sheet.items.end);
            out.items.get(range).unwrap_or_default().iter().map(|i| i.weight)
        };
        let of_item = |s: &Sheet| of_items(out.code(s.label), s, items(s));
        let wrong = out.sheets.iter().find_map(of_item);
        let wrong = wrong.or_else(|| of_sheets(out.combine, out.sheets.iter().map(|s| s.weight)));
        match wrong {
            Some(error) => Err(error.field("weights")),
            None => Ok(out),
        }
    }
}

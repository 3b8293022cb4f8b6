//! Weights: they sum, and a scheme can be tried with others.

use std::collections::BTreeMap;

use super::{
    Combine, Scheme,
    check::Place,
    reader::{sum_of, weight_sum},
};
use crate::{Error, ErrorCode, Result, assessment::Points, number::Rate};

/// Returns what is wrong with the weights, with the part that it concerns.
pub(super) fn check(scheme: &Scheme) -> Vec<(Place, Error)> {
    let mut out = Vec::new();
    for (at, sheet) in scheme.sheets.iter().enumerate() {
        let items = scheme.items.get(usize::from(sheet.items.start)..usize::from(sheet.items.end));
        let weights: Vec<Points> =
            items.unwrap_or_default().iter().filter_map(|i| i.weight).collect();
        if weights.is_empty() {
            continue;
        }
        let sum = Points::checked_sum(weights);
        if sum != Ok(sheet.full) {
            let found = sum.map_or("—".to_owned(), |s| s.to_string());
            let what = format!("考核表 {} 的项目 / items of the sheet", scheme.code(sheet.label));
            out.push((Place::Sheet(at), weight_sum(&what, found, &sheet.full.to_string())));
        }
    }
    let weights: Vec<_> = scheme.sheets.iter().map(|s| s.weight).collect();
    if scheme.combine == Combine::Weighted {
        let all: Option<Vec<Rate>> = weights.iter().copied().collect();
        let sum = all.and_then(|all| sum_of(all.into_iter()));
        if sum != Some(Rate::ONE) {
            let found = sum.map_or("—".to_owned(), |s| s.to_string());
            out.push((Place::Scheme, weight_sum("考核表 / sheets", found, "1")));
        }
    } else if let Some(at) = weights.iter().position(Option::is_some) {
        let detail =
            "只有加权合成时考核表才写 weight / sheets have weights only where they are weighted";
        out.push((Place::Sheet(at), Error::new(ErrorCode::TableShape).arg("detail", detail)));
    }
    out
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
                    return Err(weight_sum(id, weight.to_string(), "正数 / above 0"));
                }
                item.weight = Some(weight);
            } else if let Some(sheet) = sheet.and_then(|at| out.sheets.get_mut(at)) {
                let weight = Rate::parse(text).map_err(|e| e.field(format!("weights.{id}")))?;
                if weight.is_negative() {
                    return Err(weight_sum(id, weight.to_string(), "不低于 0 / at least 0"));
                }
                sheet.weight = Some(weight);
            } else {
                let items = self.items.iter().filter(|i| i.weight.is_some()).map(|i| i.label);
                let sheets = self.sheets.iter().filter(|s| s.weight.is_some()).map(|s| s.label);
                let known: Vec<_> = sheets.chain(items).map(|l| self.code(l)).collect();
                return Err(Error::new(ErrorCode::UnknownTerm)
                    .arg("kind", "有权重的考核表或项目 / weighted sheet or item")
                    .arg("value", crate::error::shown(id))
                    .arg("known", known.join("、"))
                    .field("weights"));
            }
        }
        match check(&out).into_iter().next() {
            Some((_, error)) => Err(error.field("weights")),
            None => Ok(out),
        }
    }
}

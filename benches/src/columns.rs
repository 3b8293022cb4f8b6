//! The people as columns, in the types that payroll systems hand over.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, Date32Array, Decimal64Array, DictionaryArray, RecordBatch, UInt32Array,
    types::Int8Type,
};
use zhenggong::{
    Error, ErrorCode, Result,
    number::{Money, Rate},
    person::Fact,
    vocabulary::PayItem,
};

use crate::Case;

/// Returns the cases as a table: terms as dictionaries, amounts as `Decimal64(18, 2)`, the month as a
/// date.
///
/// # Errors
///
/// `Internal` where a column can't be made.
pub fn record_batch(cases: &[Case]) -> Result<RecordBatch> {
    let money = |fact: fn(&Case) -> Option<Money>| -> Result<ArrayRef> {
        let column: Decimal64Array = cases.iter().map(|c| fact(c).map(Money::fen)).collect();
        decimal(column, 2)
    };
    let count = |fact: fn(&Case) -> Fact<u32>| -> ArrayRef {
        Arc::new(cases.iter().map(|c| fact(c).known()).collect::<UInt32Array>())
    };
    let term = |fact: fn(&Case) -> Option<&'static str>| -> ArrayRef {
        Arc::new(cases.iter().map(fact).collect::<DictionaryArray<Int8Type>>())
    };
    let epoch = chrono::NaiveDate::default();
    let month = cases.iter().map(|c| {
        let days = c.month.first_day().signed_duration_since(epoch).num_days();
        i32::try_from(days).ok()
    });
    // Percent, so that the digits of every rate have the same scale.
    let rate = |r: Rate| Some(r.mantissa() * (10_000 / r.denominator()));
    let rates = cases.iter().map(|c| c.person.housing_rate.known().and_then(rate));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("kind", term(|c| Some(c.person.kind.zh()))),
        ("month", Arc::new(month.collect::<Date32Array>())),
        ("rank", term(|c| c.person.rank.known().map(|rank| rank.zh()))),
        ("duty", term(|c| c.person.duty.known().map(|duty| duty.zh()))),
        ("overtime_rest_days", count(|c| c.person.overtime_rest_days)),
        ("overtime_holiday_days", count(|c| c.person.overtime_holiday_days)),
        ("housing_wage", money(|c| c.person.housing_wage.known())?),
        ("housing_rate", decimal(rates.collect(), 4)?),
        ("tax_months", count(|c| c.person.tax_months)),
        ("ytd_income", money(|c| c.person.ytd_income.known())?),
        ("ytd_special", money(|c| c.person.ytd_special.known())?),
        ("ytd_additional", money(|c| c.person.ytd_additional.known())?),
        ("ytd_other", money(|c| c.person.ytd_other.known())?),
        ("ytd_withheld", money(|c| c.person.ytd_withheld.known())?),
        ("special_additional", money(|c| c.person.special_additional.known())?),
        ("stated_post_pay", money(|c| c.person.stated.get(&PayItem::PostPay).copied())?),
        ("stated_level_pay", money(|c| c.person.stated.get(&PayItem::LevelPay).copied())?),
    ];
    RecordBatch::try_from_iter(columns).map_err(|e| internal(&e))
}

fn decimal(column: Decimal64Array, scale: i8) -> Result<ArrayRef> {
    let column = column.with_precision_and_scale(18, scale).map_err(|e| internal(&e))?;
    Ok(Arc::new(column))
}

fn internal(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", error)
}

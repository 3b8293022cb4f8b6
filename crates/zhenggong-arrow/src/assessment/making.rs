//! Columns of results while they are made.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, Decimal128Array, Int32Array, RecordBatch, RecordBatchOptions, StringArray,
    UInt32Array,
};
use arrow_schema::{Field, Schema};
use zhenggong::{Result, assessment::Points, derivation::Language, number::Rate};

use crate::output::internal;

/// Digits and decimals of points.
pub(super) const POINTS: (u8, i8) = (18, 4);
/// Digits and decimals of coefficients, as a table of people has them.
const RATE: (u8, i8) = (18, 9);

/// Returns the name in the language: English names are keys.
pub(super) const fn name(language: Language, en: &'static str, zh: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Zh => zh,
    }
}

/// A table that is being put together, column by column.
#[derive(Default)]
pub(super) struct Making {
    columns: Vec<(String, ArrayRef)>,
    rows: usize,
}

impl Making {
    pub(super) fn new(rows: usize) -> Self {
        Self { columns: Vec::new(), rows }
    }

    pub(super) fn texts<S: AsRef<str>>(
        &mut self,
        name: impl Into<String>,
        cells: impl Iterator<Item = Option<S>>,
    ) {
        self.columns.push((name.into(), Arc::new(cells.collect::<StringArray>())));
    }

    pub(super) fn numbers(
        &mut self,
        name: impl Into<String>,
        cells: impl Iterator<Item = Option<u32>>,
    ) {
        self.columns.push((name.into(), Arc::new(cells.collect::<UInt32Array>())));
    }

    pub(super) fn points(
        &mut self,
        name: impl Into<String>,
        cells: impl Iterator<Item = Option<Points>>,
    ) -> Result<()> {
        self.rates(name, cells.map(|cell| cell.map(Points::rate)), POINTS)
    }

    pub(super) fn coefficients(
        &mut self,
        name: impl Into<String>,
        cells: impl Iterator<Item = Option<Rate>>,
    ) -> Result<()> {
        self.rates(name, cells, RATE)
    }

    pub(super) fn dates(
        &mut self,
        name: impl Into<String>,
        cells: impl Iterator<Item = Option<chrono::NaiveDate>>,
    ) {
        let days = cells.map(|cell| cell.map(arrow_array::types::Date32Type::from_naive_date));
        let days: Int32Array = days.collect();
        self.columns.push((
            name.into(),
            Arc::new(days.reinterpret_cast::<arrow_array::types::Date32Type>()),
        ));
    }

    fn rates(
        &mut self,
        name: impl Into<String>,
        cells: impl Iterator<Item = Option<Rate>>,
        (digits, places): (u8, i8),
    ) -> Result<()> {
        let scaled = |rate: Rate| {
            let up = u32::try_from(places).ok()?.checked_sub(rate.scale().into());
            match up {
                Some(up) => i128::from(rate.mantissa()).checked_mul(10i128.checked_pow(up)?),
                None => None,
            }
        };
        let read = |cell: Option<Rate>| match cell {
            None => Ok(None),
            Some(rate) => match scaled(rate) {
                Some(scaled) => Ok(Some(scaled)),
                None => Err(internal(&format_args!("{rate} in {places} places"))),
            },
        };
        let values: Vec<Option<i128>> = cells.map(read).collect::<Result<_>>()?;
        let array = Decimal128Array::from(values).with_precision_and_scale(digits, places);
        self.columns.push((name.into(), Arc::new(array.map_err(|e| internal(&e))?)));
        Ok(())
    }

    /// Returns whether a column has this name already.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|(column, _)| column == name)
    }

    pub(super) fn finish(self) -> Result<RecordBatch> {
        let fields = self.columns.iter();
        let fields: Vec<_> = fields
            .map(|(name, array)| Field::new(name.clone(), array.data_type().clone(), true))
            .collect();
        let rows = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let arrays = self.columns.into_iter().map(|(_, array)| array).collect();
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &rows)
            .map_err(|e| internal(&e))
    }
}

//! Options of month runs over tables.

use pyo3::{prelude::*, types::PyString};
use zhenggong::{
    Error, ErrorCode,
    assessment::AssessmentMonth,
    engine::Engine,
    error::shown,
    vocabulary::{PayItem, Vocabulary},
};
use zhenggong_arrow::{Batch, BatchOptions, DecimalWidth, OnError, Total};

use crate::{assess, error::Result, input, output, scalars, text};

/// The options as Python gives them.
pub(crate) struct Given<'a, 'py> {
    pub(crate) month: Option<&'a Bound<'py, PyAny>>,
    pub(crate) assessment: Option<&'a Bound<'py, PyAny>>,
    pub(crate) on_error: &'a str,
    pub(crate) items: Option<&'a Bound<'py, PyAny>>,
    pub(crate) totals: Option<&'a Bound<'py, PyAny>>,
    pub(crate) employer_cost: bool,
    pub(crate) language: &'a str,
    pub(crate) threads: usize,
    pub(crate) allow_repeats: bool,
}

/// How rows are paid: the options, and the assessment whose coefficients count.
pub(crate) struct Run {
    pub(crate) options: BatchOptions,
    assessment: Option<AssessmentMonth>,
}

impl Run {
    /// Returns the batch that pays rows so.
    ///
    /// # Errors
    ///
    /// `WrongMonth` where the assessment is of another month than all rows.
    pub(crate) fn batch<'e>(&self, engine: &'e Engine) -> Result<Batch<'e>> {
        let batch = Batch::new(engine, self.options.clone());
        match &self.assessment {
            None => Ok(batch),
            Some(assessment) => Ok(batch.with_assessment(assessment.clone())?),
        }
    }
}

/// Returns what happens with a row that has an error.
pub(crate) fn on_error(word: &str) -> Result<OnError> {
    match word {
        "raise" => Ok(OnError::Stop),
        "column" => Ok(OnError::Column),
        other => Err(impossible("on_error", other, "raise, column").into()),
    }
}

impl Given<'_, '_> {
    /// Returns the options, or the error of the first that can't be used.
    pub(crate) fn read(&self) -> Result<Run> {
        let mut options = BatchOptions {
            month: self.month.map(scalars::month).transpose()?,
            on_error: on_error(self.on_error)?,
            employer_cost: self.employer_cost,
            language: output::language(self.language)?,
            // Polars takes the buffer of a decimal64 column for one of 128 bits, without a word.
            width: DecimalWidth::Decimal128,
            threads: match self.threads {
                0 => return Err(impossible("threads", "0", "1, 2, …").into()),
                threads => threads,
            },
            allow_repeats: self.allow_repeats,
            ..BatchOptions::default()
        };
        if let Some(items) = self.items {
            options.items = names(items, "items", |text| {
                Ok(PayItem::find(text).map_err(|error| error.field("items"))?)
            })?;
        }
        if let Some(totals) = self.totals {
            options.totals = names(totals, "totals", |text| {
                let known = Total::ALL.iter().map(|total| total.column());
                let found = Total::ALL.iter().copied().find(|total| total.column() == text);
                let all = known.collect::<Vec<_>>().join(", ");
                Ok(found.ok_or_else(|| impossible("totals", text, &all))?)
            })?;
        }
        let assessment = self.assessment.map(assess::of_month).transpose()?;
        Ok(Run { options, assessment })
    }
}

fn names<T>(
    list: &Bound<'_, PyAny>,
    option: &'static str,
    read: impl Fn(&str) -> Result<T>,
) -> Result<Vec<T>> {
    let wrong =
        |found: &Bound<'_, PyAny>| impossible(option, &input::type_name(found), "list[str]");
    if list.is_instance_of::<PyString>() {
        return Err(wrong(list).into());
    }
    let mut out = Vec::new();
    for item in list.try_iter().map_err(|_| wrong(list))? {
        let item = item?;
        let text = item.cast::<PyString>().map_err(|_| wrong(&item))?;
        out.push(read(&text::value(text, option)?)?);
    }
    Ok(out)
}

#[cold]
pub(crate) fn impossible(option: &str, value: &str, known: &str) -> Error {
    Error::new(ErrorCode::InvalidOption)
        .arg("option", option)
        .arg("value", shown(value))
        .arg("known", known)
        .field(option)
}

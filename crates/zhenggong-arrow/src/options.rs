//! What a batch gives back, and how.

use zhenggong::{
    calendar::Month,
    derivation::Language,
    vocabulary::{PayItem, Vocabulary},
};

/// What a row that can't be computed does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnError {
    /// The batch ends with the error of the first such row.
    #[default]
    Stop,
    /// The row has no amounts, and its error stands in the columns `error_code` and `error`.
    Column,
}

/// The type of the amount columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalWidth {
    /// `Decimal64(18, 2)`: half the memory, for what reads it in Rust. It is not for other readers: Polars
    /// takes the buffer of such a column for one of 128 bits, and shows other amounts without an error.
    /// The Python package and the C library never give it.
    Decimal64,
    /// `Decimal128(18, 2)`: read by everything that reads Arrow.
    #[default]
    Decimal128,
}

/// The sums of a payslip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// 应发合计: all earnings.
    Gross,
    /// 扣款合计: all deductions.
    Deductions,
    /// 实发: gross less deductions.
    Net,
    /// 单位承担合计: what the employer pays on top.
    EmployerCost,
}

impl Total {
    /// All sums, in the order of the columns.
    pub const ALL: &'static [Self] =
        &[Self::Gross, Self::Deductions, Self::Net, Self::EmployerCost];

    /// Returns the name of the column.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Deductions => "deductions",
            Self::Net => "net",
            Self::EmployerCost => "employer_cost",
        }
    }
}

/// What a batch gives back, and how. The schema of the output follows from this and the input's
/// schema alone, never from the data, so that all batches of a stream fit together.
#[derive(Debug, Clone)]
pub struct BatchOptions {
    /// The month of all rows; without it the rows have a column `month`. Where both are there, a row
    /// of another month is an error.
    pub month: Option<Month>,
    /// What a row that can't be computed does.
    pub on_error: OnError,
    /// Whether the employer's lines are computed; without them no pack has to have their standards.
    pub employer_cost: bool,
    /// How many threads share a batch; 0 counts as 1. The result does not depend on it.
    pub threads: usize,
    /// The items that get a column; without a change all.
    pub items: Vec<PayItem>,
    /// The sums that get a column; without a change all.
    pub totals: Vec<Total>,
    /// The type of the amount columns.
    pub width: DecimalWidth,
    /// The language of the column names and of the texts in the column `error`. English names are keys.
    pub language: Language,
    /// Whether a person may have more than one row of a month. Without it the first row counts, and each further
    /// one is the error `DuplicatePerson` with the number of the first. Looked at are the rows of one record batch,
    /// or of all that are given the same [`Seen`](crate::Seen): a stream of more rows than fit into memory is not
    /// remembered. A table with a column `person` takes up to a quarter more time for it, one without takes none; where
    /// the caller knows that everybody occurs once, `true` saves that.
    pub allow_repeats: bool,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            month: None,
            on_error: OnError::default(),
            employer_cost: true,
            threads: 1,
            items: PayItem::ALL.to_vec(),
            totals: Total::ALL.to_vec(),
            width: DecimalWidth::default(),
            language: Language::En,
            allow_repeats: false,
        }
    }
}

//! What the cells of a column become: the kinds of fact, and the types that each can be read from.

use std::{ops::Range, sync::Arc};

use arrow_array::{
    Array, ArrayRef, PrimitiveArray,
    cast::AsArray,
    types::{
        ArrowPrimitiveType, Date32Type, Decimal32Type, Decimal64Type, Decimal128Type,
        Decimal256Type, DecimalType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
        UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_schema::DataType;
use chrono::{Datelike, NaiveDate};
use zhenggong::{
    Error, ErrorCode, Result,
    calendar::Month,
    insurance::{FloatStep, RiskClass, StartKind},
    number::{Money, NumberError, Rate},
    person::{Fact, FactText, Label},
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, LevelStep, PersonKind, PoliceRank, PostKind, PostTier, RankEvent,
    },
};

use crate::{
    chunk::RowErrors,
    column::{Column, all_valid, read_values},
    decimal::{self, Digits},
};

/// A kind of fact that a column can carry.
pub(crate) trait Cell: FactText + 'static {
    /// What a buffer holds for it.
    type Stored: Clone + std::fmt::Debug;
    /// Whether few texts occur, each of them often, so that it pays to remember them.
    const REMEMBERED: bool;

    /// Returns what the buffer holds for a value.
    fn store(self) -> Self::Stored;

    /// Returns the value that the buffer holds.
    fn shown(stored: &Self::Stored) -> &Self;

    /// Returns whether a column that holds no text can be read.
    fn accepts(_kind: &DataType) -> bool {
        false
    }

    /// Reads rows of a column that holds no text.
    fn fill(
        _into: &mut Column<Self>,
        _array: &ArrayRef,
        _rows: Range<usize>,
        _bad: &mut RowErrors,
    ) {
    }
}

macro_rules! plain {
    ($remembered:literal: $($ty:ty),*) => {$(
        impl Cell for $ty {
            type Stored = Self;
            const REMEMBERED: bool = $remembered;
            #[inline]
            fn store(self) -> Self {
                self
            }
            #[inline]
            fn shown(stored: &Self) -> &Self {
                stored
            }
        }
    )*};
    ($ty:ty, $remembered:literal, $($kind:pat_param)|+ => $fill:expr) => {
        impl Cell for $ty {
            type Stored = Self;
            const REMEMBERED: bool = $remembered;
            #[inline]
            fn store(self) -> Self {
                self
            }
            #[inline]
            fn shown(stored: &Self) -> &Self {
                stored
            }
            fn accepts(kind: &DataType) -> bool {
                matches!(kind, $($kind)|+)
            }
            fn fill(into: &mut Column<Self>, array: &ArrayRef, rows: Range<usize>, bad: &mut RowErrors) {
                let fill: fn(&mut Column<Self>, &ArrayRef, Range<usize>, &mut RowErrors) = $fill;
                fill(into, array, rows, bad);
            }
        }
    };
}

plain!(true: AuxiliaryGrade, BonusElection, DutyType, FloatStep, LevelStep, PersonKind, PoliceRank, PostKind,
    PostTier, RankEvent, RiskClass, StartKind, WithholdingMethod);
plain!(Month, true, DataType::Date32 => |into, array, rows, bad| {
    // Rows of a month stand together as a rule.
    let last = std::cell::Cell::new(None);
    read::<Date32Type, _>(into, array, rows, bad, |days| {
        if let Some((seen, month)) = last.get()
            && seen == days
        {
            return Ok(month);
        }
        let month = match Date32Type::to_naive_date_opt(days) {
            Some(day) if day.day() == 1 => Month::of(day)?,
            day => return Err(no_month(days, day)),
        };
        last.set(Some((days, month)));
        Ok(month)
    });
});
plain!(NaiveDate, false, DataType::Date32 => |into, array, rows, bad| {
    read::<Date32Type, _>(into, array, rows, bad, |days| {
        Date32Type::to_naive_date_opt(days).ok_or_else(|| no_date(days))
    });
});
plain!(Money, false, DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..)
    | DataType::Decimal256(..) => |into, array, rows, bad| {
    match array.data_type() {
        DataType::Decimal32(..) => money::<Decimal32Type>(into, array, rows, bad),
        DataType::Decimal64(..) => money::<Decimal64Type>(into, array, rows, bad),
        DataType::Decimal128(..) => money::<Decimal128Type>(into, array, rows, bad),
        _ => money::<Decimal256Type>(into, array, rows, bad),
    }
});
plain!(Rate, false, DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..)
    | DataType::Decimal256(..) => |into, array, rows, bad| {
    match array.data_type() {
        DataType::Decimal32(..) => rate::<Decimal32Type>(into, array, rows, bad),
        DataType::Decimal64(..) => rate::<Decimal64Type>(into, array, rows, bad),
        DataType::Decimal128(..) => rate::<Decimal128Type>(into, array, rows, bad),
        _ => rate::<Decimal256Type>(into, array, rows, bad),
    }
});
plain!(u32, false, DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64
    | DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64
    => |into, array, rows, bad| {
    match array.data_type() {
        DataType::Int8 => count::<Int8Type>(into, array, rows, bad),
        DataType::Int16 => count::<Int16Type>(into, array, rows, bad),
        DataType::Int32 => count::<Int32Type>(into, array, rows, bad),
        DataType::Int64 => count::<Int64Type>(into, array, rows, bad),
        DataType::UInt8 => count::<UInt8Type>(into, array, rows, bad),
        DataType::UInt16 => count::<UInt16Type>(into, array, rows, bad),
        DataType::UInt32 => match array.as_primitive_opt::<UInt32Type>() {
            Some(counts) if all_valid(counts, &rows) => {
                into.extend(counts.values().get(rows).unwrap_or_default().iter().copied());
            }
            _ => count::<UInt32Type>(into, array, rows, bad),
        },
        _ => count::<UInt64Type>(into, array, rows, bad),
    }
});

impl Cell for Label {
    // Shared, so that a row which repeats a label does not copy its text.
    type Stored = Arc<Self>;
    const REMEMBERED: bool = true;

    fn store(self) -> Arc<Self> {
        Arc::new(self)
    }

    #[inline]
    fn shown(stored: &Arc<Self>) -> &Self {
        stored
    }
}

fn read<T: ArrowPrimitiveType, C: Cell>(
    into: &mut Column<C>,
    array: &ArrayRef,
    rows: Range<usize>,
    bad: &mut RowErrors,
    value: impl Fn(T::Native) -> Result<C>,
) {
    if let Some(array) = array.as_primitive_opt::<T>() {
        read_values(into, array, rows, bad, value);
    }
}

fn count<T: ArrowPrimitiveType>(
    into: &mut Column<u32>,
    array: &ArrayRef,
    rows: Range<usize>,
    bad: &mut RowErrors,
) where
    T::Native: TryInto<u32> + std::fmt::Display,
{
    read::<T, _>(into, array, rows, bad, |value| value.try_into().map_err(|_| no_count(&value)));
}

fn money<T: DecimalType>(
    into: &mut Column<Money>,
    array: &ArrayRef,
    rows: Range<usize>,
    bad: &mut RowErrors,
) where
    T::Native: Digits,
{
    let Some(array) = array.as_primitive_opt::<T>() else { return };
    let scale = array.scale();
    // Amounts in fen without gaps are the usual case, and are taken over as they stand.
    if scale == 2
        && all_valid(array, &rows)
        && let Some(values) = array.values().get(rows.clone())
        && T::Native::all_plain(values)
    {
        into.extend(values.iter().map(|digits| Money::from_fen(digits.low())));
        return;
    }
    read_values(into, array, rows, bad, |digits| match decimal::money(digits, scale) {
        Ok(money) if !money.is_negative() => Ok(money),
        other => Err(no_decimal(array, digits, other.err(), true)),
    });
}

fn rate<T: DecimalType>(
    into: &mut Column<Rate>,
    array: &ArrayRef,
    rows: Range<usize>,
    bad: &mut RowErrors,
) where
    T::Native: Digits,
{
    let Some(array) = array.as_primitive_opt::<T>() else { return };
    let scale = array.scale();
    if all_valid(array, &rows)
        && let Some(values) = array.values().get(rows.clone())
    {
        // Few rates occur, each of them often; the digits of each are looked at once as a rule.
        let mut seen = [(T::Native::default(), Rate::ZERO); 16];
        let mut rate = |digits: &T::Native| {
            let mixed = digits.low().cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let slot = seen.get_mut((mixed >> 60) as usize)?;
            if slot.0 != *digits {
                let rate = decimal::rate(*digits, scale).ok().filter(|rate| !rate.is_negative());
                *slot = (*digits, rate?);
            }
            Some(slot.1)
        };
        if into.try_extend(values.len(), values.iter().map(&mut rate)) {
            return;
        }
    }
    read_values(into, array, rows, bad, |digits| match decimal::rate(digits, scale) {
        Ok(rate) if !rate.is_negative() => Ok(rate),
        other => Err(no_decimal(array, digits, other.err(), false)),
    });
}

#[cold]
fn no_decimal<T: DecimalType>(
    array: &PrimitiveArray<T>,
    digits: T::Native,
    error: Option<NumberError>,
    money: bool,
) -> Error {
    let shown = T::format_decimal(digits, array.precision(), array.scale());
    match error {
        Some(error) => decimal::refused(error, &shown, money),
        None => Error::new(ErrorCode::NegativeNotAllowed).arg("value", shown),
    }
}

#[cold]
fn no_count(value: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::NumberOutOfRange).arg("value", value).arg("min", 0).arg("max", u32::MAX)
}

#[cold]
fn no_date(days: i32) -> Error {
    Error::new(ErrorCode::InvalidDate).arg("value", format_args!("1970-01-01 {days:+} d"))
}

#[cold]
fn no_month(days: i32, day: Option<NaiveDate>) -> Error {
    match day {
        Some(day) => Error::new(ErrorCode::InvalidMonth).arg("value", day),
        None => no_date(days),
    }
}

/// Says that a fact is missing from a cell where it can't be.
#[cold]
pub(crate) fn absent(name: &'static str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", name).field(name)
}

/// Says that a stated amount can't be "not applicable".
#[cold]
pub(crate) fn not_an_amount(column: &str) -> Error {
    Error::new(ErrorCode::InvalidNumber).arg("value", "无").field(column)
}

/// Returns the fact that the text of a cell gives.
pub(crate) fn from_text<C: Cell>(text: &str) -> Result<Fact<C::Stored>> {
    match text {
        "" => Ok(Fact::Missing),
        "无" | "n/a" => Ok(Fact::NotApplicable),
        text => C::read(text).map(|value| Fact::Known(value.store())),
    }
}

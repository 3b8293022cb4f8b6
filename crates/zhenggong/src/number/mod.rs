//! Numbers: money in whole fen, exact decimal rates, unrounded results, and named roundings.
//!
//! | Type | What it holds | How it leaves the library |
//! |---|---|---|
//! | [`Money`] | whole fen (0.01 yuan), an `i64` | decimal text with two places, or `Decimal` |
//! | [`Rate`] | a ratio or divisor such as 8 % or 21.75, at most nine decimals | decimal text, or `Decimal` |
//! | [`Exact`] | an unrounded amount: a fraction of a fen | only through [`Exact::round`] |
//! | [`Rounding`] | a [`RoundingMode`] and a [`RoundingUnit`] | text such as `half-up fen` |
//!
//! There is no float anywhere. Multiplying or dividing money gives an [`Exact`], and the only way
//! back to [`Money`] is [`Exact::round`], so every rounding stands in the source, is named by the
//! policy, and can be shown with the value before it. Money has no operators: adding is
//! [`Money::plus`], which answers [`NumberError::Overflow`] instead of wrapping, and adding a plain
//! number to money does not compile.
//!
//! # Examples
//!
//! Rest day overtime of a month's pay of 3000 yuan, three days at 200 %:
//!
//! ```
//! use zhenggong::number::{Money, Rate, Rounding};
//! let pay = Money::parse("3000.00")?;
//! let exact = pay.exact().over(Rate::parse("21.75")?)?.times(Rate::parse("2")?)?.times_int(3)?;
//! assert_eq!(exact.decimal_text(6), "827.586206…");
//! assert_eq!(exact.round(Rounding::HALF_UP_FEN)?.to_string(), "827.59");
//! # Ok::<(), zhenggong::Error>(())
//! ```

mod error;
mod exact;
mod money;
mod product;
mod rate;
mod rounding;
mod rounding_mode;
mod rounding_unit;
mod scan;
pub(crate) mod text;

pub(crate) use self::product::Product;
pub use self::{
    error::NumberError, exact::Exact, money::Money, rate::Rate, rounding::Rounding,
    rounding_mode::RoundingMode, rounding_unit::RoundingUnit,
};

pub(crate) use self::{
    error::{out_of_range, too_many_digits},
    text::{FromText, text_form},
};

//! An amount that is not rounded yet can't be paid.
use zhenggong::number::{Money, NumberError, Rate};

fn half(pay: Money, rate: Rate) -> Result<Money, NumberError> {
    pay.exact().times(rate)
}

fn main() -> Result<(), NumberError> {
    let exact = Money::from_fen(101).exact();
    let _: Money = exact;
    let _ = Money::ZERO.plus(exact)?;
    let _ = half(Money::ZERO, Rate::ONE)?;
    Ok(())
}

//! Rates and amounts are not made from floats.
use zhenggong::number::{Money, Rate};

fn main() {
    let _: Rate = 0.08;
    let _: Money = 660.0;
    let _ = Money::from_fen(66_000.5);
}

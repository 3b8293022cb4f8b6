//! Money and a plain number do not add.
use zhenggong::number::Money;

fn main() {
    let pay = Money::from_fen(100);
    let _ = pay + 1;
    let _ = pay.plus(1);
    let _ = pay * 2;
}

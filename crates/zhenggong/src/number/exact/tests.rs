use proptest::prelude::*;

use super::*;
use crate::number::RoundingUnit;

fn fraction(num: i128, den: i128) -> Exact {
    Exact { num, den }
}

fn by(text: &str) -> Rounding {
    text.parse().unwrap()
}

/// Thousandths of a yuan, that is tenths of a fen.
fn thousandths(value: i128) -> Exact {
    fraction(value, 10)
}

#[test]
fn halves_and_near_halves_round_by_the_table_in_both_signs() {
    // Value in 0.001 yuan; results in fen.
    #[rustfmt::skip]
    let table: &[(i128, &str, i64)] = &[
        (0, "half-up fen", 0), (4, "half-up fen", 0), (5, "half-up fen", 1), (6, "half-up fen", 1),
        (14, "half-up fen", 1), (15, "half-up fen", 2), (25, "half-up fen", 3),
        (5, "half-even fen", 0), (15, "half-even fen", 2), (25, "half-even fen", 2), (26, "half-even fen", 3),
        (35, "half-even fen", 4), (34, "half-even fen", 3),
        (1, "up fen", 1), (10, "up fen", 1), (11, "up fen", 2), (0, "up fen", 0),
        (19, "down fen", 1), (20, "down fen", 2), (9, "down fen", 0),
        (49, "half-up jiao", 0), (50, "half-up jiao", 10), (149, "half-up jiao", 10), (150, "half-up jiao", 20),
        (50, "half-even jiao", 0), (51, "half-even jiao", 10), (150, "half-even jiao", 20), (250, "half-even jiao", 20),
        (1, "up jiao", 10), (100, "up jiao", 10), (101, "up jiao", 20), (199, "down jiao", 10),
        (499, "half-up yuan", 0), (500, "half-up yuan", 100), (1499, "half-up yuan", 100), (1500, "half-up yuan", 200),
        (500, "half-even yuan", 0), (501, "half-even yuan", 100), (1500, "half-even yuan", 200), (2500, "half-even yuan", 200),
        (1, "up yuan", 100), (1000, "up yuan", 100), (1001, "up yuan", 200), (1999, "down yuan", 100),
        (12_009, "fen-to-jiao", 1200), (12_010, "fen-to-jiao", 1210), (12_090, "fen-to-jiao", 1210),
        (12_100, "fen-to-jiao", 1210), (12_099, "fen-to-jiao", 1210), (12_990, "fen-to-jiao", 1300),
        (12_050, "jiao-to-yuan", 1200), (12_099, "jiao-to-yuan", 1200), (12_100, "jiao-to-yuan", 1300),
        (12_000, "jiao-to-yuan", 1200), (12_900, "jiao-to-yuan", 1300), (12_990, "jiao-to-yuan", 1300),
    ];
    for &(value, rounding, fen) in table {
        for sign in [1, -1] {
            let expected = Money::from_fen(fen * i64::try_from(sign).unwrap());
            let small = thousandths(value * sign);
            assert_eq!(small.round(by(rounding)), Ok(expected), "{value} {rounding}");
            // The same value as a fraction of 128 bits takes the other path.
            let large = fraction(small.num << 70, small.den << 70);
            assert_eq!(large.round(by(rounding)), Ok(expected), "{value} {rounding}, large");
        }
    }
}

#[test]
fn just_below_and_above_a_half_are_told_apart() {
    let den = i128::MAX - 2; // odd
    let (below, above) = (fraction(den / 2, den), fraction(den / 2 + 1, den));
    assert_eq!(below.round(Rounding::HALF_UP_FEN), Ok(Money::ZERO));
    assert_eq!(above.round(Rounding::HALF_UP_FEN), Ok(Money::from_fen(1)));
    assert_eq!(fraction(1, den).round(by("up yuan")), Ok(Money::from_fen(100)));
    let den = i128::from(i64::MAX); // odd
    assert_eq!(fraction(den / 2, den).round(Rounding::HALF_UP_FEN), Ok(Money::ZERO));
    assert_eq!(fraction(den / 2 + 1, den).round(Rounding::HALF_UP_FEN), Ok(Money::from_fen(1)));
}

#[test]
fn the_limits_of_money_are_reached_and_not_passed() {
    for rounding in Rounding::all() {
        for money in [Money::MIN, Money::MAX] {
            let exact = money.exact();
            let rounded = exact.round(rounding);
            if rounding.unit() == RoundingUnit::Fen {
                assert_eq!(rounded, Ok(money));
            }
            assert!(fraction(i128::MIN, 1).round(rounding).is_err());
            assert!(fraction(i128::MAX, 1).round(rounding).is_err());
            assert!(fraction(i128::MIN, i128::MAX).round(rounding).is_ok());
        }
    }
    assert_eq!(Money::MAX.exact().round(by("half-up jiao")), Err(NumberError::Overflow));
    assert_eq!(Money::MIN.exact().round(by("up yuan")), Err(NumberError::Overflow));
    assert_eq!(
        Money::MIN.exact().over_int(-1).unwrap().round(by("down fen")),
        Err(NumberError::Overflow)
    );
    assert_eq!(Money::MIN.exact().over_int(i64::MIN).unwrap(), Money::from_fen(1).exact());
    let least = Rate::from_parts(i64::MIN, 9);
    let there = Money::MIN.exact().over(least).unwrap().times(least).unwrap();
    assert_eq!(there, Money::MIN.exact());
}

#[test]
fn a_divisor_of_zero_is_an_error() {
    let one = Money::from_fen(1).exact();
    assert_eq!(one.over_int(0), Err(NumberError::DivisionByZero));
    assert_eq!(one.over(Rate::ZERO), Err(NumberError::DivisionByZero));
    assert_eq!(Exact::ZERO.over(Rate::ZERO), Err(NumberError::DivisionByZero));
}

#[test]
fn long_chains_are_reduced_before_they_overflow() {
    let days = Rate::from_parts(2175, 2);
    let mut value = Money::MAX.exact();
    for _ in 0..200 {
        value = value.over(days).unwrap().times(days).unwrap();
    }
    assert_eq!(value, Money::MAX.exact());
    let mut value = Money::MAX.exact();
    let result = loop {
        match value.times_int(i64::MAX) {
            Ok(next) => value = next,
            Err(error) => break error,
        }
    };
    assert_eq!(result, NumberError::Overflow);
}

#[test]
fn text_shows_yuan_and_says_when_digits_follow() {
    let pay = Money::from_fen(300_000).exact();
    let overtime = pay.over(Rate::from_parts(2175, 2)).unwrap().times_int(6).unwrap();
    assert_eq!(overtime.decimal_text(6), "827.586206…");
    assert_eq!(overtime.decimal_text(0), "827…");
    assert_eq!(overtime.decimal_text(1), "827.5…");
    assert_eq!(fraction(157_125, 1).decimal_text(6), "1571.25");
    assert_eq!(fraction(60_000, 1).decimal_text(6), "600.00");
    assert_eq!(fraction(60_000, 1).decimal_text(0), "600");
    assert_eq!(fraction(60_010, 1).decimal_text(1), "600.1");
    assert_eq!(fraction(-1, 8).decimal_text(5), "-0.00125");
    assert_eq!(fraction(-1, 8).decimal_text(4), "-0.0012…");
    assert_eq!(fraction(-1, 8).decimal_text(2), "-0.00…");
    assert_eq!(fraction(i128::MAX - 1, i128::MAX).decimal_text(4), "0.0099…");
    assert_eq!(fraction(i128::MIN, 1).decimal_text(2).len(), 41);
}

#[test]
fn sums_of_fractions_are_exact() {
    let third = Money::from_fen(1).exact().over_int(3).unwrap();
    let sum = third.plus(third).unwrap().plus(third).unwrap();
    assert_eq!(sum, Money::from_fen(1).exact());
    assert_eq!(sum.minus(third).unwrap().minus(third).unwrap(), third);
    assert!(sum.minus(third.times_int(4).unwrap()).unwrap().is_negative());
    assert_eq!(fraction(i128::MAX, 1).plus(third), Err(NumberError::Overflow));
    assert_eq!(fraction(i128::MAX, 1).plus(fraction(1, 1)), Err(NumberError::Overflow));
    let wide = fraction(i128::MAX, i128::MAX);
    assert_eq!(wide.plus(wide), Ok(fraction(2, 1)));
}

/// Numbers of every length, both signs.
fn wide() -> impl Strategy<Value = i128> {
    (any::<i128>(), 0u32..127).prop_map(|(value, shift)| value >> shift)
}

fn positive() -> impl Strategy<Value = i128> {
    wide().prop_map(|value| i128::try_from(value.unsigned_abs()).unwrap_or(i128::MAX).max(1))
}

fn roundings() -> impl Strategy<Value = Rounding> {
    proptest::sample::select(Rounding::all().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn rounding_stays_within_one_unit(num: i64, den in 1i64.., rounding in roundings()) {
        let exact = fraction(num.into(), den.into());
        if let Ok(money) = exact.round(rounding) {
            let unit = rounding.unit().in_fen();
            let off = exact.minus(money.exact()).unwrap();
            let limit = Money::from_fen(unit).exact();
            prop_assert!(off < limit && off > limit.times_int(-1).unwrap());
            prop_assert_eq!(money.fen() % unit, 0);
            let half = limit.over_int(2).unwrap();
            match rounding.mode() {
                RoundingMode::HalfUp | RoundingMode::HalfEven => {
                    prop_assert!(off <= half && off >= half.times_int(-1).unwrap());
                }
                RoundingMode::Up => prop_assert!(off.is_zero() || off.is_negative() != (num < 0)),
                RoundingMode::Down => prop_assert!(off.is_zero() || off.is_negative() == (num < 0)),
                _ => {}
            }
        }
    }

    #[test]
    fn rounding_is_odd_and_the_same_for_every_fraction_of_a_value(
        num in -1_000_000i128..1_000_000, den in 1i128..2000, shift in 0u32..90, rounding in roundings(),
    ) {
        let rounded = fraction(num, den).round(rounding).unwrap();
        prop_assert_eq!(fraction(-num, den).round(rounding), rounded.negated());
        prop_assert_eq!(fraction(num << shift, den << shift).round(rounding), Ok(rounded));
    }

    #[test]
    fn comparison_agrees_with_cross_multiplication(a: i64, b in 1i64.., c: i64, d in 1i64.., x in 0u32..63, y in 0u32..63) {
        let expected = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
        let left = fraction(i128::from(a) << x, i128::from(b) << x);
        let right = fraction(i128::from(c) << y, i128::from(d) << y);
        prop_assert_eq!(left.cmp_value(&right), expected);
        prop_assert_eq!(left == right, expected.is_eq());
    }

    #[test]
    fn nothing_panics_and_what_succeeds_is_right(
        num in wide(), den in positive(), num2 in wide(), den2 in positive(),
        mantissa: i64, scale in 0u8..=9, decimals in 0usize..40, rounding in roundings(),
    ) {
        let (value, other) = (fraction(num, den), fraction(num2, den2));
        let rate = Rate::from_parts(mantissa, scale);
        if !rate.is_zero() && let Ok(back) = value.times(rate).and_then(|product| product.over(rate)) {
            prop_assert_eq!(back, value);
        }
        if let Ok(sum) = value.plus(other) {
            if let Ok(back) = sum.minus(other) {
                prop_assert_eq!(back, value);
            }
            prop_assert_eq!(sum.cmp(&value), other.cmp(&Exact::ZERO));
        }
        let _ = (value.over_int(mantissa), value.times_int(mantissa), value.minus(other));
        let _ = (value.round(rounding), value.decimal_text(decimals), value.cmp_value(&other));
    }

    #[test]
    fn text_of_a_terminating_value_agrees_with_decimal(fen: i64, scale in 0u32..7) {
        let exact = fraction(fen.into(), 10i128.pow(scale));
        let text = exact.decimal_text(12);
        let expected = rust_decimal::Decimal::new(fen, scale + 2);
        prop_assert_eq!(text.parse::<rust_decimal::Decimal>().unwrap(), expected);
    }
}

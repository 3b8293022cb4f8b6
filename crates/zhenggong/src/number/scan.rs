//! The one reader of decimal text, for money and rates alike.

use super::NumberError;

/// A decimal number as written: `±magnitude / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scanned {
    pub(super) negative: bool,
    pub(super) magnitude: u128,
    pub(super) scale: u32,
}

/// Reads an optional `-`, ASCII digits, and optionally a point with one to `max_decimals` digits.
///
/// A text that is no number is `Syntax` even where it also has too many digits, so that the answer
/// names the graver fault.
pub(super) fn scan(text: &str, max_decimals: u32) -> Result<Scanned, NumberError> {
    match usual(text.as_bytes(), max_decimals) {
        Some(read) => Ok(read),
        None => general(text, max_decimals),
    }
}

/// Reads the usual text, up to 18 digits without a sign, in one pass; none where it is another one.
fn usual(text: &[u8], max_decimals: u32) -> Option<Scanned> {
    if text.len() > 18 {
        return None;
    }
    let (mut magnitude, mut point, mut scale) = (0u64, false, 0u32);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                magnitude = magnitude * 10 + u64::from(byte - b'0');
                scale += u32::from(point);
            }
            b'.' if !point && at > 0 => point = true,
            _ => return None,
        }
    }
    let whole = !text.is_empty() && point == (scale > 0) && scale <= max_decimals;
    whole.then_some(Scanned { negative: false, magnitude: magnitude.into(), scale })
}

/// Reads any text.
fn general(text: &str, max_decimals: u32) -> Result<Scanned, NumberError> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = match body.split_once('.') {
        Some((whole, decimals)) if !decimals.is_empty() => (whole, decimals),
        Some(_) => return Err(NumberError::Syntax),
        None => (body, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) {
        return Err(NumberError::Syntax);
    }
    let scale = u32::try_from(decimals.len()).map_err(|_| NumberError::TooManyDigits)?;
    if scale > max_decimals {
        return Err(NumberError::TooManyDigits);
    }
    let mut magnitude: u128 = 0;
    for byte in whole.bytes().chain(decimals.bytes()) {
        magnitude = magnitude
            .checked_mul(10)
            .and_then(|m| m.checked_add(u128::from(byte - b'0')))
            .ok_or(NumberError::Overflow)?;
    }
    Ok(Scanned { negative, magnitude, scale })
}

impl Scanned {
    /// Returns the signed mantissa at `scale` decimals, which is at least the scale as written.
    pub(super) fn mantissa_at(self, scale: u32) -> Option<i64> {
        let factor = 10u128.checked_pow(scale.checked_sub(self.scale)?)?;
        let magnitude = i128::try_from(self.magnitude.checked_mul(factor)?).ok()?;
        i64::try_from(if self.negative { -magnitude } else { magnitude }).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_usual_text_is_read_as_any_is(text in "[0-9.-]{0,20}|[0-9]{1,17}\\.[0-9]{1,3}") {
            if let Some(read) = usual(text.as_bytes(), 2) {
                prop_assert_eq!(general(&text, 2), Ok(read));
            }
            let plain = general(&text, 2).is_ok_and(|read| !text.starts_with('-') && read.scale <= 2);
            prop_assert_eq!(usual(text.as_bytes(), 2).is_some(), plain && text.len() <= 18);
        }
    }

    #[test]
    fn only_plain_ascii_decimals_are_read() {
        for bad in [
            "", "-", "+1", "1.", ".5", "-.5", "--1", "1e3", "1E3", "1,000", "1_000", " 1", "1 ",
            "１２", "1．5", "¥1", "1元", "0x10", "NaN", "inf", "∞", "1.2.3", "1.-2", "−1", "٣",
            "1\n", "1.234x", "1.5%",
        ] {
            assert_eq!(scan(bad, 2), Err(NumberError::Syntax), "{bad:?}");
        }
        assert_eq!(scan("1.234", 2), Err(NumberError::TooManyDigits));
        assert_eq!(scan(&"9".repeat(60), 2), Err(NumberError::Overflow));
        let read = scan("-007.5", 2).unwrap();
        assert_eq!(read, Scanned { negative: true, magnitude: 75, scale: 1 });
        assert_eq!(read.mantissa_at(2), Some(-750));
    }
}

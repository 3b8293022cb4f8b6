//! Tables written as CSV.

use encoding_rs::GBK;
use zhenggong::{Error, ErrorCode, Result};

use crate::Encoding;

/// Returns the rows as CSV: cells quoted where needed, lines ended by LF, no byte order mark.
///
/// # Errors
///
/// `NotEncodable` where a character does not exist in the encoding; `WrongFieldCount` where a row is
/// not as long as the first.
///
/// # Examples
///
/// ```
/// use zhenggong_roster::{Encoding, csv_bytes};
/// let bytes = csv_bytes([["人员编号", "备注"], ["P0001", "甲,乙"]], Encoding::Utf8)?;
/// assert_eq!(bytes, "人员编号,备注\nP0001,\"甲,乙\"\n".as_bytes());
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn csv_bytes<Row, Text>(
    rows: impl IntoIterator<Item = Row>,
    encoding: Encoding,
) -> Result<Vec<u8>>
where
    Row: IntoIterator<Item = Text>,
    Text: AsRef<[u8]>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| refused(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| internal(error.error()))?;
    match encoding {
        Encoding::Utf8 => Ok(bytes),
        Encoding::Gbk => to_gbk(&bytes),
    }
}

fn to_gbk(bytes: &[u8]) -> Result<Vec<u8>> {
    let not_encodable =
        |detail: String| Error::new(ErrorCode::NotEncodable).arg_both("detail", detail);
    let text = std::str::from_utf8(bytes).map_err(|error| not_encodable(error.to_string()))?;
    let (gbk, _, lost) = GBK.encode(text);
    if lost {
        let bad = text.chars().find(|c| GBK.encode(c.encode_utf8(&mut [0; 4])).2);
        let bad = bad.map_or_else(String::new, String::from);
        return Err(not_encodable(format!("GBK 中没有“{bad}” / GBK has no {bad}")));
    }
    Ok(gbk.into_owned())
}

#[cold]
fn refused(error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Error::new(ErrorCode::WrongFieldCount).arg("found", len).arg("expected", expected_len)
        }
        _ => internal(error),
    }
}

#[cold]
fn internal(error: &dyn std::error::Error) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gbk_writes_what_it_has_and_names_what_it_lacks() {
        assert_eq!(csv_bytes([["警"]], Encoding::Gbk).unwrap(), [0xbe, 0xaf, b'\n']);
        let error = csv_bytes([["警😀"]], Encoding::Gbk).unwrap_err();
        assert_eq!(error.code(), ErrorCode::NotEncodable);
        assert!(error.en().contains('😀'));
    }

    #[test]
    fn rows_of_another_length_are_refused() {
        let error = csv_bytes([vec!["a", "b"], vec!["c"]], Encoding::Utf8).unwrap_err();
        assert_eq!(error.code(), ErrorCode::WrongFieldCount);
    }
}

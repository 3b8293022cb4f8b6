//! Bytes to text, with the place of the first byte that doesn't fit.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, GBK};
use zhenggong::{Error, ErrorCode, error::Finding};

use crate::{Encoding, place::behind};

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the text without a byte order mark, or the first place that is not in the encoding.
pub(crate) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    encoding: Encoding,
) -> Result<Cow<'a, str>, Finding> {
    match encoding {
        Encoding::Utf8 => utf8(file, bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes)),
        Encoding::Gbk if bytes.starts_with(UTF8_MARK) => Err(not_gbk(
            file,
            (1, 1),
            "文件以 UTF-8 标记开头 / the file starts with the mark of UTF-8".to_owned(),
        )),
        Encoding::Gbk => {
            GBK.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
                utf8_declared_gbk(file, bytes).unwrap_or_else(|| first_bad_gbk(file, bytes))
            })
        }
    }
}

/// Returns the finding for a file that was declared GBK but is UTF-8.
///
/// UTF-8 text often decodes as GBK into other characters without any error, so this is also asked
/// where the header is not understood.
#[must_use]
pub fn utf8_declared_gbk(file: &str, bytes: &[u8]) -> Option<Finding> {
    let utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    utf8.then(|| {
        not_gbk(file, (1, 1), "看来是 UTF-8，不是 GBK / it looks like UTF-8, not GBK".to_owned())
    })
}

fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Finding> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let (good, bad) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        // The part before the bad byte is valid, so nothing is replaced here.
        let at = behind(&String::from_utf8_lossy(good));
        let detail = at_byte(at, bad.first().copied());
        Finding::error(file, at, Error::new(ErrorCode::NotUtf8).arg_both("detail", detail))
    })
}

#[cold]
fn first_bad_gbk(file: &str, bytes: &[u8]) -> Finding {
    let mut decoder = GBK.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or_default());
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    let back = match result {
        DecoderResult::Malformed(bad, after) => usize::from(bad) + usize::from(after),
        DecoderResult::InputEmpty | DecoderResult::OutputFull => 0,
    };
    let at = behind(&text);
    not_gbk(file, at, at_byte(at, bytes.get(read.saturating_sub(back)).copied()))
}

fn not_gbk(file: &str, at: (u32, u32), detail: String) -> Finding {
    Finding::error(file, at, Error::new(ErrorCode::NotEncodable).arg_both("detail", detail))
}

fn at_byte((line, column): (u32, u32), byte: Option<u8>) -> String {
    let byte = byte.map_or_else(|| "—".to_owned(), |b| format!("0x{b:02X}"));
    format!(
        "第 {line} 行第 {column} 字符，字节 {byte} / line {line}, character {column}, byte {byte}"
    )
}

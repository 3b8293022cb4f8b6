//! Lines and columns.

/// Returns a count as the number of a line or column; files are far smaller than its limit.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Returns the 1-based column, in characters, of this byte of a line.
pub(crate) fn column(line: &str, byte: usize) -> u32 {
    number(line.char_indices().take_while(|(at, _)| *at < byte).count().saturating_add(1))
}

/// Returns the line and column just behind the text, where what follows it begins.
pub(crate) fn behind(text: &str) -> (u32, u32) {
    let line = text.bytes().filter(|b| *b == b'\n').count().saturating_add(1);
    let last = text.rsplit('\n').next().unwrap_or_default();
    (number(line), column(last, last.len()))
}

//! Ids in a derivation: whom or what a line is about.

use std::fmt;

/// The opaque id of a person, a pool or a key, as a derivation shows it.
///
/// A longer id than 31 bytes is cut, and ends with `…`.
///
/// # Examples
///
/// ```
/// use zhenggong::derivation::Id;
/// assert_eq!(Id::new("0417").as_str(), "0417");
/// let long = Id::new("某市公安局某分局某派出所民警");
/// assert_eq!(long.as_str(), "某市公安局某分局某…");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Id {
    len: u8,
    bytes: [u8; Id::MOST],
}

impl Id {
    const MOST: usize = 31;
    const CUT: &'static str = "…";

    /// Returns the id of this text; control characters are left out.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut out = Self { len: 0, bytes: [0; Self::MOST] };
        let shown = || text.chars().filter(|c| !c.is_control());
        let whole = shown().map(char::len_utf8).sum::<usize>() <= Self::MOST;
        let room = if whole { Self::MOST } else { Self::MOST - Self::CUT.len() };
        for c in shown() {
            if usize::from(out.len) + c.len_utf8() > room {
                break;
            }
            out.push(c);
        }
        if !whole {
            Self::CUT.chars().for_each(|c| out.push(c));
        }
        out
    }

    fn push(&mut self, c: char) {
        let at = usize::from(self.len);
        if let Some(slot) = self.bytes.get_mut(at..at + c.len_utf8()) {
            c.encode_utf8(slot);
            self.len = u8::try_from(at + c.len_utf8()).unwrap_or(self.len);
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_whole_and_the_rest_is_cut_between_characters() {
        for text in ["", "A", "0417-甲", "1234567890123456789012345678901"] {
            assert_eq!(Id::new(text).as_str(), text);
        }
        assert_eq!(Id::new("12345678901234567890123456789012").as_str().len(), 31);
        assert_eq!(Id::new("甲乙丙丁戊己庚辛壬癸子").as_str(), "甲乙丙丁戊己庚辛壬…");
        assert_eq!(Id::new("a\nb").as_str(), "ab");
    }
}

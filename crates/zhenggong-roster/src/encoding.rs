//! The encodings of a table.

use zhenggong::{Error, ErrorCode, Result, error::shown};

/// The encoding of a file, as its caller declares it; it is never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// UTF-8, with or without the byte order mark.
    #[default]
    Utf8,
    /// GBK, as Chinese spreadsheets save CSV; GB2312 and the characters of GB18030 are read as well.
    Gbk,
}

impl Encoding {
    /// Returns the encoding of this code: `utf-8` or `gbk`.
    ///
    /// # Errors
    ///
    /// `InvalidOption` for another text.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong_roster::Encoding;
    /// assert_eq!(Encoding::parse("gbk")?, Encoding::Gbk);
    /// assert!(Encoding::parse("latin1").is_err());
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        [Self::Utf8, Self::Gbk].into_iter().find(|e| e.code() == text).ok_or_else(|| {
            Error::new(ErrorCode::InvalidOption)
                .arg("option", "encoding")
                .arg("value", shown(text))
                .arg("known", "utf-8, gbk")
                .field("encoding")
        })
    }

    /// Returns the code, `utf-8` or `gbk`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gbk => "gbk",
        }
    }
}

//! Why data of another library is not taken.

use zhenggong::{Error, ErrorCode, error::shown};

/// The most characters that are taken from another library's words.
const MOST_WORDS: usize = 500;

/// Why data of another library is not taken.
#[derive(Debug)]
pub enum Fault {
    /// The stream, schema or array was released before.
    Released,
    /// The producer failed, or what it gave is not what the Arrow C data interface says.
    Failed {
        /// What is wrong, as a Chinese clause.
        zh: String,
        /// What is wrong, as an English clause.
        en: String,
        /// The row that is at fault, from 1, where it is one.
        row: Option<u64>,
    },
    /// The data is well-formed but can't be used: `InvalidText` with column and row where a text is no UTF-8,
    /// `ColumnType` for a column of a type that nothing reads, `InvalidInput` for what is no table.
    Refused(Error),
}

impl Fault {
    #[cold]
    pub(crate) fn failed(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Failed { zh: visible(&zh.into()), en: visible(&en.into()), row: None }
    }

    /// Says that a callback of the producer failed, with the words of the producer.
    #[cold]
    pub(crate) fn producer(errno: i32, words: Option<&str>) -> Self {
        let said = format!("errno {errno}: {}", words.unwrap_or_default());
        Self::failed(said.as_str(), said.as_str())
    }

    /// Says that an array is not what it says of itself; `column` is the path of the column, empty for the
    /// table itself.
    #[cold]
    pub(crate) fn malformed(column: &str, why: (&str, &str)) -> Self {
        let ((zh, en), column) = (why, shown(column));
        match column.is_empty() {
            true => Self::failed(
                format!("表的数组不合规：{zh}"),
                format!("the array of the table is malformed: {en}"),
            ),
            false => Self::failed(
                format!("列 {column} 的数组不合规：{zh}"),
                format!("the array of the column {column} is malformed: {en}"),
            ),
        }
    }

    /// Says that a schema or an array is no table.
    #[cold]
    pub(crate) fn no_table(found: &str) -> Self {
        let found = shown(found);
        Self::Refused(Error::new(ErrorCode::InvalidInput).arg_in(
            "detail",
            format!("{found} 不是表"),
            format!("{found} is not a table"),
        ))
    }

    /// Returns the fault as an error of the core, for callers that have no codes of their own for streams.
    #[must_use]
    pub fn into_error(self) -> Error {
        let detail =
            |zh: String, en: String| Error::new(ErrorCode::InvalidInput).arg_in("detail", zh, en);
        match self {
            Self::Released => detail(
                "数据流已释放，请传入未释放的表".to_owned(),
                "the stream is already released; pass a table that is not".to_owned(),
            ),
            Self::Failed { zh, en, row } => {
                let error = detail(zh, en);
                match row {
                    Some(row) => error.row(row),
                    None => error,
                }
            }
            Self::Refused(error) => error,
        }
    }
}

/// Returns words of another library on one line, and not too many of them.
fn visible(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_WORDS).collect()
}

//! A finding: an error or warning at a place of a file.

use std::fmt;

use super::Error;

/// How much a [`Finding`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file is usable; a person should look.
    Warning,
    /// The file can't be used.
    Error,
}

/// An error at a line and column of a named file, as lints and readers report it.
///
/// Lines and columns count from 1; a column counts characters, not bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The name of the file as the caller gave it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
    /// Whether the file can still be used.
    pub severity: Severity,
    /// What was found.
    pub error: Error,
}

impl Finding {
    /// Makes a finding that forbids the use of the file.
    #[must_use]
    pub fn error(file: &str, (line, column): (u32, u32), error: Error) -> Self {
        Self { file: file.to_owned(), line, column, severity: Severity::Error, error }
    }

    /// Makes a finding that a person should look at.
    #[must_use]
    pub fn warning(file: &str, at: (u32, u32), error: Error) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, at, error) }
    }

    /// Returns `file:line:column: [code] message` with the message in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let word = if self.severity == Severity::Error { "错误" } else { "提醒" };
        self.line_of(word, &self.error.zh())
    }

    /// Returns `file:line:column: [code] message` with the message in English.
    #[must_use]
    pub fn en(&self) -> String {
        let word = if self.severity == Severity::Error { "error" } else { "warning" };
        self.line_of(word, &self.error.en())
    }

    /// Returns the finding as JSON: file, line, column, severity and the error.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "file": self.file, "line": self.line, "column": self.column,
            "severity": if self.severity == Severity::Error { "error" } else { "warning" },
            "error": self.error.to_json(),
        })
    }

    fn line_of(&self, word: &str, text: &str) -> String {
        let Self { file, line, column, error, .. } = self;
        format!("{file}:{line}:{column}: {word} [{}] {text}", error.code().number())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

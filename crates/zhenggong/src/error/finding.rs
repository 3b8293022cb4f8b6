//! A finding: an error or warning at a place of a file.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Error, ErrorJson};
use crate::{schema, vocabulary::Term};

/// How much a [`Finding`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file is usable; a person should look.
    Warning,
    /// The file can't be used.
    Error,
}

const WARNING: Term = Term::new("warning", "提醒", "warning");
const ERROR: Term = Term::new("error", "错误", "error");

impl Severity {
    const fn term(self) -> Term {
        match self {
            Self::Warning => WARNING,
            Self::Error => ERROR,
        }
    }
}

schema::written_by_code! {
    Severity ("严重程度", "severity") severity => severity.term();
    Warning, Error
}

/// 检查结果. An error or a warning at a place of a file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(crate) struct FindingJson<'a> {
    /// 文件名. The name of the file as the caller gave it.
    file: &'a str,
    /// 行号，从 1 起. Line, from 1.
    line: u32,
    /// 列号，从 1 起，以字符计. Column in characters, from 1.
    column: u32,
    /// 是否妨碍使用. Whether the file can still be used.
    severity: Severity,
    /// 检查出的问题. What was found.
    error: ErrorJson<'a>,
}

/// An error at a line and column of a named file, as lints and readers report it.
///
/// Lines and columns count from 1; a column counts characters, not bytes. Line 0 says that it stands in no
/// file, such as a place that was asked for and has no pack.
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
        self.line_of(self.severity.term().zh, &self.error.zh())
    }

    /// Returns `file:line:column: [code] message` with the message in English.
    #[must_use]
    pub fn en(&self) -> String {
        self.line_of(self.severity.term().en, &self.error.en())
    }

    /// Returns the finding as JSON: file, line, column, severity and the error.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let Self { file, line, column, severity, error } = self;
        let (line, column, severity) = (*line, *column, *severity);
        schema::written(&FindingJson { file, line, column, severity, error: error.json() })
    }

    fn line_of(&self, word: &str, text: &str) -> String {
        let Self { file, line, column, error, .. } = self;
        let code = error.code().number();
        if *line == 0 {
            return format!("{word} [{code}] {text}");
        }
        format!("{file}:{line}:{column}: {word} [{code}] {text}")
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

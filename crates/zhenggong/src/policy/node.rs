//! A place in a pack file, read strictly; what is wrong becomes a finding with line and column.

use std::{
    cell::{Cell, RefCell},
    ops::Range,
};

use toml::{
    Spanned,
    de::{DeString, DeValue},
};

use crate::{
    Error, ErrorCode,
    assessment::Points,
    error::{Finding, shown},
    number::{FromText, Money, Rate},
    vocabulary::Vocabulary,
};

/// The file being read, and what was found so far.
pub(crate) struct File<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    lines: Vec<usize>,
    // Line, offset and column asked for last, so that a long line is not counted anew every time.
    last: Cell<(usize, usize, usize)>,
    pub(crate) findings: RefCell<Vec<Finding>>,
}

impl<'a> File<'a> {
    pub(crate) fn new(name: &'a str, text: &'a str) -> Self {
        let lines =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, text, lines, last: Cell::default(), findings: RefCell::default() }
    }

    /// Returns line and column, from 1, of a byte offset.
    pub(crate) fn at(&self, offset: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let (start, counted) = match self.last.get() {
            (last, at, column) if last == line && (start..=offset).contains(&at) => (at, column),
            _ => (start, 0),
        };
        let column = counted + self.text.get(start..offset).map_or(0, |t| t.chars().count());
        self.last.set((line, offset, column));
        let small = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        (small(line), small(column))
    }

    pub(crate) fn report(&self, offset: usize, error: Error) {
        self.findings.borrow_mut().push(Finding::error(self.name, self.at(offset), error));
    }
}

#[derive(Clone, Copy)]
enum Content<'a> {
    Key(&'a str),
    Value(&'a DeValue<'a>),
}

/// A key or value of a pack file.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    file: &'a File<'a>,
    path: &'a str,
    at: usize,
    content: Content<'a>,
}

impl<'a> Node<'a> {
    pub(crate) fn value(
        file: &'a File<'a>,
        path: &'a str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Self {
        Self { file, path, at: value.span().start, content: Content::Value(value.get_ref()) }
    }

    fn key(file: &'a File<'a>, path: &'a str, key: &'a Spanned<DeString<'a>>) -> Self {
        let Range { start, .. } = key.span();
        Self { file, path, at: start, content: Content::Key(key.get_ref().as_ref()) }
    }

    /// Returns the byte offset of the node.
    pub(crate) fn offset(self) -> usize {
        self.at
    }

    /// Returns the name of the field that the node belongs to.
    #[must_use]
    pub fn path(self) -> &'a str {
        self.path
    }

    /// Returns the node under the name of the field that it belongs to.
    pub(crate) fn named(self, path: &'a str) -> Self {
        Self { path, ..self }
    }

    /// Returns line and column, from 1.
    pub(crate) fn place(self) -> (u32, u32) {
        self.file.at(self.at)
    }

    /// Adds a finding at this place.
    pub fn fail(self, error: Error) {
        self.file.report(self.at, error);
    }

    fn wrong<T>(self, expected: &str) -> Option<T> {
        let value = match self.content {
            Content::Key(key) => shown(key),
            Content::Value(DeValue::String(text)) => shown(text),
            Content::Value(DeValue::Integer(n)) => n.as_str().to_owned(),
            Content::Value(DeValue::Float(n)) => n.as_str().to_owned(),
            Content::Value(DeValue::Boolean(b)) => b.to_string(),
            Content::Value(DeValue::Datetime(d)) => d.to_string(),
            Content::Value(DeValue::Array(_)) => "[…]".to_owned(),
            Content::Value(DeValue::Table(_)) => "{…}".to_owned(),
        };
        self.fail(
            Error::new(ErrorCode::InvalidValue)
                .arg("key", self.path)
                .arg("value", value)
                .arg_both("expected", expected),
        );
        None
    }

    /// Returns the text of a string or key.
    pub fn text(self) -> Option<&'a str> {
        match self.content {
            Content::Key(key) => Some(key),
            Content::Value(DeValue::String(text)) => Some(text.as_ref()),
            Content::Value(_) => self.wrong("文本 / text"),
        }
    }

    /// Returns what the text says, such as a rounding or a cell.
    #[allow(private_bounds, reason = "only types of this crate have the strict text form")]
    pub fn text_of<T: FromText>(self) -> Option<T> {
        let text = self.text()?;
        match T::from_text(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error.field(self.path));
                None
            }
        }
    }

    /// Returns the member of the vocabulary that the text names.
    pub fn member<V: Vocabulary>(self) -> Option<V> {
        match V::find(self.text()?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error.field(self.path));
                None
            }
        }
    }

    fn number<T>(self, read: impl Fn(&str) -> crate::Result<T>) -> Option<T> {
        let refuse = |text: String| {
            self.fail(Error::new(ErrorCode::FloatRefused).arg("value", text).field(self.path));
            None
        };
        match self.content {
            Content::Value(DeValue::Float(n)) => refuse(n.as_str().to_owned()),
            Content::Value(DeValue::Integer(n)) => refuse(n.as_str().to_owned()),
            _ => match read(self.text()?) {
                Ok(value) => Some(value),
                Err(error) => {
                    self.fail(error.field(self.path));
                    None
                }
            },
        }
    }

    fn not_negative<T: Copy + ToString>(self, value: T, negative: bool) -> Option<T> {
        if negative {
            self.fail(
                Error::new(ErrorCode::NegativeNotAllowed)
                    .arg("value", value.to_string())
                    .field(self.path),
            );
            return None;
        }
        Some(value)
    }

    /// Returns an amount of at least 0, in yuan, written as text.
    pub fn amount(self) -> Option<Money> {
        let money = self.number(Money::parse)?;
        self.not_negative(money, money.is_negative())
    }

    /// Returns a ratio or number of at least 0, written as text.
    pub fn rate(self) -> Option<Rate> {
        let rate = self.number(Rate::parse)?;
        self.not_negative(rate, rate.is_negative())
    }

    /// Returns assessment points of at least 0, written as text.
    pub fn points(self) -> Option<Points> {
        let points = self.signed_points()?;
        self.not_negative(points, points.is_negative())
    }

    /// Returns assessment points, written as text; they may be negative.
    pub fn signed_points(self) -> Option<Points> {
        self.number(Points::parse)
    }

    /// Returns a whole number of at least 0.
    pub fn count(self) -> Option<u32> {
        match self.content {
            Content::Value(DeValue::Integer(n)) => {
                let parsed = u32::from_str_radix(n.as_str(), n.radix()).ok();
                parsed.or_else(|| {
                    self.wrong("0 至 4294967295 的整数 / a whole number from 0 to 4294967295")
                })
            }
            _ => self.wrong("整数 / a whole number"),
        }
    }

    /// Returns a truth value.
    pub fn flag(self) -> Option<bool> {
        match self.content {
            Content::Value(DeValue::Boolean(b)) => Some(*b),
            _ => self.wrong("true 或 false / true or false"),
        }
    }

    /// Returns keys and values of a table.
    pub fn entries(self) -> Option<Vec<(Node<'a>, Node<'a>)>> {
        match self.content {
            Content::Value(DeValue::Table(table)) => Some(
                table
                    .iter()
                    .map(|(k, v)| {
                        (Node::key(self.file, self.path, k), Node::value(self.file, self.path, v))
                    })
                    .collect(),
            ),
            _ => self.wrong("表 / a table"),
        }
    }

    /// Returns the elements of an array.
    pub fn items(self) -> Option<Vec<Node<'a>>> {
        match self.content {
            Content::Value(DeValue::Array(items)) => {
                Some(items.iter().map(|v| Node::value(self.file, self.path, v)).collect())
            }
            _ => self.wrong("数组 / an array"),
        }
    }

    /// Returns the table's values by these keys, in their order; unknown keys become findings.
    pub fn keys(self, known: &[&str]) -> Option<Vec<Option<Node<'a>>>> {
        let mut found = vec![None; known.len()];
        for (key, value) in self.entries()? {
            let name = key.text()?;
            match known.iter().position(|k| *k == name) {
                Some(at) => {
                    if let Some(slot) = found.get_mut(at) {
                        *slot = Some(value);
                    }
                }
                None => key.fail(
                    Error::new(ErrorCode::UnknownKey)
                        .arg("key", shown(name))
                        .arg("known", known.join(", ")),
                ),
            }
        }
        Some(found)
    }

    /// Adds the finding that a key is missing here.
    pub fn missing<T>(self, key: &str) -> Option<T> {
        self.fail(Error::new(ErrorCode::MissingKey).arg("key", key));
        None
    }

    /// Returns whether the node is text.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self.content, Content::Key(_) | Content::Value(DeValue::String(_)))
    }

    /// Returns whether the node is a table.
    #[must_use]
    pub fn is_table(self) -> bool {
        matches!(self.content, Content::Value(DeValue::Table(_)))
    }

    /// Returns whether the node is an array.
    #[must_use]
    pub fn is_array(self) -> bool {
        matches!(self.content, Content::Value(DeValue::Array(_)))
    }
}

//! A table of a pack with its keys, read part by part.

use super::Name;
use crate::{Error, ErrorCode, assessment::refusal::Both, error::shown, policy::Node};

/// A table whose keys are known; unknown ones have become findings.
pub(super) struct Tab<'a> {
    pub(super) node: Node<'a>,
    known: Vec<&'static str>,
    values: Vec<Option<Node<'a>>>,
}

impl<'a> Tab<'a> {
    pub(super) fn read(node: Node<'a>, known: &[&'static str]) -> Option<Self> {
        let values = node.keys(known)?;
        let values =
            values.into_iter().zip(known).map(|(value, key)| value.map(|v| v.named(key))).collect();
        Some(Self { node, known: known.to_vec(), values })
    }

    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        let at = self.known.iter().position(|k| *k == key)?;
        self.values.get(at).copied().flatten()
    }

    pub(super) fn need(&self, key: &str) -> Option<Node<'a>> {
        self.get(key).or_else(|| self.node.missing(key))
    }

    /// Reads a key that must be there.
    pub(super) fn req<T>(&self, key: &str, read: impl FnOnce(Node<'a>) -> Option<T>) -> Option<T> {
        self.need(key).and_then(read)
    }

    /// Reads a key that may be there; none on the outside is a finding.
    pub(super) fn opt<T>(
        &self,
        key: &str,
        read: impl FnOnce(Node<'a>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.get(key) {
            Some(node) => read(node).map(Some),
            None => Some(None),
        }
    }

    /// Returns the elements of an array that may be there.
    pub(super) fn list(&self, key: &str) -> Option<Vec<Node<'a>>> {
        match self.get(key) {
            Some(node) => node.items(),
            None => Some(Vec::new()),
        }
    }

    /// Reads every element of an array that may be there.
    pub(super) fn each<T>(
        &self,
        key: &str,
        mut read: impl FnMut(Node<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        all(self.list(key)?.into_iter().map(&mut read))
    }

    /// Reads every element of an array that may be there, and keeps those that were read with their places;
    /// false where one was not.
    pub(super) fn parts<T>(
        &self,
        key: &str,
        mut read: impl FnMut(Node<'a>) -> Option<T>,
    ) -> (Vec<(T, Node<'a>)>, bool) {
        let Some(nodes) = self.list(key) else { return (Vec::new(), false) };
        let count = nodes.len();
        let parts: Vec<_> =
            nodes.into_iter().filter_map(|n| read(n).map(|part| (part, n))).collect();
        let whole = parts.len() == count;
        (parts, whole)
    }

    /// Reads code and names.
    pub(super) fn name(&self) -> Option<Name> {
        let code = self.req("id", code);
        let (zh, en) = (self.req("zh", visible), self.req("en", visible));
        Some(Name { code: code?, zh: zh?, en: en? })
    }

    /// Reads a truth value that is false where it is not there.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.opt(key, Node::flag).map(Option::unwrap_or_default)
    }

    pub(super) fn clause(&self) -> Option<Option<String>> {
        self.opt("clause", visible)
    }
}

/// Returns all, or none where one is missing; every one is read before that.
pub(super) fn all<T>(parts: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let parts: Vec<_> = parts.collect();
    parts.into_iter().collect()
}

/// Reads a name: text that shows.
pub(super) fn visible(node: Node<'_>) -> Option<String> {
    let text = node.text()?;
    if text.trim().is_empty() || text.chars().count() > 64 || text.contains(char::is_control) {
        return invalid(node, text, "1 至 64 个可见字符 / 1 to 64 visible characters");
    }
    Some(text.to_owned())
}

/// Reads a code: small letters, digits and hyphens.
pub(super) fn code(node: Node<'_>) -> Option<String> {
    let text = node.text()?;
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.is_empty() || text.len() > 64 || !text.chars().all(kebab) {
        return invalid(node, text, "小写字母、数字和连字符 / a-z, 0-9 and -");
    }
    Some(text.to_owned())
}

#[cold]
pub(super) fn invalid<T>(node: Node<'_>, value: &str, expected: impl Into<Both>) -> Option<T> {
    let error =
        Error::new(ErrorCode::InvalidValue).arg("key", node.path()).arg("value", shown(value));
    node.fail(expected.into().arg(error, "expected"));
    None
}

#[cold]
pub(super) fn shape<T>(node: Node<'_>, detail: impl Into<Both>) -> Option<T> {
    node.fail(detail.into().arg(Error::new(ErrorCode::TableShape), "detail"));
    None
}

#[cold]
pub(super) fn unknown<T>(
    node: Node<'_>,
    kind: impl Into<Both>,
    value: &str,
    known: &[&str],
) -> Option<T> {
    let error = Error::new(ErrorCode::UnknownTerm).arg("value", shown(value));
    let error = error.arg_in("known", known.join("、"), known.join(", "));
    node.fail(kind.into().arg(error, "kind"));
    None
}

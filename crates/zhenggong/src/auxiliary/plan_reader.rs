//! Reading of pay plans from packs, strictly: what is wrong becomes a finding with line and column.

use std::sync::Arc;

use super::{
    CountFact, LineKind, MAX_LINES, PayPlan, Standard, TableKey,
    plan::{Base, Cells, Formula, Line, Plan, Share, Source},
};
use crate::{
    Error, ErrorCode,
    error::shown,
    number::Rounding,
    policy::{CiteId, FieldType, Node},
    vocabulary::{AuxiliaryGrade, PayItem, Vocabulary},
};

/// The field type of the plan's lines. A later correction replaces the plan as a whole.
pub(super) struct Lines(Arc<Plan>);

impl FieldType for Lines {
    type Resolved = PayPlan;

    fn read(node: Node<'_>) -> Option<Self> {
        let items = node.items()?;
        if items.is_empty() || items.len() > MAX_LINES {
            let detail = format!(
                "工资方案应有 1 至 {MAX_LINES} 行，现有 {found} 行 / a plan has 1 to {MAX_LINES} lines, not {found}",
                found = items.len()
            );
            return shape(node, detail);
        }
        let ids: Vec<_> = items.iter().map(|i| id_of(*i)).collect();
        let mut reader = Reader { ids, posts: Vec::new() };
        let lines: Vec<_> =
            items.into_iter().enumerate().map(|(at, item)| reader.line(at, item)).collect();
        let lines: Vec<_> = lines.into_iter().collect::<Option<_>>()?;
        if lines.iter().all(|l| l.item.is_none()) {
            return shape(node, "方案没有实发的行 / every line is a memo, none is paid");
        }
        Some(Self(Arc::new(Plan { lines, posts: reader.posts })))
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(lines, cite)| PayPlan::new(lines.0.clone(), *cite))
    }
}

#[cold]
fn shape<T>(node: Node<'_>, detail: impl std::fmt::Display) -> Option<T> {
    node.fail(Error::new(ErrorCode::TableShape).arg_both("detail", detail));
    None
}

#[cold]
fn invalid<T>(node: Node<'_>, key: &str, value: &str, expected: &str) -> Option<T> {
    node.fail(
        Error::new(ErrorCode::InvalidValue)
            .arg("key", key)
            .arg("value", shown(value))
            .arg_both("expected", expected),
    );
    None
}

/// Returns the id of a line without adding findings, so that references can look ahead.
fn id_of(line: Node<'_>) -> Option<&str> {
    let entries = line.is_table().then(|| line.entries())??;
    let (_, id) = entries.into_iter().find(|(k, _)| k.text() == Some("id"))?;
    id.is_text().then(|| id.text())?
}

const COMMON: [&str; 6] = ["id", "zh", "en", "kind", "item", "memo"];

/// The values of one line by key.
struct Found<'a> {
    node: Node<'a>,
    known: Vec<&'static str>,
    values: Vec<Option<Node<'a>>>,
}

impl<'a> Found<'a> {
    fn get(&self, key: &str) -> Option<Node<'a>> {
        let at = self.known.iter().position(|k| *k == key)?;
        self.values.get(at).copied().flatten()
    }

    fn need(&self, key: &str) -> Option<Node<'a>> {
        self.get(key).or_else(|| self.node.missing(key))
    }

    /// Returns a name: text that shows.
    fn name(&self, key: &str) -> Option<String> {
        let node = self.need(key)?;
        let text = node.text()?;
        if text.trim().is_empty() || text.chars().count() > 64 || text.contains(char::is_control) {
            return invalid(node, key, text, "1 至 64 个可见字符 / 1 to 64 visible characters");
        }
        Some(text.to_owned())
    }
}

struct Reader<'a> {
    /// The ids of all lines, in order.
    ids: Vec<Option<&'a str>>,
    posts: Vec<String>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, at: usize, node: Node<'a>) -> Option<Line> {
        let entries = node.entries()?;
        let kind = entries.iter().find(|(k, _)| k.text() == Some("kind"));
        let kind = match kind {
            Some((_, kind)) => kind.member::<LineKind>()?,
            None => return node.missing("kind"),
        };
        let known: Vec<_> = COMMON.iter().chain(kind.keys()).copied().collect();
        let values = node.keys(&known)?;
        let found = Found { node, known, values };
        // Every part is read before the first failure returns, so that all findings show at once.
        let id = self.id(at, &found);
        let (zh, en) = (found.name("zh"), found.name("en"));
        let item = item(&found);
        let formula = self.formula(at, kind, &found);
        Some(Line {
            number: u16::try_from(at).ok()?,
            id: id?,
            zh: zh?,
            en: en?,
            item: item?,
            formula: formula?,
        })
    }

    fn id(&self, at: usize, found: &Found<'a>) -> Option<String> {
        let node = found.need("id")?;
        let id = node.text()?;
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 64 || !id.chars().all(kebab) {
            return invalid(node, "id", id, "小写字母、数字和连字符 / a-z, 0-9 and -");
        }
        if self.ids.iter().take(at).any(|other| *other == Some(id)) {
            return shape(node, format!("行 {id} 重复 / the line {id} occurs twice"));
        }
        if Standard::ALL.iter().any(|s| s.code() == id) {
            let detail =
                format!("{id} 是标准的编号，不能作行的编号 / {id} is the code of a standard");
            return shape(node, detail);
        }
        Some(id.to_owned())
    }

    fn formula(&mut self, at: usize, kind: LineKind, found: &Found<'a>) -> Option<Formula> {
        match kind {
            LineKind::Fixed => Some(Formula::Fixed(found.need("amount")?.amount()?)),
            LineKind::Table => Some(Formula::Table(self.table(found)?)),
            LineKind::Share => {
                let (share, rounding) = (self.share(at, found), rounding(found));
                Some(Formula::Share(share?, rounding?))
            }
            LineKind::Count => {
                let fact = found.need("count").and_then(Node::member::<CountFact>);
                let rate = found.need("rate").and_then(Node::amount);
                let cap = match found.get("cap") {
                    Some(cap) => Some(cap.count()?),
                    None => None,
                };
                Some(Formula::Count { fact: fact?, rate: rate?, cap })
            }
            LineKind::Performance => {
                let (base, rounding) = (self.base(at, found), rounding(found));
                Some(Formula::Performance(base?, rounding?))
            }
            LineKind::MinimumWage => Some(Formula::Standard(Standard::MinimumWage)),
        }
    }

    /// Reads the base of a performance line: an amount, a table, or a share, and only one of them.
    fn base(&mut self, at: usize, found: &Found<'a>) -> Option<Base> {
        let given = |keys: &[&str]| keys.iter().any(|k| found.get(k).is_some());
        match (given(&["amount"]), given(&["by", "amounts"]), given(&["of", "share"])) {
            (true, false, false) => Some(Base::Fixed(found.need("amount")?.amount()?)),
            (false, true, false) => Some(Base::Table(self.table(found)?)),
            (false, false, true) => Some(Base::Share(self.share(at, found)?)),
            (false, false, false) => found.node.missing("amount | by, amounts | of, share"),
            _ => shape(
                found.node,
                "绩效基数只能有一种：amount，或 by 与 amounts，或 of 与 share / only one base: amount, or by \
                 with amounts, or of with share",
            ),
        }
    }

    fn table(&mut self, found: &Found<'a>) -> Option<Cells> {
        let by = found.need("by").and_then(Node::member::<TableKey>);
        let amounts = found.need("amounts");
        let (by, amounts) = (by?, amounts?);
        let entries = amounts.entries()?;
        if entries.is_empty() {
            return shape(amounts, "表中没有金额 / the table has no amounts");
        }
        let mut cells =
            vec![None; if by == TableKey::Grade { AuxiliaryGrade::ALL.len() } else { 0 }];
        let mut whole = true;
        for (key, amount) in entries {
            let index = match by {
                TableKey::Grade => key.member::<AuxiliaryGrade>().map(Vocabulary::index),
                TableKey::Post => key.text().and_then(|post| self.post(key, post)),
            };
            let (Some(index), Some(amount)) = (index, amount.amount()) else {
                whole = false;
                continue;
            };
            if cells.len() <= index {
                cells.resize(index + 1, None);
            }
            // A grade can be written by its name and by its code; both at once is a mistake.
            match cells.get_mut(index) {
                Some(Some(_)) => return shape(key, "同一格写了两次 / a cell occurs twice"),
                Some(slot) => *slot = Some(amount),
                None => {}
            }
        }
        whole.then(|| Cells { by, cells: cells.into() })
    }

    fn post(&mut self, key: Node<'_>, post: &str) -> Option<usize> {
        if let Some(at) = self.posts.iter().position(|p| p == post) {
            return Some(at);
        }
        if self.posts.len() >= 1024 {
            return shape(key, "岗位超过 1024 个 / more than 1024 posts");
        }
        self.posts.push(post.to_owned());
        Some(self.posts.len() - 1)
    }

    fn share(&self, at: usize, found: &Found<'a>) -> Option<Share> {
        let rate = found.need("share").and_then(Node::rate);
        let of = found.need("of").and_then(|of| self.source(at, of));
        Some(Share { of: of?, rate: rate? })
    }

    fn source(&self, at: usize, node: Node<'a>) -> Option<Source> {
        let name = node.text()?;
        if let Some(standard) = Standard::ALL.iter().find(|s| s.code() == name) {
            return Some(Source::Standard(*standard));
        }
        let earlier = || self.ids.iter().take(at).flatten().copied();
        match self.ids.iter().position(|id| *id == Some(name)) {
            Some(found) if found < at => Some(Source::Line(u16::try_from(found).ok()?)),
            Some(_) => shape(
                node,
                format!(
                    "只能引用前面的行，{name} 不在前面 / {name} does not stand before this line"
                ),
            ),
            None => {
                let known: Vec<_> =
                    earlier().chain(Standard::ALL.iter().map(|s| s.code())).collect();
                node.fail(
                    Error::new(ErrorCode::UnknownTerm)
                        .arg_both("kind", "行或标准 / line or standard")
                        .arg("value", shown(name))
                        .arg_in("known", known.join("、"), known.join(", ")),
                );
                None
            }
        }
    }
}

fn rounding(found: &Found<'_>) -> Option<Rounding> {
    found.need("rounding")?.text_of()
}

/// Reads the item: needed on a line that is paid, out of place on a memo.
fn item(found: &Found<'_>) -> Option<Option<PayItem>> {
    let memo = match found.get("memo") {
        Some(memo) => memo.flag()?,
        None => false,
    };
    match (memo, found.get("item")) {
        (true, None) => Some(None),
        (true, Some(item)) => {
            shape(item, "memo 行不发放，不写 item / a memo is paid under no item")
        }
        (false, None) => found.node.missing("item"),
        (false, Some(node)) => {
            let item = node.member::<PayItem>()?;
            let known = [
                PayItem::AuxiliaryBasic,
                PayItem::AuxiliaryDuty,
                PayItem::AuxiliaryPerformance,
                PayItem::AuxiliaryOvertime,
                PayItem::AuxiliaryAllowance,
            ];
            if known.contains(&item) {
                return Some(Some(item));
            }
            let codes: Vec<_> = known.iter().map(|i| i.code()).collect();
            invalid(node, "item", item.code(), &codes.join(" | "))
        }
    }
}

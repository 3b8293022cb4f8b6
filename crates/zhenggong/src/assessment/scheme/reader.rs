//! Reading of schemes from packs, strictly: what is wrong becomes a finding with line and column.

mod items;
mod outcome;
mod rules;
mod window;

use std::{collections::HashMap, sync::Arc};

pub(super) use self::{outcome::weight_sum, rules::sum_of};

use super::{
    Combine, Grade, Item, ItemRule, Name, Roundings, Scheme, Sheet, TotalLimits,
    check::{self, Place},
    tab::{Tab, all, shape, unknown},
    weights,
};
use crate::{
    assessment::{Above, CombineKind, Condition, PeriodKind, Points, Split, SubjectKind},
    policy::{CiteId, FieldType, Node},
};

/// The field type of a scheme. Values that start on one day stand together, scheme by scheme.
pub(in crate::assessment) struct SchemePart(Arc<Scheme>);

impl FieldType for SchemePart {
    type Resolved = Vec<(Arc<Scheme>, CiteId)>;

    fn read(node: Node<'_>) -> Option<Self> {
        scheme(node).map(|s| Self(Arc::new(s)))
    }

    fn keys(&self) -> Vec<String> {
        vec![self.0.name.code.clone()]
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        let mut out: Self::Resolved = Vec::new();
        for (part, cite) in parts {
            let found = (part.0.clone(), *cite);
            // A later correction replaces the scheme of its id, at its place.
            match out.iter_mut().find(|(s, _)| s.name.code == part.0.name.code) {
                Some(slot) => *slot = found,
                None => out.push(found),
            }
        }
        Some(out)
    }
}

/// What has been read so far of one scheme.
#[derive(Default)]
struct Reader {
    names: Vec<Name>,
    flags: Vec<String>,
    raters: Vec<String>,
    roles: Vec<String>,
    sheets: Vec<Sheet>,
    items: Vec<Item>,
    rules: Vec<ItemRule>,
    by_id: HashMap<String, u16>,
}

impl Reader {
    /// Keeps a name, and returns its place.
    fn label(&mut self, node: Node<'_>, name: &Name) -> Option<u16> {
        let Ok(at) = u16::try_from(self.names.len()) else {
            return shape(node, "方案的名称超过 65535 个 / more than 65535 names in a scheme");
        };
        self.names.push(name.clone());
        Some(at)
    }

    /// Keeps the clause of a part, where one is given.
    fn clause(&mut self, tab: &Tab<'_>) -> Option<Option<u16>> {
        let Some(code) = tab.clause()? else { return Some(None) };
        let (zh, en) = (format!("条款：{code}"), format!("clause: {code}"));
        self.label(tab.node, &Name { code, zh, en }).map(Some)
    }

    /// Returns the place of a word in a list that grows with its words.
    fn intern(words: &mut Vec<String>, node: Node<'_>, word: &str, most: usize) -> Option<u8> {
        if let Some(at) = words.iter().position(|w| w == word) {
            return u8::try_from(at).ok();
        }
        if words.len() >= most {
            return shape(node, format!("超过 {most} 个 / more than {most}"));
        }
        words.push(word.to_owned());
        u8::try_from(words.len() - 1).ok()
    }

    fn flag(&mut self, node: Node<'_>, word: &str) -> Option<u64> {
        let at = Self::intern(&mut self.flags, node, word, 64)?;
        1u64.checked_shl(u32::from(at))
    }

    /// Returns the rule that the node names.
    fn rule_named(&self, node: Node<'_>) -> Option<u16> {
        let id = node.text()?;
        self.by_id.get(id).copied().or_else(|| {
            let mut known: Vec<_> = self.by_id.keys().map(String::as_str).collect();
            known.sort_unstable();
            unknown(node, "计分规则 / scoring rule", id, &known)
        })
    }

    fn sheet_named(&self, node: Node<'_>) -> Option<u8> {
        self.find(node, "考核表 / sheet", self.sheets.iter().map(|s| s.label))
            .and_then(|at| u8::try_from(at).ok())
    }

    fn item_named(&self, node: Node<'_>) -> Option<u16> {
        self.find(node, "考核项目 / item", self.items.iter().map(|i| i.label))
            .and_then(|at| u16::try_from(at).ok())
    }

    fn find(&self, node: Node<'_>, kind: &str, labels: impl Iterator<Item = u16>) -> Option<usize> {
        let id = node.text()?;
        let codes: Vec<_> = labels
            .map(|l| self.names.get(usize::from(l)).map_or("", |n| n.code.as_str()))
            .collect();
        codes.iter().position(|c| *c == id).or_else(|| unknown(node, kind, id, &codes))
    }
}

const KEYS: [&str; 20] = [
    "id",
    "zh",
    "en",
    "subject",
    "period",
    "window",
    "condition",
    "split",
    "three_hundred",
    "rounding",
    "combine",
    "base",
    "total",
    "sheets",
    "factors",
    "vetoes",
    "grades",
    "ungraded",
    "bonus",
    "rollups",
];

fn scheme(node: Node<'_>) -> Option<Scheme> {
    let tab = Tab::read(node, &KEYS)?;
    let mut reader = Reader::default();
    let name = tab.name();
    if let Some(name) = &name {
        reader.label(node, name);
    }
    let subject = tab.req("subject", Node::member::<SubjectKind>);
    let period = tab.req("period", Node::member::<PeriodKind>);
    let window = tab.req("window", window::read);
    let condition = tab.opt("condition", Node::member::<Condition>);
    let split = tab.opt("split", Node::member::<Split>);
    let three_hundred = tab.flag("three_hundred");
    let rounding = tab.req("rounding", roundings);
    let total = tab.req("total", limits);
    // Items and rules come first; what follows names them.
    let sheets = tab.need("sheets");
    let sheets =
        sheets.and_then(Node::items).and_then(|s| all(s.into_iter().map(|s| reader.sheet(s))));
    sheets?;
    let combine = combine(&tab);
    let factors = tab.each("factors", |n| reader.factor(n));
    let grades = grades(&mut reader, &tab);
    let ungraded = tab.req("ungraded", |n| Tab::read(n, &["id", "zh", "en"])?.name());
    let ungraded = ungraded.and_then(|name| {
        let shown = Name {
            zh: format!("等次：{}", name.zh),
            en: format!("grade: {}", name.en),
            ..name.clone()
        };
        Some((reader.label(node, &shown)?, name))
    });
    let grades = grades?;
    let vetoes = tab.each("vetoes", |n| reader.veto(n, &grades));
    let bonus = tab.opt("bonus", |n| outcome::bonus(n, &grades, ungraded.as_ref().map(|(_, n)| n)));
    let rollups = tab.each("rollups", |n| reader.rollup(n, &grades, period));
    let (ungraded_label, ungraded) = ungraded?;
    let scheme = Scheme {
        ungraded_label,
        name: name?,
        subject: subject?,
        period: period?,
        window: window?,
        condition: condition?,
        split: split?,
        three_hundred: three_hundred?,
        combine: combine?,
        total: total?,
        rounding: rounding?,
        factors: factors?,
        vetoes: vetoes?,
        grades,
        ungraded,
        bonus: bonus?,
        rollups: rollups?,
        sheets: reader.sheets,
        items: reader.items,
        rules: reader.rules,
        flags: reader.flags,
        raters: reader.raters,
        roles: reader.roles,
        names: reader.names,
        by_id: reader.by_id,
    };
    for (place, error) in weights::check(&scheme).into_iter().chain(check::check(&scheme)) {
        let sheet = |at: usize| tab.get("sheets")?.items()?.get(at).copied();
        let at = match place {
            Place::Scheme => None,
            Place::Sheet(at) => sheet(at),
            Place::Item(of, item) => {
                let first = scheme.sheets.get(of).map_or(0, |s| usize::from(s.items.start));
                sheet(of).and_then(|s| {
                    let (_, items) =
                        s.entries()?.into_iter().find(|(key, _)| key.text() == Some("items"))?;
                    items.items()?.get(item.checked_sub(first)?).copied()
                })
            }
        };
        at.unwrap_or(node).fail(error);
    }
    Some(scheme)
}

fn roundings(node: Node<'_>) -> Option<Roundings> {
    let tab = Tab::read(node, &["points", "score"])?;
    let (points, score) = (tab.req("points", Node::text_of), tab.req("score", Node::text_of));
    Some(Roundings { points: points?, score: score? })
}

fn limits(node: Node<'_>) -> Option<TotalLimits> {
    let tab = Tab::read(node, &["full", "above", "floor"])?;
    let full = tab.req("full", Node::points);
    let above = tab.req("above", Node::member::<Above>);
    let floor = tab.opt("floor", Node::signed_points);
    Some(TotalLimits { full: full?, above: above?, floor: floor? })
}

fn combine(tab: &Tab<'_>) -> Option<Combine> {
    let base: Option<Points> = tab.opt("base", Node::points)?;
    let node = tab.need("combine")?;
    match (node.member::<CombineKind>()?, base) {
        (CombineKind::BaseMinusLoss, Some(base)) => Some(Combine::BaseMinusLoss(base)),
        (CombineKind::BaseMinusLoss, None) => tab.node.missing("base"),
        (_, Some(_)) => {
            shape(node, "只有 base-minus-loss 写 base / only base-minus-loss has a base")
        }
        (CombineKind::Sum, None) => Some(Combine::Sum),
        (CombineKind::Weighted, None) => Some(Combine::Weighted),
        (CombineKind::Mean, None) => Some(Combine::Mean),
    }
}

fn grades(reader: &mut Reader, tab: &Tab<'_>) -> Option<Vec<Grade>> {
    let nodes = tab.list("grades")?;
    reader.grades(nodes)
}

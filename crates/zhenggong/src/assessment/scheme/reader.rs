//! Reading of schemes from packs, strictly: what is wrong becomes a finding with line and column.

mod items;
mod outcome;
mod periods;
mod rules;
mod test_rules;
mod window;

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;

pub(super) use self::{outcome::weight_sum, rules::sum_of};

use super::{
    Combine, Item, ItemRule, Name, Roundings, Scheme, Sheet, TotalLimits,
    draft::{Draft, Part},
    lint,
    tab::{Tab, shape, unknown},
    windows,
};
use crate::{
    Error, ErrorCode,
    assessment::{Above, CombineKind, Condition, PeriodKind, Points, Split, SubjectKind},
    policy::{CiteId, FieldType, Node},
    vocabulary::Vocabulary,
};

/// The field type of a scheme. Values that start on one day stand together, scheme by scheme.
pub(in crate::assessment) struct SchemePart {
    pub(super) scheme: Arc<Scheme>,
    /// Where rules take events from below: the rule, the kind and the place.
    cascades: Cascades,
}

type Cascades = Vec<(u16, SubjectKind, (u32, u32))>;

impl FieldType for SchemePart {
    type Resolved = Vec<(Arc<Scheme>, CiteId)>;

    fn read(node: Node<'_>) -> Option<Self> {
        scheme(node).map(|(scheme, cascades)| Self { scheme: Arc::new(scheme), cascades })
    }

    fn keys(&self) -> Vec<String> {
        vec![self.scheme.name.code.clone()]
    }

    fn together(parts: &[&Self]) -> Vec<(usize, (u32, u32), Error)> {
        let last = |of: &Self| {
            let code = &of.scheme.name.code;
            parts.iter().rev().find(|p| p.scheme.name.code == *code)
        };
        // A part that a later one corrects holds no longer.
        let held = |of: &&Self| last(of).is_some_and(|p| std::ptr::eq(*p, *of));
        let mut out = Vec::new();
        for (part, at) in parts.iter().zip(0..).filter(|(p, _)| held(p)) {
            let period = part.scheme.period;
            for (rule, kind, place) in &part.cascades {
                let fits = |p: &&Self| p.scheme.subject == *kind && p.scheme.period == period;
                if !parts.iter().filter(|p| held(p)).any(fits) {
                    out.push((at, *place, no_scheme_below(&part.scheme, *rule, *kind)));
                }
            }
        }
        out
    }

    fn follows(parts: &[&Self], before: &[&Self], from: NaiveDate) -> Vec<(usize, Error)> {
        windows::follow(parts, before, from)
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        let mut out: Self::Resolved = Vec::new();
        for (part, cite) in parts {
            let found = (part.scheme.clone(), *cite);
            // A later correction replaces the scheme of its id, at its place.
            match out.iter_mut().find(|(s, _)| s.name.code == part.scheme.name.code) {
                Some(slot) => *slot = found,
                None => out.push(found),
            }
        }
        Some(out)
    }
}

/// What has been read so far of one scheme.
#[derive(Default)]
struct Reader<'a> {
    names: Vec<Name>,
    flags: Vec<String>,
    raters: Vec<String>,
    roles: Vec<String>,
    sheets: Vec<Part<'a, Sheet>>,
    items: Vec<Part<'a, Item>>,
    rules: Vec<Part<'a, ItemRule>>,
    by_id: HashMap<String, u16>,
    /// Whether a sheet, an item or a rule has no id that could be read: what names it is not judged.
    nameless: bool,
}

impl<'a> Reader<'a> {
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
            if self.nameless {
                return None;
            }
            let mut known: Vec<_> = self.by_id.keys().map(String::as_str).collect();
            known.sort_unstable();
            unknown(node, "计分规则 / scoring rule", id, &known)
        })
    }

    fn sheet_named(&self, node: Node<'_>) -> Option<u8> {
        self.find(node, "考核表 / sheet", self.sheets.iter().map(|s| s.it.label))
            .and_then(|at| u8::try_from(at).ok())
    }

    fn item_named(&self, node: Node<'_>) -> Option<u16> {
        self.find(node, "考核项目 / item", self.items.iter().map(|i| i.it.label))
            .and_then(|at| u16::try_from(at).ok())
    }

    fn find(
        &self,
        node: Node<'_>,
        kind: &'static str,
        labels: impl Iterator<Item = u16>,
    ) -> Option<usize> {
        let id = node.text()?;
        let codes: Vec<_> = labels
            .map(|l| self.names.get(usize::from(l)).map_or("", |n| n.code.as_str()))
            .collect();
        let at = codes.iter().position(|c| *c == id);
        at.or_else(|| if self.nameless { None } else { unknown(node, kind, id, &codes) })
    }
}

const KEYS: [&str; 22] = [
    "id",
    "zh",
    "en",
    "subject",
    "period",
    "window",
    "condition",
    "split",
    "by_name",
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
    "least_days",
    "bonus",
    "rollups",
];

/// Reads a scheme. Every part is read, whatever is wrong with another one.
fn scheme(node: Node<'_>) -> Option<(Scheme, Cascades)> {
    let tab = Tab::read(node, &KEYS)?;
    let mut reader = Reader::default();
    let name = tab.name();
    if let Some(name) = &name {
        reader.label(node, name);
    }
    let subject = tab.req("subject", Node::member::<SubjectKind>);
    let period = tab.req("period", Node::member::<PeriodKind>);
    let window = tab.req("window", |n| Some((window::read(n)?, n)));
    let condition = tab.opt("condition", Node::member::<Condition>);
    let split = tab.opt("split", Node::member::<Split>);
    let by_name = tab.flag("by_name");
    let three_hundred = tab.flag("three_hundred");
    let rounding = tab.req("rounding", roundings);
    let total = tab.req("total", |n| Some((limits(n)?, n)));
    // Items and rules come first; what follows names them.
    let sheets = tab.need("sheets").and_then(Node::items);
    reader.nameless = sheets.is_none();
    let listed = sheets.as_ref().is_some_and(|all| all.len() <= MOST_SHEETS);
    for sheet in sheets.unwrap_or_default() {
        reader.sheet(sheet);
    }
    let combine = combine(&tab);
    let (factors, factors_whole) = tab.parts("factors", |n| reader.factor(n));
    let grades = reader.grades(tab.list("grades"));
    let ungraded = tab.req("ungraded", |n| Tab::read(n, &["id", "zh", "en"])?.name());
    let ungraded = ungraded.and_then(|name| {
        let shown = Name {
            zh: format!("等次：{}", name.zh),
            en: format!("grade: {}", name.en),
            ..name.clone()
        };
        Some((reader.label(node, &shown)?, name))
    });
    let least_days = tab.opt("least_days", |n| least_days(n, period));
    let (vetoes, vetoes_whole) = tab.parts("vetoes", |n| reader.veto(n, &grades));
    let bonus = tab.opt("bonus", |n| {
        Some((outcome::bonus(n, &grades, ungraded.as_ref().map(|(_, n)| n))?, n))
    });
    let (rollups, rollups_whole) = reader.rollups(&tab, &grades, period);
    let Reader { names, flags, raters, roles, sheets, items, rules, by_id, .. } = reader;
    let draft = Draft {
        node,
        subject,
        period,
        window,
        condition,
        split,
        three_hundred,
        combine,
        total,
        names,
        listed,
        sheets,
        items,
        rules,
        factors,
        vetoes,
        grades,
        rollups,
        bonus: bonus.clone().flatten(),
        ungraded: ungraded.as_ref().map(|(_, name)| name.code.clone()),
        factors_whole,
        rollups_whole,
    };
    lint::lint(&draft);
    let whole = draft.complete() && factors_whole && vetoes_whole && rollups_whole;
    if !whole || !draft.grades.sound {
        return None;
    }
    let (ungraded_label, ungraded) = ungraded?;
    let cascades = draft.rules.iter().flat_map(|rule| {
        let from = SubjectKind::ALL.iter().filter(|kind| rule.it.takes_from(**kind));
        from.map(|kind| (rule.it.label, *kind, rule.node.place()))
    });
    let cascades = cascades.collect();
    let scheme = Scheme {
        ungraded_label,
        name: name?,
        subject: subject?,
        period: period?,
        window: draft.window?.0,
        condition: condition?,
        split: split?,
        by_name: by_name?,
        three_hundred: three_hundred?,
        combine: combine?,
        total: draft.total?.0,
        rounding: rounding?,
        factors: draft.factors.into_iter().map(|(f, _)| f).collect(),
        vetoes: draft.vetoes.into_iter().map(|(v, _)| v).collect(),
        grades: draft.grades.list,
        ungraded,
        least_days: least_days?,
        bonus: bonus?.map(|(bonus, _)| bonus),
        rollups: draft.rollups.into_iter().map(|r| r.it).collect(),
        sheets: draft.sheets.into_iter().map(|p| p.it).collect(),
        items: draft.items.into_iter().map(|p| p.it).collect(),
        rules: draft.rules.into_iter().map(|p| p.it).collect(),
        flags,
        raters,
        roles,
        names: draft.names,
        by_id,
    };
    Some((scheme, cascades))
}

/// Says that nobody is scored whose events a rule would take.
#[cold]
fn no_scheme_below(scheme: &Scheme, rule: u16, kind: SubjectKind) -> Error {
    let (rule, period) = (scheme.code(rule), scheme.period);
    Error::new(ErrorCode::TableShape).arg_in(
        "detail",
        format!(
            "规则 {rule} 连带{}的事件，但没有{}的{}方案，永远不会连带",
            kind.zh(),
            kind.zh(),
            period.zh()
        ),
        format!(
            "rule {rule} takes events of the kind {}, for which there is no scheme of the {}: none ever comes",
            kind.en(),
            period.en()
        ),
    )
}

/// How many sheets a scheme may have.
const MOST_SHEETS: usize = 16;

fn roundings(node: Node<'_>) -> Option<Roundings> {
    let tab = Tab::read(node, &["points", "score"])?;
    let (points, score) = (tab.req("points", Node::text_of), tab.req("score", Node::text_of));
    Some(Roundings { points: points?, score: score? })
}

/// Reads the least days on the list; a period that has fewer days in any month would grade nobody.
fn least_days(node: Node<'_>, period: Option<PeriodKind>) -> Option<u32> {
    let days = rules::positive(node)?;
    let most = period.map_or(u32::MAX, |p| p.months().unsigned_abs() * 28);
    if days > most {
        return shape(node, format!("最多 {most} 天 / {most} days at most"));
    }
    Some(days)
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

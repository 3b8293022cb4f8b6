//! The rules of an item.

use super::{
    super::{
        Band, ItemRule, RuleForm, Steps, Target, TargetForm,
        draft::{Part, say},
        tab::{Tab, all, invalid, shape},
    },
    Reader, test_rules,
};
use crate::{
    Error, ErrorCode,
    assessment::{Direction, Points, RuleKind, SubjectKind, WhenMissing},
    number::Rate,
    policy::Node,
    vocabulary::Vocabulary,
};

const COMMON: [&str; 10] = [
    "id",
    "zh",
    "en",
    "clause",
    "kind",
    "direction",
    "cascade",
    "levels",
    "once_per_matter",
    "by_role",
];

const fn keys(kind: RuleKind) -> &'static [&'static str] {
    match kind {
        RuleKind::Fixed => &["points"],
        RuleKind::PerOccurrence => &["points", "cap"],
        RuleKind::Surcharge => &["points", "flags", "cap"],
        RuleKind::Shortfall => &["due", "points", "missing"],
        RuleKind::Target => &["target", "units", "per", "whole", "worth", "over", "missing"],
        RuleKind::Ceiling => {
            &["limit", "first", "step_percent", "step_points", "per_case", "missing"]
        }
        RuleKind::Bands => &["bands", "missing"],
        RuleKind::Rated => &["scale", "worth", "weights", "own", "missing"],
        RuleKind::Manual => &["min", "max", "cap"],
        RuleKind::Fitness => &["pass", "passed", "failed", "bands", "missing"],
        RuleKind::TrainingDays => &["due", "occasion", "points", "cap", "missing"],
    }
}

impl<'a> Reader<'a> {
    /// Reads a rule, and keeps its place even where it is broken.
    pub(super) fn rule(&mut self, node: Node<'a>, item: u16) {
        let number = u16::try_from(self.rules.len()).ok().filter(|n| *n < 16384);
        let Some(number) = number else {
            self.nameless = true;
            if self.rules.len() == 16384 {
                say(node, "计分规则超过 16384 条 / more than 16384 rules");
                self.rules.push(Part { it: broken(item), node, whole: false });
            }
            return;
        };
        let read = self.read_rule(node, item, number);
        let whole = read.is_some();
        self.rules.push(Part { it: read.unwrap_or_else(|| broken(item)), node, whole });
    }

    fn read_rule(&mut self, node: Node<'a>, item: u16, number: u16) -> Option<ItemRule> {
        let entries = node.entries();
        self.nameless |= entries.is_none();
        let found = entries?.into_iter().find(|(k, _)| k.text() == Some("kind"));
        let kind = match found {
            Some((_, kind)) => kind.member::<RuleKind>(),
            None => node.missing("kind"),
        };
        // Of an unknown kind every key may be one of its own.
        let own = RuleKind::ALL.iter().filter(|k| kind.is_none_or(|kind| kind == **k));
        let mut known: Vec<_> = COMMON.to_vec();
        for key in own.flat_map(|k| keys(*k)) {
            if !known.contains(key) {
                known.push(key);
            }
        }
        let tab = Tab::read(node, &known)?;
        let name = tab.name();
        self.nameless |= name.is_none();
        let clause = self.clause(&tab);
        let direction = tab.opt("direction", Node::member::<Direction>);
        let cascade = tab.each("cascade", Node::member::<SubjectKind>);
        let levels = tab.opt("levels", positive);
        let once_per_matter = tab.flag("once_per_matter");
        let by_role = tab.opt("by_role", |n| self.by_role(n));
        let by_roles = matches!(by_role, Some(Some(_)));
        let form = kind.and_then(|kind| self.form(kind, &tab, by_roles || by_role.is_none()));
        let missing = tab.opt("missing", Node::member::<WhenMissing>);
        let label = name.as_ref().and_then(|name| self.label(node, name));
        let mut sound = true;
        if let Some(name) = &name
            && self.by_id.insert(name.code.clone(), number).is_some()
        {
            sound = false;
            say(node, format!("计分规则 {0} 重复 / rule {0} occurs twice", name.code));
        }
        let kind = kind?;
        let occurs =
            matches!(kind, RuleKind::Fixed | RuleKind::PerOccurrence | RuleKind::Surcharge);
        if by_roles && !occurs {
            sound = false;
            say(node, "只有按次和定额的规则写 by_role / by_role is for occurrences alone");
        }
        if once_per_matter == Some(true)
            && !matches!(kind, RuleKind::PerOccurrence | RuleKind::Manual)
        {
            sound = false;
            say(
                node,
                "once_per_matter 只用于按次或评定的规则 / once_per_matter is for occurrences and points by hand",
            );
        }
        let takes_none = cascade.as_ref().is_some_and(Vec::is_empty);
        if let (Some(Some(_)), true, Some(at)) = (levels, takes_none, tab.get("levels")) {
            sound = false;
            say(
                at,
                "levels 说明连带几级，须与 cascade 同写 / levels says how far `cascade` goes: write both",
            );
        }
        // Ratings earn points; whatever else is not said takes them off.
        let usual = if kind == RuleKind::Rated { Direction::Add } else { Direction::Deduct };
        let rule = ItemRule {
            label: label?,
            item,
            direction: direction?.unwrap_or(usual),
            form: form?,
            once_per_matter: once_per_matter?,
            cascade: cascade?.iter().fold(0, |bits, kind| bits | 1 << kind.index()),
            levels: levels?,
            by_role: by_role?.unwrap_or_default(),
            missing: missing?.unwrap_or(WhenMissing::Refuse),
            clause: clause?,
        };
        sound.then_some(rule)
    }

    fn by_role(&mut self, node: Node<'_>) -> Option<Vec<Option<Points>>> {
        let mut out = Vec::new();
        let mut whole = true;
        for (key, value) in node.entries()? {
            let role = key.text().and_then(|word| Self::intern(&mut self.roles, key, word, 32));
            let (Some(role), Some(points)) = (role, value.points()) else {
                whole = false;
                continue;
            };
            let role = usize::from(role);
            if out.len() <= role {
                out.resize(role + 1, None);
            }
            if let Some(slot) = out.get_mut(role) {
                *slot = Some(points);
            }
        }
        (whole && !out.is_empty()).then_some(out)
    }

    fn form(&mut self, kind: RuleKind, tab: &Tab<'_>, by_role: bool) -> Option<RuleForm> {
        // Where points go by role, those for everyone else may be left out.
        let points = |key: &str| match (by_role, tab.get(key)) {
            (true, None) => Some(Points::ZERO),
            _ => tab.req(key, Node::points),
        };
        match kind {
            RuleKind::Fixed => points("points").map(RuleForm::Fixed),
            RuleKind::PerOccurrence => {
                let (points, cap) = (points("points"), tab.opt("cap", Node::points));
                Some(RuleForm::PerOccurrence { points: points?, cap: cap? })
            }
            RuleKind::Surcharge => {
                let (points, cap) = (points("points"), tab.opt("cap", Node::points));
                let extra = tab.need("flags").and_then(Node::entries).and_then(|flags| {
                    all(flags.into_iter().map(|(key, value)| {
                        let flag = key.text().and_then(|word| self.flag(key, word));
                        let points = value.points();
                        Some((flag?, points?))
                    }))
                });
                Some(RuleForm::Surcharge { points: points?, extra: extra?, cap: cap? })
            }
            RuleKind::Shortfall => {
                let (due, each) = (tab.req("due", positive), tab.req("points", Node::points));
                Some(RuleForm::Shortfall { due: due?, each: each? })
            }
            RuleKind::Target => target(tab).map(RuleForm::Target),
            RuleKind::Ceiling => ceiling(tab),
            RuleKind::Fitness => test_rules::fitness(tab).map(RuleForm::Fitness),
            RuleKind::TrainingDays => test_rules::training(tab).map(RuleForm::TrainingDays),
            RuleKind::Bands => tab.req("bands", bands).map(RuleForm::Bands),
            RuleKind::Rated => self.rated(tab),
            RuleKind::Manual => {
                let (min, max) = (tab.req("min", Node::points), tab.req("max", Node::points));
                let cap = tab.opt("cap", Node::points);
                let (min, max, cap) = (min?, max?, cap?);
                if max < min || max.is_zero() {
                    return shape(
                        tab.node,
                        format!(
                            "上限 {max} 低于下限 {min} 或为 0 / max {max} is below min {min}, or 0"
                        ),
                    );
                }
                if let Some(cap) = cap.filter(|cap| *cap < min || cap.is_zero()) {
                    return shape(
                        tab.node,
                        format!("封顶 {cap} 低于下限 {min} 或为 0 / cap is below min or 0"),
                    );
                }
                Some(RuleForm::Manual { min, max, cap })
            }
        }
    }

    fn rated(&mut self, tab: &Tab<'_>) -> Option<RuleForm> {
        let (scale, worth) = (tab.req("scale", positive_points), tab.req("worth", positive_points));
        let own = tab.flag("own");
        let node = tab.need("weights")?;
        let weights: Vec<(u8, Rate)> = all(node.entries()?.into_iter().map(|(key, value)| {
            let rater = key.text().and_then(|w| Self::intern(&mut self.raters, key, w, 32));
            let weight = value.rate();
            Some((rater?, weight?))
        }))?;
        let sum = sum_of(weights.iter().map(|(_, weight)| *weight));
        if sum != Some(Rate::ONE) {
            let found = sum.map_or("—".to_owned(), |s| s.to_string());
            node.fail(
                Error::new(ErrorCode::WeightSum)
                    .arg_in("what", "评议主体", "raters")
                    .arg("found", found)
                    .arg("expected", "1"),
            );
            return None;
        }
        Some(RuleForm::Rated { scale: scale?, worth: worth?, weights, own: own? })
    }
}

/// What stands in the place of a rule that could not be read.
fn broken(item: u16) -> ItemRule {
    ItemRule {
        label: u16::MAX,
        item,
        direction: Direction::Deduct,
        form: RuleForm::Fixed(Points::ZERO),
        once_per_matter: false,
        cascade: 0,
        levels: None,
        by_role: Vec::new(),
        missing: WhenMissing::Refuse,
        clause: None,
    }
}

/// Returns the sum of weights, or none where it is out of range.
pub(in super::super) fn sum_of(weights: impl Iterator<Item = Rate>) -> Option<Rate> {
    let sum = weights.map(|w| w.to_decimal()).sum();
    Rate::from_decimal(sum).ok()
}

pub(super) fn positive(node: Node<'_>) -> Option<u32> {
    let count = node.count()?;
    if count == 0 { invalid(node, "0", "正整数 / a whole number above 0") } else { Some(count) }
}

pub(super) fn positive_points(node: Node<'_>) -> Option<Points> {
    let points = node.points()?;
    if points.is_zero() { invalid(node, "0", "正数 / above 0") } else { Some(points) }
}

fn target(tab: &Tab<'_>) -> Option<TargetForm> {
    let constant = tab.opt("target", positive_points);
    let units = tab.opt("units", positive_points);
    let per = tab.opt("per", positive);
    let whole = tab.opt("whole", Node::flag);
    let worth = tab.req("worth", positive_points);
    let over = tab.opt("over", positive_points);
    let target = match (constant?, units?, per?, whole?) {
        (Some(target), None, None, None) => Target::Constant(target),
        (None, Some(units), Some(per), Some(whole)) => Target::PerHead { units, per, whole },
        _ => {
            return shape(
                tab.node,
                "目标只能是 target，或 units、per 与 whole / a target, or units, per and whole",
            );
        }
    };
    Some(TargetForm { target, worth: worth?, over: over? })
}

fn ceiling(tab: &Tab<'_>) -> Option<RuleForm> {
    let limit = tab.req("limit", Node::count);
    let first = tab.req("first", Node::points);
    let percent = tab.opt("step_percent", Node::rate);
    let points = tab.opt("step_points", Node::points);
    let per_case = tab.opt("per_case", Node::points);
    let limit = limit?;
    let steps = match (percent?, points?, per_case?) {
        (None, None, None) => Steps::None,
        (None, None, Some(points)) => Steps::PerCase(points),
        (Some(percent), Some(points), None) if !percent.is_zero() => {
            if limit == 0 {
                return shape(
                    tab.node,
                    "控制数为 0 时没有超出比例，请用 per_case / no percent above 0: use per_case",
                );
            }
            Steps::Percent(percent, points)
        }
        _ => {
            return shape(
                tab.node,
                "加重只能是 step_percent 与 step_points，或 per_case / step_percent with step_points, or per_case",
            );
        }
    };
    Some(RuleForm::Ceiling { limit, first: first?, steps })
}

pub(super) fn bands(node: Node<'_>) -> Option<Vec<Band>> {
    let nodes = node.items()?;
    if nodes.is_empty() {
        return shape(node, "没有分档 / there is no band");
    }
    let mut bands: Vec<(Band, Node<'_>)> = all(nodes.into_iter().map(|n| {
        let tab = Tab::read(n, &["from", "below", "points"])?;
        let (from, below) =
            (tab.opt("from", Node::signed_points), tab.opt("below", Node::signed_points));
        let band = Band { from: from?, below: below?, points: tab.req("points", Node::points)? };
        if let (Some(from), Some(below)) = (band.from, band.below)
            && below <= from
        {
            return shape(
                n,
                format!("空档次：{from} 至 {below} / an empty band, from {from} to {below}"),
            );
        }
        Some((band, n))
    }))?;
    bands.sort_by_key(|(band, _)| band.from);
    let mut sound = true;
    for pair in bands.windows(2) {
        let [(low, _), (high, n)] = pair else { continue };
        // An open end overlaps whatever follows.
        if low.below.is_none_or(|below| high.from.is_none_or(|from| from < below)) {
            sound = false;
            shape::<()>(*n, "分档重叠 / the band overlaps another");
        } else if low.below != high.from {
            sound = false;
            shape::<()>(*n, "分档之间有空档 / there is a hole before the band");
        }
    }
    sound.then(|| bands.into_iter().map(|(band, _)| band).collect())
}

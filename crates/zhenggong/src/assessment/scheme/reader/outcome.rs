//! Factors, vetoes, grades, and the bonus coefficient.

use super::{
    super::{
        Bonus, Factor, FactorForm, Grade, Name, Trigger, Veto,
        draft::{Grades, say},
        tab::{Tab, all, shape, unknown, visible},
    },
    Reader,
};
use crate::{
    Error, ErrorCode,
    assessment::{Condition, FactorOn, Points, VetoEffect, VetoScope, refusal::Both},
    number::Rate,
    policy::Node,
};

impl<'a> Reader<'a> {
    pub(super) fn factor(&mut self, node: Node<'_>) -> Option<Factor> {
        let keys = [
            "id",
            "zh",
            "en",
            "clause",
            "on",
            "flag",
            "condition",
            "identities",
            "default",
            "value",
            "items",
        ];
        let tab = Tab::read(node, &keys)?;
        let name = tab.name();
        let clause = self.clause(&tab);
        let on = tab.req("on", Node::member::<FactorOn>);
        let value = tab.opt("value", Node::rate);
        let condition = tab.opt("condition", Node::member::<Condition>);
        let flag = tab.opt("flag", |n| n.text().and_then(|word| self.flag(n, word)));
        let items = tab.each("items", |n| self.item_named(n));
        let default = tab.opt("default", Node::rate);
        let identities = tab.opt("identities", |n| {
            all(n.entries()?.into_iter().map(|(key, value)| {
                let (identity, value) = (visible(key), value.rate());
                Some((identity?, value?))
            }))
        });
        let items = items?;
        let form = match (on?, flag?, condition?, identities?, value?, default?) {
            (FactorOn::Event, Some(bit), None, None, Some(value), None) => {
                FactorForm::Flag { bit, value, items }
            }
            (_, None, Some(when), None, Some(value), None) if items.is_empty() => {
                FactorForm::Condition { when, value }
            }
            (FactorOn::Total, None, None, Some(values), None, Some(default))
                if items.is_empty() =>
            {
                FactorForm::Identity { values, default }
            }
            _ => {
                return shape(
                    node,
                    "系数应为：event 上的 flag 与 value（可限 items），condition 与 value，或 total 上的 identities 与 default / a flag on events, a condition, or identities on the total",
                );
            }
        };
        let label = self.label(node, &name?)?;
        Some(Factor { label, on: on?, form, clause: clause? })
    }

    /// Reads grades and looks at their order; none where their list could not be read.
    pub(super) fn grades(&mut self, nodes: Option<Vec<Node<'a>>>) -> Grades<'a> {
        let Some(nodes) = nodes else { return Grades::default() };
        let mut out = Grades { read: true, ..Grades::default() };
        for node in nodes {
            match self.grade(node) {
                Some(grade) => {
                    out.list.push(grade);
                    out.nodes.push(node);
                }
                None => out.read = false,
            }
        }
        // What a broken grade would change in the order is not known.
        out.sound = out.read && in_order(&out.list, &out.nodes);
        out
    }

    fn grade(&mut self, node: Node<'_>) -> Option<Grade> {
        let tab = Tab::read(node, &["id", "zh", "en", "from", "by_hand"])?;
        let name = tab.name();
        let (from, by_hand) = (tab.opt("from", Node::signed_points), tab.flag("by_hand"));
        let name = name?;
        let shown = Name {
            zh: format!("等次：{}", name.zh),
            en: format!("grade: {}", name.en),
            ..name.clone()
        };
        let label = self.label(node, &shown)?;
        Some(Grade { name, label, from: from?, by_hand: by_hand? })
    }

    pub(super) fn veto(&mut self, node: Node<'_>, grades: &Grades<'_>) -> Option<Veto> {
        let keys = [
            "id", "zh", "en", "clause", "rules", "at_least", "sheet", "below", "effect", "grade",
            "scope",
        ];
        let tab = Tab::read(node, &keys)?;
        let name = tab.name();
        let clause = self.clause(&tab);
        let effect = tab.req("effect", Node::member::<VetoEffect>);
        let scope = tab.req("scope", Node::member::<VetoScope>);
        let grade = tab.opt("grade", |n| grade_named(n, grades));
        let rules = tab.opt("rules", |n| all(n.items()?.into_iter().map(|r| self.rule_named(r))));
        let at_least = tab.opt("at_least", super::rules::positive);
        let sheet = tab.opt("sheet", |n| self.sheet_named(n));
        let below = tab.opt("below", Node::points);
        let trigger = match (rules, at_least, sheet, below) {
            (Some(Some(rules)), Some(at_least), Some(None), Some(None)) if !rules.is_empty() => {
                Some(Trigger::Events { rules, at_least: at_least.unwrap_or(1) })
            }
            (Some(None), Some(None), Some(Some(sheet)), Some(Some(below))) => {
                Some(Trigger::SheetBelow(sheet, below))
            }
            (Some(_), Some(_), Some(_), Some(_)) => shape(
                node,
                "否决由 rules（可写 at_least），或由 sheet 与 below 触发 / rules, or sheet and below",
            ),
            _ => None,
        };
        let named = tab.get("grade").is_some();
        if effect.is_some_and(|e| (e == VetoEffect::GradeAtMost) != named) {
            return shape(
                node,
                "grade 与 grade-at-most 须同时出现 / grade goes with grade-at-most",
            );
        }
        let label = self.label(node, &name?)?;
        Some(Veto {
            label,
            trigger: trigger?,
            effect: effect?,
            grade: grade?,
            scope: scope?,
            clause: clause?,
        })
    }
}

/// Says what is wrong with the order of grades, and returns whether it is right.
fn in_order(grades: &[Grade], nodes: &[Node<'_>]) -> bool {
    let mut sound = true;
    for (at, (grade, node)) in grades.iter().zip(nodes).enumerate() {
        let before = grades.get(..at).unwrap_or_default();
        if before.iter().any(|g| g.name.code == grade.name.code) {
            sound = false;
            say(*node, format!("等次 {0} 重复 / grade {0} occurs twice", grade.name.code));
        }
        let earlier = before.iter().rev().find(|g| !g.by_hand);
        let problem = match (grade.by_hand, grade.from, earlier) {
            (true, Some(_), _) => {
                Some("人工评定的等次不写分数线 / a grade given by hand has no threshold")
            }
            (false, _, Some(Grade { from: None, .. })) => Some(
                "永远评不到：上一等次没有分数线 / unreachable: the grade before takes every score",
            ),
            (false, Some(from), Some(Grade { from: Some(above), .. })) if from >= *above => {
                Some("等次应由高到低，分数线递减 / grades stand best first, thresholds fall")
            }
            _ => None,
        };
        if let Some(problem) = problem {
            sound = false;
            say(*node, problem);
        }
    }
    let last = grades.iter().zip(nodes).rev().find(|(g, _)| !g.by_hand);
    if let Some((Grade { from: Some(_), .. }, node)) = last {
        sound = false;
        say(*node, "最低等次不写分数线，否则低分没有等次 / the lowest grade has no threshold");
    }
    sound
}

pub(super) fn bonus(node: Node<'_>, grades: &Grades<'_>, ungraded: Option<&Name>) -> Option<Bonus> {
    let tab = Tab::read(node, &["by_grade", "by_total", "per", "rounding"])?;
    match (tab.get("by_grade"), tab.get("by_total"), tab.get("per")) {
        (Some(by_grade), None, None) => {
            let (mut table, mut none) = (vec![None; grades.list.len()], None);
            let mut whole = true;
            for (key, value) in by_grade.entries()? {
                let rate = value.rate();
                if key.text() == ungraded.map(|n| n.code.as_str()) {
                    whole &= rate.is_some();
                    none = rate;
                    continue;
                }
                // Where the grade without a score could not be read, its name is not judged.
                let grade = match ungraded {
                    Some(_) => grade_named(key, grades),
                    None => None,
                };
                whole &= rate.is_some() && grade.is_some();
                if let Some(slot) = grade.and_then(|g| table.get_mut(usize::from(g))) {
                    *slot = rate;
                }
            }
            whole.then_some(Bonus::ByGrade { grades: table, ungraded: none })
        }
        (None, Some(by_total), None) => {
            let steps: Vec<(Option<Points>, Rate)> = all(by_total.items()?.into_iter().map(|n| {
                let tab = Tab::read(n, &["from", "coefficient"])?;
                let (from, rate) =
                    (tab.opt("from", Node::points), tab.req("coefficient", Node::rate));
                Some((from?, rate?))
            }))?;
            let falls = steps
                .windows(2)
                .all(|pair| matches!(pair, [(Some(a), _), (b, _)] if b.is_none_or(|b| b < *a)));
            if !falls || steps.last().is_none_or(|(from, _)| from.is_some()) {
                return shape(
                    by_total,
                    "由高到低，最后一档不写 from / best first, the last one without from",
                );
            }
            Some(Bonus::ByTotal(steps))
        }
        (None, None, Some(per)) => {
            let (per, rounding) = (per.points(), tab.req("rounding", Node::text_of));
            let per = per?;
            if per.is_zero() {
                return shape(node, "per 为 0 / per is 0");
            }
            Some(Bonus::Proportional(per, rounding?))
        }
        _ => shape(node, "by_grade、by_total、per 只写一种 / one of by_grade, by_total and per"),
    }
}

/// Returns the grade that the node names; without a finding where the grades themselves are broken.
pub(super) fn grade_named(node: Node<'_>, grades: &Grades<'_>) -> Option<u8> {
    let id = node.text()?;
    let found = grades.list.iter().position(|g| g.name.code == id);
    found.and_then(|at| u8::try_from(at).ok()).or_else(|| {
        if !grades.read {
            return None;
        }
        let known: Vec<_> = grades.list.iter().map(|g| g.name.code.as_str()).collect();
        unknown(node, "等次 / grade", id, &known)
    })
}

pub(in super::super) fn weight_sum(
    what: impl Into<Both>,
    found: String,
    expected: impl Into<Both>,
) -> Error {
    let error = what.into().arg(Error::new(ErrorCode::WeightSum).arg("found", found), "what");
    expected.into().arg(error, "expected")
}

//! Factors, vetoes, grades, the bonus coefficient, and the combining of periods.

use super::{
    super::{
        Bonus, Extra, Factor, FactorForm, Grade, Name, Repeat, Rollup, Trigger, Veto,
        tab::{Tab, all, shape, unknown, visible},
    },
    Reader,
    rules::sum_of,
};
use crate::{
    Error, ErrorCode,
    assessment::{
        Condition, FactorOn, MissingPeriod, PeriodKind, Points, RollupMethod, VetoEffect, VetoScope,
    },
    number::Rate,
    policy::Node,
};

impl Reader {
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
        let on = tab.req("on", Node::member::<FactorOn>)?;
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
        let form = match (on, flag?, condition?, identities?, value?, default?) {
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
        Some(Factor { label, on, form, clause: clause? })
    }

    pub(super) fn grades(&mut self, nodes: Vec<Node<'_>>) -> Option<Vec<Grade>> {
        let grades: Vec<Grade> = all(nodes.iter().map(|n| {
            let tab = Tab::read(*n, &["id", "zh", "en", "from", "by_hand"])?;
            let name = tab.name();
            let (from, by_hand) = (tab.opt("from", Node::signed_points), tab.flag("by_hand"));
            let name = name?;
            let shown = Name {
                zh: format!("等次：{}", name.zh),
                en: format!("grade: {}", name.en),
                ..name.clone()
            };
            let label = self.label(*n, &shown)?;
            Some(Grade { name, label, from: from?, by_hand: by_hand? })
        }))?;
        let mut sound = true;
        for (at, (grade, node)) in grades.iter().zip(&nodes).enumerate() {
            let before = grades.get(..at).unwrap_or_default();
            if before.iter().any(|g| g.name.code == grade.name.code) {
                sound = false;
                shape::<()>(*node, format!("等次 {} 重复 / occurs twice", grade.name.code));
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
                shape::<()>(*node, problem);
            }
        }
        let last = grades.iter().zip(&nodes).rev().find(|(g, _)| !g.by_hand);
        if let Some((Grade { from: Some(_), .. }, node)) = last {
            sound = false;
            shape::<()>(
                *node,
                "最低等次不写分数线，否则低分没有等次 / the lowest grade has no threshold",
            );
        }
        sound.then_some(grades)
    }

    pub(super) fn veto(&mut self, node: Node<'_>, grades: &[Grade]) -> Option<Veto> {
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
        let at_least = tab.opt("at_least", Node::count);
        let sheet = tab.opt("sheet", |n| self.sheet_named(n));
        let below = tab.opt("below", Node::points);
        let trigger = match (rules?, at_least?, sheet?, below?) {
            (Some(rules), at_least, None, None) if !rules.is_empty() => {
                Trigger::Events { rules, at_least: at_least.unwrap_or(1) }
            }
            (None, None, Some(sheet), Some(below)) => Trigger::SheetBelow(sheet, below),
            _ => {
                return shape(
                    node,
                    "否决由 rules（可写 at_least），或由 sheet 与 below 触发 / rules, or sheet and below",
                );
            }
        };
        let (effect, grade) = (effect?, grade?);
        if (effect == VetoEffect::GradeAtMost) != grade.is_some() {
            return shape(
                node,
                "grade 与 grade-at-most 须同时出现 / grade goes with grade-at-most",
            );
        }
        let label = self.label(node, &name?)?;
        Some(Veto { label, trigger, effect, grade, scope: scope?, clause: clause? })
    }

    pub(super) fn rollup(
        &mut self,
        node: Node<'_>,
        parts: &[Grade],
        period: Option<PeriodKind>,
    ) -> Option<Rollup> {
        let keys = [
            "to", "from", "method", "weights", "missing", "at_least", "share", "extras",
            "rounding", "grades", "repeats",
        ];
        let tab = Tab::read(node, &keys)?;
        let to = tab.req("to", Node::member::<PeriodKind>);
        let from = tab.req("from", Node::member::<PeriodKind>);
        let method = tab.req("method", Node::member::<RollupMethod>);
        let missing = tab.req("missing", Node::member::<MissingPeriod>);
        let weights = tab.each("weights", Node::rate);
        let at_least = tab.opt("at_least", Node::count);
        let share = tab.opt("share", Node::rate);
        let rounding = tab.req("rounding", Node::text_of);
        let extras = tab.each("extras", |n| {
            let tab = Tab::read(n, &["id", "zh", "en", "most"])?;
            let (name, most) = (tab.name(), tab.req("most", Node::points));
            let label = self.label(n, &name?)?;
            Some(Extra { label, most: most? })
        });
        let grades = self.grades(tab.list("grades")?)?;
        let repeats = tab.each("repeats", |n| self.repeat(n, parts, &grades));
        let (to, from, method, weights) = (to?, from?, method?, weights?);
        let count = to.months() / from.months();
        if count < 2 || period.is_some_and(|p| from < p) {
            return shape(
                node,
                format!("{}不能由{}合成 / does not consist of such periods", to.zh(), from.zh()),
            );
        }
        if (method == RollupMethod::Weighted) == weights.is_empty()
            || (!weights.is_empty() && i32::try_from(weights.len()) != Ok(count))
        {
            return shape(
                node,
                format!("weighted 须写 {count} 个 weights / {count} weights go with weighted"),
            );
        }
        if !weights.is_empty() && sum_of(weights.iter().copied()) != Some(Rate::ONE) {
            let sum = sum_of(weights.iter().copied()).map_or("—".to_owned(), |s| s.to_string());
            node.fail(weight_sum("周期 / periods", sum, "1"));
            return None;
        }
        Some(Rollup {
            to,
            from,
            method,
            weights,
            missing: missing?,
            at_least: at_least?.unwrap_or(1),
            share: share?.unwrap_or(Rate::ONE),
            extras: extras?,
            rounding: rounding?,
            grades,
            repeats: repeats?,
        })
    }

    fn repeat(&mut self, node: Node<'_>, parts: &[Grade], whole: &[Grade]) -> Option<Repeat> {
        let keys = ["id", "zh", "en", "grade", "times", "in_a_row", "effect", "at_most"];
        let tab = Tab::read(node, &keys)?;
        let name = tab.name();
        let grade = tab.req("grade", |n| grade_named(n, parts));
        let times = tab.req("times", Node::count);
        let in_a_row = tab.flag("in_a_row");
        let effect = tab.req("effect", Node::member::<VetoEffect>);
        let at_most = tab.opt("at_most", |n| grade_named(n, whole));
        let (effect, at_most) = (effect?, at_most?);
        if (effect == VetoEffect::GradeAtMost) != at_most.is_some() {
            return shape(
                node,
                "at_most 与 grade-at-most 须同时出现 / at_most goes with grade-at-most",
            );
        }
        let label = self.label(node, &name?)?;
        Some(Repeat {
            label,
            grade: grade?,
            times: times?.max(1),
            in_a_row: in_a_row?,
            effect,
            at_most,
        })
    }
}

pub(super) fn bonus(node: Node<'_>, grades: &[Grade], ungraded: Option<&Name>) -> Option<Bonus> {
    let tab = Tab::read(node, &["by_grade", "by_total", "per", "rounding"])?;
    match (tab.get("by_grade"), tab.get("by_total"), tab.get("per")) {
        (Some(by_grade), None, None) => {
            let (mut table, mut none) = (vec![None; grades.len()], None);
            for (key, value) in by_grade.entries()? {
                let rate = value.rate()?;
                if key.text() == ungraded.map(|n| n.code.as_str()) {
                    none = Some(rate);
                    continue;
                }
                let grade = grade_named(key, grades)?;
                if let Some(slot) = table.get_mut(usize::from(grade)) {
                    *slot = Some(rate);
                }
            }
            Some(Bonus::ByGrade { grades: table, ungraded: none })
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

fn grade_named(node: Node<'_>, grades: &[Grade]) -> Option<u8> {
    let id = node.text()?;
    let found = grades.iter().position(|g| g.name.code == id);
    found.and_then(|at| u8::try_from(at).ok()).or_else(|| {
        let known: Vec<_> = grades.iter().map(|g| g.name.code.as_str()).collect();
        unknown(node, "等次 / grade", id, &known)
    })
}

pub(in super::super) fn weight_sum(what: &str, found: String, expected: &str) -> Error {
    Error::new(ErrorCode::WeightSum).arg("what", what).arg("found", found).arg("expected", expected)
}

//! How periods combine, and what several low grades do.

use super::{
    super::{
        Extra, Repeat, Rollup,
        draft::{Grades, RollupPart, say},
        tab::{Tab, shape},
    },
    Reader,
    outcome::{grade_named, weight_sum},
    rules::sum_of,
};
use crate::{
    assessment::{MissingPeriod, PeriodKind, RollupMethod, UngradedPart, VetoEffect},
    number::Rate,
    policy::Node,
};

const KEYS: [&str; 12] = [
    "to", "from", "method", "weights", "missing", "ungraded", "at_least", "share", "extras",
    "rounding", "grades", "repeats",
];

/// A rollup before its repeats are read, which name the grades of what it is made of.
struct Read<'a> {
    rollup: Option<Rollup>,
    tab: Tab<'a>,
    to: Option<PeriodKind>,
    from: Option<PeriodKind>,
    grades: Grades<'a>,
}

impl<'a> Reader<'a> {
    /// Reads all rollups; false where one is broken.
    pub(super) fn rollups(
        &mut self,
        tab: &Tab<'a>,
        parts: &Grades<'a>,
        period: Option<PeriodKind>,
    ) -> (Vec<RollupPart<'a>>, bool) {
        let Some(nodes) = tab.list("rollups") else { return (Vec::new(), false) };
        let count = nodes.len();
        let read: Vec<_> = nodes.into_iter().filter_map(|n| self.rollup(n)).collect();
        let mut out = Vec::with_capacity(count);
        for one in &read {
            // Grades that are counted are those of the periods it is made of: the scheme's own, or those
            // of the rollup that makes them.
            let made = read.iter().find(|r| r.to.is_some() && r.to == one.from);
            let counted = match (one.from, period, made) {
                (None, ..) | (_, None, _) => None,
                (from, period, _) if from == period => Some(parts),
                (_, _, Some(made)) => Some(&made.grades),
                // From what nothing makes: the lint says so.
                (_, _, None) => None,
            };
            let (repeats, whole) =
                one.tab.parts("repeats", |n| self.repeat(n, counted, &one.grades));
            let Some(rollup) = &one.rollup else { continue };
            let (repeats, places): (Vec<_>, Vec<_>) = repeats.into_iter().unzip();
            let it = Rollup { grades: one.grades.list.clone(), repeats, ..rollup.clone() };
            if whole && one.grades.sound {
                let grades = one.grades.nodes.clone();
                out.push(RollupPart { it, node: one.tab.node, grades, repeats: places });
            }
        }
        let whole = out.len() == count;
        (out, whole)
    }

    fn rollup(&mut self, node: Node<'a>) -> Option<Read<'a>> {
        let tab = Tab::read(node, &KEYS)?;
        let to = tab.req("to", Node::member::<PeriodKind>);
        let from = tab.req("from", Node::member::<PeriodKind>);
        let method = tab.req("method", Node::member::<RollupMethod>);
        let missing = tab.req("missing", Node::member::<MissingPeriod>);
        let ungraded = tab.opt("ungraded", Node::member::<UngradedPart>);
        let weights = tab.each("weights", Node::rate);
        let at_least = tab.opt("at_least", super::rules::positive);
        let share = tab.opt("share", Node::rate);
        let rounding = tab.req("rounding", Node::text_of);
        let extras = tab.each("extras", |n| {
            let tab = Tab::read(n, &["id", "zh", "en", "most"])?;
            let (name, most) = (tab.name(), tab.req("most", super::rules::positive_points));
            let label = self.label(n, &name?)?;
            Some(Extra { label, most: most? })
        });
        let grades = self.grades(tab.list("grades"));
        let mut sound = true;
        let count = match (to, from) {
            (Some(to), Some(from)) => {
                let count = to.months() / from.months();
                if count < 2 {
                    sound = false;
                    say(
                        node,
                        format!(
                            "{}不能由{}合成 / a {} does not consist of periods such as a {}",
                            to.zh(),
                            from.zh(),
                            to.en(),
                            from.en()
                        ),
                    );
                }
                Some(count).filter(|c| *c >= 2)
            }
            _ => None,
        };
        if let (Some(method), Some(weights), Some(count)) = (method, &weights, count)
            && ((method == RollupMethod::Weighted) == weights.is_empty()
                || (!weights.is_empty() && i32::try_from(weights.len()) != Ok(count)))
        {
            sound = false;
            say(
                node,
                format!("weighted 须写 {count} 个 weights / {count} weights go with weighted"),
            );
        } else if let Some(weights) = weights.as_ref().filter(|w| !w.is_empty())
            && sum_of(weights.iter().copied()) != Some(Rate::ONE)
        {
            sound = false;
            let sum = sum_of(weights.iter().copied()).map_or("—".to_owned(), |s| s.to_string());
            node.fail(weight_sum("周期 / periods", sum, "1"));
        }
        let make = || {
            Some(Rollup {
                to: to?,
                from: from?,
                method: method?,
                weights: weights?,
                missing: missing?,
                ungraded: ungraded?,
                at_least: at_least?.unwrap_or(1),
                share: share?.unwrap_or(Rate::ONE),
                extras: extras?,
                rounding: rounding?,
                grades: Vec::new(),
                repeats: Vec::new(),
            })
        };
        let rollup = make().filter(|_| sound);
        Some(Read { rollup, tab, to, from, grades })
    }

    fn repeat(
        &mut self,
        node: Node<'_>,
        parts: Option<&Grades<'_>>,
        whole: &Grades<'_>,
    ) -> Option<Repeat> {
        let keys = ["id", "zh", "en", "grade", "times", "in_a_row", "effect", "at_most"];
        let tab = Tab::read(node, &keys)?;
        let name = tab.name();
        let grade = tab.req("grade", |n| match parts {
            Some(parts) => grade_named(n, parts),
            // Nothing is known of the grades that are counted; the rollup has its finding.
            None => n.text().map(|_| 0),
        });
        let times = tab.req("times", super::rules::positive);
        let in_a_row = tab.flag("in_a_row");
        let effect = tab.req("effect", Node::member::<VetoEffect>);
        let at_most = tab.opt("at_most", |n| grade_named(n, whole));
        let named = tab.get("at_most").is_some();
        if effect.is_some_and(|e| (e == VetoEffect::GradeAtMost) != named) {
            return shape(
                node,
                "at_most 与 grade-at-most 须同时出现 / at_most goes with grade-at-most",
            );
        }
        let label = self.label(node, &name?)?;
        Some(Repeat {
            label,
            grade: grade?,
            times: times?,
            in_a_row: in_a_row?,
            effect: effect?,
            at_most: at_most?,
        })
    }
}

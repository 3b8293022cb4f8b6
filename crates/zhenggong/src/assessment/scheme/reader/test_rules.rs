//! Rules of tests: fitness by the standard, days of training.

use super::{
    super::{
        FitnessForm, FitnessGrading, TrainingDue, TrainingForm,
        tab::{Tab, all, invalid, shape, unknown, visible},
    },
    rules::{bands, positive},
};
use crate::{assessment::Points, policy::Node};

/// The most points of a result, by the standard.
const MOST: u32 = 100;

/// Reads how the results of a fitness test become points.
pub(super) fn fitness(tab: &Tab<'_>) -> Option<FitnessForm> {
    let pass = tab.opt("pass", |node| match positive(node)? {
        pass if pass > MOST => invalid(node, &pass.to_string(), "1 至 100 / 1 to 100"),
        pass => Some(pass),
    });
    let passed = tab.opt("passed", Node::points);
    let failed = tab.opt("failed", Node::points);
    let sums = tab.opt("bands", |node| {
        let bands = bands(node)?;
        let most = Points::whole(i64::from(4 * MOST)).ok()?;
        match bands.iter().filter_map(|b| b.from).find(|from| *from > most) {
            Some(from) => shape(
                node,
                format!(
                    "{from} 起的档永远达不到：四项合计最多 {most} / no sum reaches the band from {from}: four results have {most} at most"
                ),
            ),
            None => Some(bands),
        }
    });
    let grading = match (pass?, passed?, failed?, sums?) {
        (Some(pass), passed, failed, None) if passed.is_some() || failed.is_some() => {
            let or_none = |points: Option<Points>| points.unwrap_or_default();
            let (passed, failed) = (or_none(passed), or_none(failed));
            if passed == failed {
                return shape(
                    tab.node,
                    "passed 与 failed 相同，测试不起作用 / passed and failed are the same, so that the test decides nothing",
                );
            }
            FitnessGrading::Each { pass, passed, failed }
        }
        (None, None, None, Some(bands)) => FitnessGrading::Sum(bands),
        _ => {
            return shape(
                tab.node,
                "体能测试写 pass 与 passed、failed（每项达标分），或 bands（四项合计） / a fitness test has pass with passed or failed (for each result), or bands (of the sum of four)",
            );
        }
    };
    Some(FitnessForm { grading })
}

/// Reads how many days of training are due, and what those cost that are missing.
pub(super) fn training(tab: &Tab<'_>) -> Option<TrainingForm> {
    let classes = tab.opt("due", |node| {
        let read = |(key, value): (Node<'_>, Node<'_>)| {
            let (class, days) = (visible(key), positive(value));
            Some((class?, days?))
        };
        all(node.entries()?.into_iter().map(read))
    });
    let occasion = tab.opt("occasion", |node| match node.text()? {
        "front-line" => Some(()),
        other => unknown(node, "训练种类 / occasion", other, &["front-line"]),
    });
    let (each, cap) = (tab.req("points", Node::points), tab.opt("cap", Node::points));
    let due = match (classes?, occasion?) {
        (Some(classes), None) if !classes.is_empty() => TrainingDue::ByClass(classes),
        (None, Some(())) => TrainingDue::FrontLine,
        _ => {
            return shape(
                tab.node,
                "应训天数写 due（按训练类别），或 occasion / days due are `due`, by training class, or `occasion`",
            );
        }
    };
    let (each, cap) = (each?, cap?);
    if let Some(cap) = cap.filter(|cap| *cap < each || cap.is_zero()) {
        return shape(
            tab.node,
            format!(
                "封顶 {cap} 低于一天的分数 {each} 或为 0 / the cap {cap} is 0, or below the {each} points of a day"
            ),
        );
    }
    Some(TrainingForm { due, each, cap })
}

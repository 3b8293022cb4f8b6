//! Points of fitness tests and of days of training, by the standards beside the scheme.

use super::{
    Context, Row,
    measured::{in_band, sum},
};
use crate::{
    Error, ErrorCode, Result,
    assessment::{
        FitnessCategory, FitnessForm, FitnessGrading, FitnessResult, Ground, Points, Trail,
        TrainingDue, TrainingForm,
    },
    calendar::full_years,
    error::unknown_term,
    vocabulary::Vocabulary,
};

/// Returns the points of a fitness test: the results of a period, one of each category at most.
pub(super) fn fitness<L: Trail>(
    ctx: &Context<'_>,
    form: &FitnessForm,
    rows: &[Row],
    rule: u16,
    trail: &mut L,
) -> Result<Points> {
    let mut seen = [false; FitnessCategory::ALL.len()];
    let (mut lowest, mut sum, mut below) = (u32::MAX, 0, None);
    for row in rows {
        let (reached, error) = of_row(ctx, row, rule, &mut seen)?;
        let points = Points::whole(i64::from(reached))?;
        trail.ground(|| Ground::Value { event: row.event, value: points });
        lowest = lowest.min(reached);
        sum += reached;
        below = below.or(error);
    }
    let grading = match &form.grading {
        FitnessGrading::Each { pass, passed, failed } => {
            // Without a result the test was not taken.
            let all = !rows.is_empty() && lowest >= *pass;
            let least = Points::whole(if rows.is_empty() { 0 } else { i64::from(lowest) })?;
            trail.ground(|| Ground::Actual(least));
            return Ok(if all { *passed } else { *failed });
        }
        FitnessGrading::Sum(bands) => bands,
    };
    // A sum of four has four results, none below what the table has.
    if let Some(error) = below {
        return Err(error);
    }
    let lacking = FitnessCategory::ALL.iter().zip(seen).find(|(_, seen)| !seen);
    if let Some((category, _)) = lacking.filter(|_| !rows.is_empty()) {
        let id = ctx.rule_id(rule);
        return Err(Error::new(ErrorCode::MissingFact)
            .arg_in(
                "fact",
                format!("{id}：{}的成绩（四类合计）", category.zh()),
                format!("{id}: a result of the {}, for the sum of four", category.en()),
            )
            .field("events"));
    }
    let sum = Points::whole(i64::from(sum))?;
    trail.ground(|| Ground::Actual(sum));
    in_band(ctx, grading, sum, rule, trail)
}

/// Returns what a result has by the table; below its lowest row nothing, with the error that says so.
fn of_row(
    ctx: &Context<'_>,
    row: &Row,
    rule: u16,
    seen: &mut [bool],
) -> Result<(u32, Option<Error>)> {
    let event = ctx.event(row)?;
    let Some(discipline) = event.discipline else {
        return Err(ctx.missing("discipline", row));
    };
    let Some(mark) = event.result else { return Err(ctx.missing("result", row)) };
    let Some(sex) = ctx.subject().sex else { return Err(ctx.lacking("sex", "性别", rule)) };
    let Some(birth) = ctx.subject().birth else {
        return Err(ctx.lacking("birth", "出生日期", rule));
    };
    let at = |key: &str| format!("events[{}].{key}", row.event);
    let age = full_years(birth, row.date).map_err(|e| e.field(at("date")))?;
    let standard = ctx.standards.fitness.as_ref().map_err(Clone::clone)?;
    let result = FitnessResult { event: discipline, mark };
    let reach = standard.reach(sex, age, result).map_err(|e| e.field(at("result")))?;
    if seen.get_mut(reach.category.index()).is_none_or(|seen| std::mem::replace(seen, true)) {
        let (zh, en) = (reach.category.zh(), reach.category.en());
        return Err(Error::new(ErrorCode::ContradictoryFacts)
            .arg_in(
                "detail",
                format!("{zh}有两个成绩，一个周期每类只取一个"),
                format!("two results of the {en}: a period takes one of each category"),
            )
            .field(at("discipline")));
    }
    Ok(match reach.points {
        Some(points) => (points, None),
        None => (0, Some(reach.below(result).field(at("result")))),
    })
}

/// Returns the points of the days of training that are missing to those due.
pub(super) fn training<L: Trail>(
    ctx: &Context<'_>,
    form: &TrainingForm,
    rows: &[Row],
    rule: u16,
    trail: &mut L,
) -> Result<Points> {
    let due = match &form.due {
        TrainingDue::FrontLine => {
            ctx.standards.training.as_ref().map_err(Clone::clone)?.front_line_days()
        }
        TrainingDue::ByClass(classes) => {
            let Some(class) = &ctx.subject().training_class else {
                return Err(ctx.lacking("training_class", "训练类别", rule));
            };
            let found = classes.iter().find(|(name, _)| name == class);
            found.map(|(_, days)| *days).ok_or_else(|| {
                let known = classes.iter().map(|(name, _)| name);
                unknown_term(("训练类别", "training class"), class, known)
                    .field(ctx.of.field("training_class"))
            })?
        }
    };
    let due = Points::whole(i64::from(due))?;
    let missing = due.minus(sum(ctx, rows, trail)?)?.max(Points::ZERO);
    trail.ground(|| Ground::Due(due));
    trail.ground(|| Ground::Short(missing));
    let by = ctx.scheme.rounding.points;
    let points = form.each.scaled(i128::from(missing.ten_thousandths()), 10_000, by)?;
    match form.cap.filter(|cap| *cap < points) {
        Some(cap) => {
            trail.ground(|| Ground::Limited { from: points, to: cap });
            Ok(cap)
        }
        None => Ok(points),
    }
}

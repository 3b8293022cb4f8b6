//! The trail as a table: every line, from sheet and item to event and points, and on to the total.

use arrow_array::RecordBatch;
use zhenggong::{
    Result,
    assessment::{Assessment, Grounds, LineDetail, LineKind, Points, Subject, TrailLine},
    derivation::Language,
    number::Rate,
    person::Label,
};

use super::{
    making::{Making, name},
    scores::said,
};

struct Row<'a, 'b> {
    subject: &'a Subject,
    of: LineDetail<'a>,
    grounds: Grounds<'a>,
    line: &'b TrailLine,
    whose: Option<&'a str>,
}

impl Row<'_, '_> {
    /// What there is before or after the line, above the sheets.
    fn above(&self) -> bool {
        self.line.kind != LineKind::Sheet
    }
}

/// Returns the trail of an assessment, where it was kept, one row a line: `subject`, `part`, `kind`,
/// `sheet`, `item`, `rule`, `cause`, `event`, `whose`, `date`, `value`, `before`, `points`, `raw`, `why`,
/// `clause`; then what the points come from: `each`, `surcharge`, `count`, `factor`, `factors`, `actual`, `due`, `staff`,
/// `groups`, `over`, `steps`, `band_from`, `band_below`, `average`, `from`, `to`, `instead`, `reckoning`.
///
/// The points of the rows of kind `sheet` of a subject's sheet sum to its score, and those of all rows of
/// a subject to its total. `cause` is the factor or the veto, `value` the weight or the factor, `before`
/// what there was before the line above the sheets, `raw` what the line is on the item's own scale.
/// `whose` is whom an event is recorded against, where it is not the subject. `factor` is the product of the
/// factors on the event, which `factors` names with their clauses; `from` and `to` are what there was before and after a limit, `instead` the event of the same matter that counts, and
/// `reckoning` says in words how the points arise, with every rating. In Chinese, cells are names; in English,
/// codes.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn trail_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let mut rows = Vec::new();
    for score in of.scores() {
        let Some(subject) = of.subject(score) else { continue };
        for line in of.trail(score) {
            let grounds = of.grounds(score, line);
            let Some(detail) = of.detail(score, line) else { continue };
            let whose = detail.event.and_then(|event| of.whose(score, event)).map(Label::as_str);
            rows.push(Row { subject, of: detail, grounds, line, whose });
        }
    }
    let mut table = Making::new(rows.len());
    table
        .texts(name(language, "subject", "对象"), rows.iter().map(|r| Some(r.subject.id.as_str())));
    table.numbers(name(language, "part", "段"), rows.iter().map(|r| r.of.part));
    let kind = rows.iter().map(|r| Some(name(language, r.line.kind.code(), r.line.kind.zh())));
    table.texts(name(language, "kind", "层次"), kind);
    let sheet = rows.iter().map(|r| r.of.sheet.map(|n| said(n, language)));
    table.texts(name(language, "sheet", "考核表"), sheet);
    let item = rows.iter().map(|r| r.of.item.map(|n| said(n, language)));
    table.texts(name(language, "item", "项目"), item);
    let rule = rows.iter().map(|r| r.of.rule.map(|n| said(n, language)));
    table.texts(name(language, "rule", "规则"), rule);
    let cause = rows.iter().map(|r| r.of.factor.or(r.of.veto_name()).map(|n| said(n, language)));
    table.texts(name(language, "cause", "系数或否决"), cause);
    let event = rows.iter().map(|r| r.of.event.map(|event| event.id.as_str()));
    table.texts(name(language, "event", "事件"), event);
    table.texts(name(language, "whose", "事件对象"), rows.iter().map(|r| r.whose));
    table.dates(name(language, "date", "日期"), rows.iter().map(|r| r.of.event.map(|e| e.date)));
    table.coefficients(name(language, "value", "权重或系数"), rows.iter().map(|r| r.of.value))?;
    let before = rows.iter().map(|r| Some(r.line.raw).filter(|_| r.above()));
    table.points(name(language, "before", "变动前"), before)?;
    table.points(name(language, "points", "得分"), rows.iter().map(|r| Some(r.line.points)))?;
    let raw = rows.iter().map(|r| Some(r.line.raw).filter(|_| !r.above()));
    table.points(name(language, "raw", "项目内得分"), raw)?;
    let why = rows.iter().map(|r| Some(name(language, r.line.why.code(), r.line.why.zh())));
    table.texts(name(language, "why", "缘由"), why);
    let clause = rows.iter().map(|r| r.of.clause.map(|n| said(n, language)));
    table.texts(name(language, "clause", "条款"), clause);
    grounds(&rows, language, &mut table)?;
    table.finish()
}

/// Adds what the points of the lines come from.
fn grounds(rows: &[Row<'_, '_>], language: Language, table: &mut Making) -> Result<()> {
    let points = |en, zh, of: fn(&Grounds<'_>) -> Option<Points>, table: &mut Making| {
        table.points(name(language, en, zh), rows.iter().map(|r| of(&r.grounds)))
    };
    points("each", "每次", |g| g.each, table)?;
    points("surcharge", "加重", surcharge, table)?;
    let count = rows.iter().map(|r| r.grounds.count.and_then(|c| u32::try_from(c).ok()));
    table.numbers(name(language, "count", "次数"), count);
    let factor = rows.iter().map(|r| factor(&r.grounds));
    table.coefficients(name(language, "factor", "事件系数"), factor)?;
    let factors = rows.iter().map(|r| factors(&r.grounds, language));
    table.texts(name(language, "factors", "系数和条款"), factors);
    points("actual", "实际", |g| g.actual, table)?;
    points("due", "应完成", |g| g.due, table)?;
    table.numbers(name(language, "staff", "人数"), rows.iter().map(|r| r.grounds.staff));
    table.numbers(name(language, "groups", "整组数"), rows.iter().map(|r| r.grounds.groups));
    points("over", "超出", |g| g.over, table)?;
    let steps = rows.iter().map(|r| r.grounds.steps.and_then(|s| u32::try_from(s).ok()));
    table.numbers(name(language, "steps", "超出档数"), steps);
    points("band_from", "档次下限", |g| g.band?.from, table)?;
    points("band_below", "档次上限", |g| g.band?.below, table)?;
    points("average", "加权均分", |g| g.average, table)?;
    points("from", "限额前", |g| g.limited.map(|(from, _)| from), table)?;
    points("to", "限额后", |g| g.limited.map(|(_, to)| to), table)?;
    let instead = rows.iter().map(|r| r.grounds.instead.map(|event| event.id.as_str()));
    table.texts(name(language, "instead", "同一事项已计"), instead);
    let words = rows.iter().map(|r| r.grounds.words(r.line, language));
    table.texts(name(language, "reckoning", "算法"), words);
    Ok(())
}

/// What flags add to one occurrence, together.
fn surcharge(of: &Grounds<'_>) -> Option<Points> {
    let points = of.surcharges.iter().map(|(_, points)| *points);
    Points::checked_sum(points).ok().filter(|_| !of.surcharges.is_empty())
}

/// The product of the factors; none where there is none, or where it is no rate: too large, or of more decimals.
fn factor(of: &Grounds<'_>) -> Option<Rate> {
    let mut values = of.factors.iter().map(|f| f.value.to_decimal());
    let first = values.next()?;
    Rate::from_decimal(values.try_fold(first, |product, value| product.checked_mul(value))?).ok()
}

/// The factors with their values and clauses.
fn factors(of: &Grounds<'_>, language: Language) -> Option<String> {
    let one = |f: &zhenggong::assessment::FactorUsed<'_>| {
        let clause = f.clause.map(|c| said(c, language));
        let clause = clause.map_or(String::new(), |c| format!(" {c}"));
        format!("{} {}{clause}", said(f.name, language), f.value)
    };
    let all: Vec<_> = of.factors.iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(name(language, "; ", "；")))
}

//! The trail as a table: every line, from sheet and item to event and points, and on to the total.

use arrow_array::RecordBatch;
use zhenggong::{
    Result,
    assessment::{Assessment, LineDetail, LineKind, Subject, TrailLine},
    derivation::Language,
};

use super::{
    making::{Making, name},
    scores::said,
};

struct Row<'a, 'b> {
    subject: &'a Subject,
    of: LineDetail<'a>,
    line: &'b TrailLine,
}

impl Row<'_, '_> {
    /// What there is before or after the line, above the sheets.
    fn above(&self) -> bool {
        self.line.kind != LineKind::Sheet
    }
}

/// Returns the trail of an assessment, where it was kept, one row a line: `subject`, `part`, `kind`,
/// `sheet`, `item`, `rule`, `cause`, `event`, `date`, `value`, `before`, `points`, `raw`, `why`, `clause`.
///
/// The points of the rows of kind `sheet` of a subject's sheet sum to its score, and those of all rows of
/// a subject to its total. `cause` is the factor or the veto, `value` the weight or the factor, `before`
/// what there was before the line above the sheets, `raw` what the line is on the item's own scale. In
/// Chinese, cells are names; in English, codes.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn trail_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let mut rows = Vec::new();
    for score in of.scores() {
        let Some(subject) = of.subject(score) else { continue };
        for line in of.trail(score) {
            let Some(of) = of.detail(score, line) else { continue };
            rows.push(Row { subject, of, line });
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
    table.finish()
}

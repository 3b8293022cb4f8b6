//! The trail as a table: every line, from sheet and item to event and points.

use arrow_array::RecordBatch;
use zhenggong::{
    Result,
    assessment::{Assessment, Scheme, Subject, TrailLine},
    derivation::Language,
};

use super::{
    making::{Making, name},
    scores::said,
};

struct Row<'a, 'b> {
    subject: &'a Subject,
    scheme: &'a Scheme,
    line: &'b TrailLine,
}

impl<'a> Row<'a, '_> {
    fn said(&self, label: Option<u16>, language: Language) -> Option<&'a str> {
        Some(said(self.scheme.name_of(label?)?, language))
    }

    fn item(&self) -> Option<&'a zhenggong::assessment::Item> {
        self.line.item.and_then(|item| self.scheme.items.get(usize::from(item)))
    }

    fn rule(&self) -> Option<&'a zhenggong::assessment::ItemRule> {
        self.line.rule.and_then(|rule| self.scheme.rules.get(usize::from(rule)))
    }
}

/// Returns the trail of an assessment, where it was kept, one row a line: `subject`, `part`, `sheet`,
/// `item`, `rule`, `event`, `date`, `points`, `raw`, `why`, `clause`. The points of the rows of a
/// subject's sheet sum to its score.
///
/// `raw` is what the line is on the item's own scale. In Chinese, cells are names; in English, codes.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn trail_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let mut rows = Vec::new();
    for score in of.scores() {
        let (Some(subject), Some(plan)) = (of.subject(score), of.plan(score)) else { continue };
        for line in of.trail(score) {
            let Some(part) = plan.parts.get(usize::from(line.part)) else { continue };
            rows.push(Row { subject, scheme: &part.entry.scheme, line });
        }
    }
    let event = |row: &Row<'_, '_>| row.line.event.and_then(|event| of.ledger().event(event));
    let mut table = Making::new(rows.len());
    table
        .texts(name(language, "subject", "对象"), rows.iter().map(|r| Some(r.subject.id.as_str())));
    let part = rows.iter().map(|r| Some(u32::from(r.line.part) + 1));
    table.numbers(name(language, "part", "段"), part);
    let sheet = rows
        .iter()
        .map(|r| r.said(r.scheme.sheets.get(usize::from(r.line.sheet)).map(|s| s.label), language));
    table.texts(name(language, "sheet", "考核表"), sheet);
    let item = rows.iter().map(|r| r.said(r.item().map(|item| item.label), language));
    table.texts(name(language, "item", "项目"), item);
    let rule = rows.iter().map(|r| r.said(r.rule().map(|rule| rule.label), language));
    table.texts(name(language, "rule", "规则"), rule);
    let ids = rows.iter().map(|r| event(r).map(|event| event.id.as_str()));
    table.texts(name(language, "event", "事件"), ids);
    table.dates(name(language, "date", "日期"), rows.iter().map(|r| event(r).map(|e| e.date)));
    table.points(name(language, "points", "得分"), rows.iter().map(|r| Some(r.line.points)))?;
    table.points(name(language, "raw", "项目内得分"), rows.iter().map(|r| Some(r.line.raw)))?;
    let why = rows.iter().map(|r| Some(name(language, r.line.why.code(), r.line.why.zh())));
    table.texts(name(language, "why", "缘由"), why);
    let clause = rows.iter().map(|r| {
        let of_rule = r.rule().and_then(|rule| rule.clause);
        r.said(of_rule.or_else(|| r.item().and_then(|item| item.clause)), language)
    });
    table.texts(name(language, "clause", "条款"), clause);
    table.finish()
}

//! Scores, sheets and ranking lists as tables.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use zhenggong::{
    Result,
    assessment::{Assessment, KindPlan, Name, Points, Score, Subject, SubjectKind, ranking},
    derivation::Language,
};

use super::making::{Making, name};

/// Returns a name of a scheme in the language; in English its code, as in JSON.
pub(super) fn said(found: &Name, language: Language) -> &str {
    match language {
        Language::En => &found.code,
        Language::Zh => &found.zh,
    }
}

pub(super) fn kind(kind: SubjectKind, language: Language) -> &'static str {
    name(language, kind.code(), kind.zh())
}

struct Row<'a, 'b> {
    subject: &'a Subject,
    plan: &'b KindPlan<'a>,
    score: &'b Score,
}

fn rows<'a, 'b>(of: &'b Assessment<'a>) -> Vec<Row<'a, 'b>> {
    let row = |score| Some(Row { subject: of.subject(score)?, plan: of.plan(score)?, score });
    of.scores().iter().filter_map(row).collect()
}

/// Returns the scores of an assessment, one row a subject: `subject`, `kind`, `unit`, `sequence`,
/// `scheme`, one column per sheet, `total`, `grade`, `coefficient`, `rank`, `open`, `days`, `days_of`.
///
/// `open` says what is left to a decision, as a coefficient that is null for that reason. `days` are the days on
/// the list of who was not there on all the `days_of` the period; null for everyone else.
///
/// Sheets of one code in several schemes share a column. Where a period was split, a subject's sheets
/// are null here: [`sheet_table`] has them part by part. In Chinese, cells are names; in English, codes.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn score_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let rows = rows(of);
    let ranks: HashMap<u32, u32> = ranking(of).iter().map(|p| (p.subject, p.rank)).collect();
    let mut table = Making::new(rows.len());
    table
        .texts(name(language, "subject", "对象"), rows.iter().map(|r| Some(r.subject.id.as_str())));
    let kinds = rows.iter().map(|r| Some(kind(r.subject.kind, language)));
    table.texts(name(language, "kind", "类别"), kinds);
    let unit = rows.iter().map(|r| of.unit(r.score).map(|unit| unit.as_str()));
    table.texts(name(language, "unit", "单位"), unit);
    let sequence = rows.iter().map(|r| r.subject.sequence.as_ref().map(|s| s.as_str()));
    table.texts(name(language, "sequence", "序列"), sequence);
    let schemes = rows.iter().map(|r| r.plan.last().map(|e| said(&e.scheme.name, language)));
    table.texts(name(language, "scheme", "方案"), schemes);
    sheets(of, &rows, language, &mut table)?;
    let total = rows.iter().map(|r| Some(r.score.total));
    table.points(name(language, "total", "总分"), total)?;
    let grade = rows
        .iter()
        .map(|r| r.plan.last().map(|e| said(e.scheme.grade_name(r.score.grade), language)));
    table.texts(name(language, "grade", "等次"), grade);
    let coefficient = rows.iter().map(|r| r.score.coefficient);
    table.coefficients(name(language, "coefficient", "系数"), coefficient)?;
    let rank = rows.iter().map(|r| ranks.get(&r.score.subject).copied());
    table.numbers(name(language, "rank", "名次"), rank);
    let open = rows.iter().map(|r| {
        of.open(r.score).map(|open| match language {
            Language::En => open.en,
            Language::Zh => open.zh,
        })
    });
    table.texts(name(language, "open", "待定"), open);
    let absent: Vec<_> =
        rows.iter().map(|r| of.presence(r.score).filter(|there| !there.is_whole())).collect();
    let days = absent.iter().map(|there| u32::try_from(there.as_ref()?.days).ok());
    table.numbers(name(language, "days", "在册天数"), days);
    let all = absent.iter().map(|there| u32::try_from(there.as_ref()?.of).ok());
    table.numbers(name(language, "days_of", "周期天数"), all);
    table.finish()
}

/// The columns that come after those of the sheets.
const AFTER: [&str; 14] = [
    "total",
    "grade",
    "coefficient",
    "rank",
    "open",
    "days",
    "days_of",
    "总分",
    "等次",
    "系数",
    "名次",
    "待定",
    "在册天数",
    "周期天数",
];

fn sheets(
    of: &Assessment<'_>,
    rows: &[Row<'_, '_>],
    language: Language,
    table: &mut Making,
) -> Result<()> {
    // The sheets of all schemes, in the order in which they first occur.
    let mut found: Vec<&Name> = Vec::new();
    for row in rows {
        let [only] = row.plan.parts.as_slice() else { continue };
        let scheme = &only.entry.scheme;
        for sheet in scheme.sheets.iter().filter_map(|sheet| scheme.name_of(sheet.label)) {
            if !found.iter().any(|other| other.code == sheet.code) {
                found.push(sheet);
            }
        }
    }
    for sheet in found {
        let cell = |row: &Row<'_, '_>| -> Option<Points> {
            let [only] = row.plan.parts.as_slice() else { return None };
            let scheme = &only.entry.scheme;
            let at = scheme.sheets.iter().position(|other| {
                scheme.name_of(other.label).is_some_and(|name| name.code == sheet.code)
            })?;
            of.sheets(row.score).get(at).copied()
        };
        let own = said(sheet, language);
        let taken = AFTER.contains(&own) || table.has(own);
        let own = match (taken, language) {
            (false, _) => own.to_owned(),
            (true, Language::En) => format!("sheet_{own}"),
            (true, Language::Zh) => format!("{own}（{}）", sheet.code),
        };
        table.points(own, rows.iter().map(cell))?;
    }
    Ok(())
}

/// Returns the sheets of an assessment, one row a sheet: `subject`, `part`, `condition`, `from`, `to`,
/// `days`, `scheme`, `sheet`, `points`. Only a period that was split has more parts than one; where a
/// condition came back, days of another part lie between the first and the last one of its part.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn sheet_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let rows = rows(of);
    let mut all = Vec::new();
    for row in &rows {
        let mut scores = of.sheets(row.score).iter();
        for (part, number) in row.plan.parts.iter().zip(1u32..) {
            for (sheet, points) in part.entry.scheme.sheets.iter().zip(scores.by_ref()) {
                all.push((row.subject, number, part, sheet, *points));
            }
        }
    }
    let mut table = Making::new(all.len());
    table.texts(name(language, "subject", "对象"), all.iter().map(|r| Some(r.0.id.as_str())));
    table.numbers(name(language, "part", "段"), all.iter().map(|r| Some(r.1)));
    let condition = all.iter().map(|r| r.2.condition.map(|c| name(language, c.code(), c.zh())));
    table.texts(name(language, "condition", "平战状态"), condition);
    let reach: Vec<_> = all.iter().map(|r| r.2.reach()).collect();
    table.dates(name(language, "from", "自"), reach.iter().map(|r| r.map(|r| r.from)));
    table.dates(name(language, "to", "至"), reach.iter().map(|r| r.map(|r| r.to)));
    let days = all.iter().map(|r| u32::try_from(r.2.days()).ok());
    table.numbers(name(language, "days", "天数"), days);
    let scheme = all.iter().map(|r| Some(said(&r.2.entry.scheme.name, language)));
    table.texts(name(language, "scheme", "方案"), scheme);
    let sheet =
        all.iter().map(|r| r.2.entry.scheme.name_of(r.3.label).map(|found| said(found, language)));
    table.texts(name(language, "sheet", "考核表"), sheet);
    table.points(name(language, "points", "得分"), all.iter().map(|r| Some(r.4)))?;
    table.finish()
}

/// Returns the ranking lists of an assessment, one after the other: `kind`, `scheme`, `sequence`, `rank`,
/// `subject`, `total`.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn ranking_table(of: &Assessment<'_>, language: Language) -> Result<RecordBatch> {
    let places = ranking(of);
    let mut table = Making::new(places.len());
    let kinds = places.iter().map(|p| Some(kind(p.kind, language)));
    table.texts(name(language, "kind", "类别"), kinds);
    let schemes = places.iter().map(|p| {
        let score = of.scores().get(p.score)?;
        of.scheme(score).map(|e| said(&e.scheme.name, language))
    });
    table.texts(name(language, "scheme", "方案"), schemes);
    let sequence = places.iter().map(|p| p.sequence.as_ref().map(|s| s.as_str()));
    table.texts(name(language, "sequence", "序列"), sequence);
    table.numbers(name(language, "rank", "名次"), places.iter().map(|p| Some(p.rank)));
    let subject = places.iter().map(|p| of.ledger().subject(p.subject).map(|s| s.id.as_str()));
    table.texts(name(language, "subject", "对象"), subject);
    table.points(name(language, "total", "总分"), places.iter().map(|p| Some(p.total)))?;
    table.finish()
}

//! What differs between two assessments, as a table.

use arrow_array::RecordBatch;
use zhenggong::{
    Result,
    assessment::{Difference, Standing},
    derivation::Language,
};

use super::making::{Making, name};

/// Returns differences, one row a subject: `subject`, then total, grade and rank before and after,
/// `change` of the total, and `events` whose points differ, with `;` between their ids.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn difference_table(of: &[Difference], language: Language) -> Result<RecordBatch> {
    let mut table = Making::new(of.len());
    table.texts(name(language, "subject", "对象"), of.iter().map(|d| Some(d.subject.as_str())));
    let before = [
        name(language, "before_total", "原总分"),
        name(language, "before_grade", "原等次"),
        name(language, "before_rank", "原名次"),
    ];
    side(&mut table, before, language, || of.iter().map(|d| d.before.as_ref()))?;
    let after = [
        name(language, "after_total", "现总分"),
        name(language, "after_grade", "现等次"),
        name(language, "after_rank", "现名次"),
    ];
    side(&mut table, after, language, || of.iter().map(|d| d.after.as_ref()))?;
    table.points(name(language, "change", "增减"), of.iter().map(Difference::change))?;
    let events = of.iter().map(|d| {
        let ids: Vec<&str> = d.events.keys().map(String::as_str).collect();
        (!ids.is_empty()).then(|| ids.join(";"))
    });
    table.texts(name(language, "events", "事件"), events);
    table.finish()
}

/// Adds total, grade and rank of one side.
fn side<'d, I: Iterator<Item = Option<&'d Standing>>>(
    table: &mut Making,
    [total, grade, rank]: [&'static str; 3],
    language: Language,
    of: impl Fn() -> I,
) -> Result<()> {
    table.points(total, of().map(|side| side.map(|s| s.total)))?;
    let said = |s: &'d Standing| match language {
        Language::En => s.grade.as_str(),
        Language::Zh => s.grade_zh.as_str(),
    };
    table.texts(grade, of().map(|side| side.map(said)));
    table.numbers(rank, of().map(|side| side.and_then(|s| s.rank)));
    Ok(())
}

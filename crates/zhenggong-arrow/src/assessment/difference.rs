//! What differs between two assessments, as a table.

use arrow_array::RecordBatch;
use zhenggong::{
    Result,
    assessment::{Aspect, Coefficient, Difference, Name, Standing},
    derivation::Language,
    vocabulary::Vocabulary,
};

use super::making::{Making, name};

/// Returns differences, one row a subject: `subject`, then total, sheets, grade, coefficient, vetoes, end of
/// the contract and rank before and after, `change` of the total, what has `changed`, of what that is
/// `unknown`, and `events` whose points differ. Several of one cell have `;` between them.
///
/// A coefficient that is left to a decision is `open`; what was not published is null.
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn difference_table(of: &[Difference], language: Language) -> Result<RecordBatch> {
    let mut table = Making::new(of.len());
    table.texts(name(language, "subject", "对象"), of.iter().map(|d| Some(d.subject.as_str())));
    let before = Columns {
        total: name(language, "before_total", "原总分"),
        sheets: name(language, "before_sheets", "原考核表得分"),
        grade: name(language, "before_grade", "原等次"),
        coefficient: name(language, "before_coefficient", "原系数"),
        vetoes: name(language, "before_vetoes", "原否决"),
        contract: name(language, "before_contract", "原合同"),
        rank: name(language, "before_rank", "原名次"),
    };
    before.add(&mut table, language, || of.iter().map(|d| d.before.as_ref()))?;
    let after = Columns {
        total: name(language, "after_total", "现总分"),
        sheets: name(language, "after_sheets", "现考核表得分"),
        grade: name(language, "after_grade", "现等次"),
        coefficient: name(language, "after_coefficient", "现系数"),
        vetoes: name(language, "after_vetoes", "现否决"),
        contract: name(language, "after_contract", "现合同"),
        rank: name(language, "after_rank", "现名次"),
    };
    after.add(&mut table, language, || of.iter().map(|d| d.after.as_ref()))?;
    table.points(name(language, "change", "增减"), of.iter().map(Difference::change))?;
    let aspects = |list: &[Aspect]| {
        joined(list.iter().map(|aspect| name(language, aspect.term().code, aspect.term().zh)))
    };
    let changed = of.iter().map(|d| aspects(&d.changed));
    table.texts(name(language, "changed", "变化内容"), changed);
    let unknown = of.iter().map(|d| aspects(&d.unknown));
    table.texts(name(language, "unknown", "是否变化不明"), unknown);
    let events = of.iter().map(|d| joined(d.events.keys().map(String::as_str)));
    table.texts(name(language, "events", "事件"), events);
    table.finish()
}

/// The names of the columns of one side.
struct Columns {
    total: &'static str,
    sheets: &'static str,
    grade: &'static str,
    coefficient: &'static str,
    vetoes: &'static str,
    contract: &'static str,
    rank: &'static str,
}

impl Columns {
    fn add<'d, I: Iterator<Item = Option<&'d Standing>>>(
        &self,
        table: &mut Making,
        language: Language,
        of: impl Fn() -> I,
    ) -> Result<()> {
        let said = |n: &'d Name| match language {
            Language::En => n.code.as_str(),
            Language::Zh => n.zh.as_str(),
        };
        table.points(self.total, of().map(|side| side.map(|s| s.total)))?;
        let sheets = |s: &'d Standing| {
            let sheets = s.sheets.iter().flat_map(|part| &part.sheets);
            joined(sheets.map(|(sheet, points)| format!("{} {points}", said(sheet))))
        };
        table.texts(self.sheets, of().map(|side| side.and_then(sheets)));
        table.texts(self.grade, of().map(|side| side?.grade.as_ref().map(said)));
        let open = name(language, "open", "待定");
        let coefficient = |s: &Standing| match s.coefficient {
            Coefficient::Is(rate) => Some(rate.to_string()),
            Coefficient::Open => Some(open.to_owned()),
            Coefficient::None | Coefficient::NotGiven => None,
        };
        table.texts(self.coefficient, of().map(|side| side.and_then(coefficient)));
        let vetoes = |s: &'d Standing| joined(s.vetoes.iter().flatten().map(|v| said(&v.name)));
        table.texts(self.vetoes, of().map(|side| side.and_then(vetoes)));
        let ends = name(language, "ends", "解除");
        let contract = |s: &Standing| s.terminate.filter(|ends| *ends).map(|_| ends);
        table.texts(self.contract, of().map(|side| side.and_then(contract)));
        table.numbers(self.rank, of().map(|side| side.and_then(|s| s.rank)));
        Ok(())
    }
}

/// Returns texts with `;` between them, or none where there are none.
fn joined<S: AsRef<str>>(texts: impl Iterator<Item = S>) -> Option<String> {
    let texts: Vec<String> = texts.map(|text| text.as_ref().to_owned()).collect();
    (!texts.is_empty()).then(|| texts.join(";"))
}

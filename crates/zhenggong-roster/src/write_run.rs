//! The result of a month run as a table.

use std::collections::BTreeSet;

use zhenggong::{
    Result,
    derivation::Language,
    person::Label,
    settlement::MonthRun,
    vocabulary::{PayItem, Vocabulary},
};

use crate::{Encoding, csv_bytes};

/// Returns the month run as CSV in UTF-8: one line per person with every item that occurs, the totals
/// in yuan to the fen, and for a person whose pay could not be computed the code and the message.
///
/// Good rows come in the order of the input, then the errors. A column has the Chinese or English
/// name of its item.
///
/// # Errors
///
/// `NotEncodable` cannot occur in UTF-8; an internal error of the writer.
///
/// # Examples
///
/// ```
/// use zhenggong::{Engine, calendar::Month, derivation::Language, policy::Pack};
/// let engine = Engine::builder().packs(Pack::national()).build()?;
/// let run = engine.month_run(&[], Month::new(2021, 3)?)?;
/// let csv = zhenggong_roster::write_run(&run, Language::En)?;
/// assert!(csv.starts_with(b"person,unit,kind,month,"));
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn write_run(run: &MonthRun, language: Language) -> Result<Vec<u8>> {
    let zh = language == Language::Zh;
    let used: BTreeSet<PayItem> =
        run.rows.iter().flat_map(|r| r.lines.iter().map(|l| l.item)).collect();
    let items: Vec<PayItem> =
        PayItem::ALL.iter().copied().filter(|item| used.contains(item)).collect();
    let mut table = Vec::with_capacity(run.rows.len() + run.errors.len() + 1);

    let fixed = if zh {
        ["人员编号", "单位", "人员类别", "月份"]
    } else {
        ["person", "unit", "kind", "month"]
    };
    let ends = if zh {
        ["应发合计", "扣款合计", "实发合计", "单位承担合计", "错误代码", "错误"]
    } else {
        ["gross", "deductions", "net", "employer_cost", "error_code", "error"]
    };
    let mut head: Vec<String> = fixed.iter().map(|s| (*s).to_owned()).collect();
    head.extend(items.iter().map(|i| if zh { i.zh().to_owned() } else { i.en().to_owned() }));
    head.extend(ends.iter().map(|s| (*s).to_owned()));
    table.push(head);

    for row in &run.rows {
        let kind = if zh { row.kind.zh() } else { row.kind.en() };
        let mut line = vec![
            row.person.to_string(),
            row.unit.to_string(),
            kind.to_owned(),
            run.month.to_string(),
        ];
        line.extend(items.iter().map(|item| {
            let found = row.lines.iter().find(|l| l.item == *item);
            found.map(|l| l.amount.to_string()).unwrap_or_default()
        }));
        for total in [row.gross, row.deductions, row.net, row.employer_cost] {
            line.push(total.to_string());
        }
        line.extend([String::new(), String::new()]);
        table.push(line);
    }
    for failed in &run.errors {
        let error = &failed.error;
        // Of a line that could not be read there may be no more than its error.
        let label = |label: &Option<Label>| label.as_ref().map(Label::to_string);
        let kind = failed.kind.map(|kind| if zh { kind.zh() } else { kind.en() }.to_owned());
        let known = [label(&failed.person), label(&failed.unit), kind];
        let mut line = known.map(Option::unwrap_or_default).to_vec();
        line.push(run.month.to_string());
        line.extend(vec![String::new(); items.len() + 4]);
        line.push(error.code().number().to_string());
        line.push(if zh { error.zh() } else { error.en() });
        table.push(line);
    }
    csv_bytes(table, Encoding::Utf8)
}

//! 级别工资, level pay: a monthly amount by level and step (rule `basic-pay.level`).
//!
//! The table has 27 levels of 6 to 14 steps. That of 2006 is known whole; of the later ones some rows
//! and cells are. The published first steps of level 1 and 27 are kept apart and checked against the
//! table.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::level_table::{LevelCells, LevelTable, order_detail, steps_of};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot, Sourced,
        field, resolve_as,
    },
    vocabulary::{Level, LevelStep, Term},
};

/// The level pay table in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelPay {
    table: LevelTable,
    since: Option<NaiveDate>,
}

pub(super) static TABLE: Term = Term::new("basic-pay.level", "级别工资", "level pay");
static PAY: Term = Term::new("level-pay", "级别工资", "Level pay");
static STANDARD: Term = Term::new("standard", "级别工资标准", "standard for level and step");
static CELL: Term = Term::new("cell", "级别、档次", "level and step");

impl LevelPay {
    /// Returns the amount a month of a cell, in yuan, or none where it is not attested.
    #[must_use]
    #[inline]
    pub fn get(&self, cell: LevelStep) -> Option<Sourced<Money>> {
        self.table.get(cell)
    }

    /// Returns the number of steps of a level.
    #[must_use]
    #[inline]
    pub fn steps_of(&self, level: Level) -> u8 {
        steps_of(level)
    }

    /// Returns the whole table.
    #[must_use]
    pub fn table(&self) -> &LevelTable {
        &self.table
    }

    /// Returns the error that a cell has no attested amount; it names the edition in force.
    #[cold]
    pub(super) fn not_attested(&self, cell: LevelStep) -> Error {
        let since = self.since.map_or_else(|| "—".to_owned(), |day| day.to_string());
        let steps = steps_of(cell.level);
        let (zh, en) = if cell.step.number() > steps {
            (format!("{cell}（该级共 {steps} 档）"), format!("{cell} (of {steps} steps)"))
        } else {
            (cell.to_string(), cell.to_string())
        };
        Error::new(ErrorCode::CellNotAttested)
            .arg_in("cell", zh, en)
            .arg_in("table", format!("{}（{since}）", TABLE.zh), format!("{} ({since})", TABLE.en))
            .rule(RULE.id())
    }
}

/// Returns the level pay (级别工资) of a month, in whole yuan.
///
/// # Source
///
/// 国发〔2006〕22号 from 2006-07; 国办发〔2015〕3号 from 2014-10; the adjustments of 2016-07 and 2018-07,
/// in part (evidence: per cell). From 2021-10 no amount is known.
///
/// # Errors
///
/// `CellNotAttested` if the table in force has no amount for `cell`; it names the cell.
///
/// # Examples
///
/// ```
/// use zhenggong::{basic_pay::level_pay, derivation::NoTrace, testing};
/// let snapshot = testing::national("2007-01")?;
/// let pay = level_pay(snapshot.get()?, "24-3".parse()?, &mut NoTrace)?;
/// assert_eq!(pay.to_string(), "446.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn level_pay<T: Trace>(p: &LevelPay, cell: LevelStep, t: &mut T) -> Result<Money> {
    let Some(pay) = p.get(cell) else { return Err(p.not_attested(cell)) };
    t.begin(&PAY);
    t.param(Op::Is, &STANDARD, Value::Money(pay.value), pay.cite);
    t.note(&CELL, Some(Value::Cell(cell)));
    t.end_money(pay.value);
    Ok(pay.value)
}

impl Parameters for LevelPay {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let table = fields.get::<LevelCells>("cells")?;
        if let Some((a, b)) = table.disorder() {
            return Err(fields.shape_error(order_detail(a, b)));
        }
        // End points check the table where they are known; they are no part of the answer, so a month
        // or caller without them still has the table.
        if let Ok(Some(ends)) = fields.optional::<LevelCells>("end_points") {
            for (cell, end) in ends.iter() {
                match table.get(cell) {
                    Some(found) if found.value != end.value => {
                        return Err(Error::new(ErrorCode::ChecksumFailed)
                            .arg_in(
                                "value",
                                format!("{} {cell}", TABLE.zh),
                                format!("{} {cell}", TABLE.en),
                            )
                            .arg("found", found.value)
                            .arg("expected", end.value)
                            .rule(RULE.id())
                            .field("cells"));
                    }
                    _ => {}
                }
            }
        }
        let since = table.iter().next().and_then(|(_, pay)| fields.start_of(pay.cite));
        Ok(Self { table, since })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<LevelCells>("cells", Scope::National),
    field::<LevelCells>("end_points", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: TABLE,
    about: Term::new(
        "about",
        "按级别、档次查国家级别工资标准表；没有可考金额的格不推算。",
        "Looks up the national level pay table by level and step; a cell that is not attested is not guessed.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(CELL, "level-step")],
    output: "money",
    resolve: resolve_as::<LevelPay>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    cell: LevelStep,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    level_pay(snapshot.get()?, input.cell, t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::{Pack, PolicyBook},
        testing,
    };

    fn lint(cells: &str) -> Vec<(ErrorCode, u32, u32)> {
        let text = format!(
            "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n[[source]]\nid = \"s\"\n\
             title = \"t\"\nissued = \"1990\"\nevidence = \"official\"\n[[value]]\nrule = \"basic-pay.level\"\n\
             from = \"1990-01-01\"\nsource = \"s\"\nclause = \"c\"\n{cells}\n"
        );
        let findings = PolicyBook::new(vec![Pack::parse("t.toml", &text)]).lint();
        findings.iter().map(|f| (f.error.code(), f.line, f.column)).collect()
    }

    #[test]
    fn a_wrong_shape_is_found_at_its_place() {
        let shape = |line, column| vec![(ErrorCode::TableShape, line, column)];
        let row = "[value.cells]\n\"12\" = { first = \"1117\", increment = \"79\", steps = 13 }";
        assert_eq!(lint(row), []);
        assert_eq!(lint(&row.replace("13", "14")), shape(16, 52));
        assert_eq!(lint(&row.replace("\"79\"", "\"0\"")), shape(16, 38));
        assert_eq!(lint(&format!("{row}\n\"12-3\" = \"1275\"")), shape(17, 1));
        assert_eq!(lint(&format!("{row}\n\"11-1\" = \"1117\"")), shape(17, 1));
        assert_eq!(lint("[value.cells]\n\"27-7\" = \"5\""), shape(16, 1));
        assert_eq!(lint("[value.cells]\n\"27-1\" = \"5\"\n\"27-2\" = \"5\""), shape(17, 1));
    }

    #[test]
    fn a_row_that_is_not_a_row_is_found_at_its_place() {
        let code = |cells: &str| lint(cells).first().copied();
        let at = |code, column| Some((code, 16, column));
        let head = "[value.cells]\n";
        let row = |row: &str| code(&format!("{head}{row}"));
        assert_eq!(
            row("\"28\" = { first = \"1\", increment = \"1\", steps = 6 }"),
            at(ErrorCode::InvalidValue, 1)
        );
        assert_eq!(row("\"27\" = { first = \"1\", steps = 6 }"), at(ErrorCode::MissingKey, 8));
        assert_eq!(
            row("\"27\" = { first = \"1\", increment = \"1\", steps = 6, last = \"6\" }"),
            at(ErrorCode::UnknownKey, 51)
        );
        assert_eq!(row("\"27-1\" = 290"), at(ErrorCode::FloatRefused, 10));
        assert_eq!(row("\"27\" = \"290\""), at(ErrorCode::InvalidInput, 1));
        assert_eq!(
            row(
                "\"27\" = { first = \"90000000000000000\", increment = \"90000000000000000\", steps = 6 }"
            ),
            at(ErrorCode::Overflow, 8)
        );
    }

    #[test]
    fn an_end_point_that_the_table_misses_is_named() {
        let cells = "[value.cells]\n\"27-1\" = \"290\"\n[value.end_points]\n\"27-1\" = \"291\"";
        let found = lint(cells);
        assert!(
            found.iter().all(|(code, ..)| *code == ErrorCode::ChecksumFailed) && !found.is_empty()
        );
    }

    #[test]
    fn the_table_of_2006_has_every_step_of_every_level() {
        let snapshot = testing::national("2014-09").unwrap();
        let p: &LevelPay = snapshot.get().unwrap();
        let all: usize = (1..=27).map(|n| usize::from(steps_of(Level::new(n).unwrap()))).sum();
        assert_eq!((p.table().iter().count(), all), (279, 279));
        // Last steps as printed, not as computed.
        for (cell, last) in
            [("1-6", 382_000), ("13-14", 198_600), ("19-12", 114_100), ("27-6", 42_000)]
        {
            assert_eq!(p.get(cell.parse().unwrap()).unwrap().value.fen(), last, "{cell}");
        }
    }
}

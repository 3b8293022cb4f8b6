//! The level pay table as a policy field: rows by progression, or single cells.

use super::level::TABLE;
use crate::{
    Error, ErrorCode,
    number::Money,
    policy::{CiteId, FieldType, Node, Sourced},
    vocabulary::{Level, LevelStep, Step},
};

/// Number of steps of the levels 1 to 27, the same in every table since 2006.
const STEPS: [u8; 27] = [
    6, 7, 8, 9, 10, 11, 11, 11, 11, 11, 12, 13, 14, 14, 14, 14, 13, 13, 12, 11, 10, 9, 8, 8, 7, 6,
    6,
];
const MOST_STEPS: usize = 14;

/// Returns the number of steps (档次) of a level, from 6 to 14.
///
/// # Source
///
/// 国发〔2006〕22号, table of level pay (evidence: secondary); the later tables keep the shape.
#[must_use]
#[inline]
pub fn steps_of(level: Level) -> u8 {
    row_of(level).and_then(|row| STEPS.get(row)).copied().unwrap_or_default()
}

#[inline]
fn row_of(level: Level) -> Option<usize> {
    usize::from(level.number()).checked_sub(1)
}

/// The cells that one value of a pack sets: `"12" = { first = "1117", increment = "79", steps = 13 }`
/// for a row, `"24-3" = "1470"` for one cell.
#[derive(Debug, Clone)]
pub struct LevelCells(Vec<(LevelStep, Money)>);

/// A level pay table in force: for each attested cell the amount a month with its citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelTable(Box<[[Option<Sourced<Money>>; MOST_STEPS]; STEPS.len()]>);

impl LevelTable {
    /// Returns the amount of a cell, or none where it is not attested.
    #[must_use]
    #[inline]
    pub fn get(&self, cell: LevelStep) -> Option<Sourced<Money>> {
        self.row(cell.level).get(usize::from(cell.step.number()).checked_sub(1)?).copied().flatten()
    }

    /// Returns the cells of a level from step 1 on, as many as the level has steps.
    #[must_use]
    #[inline]
    pub fn row(&self, level: Level) -> &[Option<Sourced<Money>>] {
        let row = row_of(level).and_then(|row| self.0.get(row));
        row.and_then(|row| row.get(..usize::from(steps_of(level)))).unwrap_or_default()
    }

    /// Returns the attested cells, from level 1 step 1 on.
    pub fn iter(&self) -> impl Iterator<Item = (LevelStep, Sourced<Money>)> + '_ {
        self.0.iter().zip(1_u8..).flat_map(|(row, level)| {
            row.iter()
                .zip(1_u8..)
                .filter_map(move |(pay, step)| Some((LevelStep::new(level, step).ok()?, (*pay)?)))
        })
    }

    /// Returns two cells whose amounts contradict the order of steps and levels, if there are any.
    pub(super) fn disorder(&self) -> Option<(LevelStep, LevelStep)> {
        let mut above = [None::<(LevelStep, Money)>; MOST_STEPS];
        let mut before = None::<(LevelStep, Money)>;
        for (cell, pay) in self.iter() {
            let this = (cell, pay.value);
            let column = above.get_mut(usize::from(cell.step.number()).checked_sub(1)?)?;
            for other in [before, *column].into_iter().flatten() {
                if disagree(other, this) {
                    return Some((other.0, cell));
                }
            }
            before = Some(this);
            *column = Some(this);
        }
        None
    }
}

/// Returns whether two cells contradict the order: in a level the higher step pays more, at the same
/// step the higher level does.
fn disagree((a, pay_a): (LevelStep, Money), (b, pay_b): (LevelStep, Money)) -> bool {
    if a.level == b.level {
        a.step.cmp(&b.step) != pay_a.cmp(&pay_b)
    } else if a.step == b.step {
        if a.level.outranks(b.level) { pay_a <= pay_b } else { pay_b <= pay_a }
    } else {
        false
    }
}

pub(super) fn shape(detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::TableShape).arg_both("detail", detail).rule(TABLE.code)
}

pub(super) fn order_detail(a: LevelStep, b: LevelStep) -> String {
    format!("{a} 与 {b} 的金额次序不对 / the amounts of {a} and {b} are out of order")
}

fn read_row(key: Node<'_>, value: Node<'_>) -> Option<Vec<(LevelStep, Money)>> {
    let number = key.text()?.parse::<u8>().ok().filter(|n| key.text() == Some(&n.to_string()));
    let Some(level) = number.and_then(|n| Level::new(n).ok()) else {
        key.fail(
            Error::new(ErrorCode::InvalidValue)
                .arg("key", key.path())
                .arg("value", crate::error::shown(key.text()?))
                .arg_both("expected", "级别 1 至 27 / level 1 to 27"),
        );
        return None;
    };
    let found = value.keys(&["first", "increment", "steps"])?;
    let [first, increment, steps] = found.as_slice() else { return None };
    let Some(first) = first else { return value.missing("first") };
    let Some(increment) = increment else { return value.missing("increment") };
    let Some(steps) = steps else { return value.missing("steps") };
    let (pay, rise, count) = (first.amount(), increment.amount(), steps.count());
    let (pay, rise, count) = (pay?, rise?, count?);
    let official = steps_of(level);
    if count != u32::from(official) {
        steps.fail(shape(format!(
            "{number} 级应有 {official} 档，写为 {count} / level {number} has {official} steps",
            number = level.number()
        )));
        return None;
    }
    if rise.is_zero() {
        increment.fail(shape("级差为 0 / the increment is 0"));
        return None;
    }
    let mut cells = Vec::new();
    for step in 1..=official {
        let made = (|| {
            let pay = pay.plus(rise.times(i64::from(step) - 1)?)?;
            Ok::<_, Error>((LevelStep { level, step: Step::new(step)? }, pay))
        })();
        match made {
            Ok(cell) => cells.push(cell),
            Err(error) => {
                value.fail(error.field(value.path()));
                return None;
            }
        }
    }
    Some(cells)
}

fn read_cell(key: Node<'_>, value: Node<'_>) -> Option<Vec<(LevelStep, Money)>> {
    let (cell, pay) = (key.text_of::<LevelStep>(), value.amount());
    let (cell, pay) = (cell?, pay?);
    let official = steps_of(cell.level);
    if cell.step.number() > official {
        key.fail(shape(format!(
            "{cell}：该级只有 {official} 档 / {cell}: this level has {official} steps only"
        )));
        return None;
    }
    Some(vec![(cell, pay)])
}

impl FieldType for LevelCells {
    type Resolved = LevelTable;

    fn read(node: Node<'_>) -> Option<Self> {
        let mut cells: Vec<(LevelStep, Money)> = Vec::new();
        let mut fine = true;
        for (key, value) in node.entries()? {
            let read = if value.is_table() { read_row } else { read_cell };
            let Some(found) = read(key, value) else {
                fine = false;
                continue;
            };
            for cell in found {
                if let Some(other) = cells.iter().find(|other| disagree(**other, cell)) {
                    key.fail(shape(order_detail(other.0, cell.0)));
                    fine = false;
                    break;
                }
                if cells.iter().any(|other| other.0 == cell.0) {
                    key.fail(shape(format!("{0} 写了两次 / {0} stands there twice", cell.0)));
                    fine = false;
                    break;
                }
                cells.push(cell);
            }
        }
        fine.then_some(Self(cells))
    }

    fn keys(&self) -> Vec<String> {
        self.0.iter().map(|(cell, _)| cell.to_string()).collect()
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        let mut table = Box::new([[None; MOST_STEPS]; STEPS.len()]);
        for (part, cite) in parts {
            for (cell, value) in &part.0 {
                let slot = table
                    .get_mut(row_of(cell.level)?)?
                    .get_mut(usize::from(cell.step.number()).checked_sub(1)?)?;
                *slot = Some(Sourced { value: *value, cite: *cite });
            }
        }
        Some(LevelTable(table))
    }
}

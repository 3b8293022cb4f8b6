//! Records: steps as they are kept, in half a cache line each.

use chrono::NaiveDate;

use super::{Id, Label, Op, Step, Value};
use crate::{
    assessment::{PointRounding, Points},
    calendar::Month,
    number::{Exact, Money, Rate, Rounding, RoundingMode},
    policy::CiteId,
    vocabulary::{LevelStep, Term},
};

/// One step of a derivation in 32 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    value: Slim,
    // None where the step has no name, or one from a pack; SCHEME where a scheme gives it.
    label: Option<&'static Term>,
    cite: u32,
    pack: u16,
    what: What,
}

const _: () = assert!(size_of::<Record>() == 32);

#[derive(Debug, Clone, Copy)]
enum What {
    Begin,
    Term(Op),
    Note,
    Round(u8),
    End,
}

/// A value in 16 bytes.
#[derive(Debug, Clone, Copy)]
enum Slim {
    None,
    Money(Money),
    /// Scale and digits.
    Percent(u8, i64),
    Number(u8, i64),
    Exact(u8, i64),
    /// An exact value that has no such form, by its position in a list.
    Wide(u32),
    Points(Points),
    PointRounding(RoundingMode, u8),
    Count(i64),
    Date(NaiveDate),
    Month(Month),
    Term(&'static Term),
    Cell(LevelStep),
    /// An id, by its position in a list.
    Id(u32),
}

/// Stands for a name from a scheme, whose number is the next in the list of such names.
static SCHEME: Term = Term::new("scheme", "方案", "scheme");

const NO_CITE: u32 = u32::MAX;

/// The records of a derivation, with the few values that do not fit in one.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    records: Vec<Record>,
    wide: Vec<Exact>,
    // The numbers of the names that schemes give, in the order of the steps that have one.
    schemes: Vec<u32>,
    ids: Vec<Id>,
}

impl Records {
    pub(super) fn with_capacity(steps: usize) -> Self {
        Self { records: Vec::with_capacity(steps), ..Self::default() }
    }

    pub(super) fn clear(&mut self) {
        self.records.clear();
        self.wide.clear();
        self.schemes.clear();
        self.ids.clear();
    }

    #[inline(always)]
    pub(super) fn push(&mut self, step: Step) {
        if let Step::Begin(label) | Step::Term { label, .. } | Step::Note { label, .. } = step
            && let Label::Scheme(number) = label
        {
            self.schemes.push(number);
        }
        let record = match step {
            Step::Begin(label) => Record::new(What::Begin, Some(label), Slim::None, None),
            Step::Term { op, label, value, cite } => {
                let value = self.slim(value);
                Record::new(What::Term(op), Some(label), value, cite)
            }
            Step::Note { label, value, cite } => {
                let value = value.map_or(Slim::None, |value| self.slim(value));
                Record::new(What::Note, Some(label), value, cite)
            }
            Step::Round { before, rounding, cite } => {
                let before = self.keep(before);
                Record::new(What::Round(rounding.code()), None, before, cite)
            }
            Step::End(value) => {
                let value = self.slim(value);
                Record::new(What::End, None, value, None)
            }
        };
        self.records.push(record);
    }

    /// Keeps the rounding of `amount × rate − less`.
    #[inline(always)]
    pub(super) fn push_product(
        &mut self,
        amount: Money,
        rate: Rate,
        less: Money,
        rounding: Rounding,
        cite: CiteId,
    ) {
        let product = amount.fen().checked_mul(rate.mantissa());
        let taken = less.fen().checked_mul(rate.denominator());
        let value = product.zip(taken).and_then(|(product, taken)| product.checked_sub(taken));
        let before = match value {
            Some(digits) => Slim::Exact(rate.scale(), digits),
            None => self.keep_product(amount, rate, less),
        };
        self.records.push(Record::new(What::Round(rounding.code()), None, before, Some(cite)));
    }

    #[inline(always)]
    fn slim(&mut self, value: Value) -> Slim {
        match value {
            Value::Money(money) => Slim::Money(money),
            Value::Exact(exact) => self.keep(exact),
            Value::Percent(rate) => Slim::Percent(rate.scale(), rate.mantissa()),
            Value::Number(rate) => Slim::Number(rate.scale(), rate.mantissa()),
            Value::Points(points) => Slim::Points(points),
            Value::PointRounding(by) => Slim::PointRounding(by.mode(), by.digits()),
            Value::Count(count) => Slim::Count(count),
            Value::Date(date) => Slim::Date(date),
            Value::Month(month) => Slim::Month(month),
            Value::Term(term) => Slim::Term(term),
            Value::Cell(cell) => Slim::Cell(cell),
            Value::Id(id) => self.keep_id(id),
        }
    }

    #[cold]
    fn keep_id(&mut self, id: Id) -> Slim {
        let at = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.push(id);
        Slim::Id(at)
    }

    #[inline(never)]
    fn keep(&mut self, exact: Exact) -> Slim {
        let at = u32::try_from(self.wide.len()).unwrap_or(u32::MAX);
        self.wide.push(exact);
        Slim::Wide(at)
    }

    #[cold]
    fn keep_product(&mut self, amount: Money, rate: Rate, less: Money) -> Slim {
        // The rule has rounded this product, so it fits.
        let exact = amount.exact().times(rate).and_then(|exact| exact.minus(less.exact()));
        self.keep(exact.unwrap_or(Exact::ZERO))
    }

    /// Returns how many steps there are.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns the steps.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        let mut schemes = self.schemes.iter();
        self.records.iter().map(move |record| {
            let label = match record.label {
                None => Label::Pack(record.pack),
                Some(term) if std::ptr::eq(term, &SCHEME) => {
                    schemes.next().map_or(Label::Term(&SCHEME), |number| Label::Scheme(*number))
                }
                Some(term) => Label::Term(term),
            };
            self.step(record, label)
        })
    }

    fn step(&self, record: &Record, label: Label) -> Step {
        let cite = Some(CiteId(record.cite)).filter(|cite| cite.0 != NO_CITE);
        // Only a note can lack its value.
        let value = self.value(record.value);
        let there = value.unwrap_or(Value::Count(0));
        match record.what {
            What::Begin => Step::Begin(label),
            What::Term(op) => Step::Term { op, label, value: there, cite },
            What::Note => Step::Note { label, value, cite },
            What::Round(code) => {
                let before = match there {
                    Value::Exact(exact) => exact,
                    _ => Exact::ZERO,
                };
                Step::Round { before, rounding: Rounding::of_code(code), cite }
            }
            What::End => Step::End(there),
        }
    }

    fn value(&self, slim: Slim) -> Option<Value> {
        Some(match slim {
            Slim::None => return None,
            Slim::Money(money) => Value::Money(money),
            Slim::Percent(scale, digits) => Value::Percent(Rate::from_parts(digits, scale)),
            Slim::Number(scale, digits) => Value::Number(Rate::from_parts(digits, scale)),
            Slim::Exact(scale, digits) => Value::Exact(Exact::of_fen(digits, scale)),
            Slim::Wide(at) => Value::Exact(*self.wide.get(usize::try_from(at).ok()?)?),
            Slim::Points(points) => Value::Points(points),
            Slim::PointRounding(mode, digits) => {
                Value::PointRounding(PointRounding::new(mode, digits)?)
            }
            Slim::Count(count) => Value::Count(count),
            Slim::Date(date) => Value::Date(date),
            Slim::Month(month) => Value::Month(month),
            Slim::Term(term) => Value::Term(term),
            Slim::Cell(cell) => Value::Cell(cell),
            Slim::Id(at) => Value::Id(*self.ids.get(usize::try_from(at).ok()?)?),
        })
    }
}

impl Record {
    #[inline(always)]
    fn new(what: What, label: Option<Label>, value: Slim, cite: Option<CiteId>) -> Self {
        let (label, pack) = match label {
            Some(Label::Term(term)) => (Some(term), 0),
            Some(Label::Pack(number)) => (None, number),
            Some(Label::Scheme(_)) => (Some(&SCHEME), 0),
            None => (None, 0),
        };
        Self { value, label, cite: cite.map_or(NO_CITE, |cite| cite.0), pack, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static NAME: Term = Term::new("name", "名称", "name");

    #[test]
    fn every_step_comes_back_as_it_was() {
        let rate = Rate::from_parts(12_345, 4);
        let exact = Money::from_fen(100).exact().over_int(3).unwrap();
        let date = NaiveDate::from_ymd_opt(2025, 3, 31).unwrap();
        let values = [
            Value::Money(Money::MIN),
            Value::Exact(exact),
            Value::Percent(rate),
            Value::Number(rate),
            Value::Points(Points::MIN),
            Value::PointRounding(PointRounding::FINEST),
            Value::PointRounding(PointRounding::HALF_UP_2),
            Value::Count(-1),
            Value::Date(date),
            Value::Month(Month::MAX),
            Value::Term(&NAME),
            Value::Cell(LevelStep::new(24, 3).unwrap()),
            Value::Id(Id::new("0417")),
        ];
        let mut steps = vec![Step::Begin(Label::Pack(7)), Step::Begin(Label::Term(&NAME))];
        for value in values {
            let (op, cite) = (Op::AtMost, Some(CiteId(9)));
            steps.push(Step::Term { op, label: Label::Term(&NAME), value, cite });
            steps.push(Step::Note { label: Label::Pack(3), value: Some(value), cite: None });
            let number = u32::try_from(steps.len()).unwrap();
            steps.push(Step::Begin(Label::Scheme(number)));
            steps.push(Step::Term { op, label: Label::Scheme(u32::MAX - number), value, cite });
            steps.push(Step::End(value));
        }
        steps.push(Step::Note { label: Label::Pack(3), value: None, cite: Some(CiteId(0)) });
        for rounding in Rounding::all() {
            steps.push(Step::Round { before: exact, rounding, cite: Some(CiteId(2)) });
        }
        let mut records = Records::default();
        steps.iter().for_each(|step| records.push(*step));
        assert_eq!(records.steps().collect::<Vec<_>>(), steps);
        records.clear();
        let left = (records.len(), records.wide.len(), records.schemes.len(), records.ids.len());
        assert_eq!(left, (0, 0, 0, 0));
    }

    #[test]
    fn a_product_is_kept_exactly_whether_it_fits_or_not() {
        let mut records = Records::default();
        let (rate, less) = (Rate::from_parts(8, 2), Money::from_fen(1));
        for amount in [Money::from_fen(12_345), Money::MAX] {
            let exact = amount.exact().times(rate).unwrap().minus(less.exact()).unwrap();
            records.push_product(amount, rate, less, Rounding::HALF_UP_YUAN, CiteId(4));
            let last = records.steps().last();
            let (rounding, cite) = (Rounding::HALF_UP_YUAN, Some(CiteId(4)));
            assert_eq!(last, Some(Step::Round { before: exact, rounding, cite }));
        }
        assert_eq!(records.wide.len(), 1);
    }
}

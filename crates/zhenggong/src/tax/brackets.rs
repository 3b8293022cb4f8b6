//! 税率表, a table of progressive tax brackets with quick deductions.

use crate::{
    Error, ErrorCode,
    number::{Exact, Money, NumberError, Rate},
    policy::{CiteId, FieldType, Node, Sourced},
};

/// One bracket: up to what it reaches, its rate, and its quick deduction (速算扣除数).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    /// The greatest amount that belongs to the bracket (不超过); none for the last one.
    pub to: Option<Money>,
    /// The rate on the whole amount.
    pub rate: Rate,
    /// What is taken off the product, so that lower parts are taxed at their own rates.
    pub quick: Money,
}

impl Bracket {
    /// Returns the tax on an amount of this bracket, not rounded.
    ///
    /// # Errors
    ///
    /// `Overflow` for amounts near the greatest possible.
    #[inline]
    pub fn tax(self, amount: Money) -> Result<Exact, NumberError> {
        amount.exact().times(self.rate)?.minus(self.quick.exact())
    }
}

/// Tax brackets, lowest first; the last one has no upper end.
///
/// In packs: `[{ to = "36000", rate = "0.03", quick = "0" }, …, { rate = "0.45", quick = "181920" }]`.
/// A table is refused unless ends and rates ascend, only the last bracket is open, no rate is above
/// 1, and every quick deduction is the one that makes the tax continuous at the bracket's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brackets {
    closed: Box<[Bracket]>,
    top: Bracket,
}

impl Brackets {
    /// Returns the bracket that the amount belongs to; an amount at an end belongs to the lower one.
    #[must_use]
    #[inline(always)]
    pub fn of(&self, amount: Money) -> Bracket {
        self.first(|to| amount <= to)
    }

    /// Returns the bracket of an amount that is not rounded, such as a twelfth of a bonus.
    #[must_use]
    #[inline]
    pub fn of_exact(&self, amount: Exact) -> Bracket {
        self.first(|to| amount <= to.exact())
    }

    #[inline(always)]
    fn first(&self, reaches: impl Fn(Money) -> bool) -> Bracket {
        let found = self.closed.iter().find(|b| b.to.is_some_and(&reaches));
        found.copied().unwrap_or(self.top)
    }

    /// Returns all brackets, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = Bracket> + '_ {
        self.closed.iter().copied().chain(std::iter::once(self.top))
    }

    /// Makes the table, or says what is wrong with it: `中文 / English`.
    fn new(mut rows: Vec<Bracket>) -> Result<Self, String> {
        let Some(top) = rows.pop() else { return Err("没有级距 / no bracket".into()) };
        if top.to.is_some() {
            return Err("最后一级不应有上限 to / the last bracket must have no end".into());
        }
        let mut before: Option<Bracket> = None;
        for (at, row) in rows.iter().chain(std::iter::once(&top)).enumerate() {
            check(before, *row).map_err(|fault| {
                let (zh, en) = fault.split_once(" / ").unwrap_or((&fault, &fault));
                format!("第 {0} 级：{zh} / bracket {0}: {en}", at + 1)
            })?;
            before = Some(*row);
        }
        Ok(Self { closed: rows.into(), top })
    }
}

/// Says what is wrong with a bracket, given the one below it.
fn check(before: Option<Bracket>, row: Bracket) -> Result<(), String> {
    if row.rate > Rate::ONE {
        return Err(format!("税率 {} 超过 1 / rate above 1", row.rate));
    }
    let implied = match before {
        None => Exact::ZERO,
        Some(before) => {
            let Some(end) = before.to else {
                return Err("只有最后一级可以没有上限 to / only the last may be open".into());
            };
            if row.to.is_some_and(|to| to <= end) || row.rate <= before.rate {
                return Err("上限和税率应逐级升高 / ends and rates must ascend".into());
            }
            implied(before, end, row.rate).map_err(|e| {
                let error = Error::from(e);
                format!("{} / {}", error.zh(), error.en())
            })?
        }
    };
    if row.quick.exact() == implied {
        return Ok(());
    }
    let implied = implied.decimal_text(4);
    Err(format!("速算扣除数 {} 应为 {implied} / the quick deduction must be {implied}", row.quick))
}

/// The quick deduction with which the tax does not jump at the end of the bracket below.
fn implied(before: Bracket, end: Money, rate: Rate) -> Result<Exact, NumberError> {
    let whole = end.exact();
    before.quick.exact().plus(whole.times(rate)?.minus(whole.times(before.rate)?)?)
}

impl FieldType for Brackets {
    type Resolved = Sourced<Self>;

    fn read(node: Node<'_>) -> Option<Self> {
        let mut rows = Vec::new();
        for item in node.items()? {
            let found = item.keys(&["to", "rate", "quick"])?;
            let [to, rate, quick] = found.as_slice() else { return None };
            let to = match to {
                Some(to) => Some(to.amount()?),
                None => None,
            };
            let rate = match rate {
                Some(rate) => rate.rate()?,
                None => return item.missing("rate"),
            };
            let quick = match quick {
                Some(quick) => quick.amount()?,
                None => return item.missing("quick"),
            };
            rows.push(Bracket { to, rate, quick });
        }
        match Self::new(rows) {
            Ok(table) => Some(table),
            Err(detail) => {
                node.fail(Error::new(ErrorCode::TableShape).arg_both("detail", detail));
                None
            }
        }
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(table, cite)| Sourced { value: (*table).clone(), cite: *cite })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{policy::Pack, testing};

    fn row(to: Option<i64>, percent: i64, quick: i64) -> Bracket {
        Bracket {
            to: to.map(|y| Money::from_yuan(y).unwrap()),
            rate: Rate::from_parts(percent, 2),
            quick: Money::from_yuan(quick).unwrap(),
        }
    }

    #[test]
    fn a_table_of_another_shape_is_refused() {
        let good =
            vec![row(Some(36_000), 3, 0), row(Some(144_000), 10, 2_520), row(None, 20, 16_920)];
        assert!(Brackets::new(good.clone()).is_ok());
        let with = |at: usize, other: Bracket| {
            let mut rows = good.clone();
            rows[at] = other;
            Brackets::new(rows).unwrap_err()
        };
        assert!(with(1, row(Some(144_000), 10, 2_521)).contains("2520.00"));
        assert!(with(0, row(Some(36_000), 3, 1)).contains("第 1 级"));
        assert!(with(1, row(Some(36_000), 10, 2_520)).contains("ascend"));
        assert!(with(1, row(Some(144_000), 3, 0)).contains("ascend"));
        assert!(with(1, row(None, 10, 2_520)).contains("only the last"));
        assert!(with(2, row(Some(300_000), 20, 16_920)).contains("no end"));
        assert!(with(2, row(None, 120, 0)).contains("above 1"));
        assert!(Brackets::new(Vec::new()).is_err());
    }

    #[test]
    fn the_finding_stands_at_the_table() {
        let text = "[pack]\nid = \"x\"\nlayer = \"national\"\nplace = \"x\"\n\
            [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2018\"\nevidence = \"official\"\n\
            [[value]]\nrule = \"tax.wage-withholding\"\nfrom = \"2019-01-01\"\nsource = \"s\"\n\
            clause = \"c\"\nbrackets = [{ to = \"36000\", rate = \"0.03\", quick = \"0\" }, \
            { rate = \"0.1\", quick = \"2500\" }]\n";
        let pack = Pack::parse("x.toml", text);
        let finding = pack.findings().first().unwrap();
        assert_eq!((finding.error.code(), finding.line), (ErrorCode::TableShape, 15));
    }

    proptest! {
        /// The quick deduction gives what the parts of each bracket give one by one.
        #[test]
        fn the_tax_is_the_sum_of_its_parts(fen in 0i64..200_000_000) {
            let snapshot = testing::national("2024-01").unwrap();
            let table = &snapshot.get::<crate::tax::WageTax>().unwrap().brackets().value;
            let amount = Money::from_fen(fen);
            let (mut sum, mut start) = (Exact::ZERO, 0);
            for bracket in table.iter() {
                let end = bracket.to.map_or(fen, |to| to.fen().min(fen));
                let part = Money::from_fen((end - start).max(0));
                sum = sum.plus(part.exact().times(bracket.rate).unwrap()).unwrap();
                start = start.max(end);
            }
            prop_assert_eq!(table.of(amount).tax(amount).unwrap(), sum);
        }
    }
}

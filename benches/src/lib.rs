//! What the benchmarks measure with: the reference plan, people made up for it, and their columns.
//!
//! The people are the same on every machine. Each is paid twelve months of 2025 in order, so that the
//! amounts to date of every month are what the months before gave.

mod columns;

use zhenggong::{
    Engine, Error, ErrorCode, Result,
    calendar::Month,
    derivation::NoTrace,
    number::{Money, Rate},
    person::{Fact, Label, PersonMonth},
    policy::{Evidence, Pack},
    settlement::{MonthPlan, Settled, Slip, settle},
    vocabulary::{DutyType, PayItem, PersonKind, PoliceRank, Vocabulary},
};
use zhenggong_arrow::{BatchOptions, DecimalWidth};

pub use columns::record_batch;

/// The months that are paid.
const YEAR: i32 = 2025;

/// Returns the engine of the reference plan.
///
/// # Errors
///
/// `Internal` with the findings where the plan is broken.
pub fn engine() -> Result<Engine> {
    let plan = Pack::parse("plan.toml", include_str!("../plan.toml"));
    Engine::builder()
        .pack(plan)
        .accept(Evidence::Inferred)
        .build()
        .map_err(|findings| Error::new(ErrorCode::Internal).arg("detail", format!("{findings:?}")))
}

/// The items that the reference plan fills.
pub const ITEMS: [PayItem; 9] = [
    PayItem::PostPay,
    PayItem::LevelPay,
    PayItem::PoliceRankAllowance,
    PayItem::PoliceOvertimeAllowance,
    PayItem::Pension,
    PayItem::OccupationalAnnuity,
    PayItem::Medical,
    PayItem::HousingFund,
    PayItem::IncomeTax,
];

/// Returns the options of the batches that are measured.
#[must_use]
pub fn options() -> BatchOptions {
    BatchOptions {
        employer_cost: false,
        items: ITEMS.to_vec(),
        width: DecimalWidth::Decimal64,
        ..BatchOptions::default()
    }
}

/// A person-month with its month and what comes out.
#[derive(Debug, Clone)]
pub struct Case {
    /// The month.
    pub month: Month,
    /// The facts.
    pub person: PersonMonth,
    /// The lines.
    pub slip: Slip,
    /// The totals.
    pub settled: Settled,
}

/// Returns this many person-months, person by person and month by month.
///
/// # Errors
///
/// The errors of the plan; there are none.
pub fn cases(engine: &Engine, count: usize) -> Result<Vec<Case>> {
    let months: Vec<Month> = (1..=12).map(|n| Month::new(YEAR, n)).collect::<Result<_>>()?;
    let snapshots = months.iter().map(|m| engine.snapshot(*m)).collect::<Result<Vec<_>>>()?;
    let plan = |snapshot| MonthPlan::new(snapshot).without_employer_cost();
    let plans: Vec<_> = snapshots.iter().map(|s| plan(s)).collect();
    let mut cases = Vec::with_capacity(count);
    let mut dice = Dice(2025);
    while cases.len() < count {
        let mut person = someone(&mut dice, cases.len() / 12)?;
        for (n, plan) in (1..).zip(&plans) {
            if cases.len() == count {
                break;
            }
            person.tax_months = Fact::Known(n);
            person.overtime_rest_days = Fact::Known(dice.below(7) as u32);
            person.overtime_holiday_days = Fact::Known(dice.below(4) as u32);
            let (slip, settled) = pay(plan, &mut person)?;
            cases.push(Case { month: plan.month(), person: person.clone(), slip, settled });
            if let Some(case) = cases.last() {
                to_date(&mut person, case)?;
            }
        }
    }
    Ok(cases)
}

/// Returns a person before January.
fn someone(dice: &mut Dice, number: usize) -> Result<PersonMonth> {
    let unit = Label::new(&format!("unit {}", number % 100))?;
    let mut p = PersonMonth::new(Label::new(&format!("{number:08}"))?, unit, PersonKind::Officer);
    let rank = dice.below(PoliceRank::ALL.len() as u64) as usize;
    p.rank = PoliceRank::ALL.get(rank).map_or(Fact::Missing, |rank| Fact::Known(*rank));
    p.duty = Fact::Known(DutyType::FrontLine);
    // Gross pay from below the floor of the base to above its ceiling, with odd fen.
    let post = Money::from_fen(50_000 + dice.below(350_000).cast_signed());
    let level = Money::from_fen(100_000 + dice.below(1_700_000).cast_signed());
    p.stated.insert(PayItem::PostPay, post);
    p.stated.insert(PayItem::LevelPay, level);
    let rate = [5, 8, 12].get(dice.below(3) as usize).copied().unwrap_or(12);
    p.housing_rate = Fact::Known(Rate::from_parts(rate, 2));
    p.special_additional = Fact::Known(Money::from_yuan(dice.below(5).cast_signed() * 1000)?);
    for fact in [
        &mut p.ytd_income,
        &mut p.ytd_special,
        &mut p.ytd_additional,
        &mut p.ytd_other,
        &mut p.ytd_withheld,
    ] {
        *fact = Fact::Known(Money::ZERO);
    }
    Ok(p)
}

/// Pays a month. The housing fund goes by the month's own gross pay, which is learned first.
fn pay(plan: &MonthPlan<'_>, person: &mut PersonMonth) -> Result<(Slip, Settled)> {
    let mut slip = Slip::new();
    person.housing_wage = Fact::Known(Money::ZERO);
    let gross = settle(plan, person, &mut NoTrace, &mut slip)?.gross;
    person.housing_wage = Fact::Known(gross);
    slip.clear();
    let settled = settle(plan, person, &mut NoTrace, &mut slip)?;
    Ok((slip, settled))
}

/// Adds the month to what the next month has to date.
fn to_date(person: &mut PersonMonth, paid: &Case) -> Result<()> {
    let line = |item| paid.slip.get(item).unwrap_or_default();
    let add = |fact: &mut Fact<Money>, amounts: &[Money]| -> Result<()> {
        let mut sum = fact.known().unwrap_or_default();
        for amount in amounts {
            sum = sum.plus(*amount)?;
        }
        *fact = Fact::Known(sum);
        Ok(())
    };
    let special = [PayItem::Pension, PayItem::Medical, PayItem::HousingFund].map(line);
    let additional = person.special_additional.known().unwrap_or_default();
    add(&mut person.ytd_income, &[paid.settled.gross])?;
    add(&mut person.ytd_special, &special)?;
    add(&mut person.ytd_additional, &[additional])?;
    add(&mut person.ytd_other, &[line(PayItem::OccupationalAnnuity)])?;
    add(&mut person.ytd_withheld, &[line(PayItem::IncomeTax)])
}

/// Numbers that are the same on every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_what_hand_calculation_gives() {
        let engine = engine().unwrap();
        let snapshot = engine.snapshot(Month::new(YEAR, 1).unwrap()).unwrap();
        let plan = MonthPlan::new(&snapshot).without_employer_cost();
        let mut p = someone(&mut Dice(1), 0).unwrap();
        let money = |text: &str| Money::parse(text).unwrap();
        p.rank = Fact::Known(PoliceRank::SuperintendentThirdClass);
        p.overtime_rest_days = Fact::Known(5);
        p.overtime_holiday_days = Fact::Known(3);
        p.stated.insert(PayItem::PostPay, money("2000.05"));
        p.stated.insert(PayItem::LevelPay, money("9000.00"));
        p.housing_rate = Fact::Known(Rate::parse("0.12").unwrap());
        p.special_additional = Fact::Known(money("1000"));
        p.tax_months = Fact::Known(1);
        let (slip, settled) = pay(&plan, &mut p).unwrap();
        // Six days are paid: three holidays at 100, three rest days at 80.
        // Gross 2000.05 + 9000 + 660 + 540 = 12200.05, which is the base.
        // Pension 976.004, annuity 488.002, medical 244.001, housing fund 1464.006.
        // Taxed: 12200.05 - 5000 - 1000 - 976 - 488 - 244 - 1464 = 3028.05, at 3 %.
        let lines = ITEMS.map(|item| slip.get(item).unwrap().to_string());
        assert_eq!(
            lines,
            [
                "2000.05", "9000.00", "660.00", "540.00", "976.00", "488.00", "244.00", "1464.00",
                "90.84"
            ]
        );
        assert_eq!(settled.net.to_string(), "8937.21");
    }

    #[test]
    fn the_batch_gives_what_the_cases_say() {
        let engine = engine().unwrap();
        let cases = cases(&engine, 5000).unwrap();
        let batch = record_batch(&cases).unwrap();
        let batch_of = zhenggong_arrow::Batch::new(&engine, options());
        let table = batch_of.table(&batch).unwrap();
        let months = batch_of.months(&table).unwrap();
        let mut chunk = zhenggong_arrow::ChunkBuffers::new();
        batch_of.run_chunk(&mut chunk, &table, &months.plans(), 0..5000).unwrap();
        for (row, case) in cases.iter().enumerate() {
            for item in ITEMS {
                assert_eq!(chunk.amount(item, row), case.slip.get(item));
            }
            let net = chunk.total_fen(zhenggong_arrow::Total::Net)[row];
            assert_eq!(net, case.settled.net.fen());
        }
    }
}

//! Rows that are alike are settled by column, the others one by one; nobody sees which.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod common;

use common::{Encoding, Texts, amount, check, choices, columns, engine, record_batch};
use proptest::prelude::*;
use zhenggong_arrow::{Batch, BatchOptions, OnError};

/// How a table is drawn.
#[derive(Debug, Clone, Copy)]
struct Shape {
    seed: u64,
    rows: usize,
    /// Of a hundred usual columns, and of a hundred others, how many the table has.
    usual: u64,
    columns: u64,
    /// Of a thousand cells, how many are empty, and how many are odd.
    gaps: u64,
    odd: u64,
    /// Of a hundred rows, how many are of auxiliaries, and how many are of another month.
    auxiliaries: u64,
    other_months: u64,
    /// Whether amounts can be beyond all sense.
    huge: bool,
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

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// Facts without which no line of an officer can be computed are in nearly every table.
const USUAL: [&str; 17] = [
    "rank",
    "post",
    "post_kind",
    "level_step",
    "duty",
    "overtime_rest_days",
    "overtime_holiday_days",
    "contribution_wage",
    "housing_wage",
    "housing_rate",
    "tax_months",
    "ytd_income",
    "ytd_special",
    "ytd_additional",
    "ytd_other",
    "ytd_withheld",
    "special_additional",
];

fn table(shape: Shape) -> Vec<Texts> {
    let mut dice = Dice(shape.seed);
    let has: Vec<_> = columns()
        .into_iter()
        .map(|(name, form)| {
            let usual = USUAL.contains(&name.as_str());
            let share = if usual { shape.usual } else { shape.columns };
            (dice.below(100) < share, name, form)
        })
        .collect();
    let (usual, others) = (dice.pick(&["2021-03", "2025-03"]), ["2021-07", "2025-03", "2016-03"]);
    let row = |dice: &mut Dice| {
        let mut cells = Texts::new();
        for (has, name, form) in &has {
            let text = match name.as_str() {
                "kind" if dice.below(100) < shape.auxiliaries => "辅警",
                "kind" => "民警",
                "month" if dice.below(100) < shape.other_months => dice.pick(&others),
                "month" => usual,
                _ if !has || dice.below(1000) < shape.gaps => continue,
                _ if dice.below(1000) < shape.odd => dice.pick(&choices(form, true)),
                "rank_since" => dice.pick(&["2015-06-30", "2020-02-29"]),
                _ if shape.huge && *form == "money" && dice.below(200) == 0 => {
                    dice.pick(&["90071992547409.92", "9999999999999999.99", "92233720368547758.07"])
                }
                _ => dice.pick(&choices(form, false)),
            };
            cells.insert(name.clone(), text.to_owned());
        }
        cells
    };
    (0..shape.rows).map(|_| row(&mut dice)).collect()
}

fn shapes() -> impl Strategy<Value = Shape> {
    let few = |most: u64| prop_oneof![2 => Just(0), 1 => 0..most];
    (
        any::<u64>(),
        prop_oneof![1usize..40, 500usize..600],
        prop::sample::select(vec![0u64, 5, 30, 95]),
        (few(40), few(20)),
        (few(60), few(60)),
        any::<bool>(),
    )
        .prop_map(|(seed, rows, columns, (gaps, odd), (auxiliaries, other_months), huge)| {
            Shape { seed, rows, usual: 98, columns, gaps, odd, auxiliaries, other_months, huge }
        })
}

fn options() -> BatchOptions {
    BatchOptions { on_error: OnError::Column, ..BatchOptions::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn rows_settle_as_records_do(
        shape in shapes(),
        encoding in prop::sample::select(vec![
            Encoding::Text, Encoding::Dictionary, Encoding::Typed(64, 2), Encoding::Typed(128, 2),
        ]),
    ) {
        // Only text can say what is odd.
        let typed = matches!(encoding, Encoding::Typed(..));
        let people = table(Shape { odd: if typed { 0 } else { shape.odd }, ..shape });
        let paid = Batch::new(engine(), options()).run(&record_batch(&people, encoding)).unwrap();
        check(engine(), &people, &paid);
    }
}

/// So that the property above says something: in a table without gaps many rows are paid.
#[test]
fn many_rows_of_a_whole_table_are_paid() {
    let shape = Shape {
        seed: 7,
        rows: 1100,
        usual: 100,
        columns: 0,
        gaps: 0,
        odd: 0,
        auxiliaries: 0,
        other_months: 0,
        huge: false,
    };
    let mut paid = 0;
    for seed in 0..2 {
        let people = table(Shape { seed, ..shape });
        let batch = record_batch(&people, Encoding::Typed(64, 2));
        let slips = Batch::new(engine(), options()).run(&batch).unwrap();
        check(engine(), &people, &slips);
        paid += (0..people.len()).filter(|row| amount(&slips, "net", *row).is_some()).count();
    }
    assert!(paid > 2 * 1100 / 8, "{paid}");
}

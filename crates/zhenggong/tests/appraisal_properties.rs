//! Properties of the appraisal law: the quota holds, order does not matter, sanctions only add up.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use zhenggong::{
    ErrorCode,
    assessment::{
        Allocation, AppraisalStanding, Better, Candidate, CountRounding, CreditFacts,
        ExcellentQuota, NextGradeCredit, Pool, SanctionDecision, SanctionPeriods, StepCredit,
        TenureFacts, TieKey, YearGrade, allocate, next_grade_ready, quota_seats, sanction_term,
        step_credit,
    },
    calendar::parse_date,
    derivation::{NoTrace, Recorder},
    number::Rate,
    policy::Snapshot,
    testing,
    vocabulary::{AnnualGrade, SanctionKind, Vocabulary},
};

thread_local! {
    static NOW: Snapshot = testing::national("2024-12").unwrap();
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

fn member<V: Vocabulary>() -> impl Strategy<Value = V> {
    prop::sample::select(V::ALL.to_vec())
}

/// People of two units with few different scores and keys, so that ties are common.
fn people() -> impl Strategy<Value = Vec<Candidate>> {
    let person = (0..2_u8, 90..96_i64, 0..4_i64, prop::option::of(0..3_i64), 0..8_u8);
    prop::collection::vec(person, 0..30).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(at, (unit, score, key, other, standing))| Candidate {
            id: format!("{at:02}"),
            unit: format!("u{unit}"),
            sequence: None,
            scheme: None,
            score: Rate::from_parts(score, 0),
            standing: if standing == 0 {
                AppraisalStanding::NotExcellent
            } else {
                AppraisalStanding::Graded
            },
            bars: if standing == 1 { vec!["bar".into()] } else { Vec::new() },
            keys: [("k".to_owned(), key)]
                .into_iter()
                .chain(other.map(|o| ("o".to_owned(), o)))
                .map(|(name, value)| (name, Rate::from_parts(value, 0)))
                .collect::<BTreeMap<_, _>>(),
        })
        .collect()
    })
}

fn pools(base: [u32; 2]) -> Vec<Pool> {
    let pool = |at: usize| Pool {
        id: format!("p{at}"),
        units: Some(vec![format!("u{at}")]),
        sequence: None,
        scheme: None,
        on_staff: None,
        taking_part: None,
        should_take_part: Some(30 + base[at]),
        share: None,
        threshold: Some(Rate::from_parts(91, 0)),
        decided: None,
    };
    vec![pool(0), pool(1)]
}

fn keys() -> Vec<TieKey> {
    let key = |key: &str, better| TieKey { key: key.into(), better };
    vec![key("k", Better::High), key("o", Better::Low)]
}

type Shown = Vec<(String, u32, Vec<String>, Vec<String>)>;

fn shown(found: &[Allocation<'_>]) -> Shown {
    let ids = |people: &[&Candidate]| people.iter().map(|c| c.id.clone()).collect();
    let row =
        |a: &Allocation<'_>| (a.pool.id.clone(), a.quota, ids(&a.excellent), ids(&a.not_eligible));
    found.iter().map(row).collect()
}

fn run(people: &[Candidate], pools: &[Pool], how: CountRounding) -> Result<Shown, ErrorCode> {
    NOW.with(|s| {
        let p: &ExcellentQuota = s.get().unwrap();
        let found = allocate(p, pools, people, Some(how), Some(&keys()), &mut NoTrace);
        let told = allocate(p, pools, people, Some(how), Some(&keys()), &mut Recorder::new());
        match (found, told) {
            (Ok(a), Ok(b)) => {
                assert_eq!(shown(&a), shown(&b));
                Ok(shown(&a))
            }
            (Err(a), Err(b)) => {
                assert_eq!(a.code(), b.code());
                Err(a.code())
            }
            _ => panic!("a listener changes the answer"),
        }
    })
}

fn day(n: u32) -> NaiveDate {
    parse_date("2020-07-01").unwrap() + chrono::Days::new(n.into())
}

/// Decisions of different days, equal sanctions with a joint period within the law.
fn decisions() -> impl Strategy<Value = Vec<SanctionDecision>> {
    let kinds = prop::sample::select(SanctionKind::ALL.split_last().unwrap().1.to_vec());
    let one = (0..3000_u32, kinds, 1..4_usize, 0..100_u32);
    prop::collection::vec(one, 1..6).prop_map(|rows| {
        let mut out = BTreeMap::new();
        for (at, kind, count, part) in rows {
            let period: u32 = match kind {
                SanctionKind::Warning => 6,
                SanctionKind::Demerit => 12,
                SanctionKind::MajorDemerit => 18,
                _ => 24,
            };
            let most = (period * u32::try_from(count).unwrap()).min(48);
            let months = period + (most - period) * part / 100;
            let decision = SanctionDecision {
                effective: day(at),
                kinds: vec![kind; count],
                months: (count > 1).then_some(months),
            };
            out.insert(at, decision);
        }
        out.into_values().collect()
    })
}

fn ends(decisions: &[SanctionDecision]) -> NaiveDate {
    NOW.with(|s| {
        let p: &SanctionPeriods = s.get().unwrap();
        sanction_term(p, decisions, &mut NoTrace).unwrap().ends
    })
}

fn grades() -> impl Strategy<Value = Vec<AnnualGrade>> {
    prop::collection::vec(member::<AnnualGrade>(), 0..12)
}

fn years(grades: &[AnnualGrade]) -> Vec<YearGrade> {
    grades.iter().zip(2010..).map(|(grade, year)| YearGrade { year, grade: *grade }).collect()
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn the_quota_is_never_exceeded(people in people(), base in [0..40_u32, 0..40], how in member()) {
        let pools = pools(base);
        match run(&people, &pools, how) {
            Ok(found) => for ((_, quota, excellent, barred), pool) in found.iter().zip(&pools) {
                prop_assert!(u32::try_from(excellent.len()).unwrap() <= *quota);
                let of_pool = |c: &&Candidate| pool.units.as_ref().unwrap().contains(&c.unit);
                let mine: Vec<_> = people.iter().filter(of_pool).collect();
                let lowest = mine.iter().filter(|c| excellent.contains(&c.id)).map(|c| c.score).min();
                for person in mine {
                    let taken = excellent.contains(&person.id);
                    prop_assert!(!(taken && barred.contains(&person.id)));
                    prop_assert!(!taken || (person.standing == AppraisalStanding::Graded && person.bars.is_empty()));
                    // Nobody who may be excellent is passed over for a lower score.
                    if !taken && !barred.contains(&person.id) {
                        prop_assert!(lowest.is_none_or(|low| person.score <= low));
                        prop_assert_eq!(u32::try_from(excellent.len()).unwrap(), *quota);
                    }
                }
            },
            Err(code) => prop_assert!(matches!(code, ErrorCode::NeedsDecision | ErrorCode::MissingFact)),
        }
    }

    #[test]
    fn the_order_of_people_does_not_matter(
        (people, other) in people().prop_flat_map(|p| (Just(p.clone()), Just(p).prop_shuffle())),
        base in [0..40_u32, 0..40],
    ) {
        let pools = pools(base);
        let (a, b) = (run(&people, &pools, CountRounding::Down), run(&other, &pools, CountRounding::Down));
        match (a, b) {
            (Err(a), Err(b)) => prop_assert_eq!(a, b),
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn a_share_rounds_to_its_neighbours(base in 0..1_000_000_u32, percent in 0..=25_i64) {
        let share = Rate::from_parts(percent, 2);
        let seats = |how| NOW.with(|s| {
            quota_seats(s.get().unwrap(), base, Some(share), Some(how), &mut NoTrace).unwrap()
        });
        let (down, half, up) = (seats(CountRounding::Down), seats(CountRounding::HalfUp), seats(CountRounding::Up));
        let exact = u64::from(base) * u64::try_from(percent).unwrap();
        prop_assert!(u64::from(down) * 100 <= exact && exact <= u64::from(up) * 100);
        prop_assert!(down <= half && half <= up && up - down <= 1 && up <= base);
    }

    #[test]
    fn a_sanction_never_shortens_the_term(all in decisions(), without in 0..6_usize) {
        let before: Vec<_> =
            all.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, d)| d.clone()).collect();
        if !before.is_empty() {
            prop_assert!(ends(&before) <= ends(&all));
        }
        let reversed: Vec<_> = all.iter().rev().cloned().collect();
        prop_assert_eq!(ends(&reversed), ends(&all));
        let last = all.iter().map(|d| d.effective).max().unwrap();
        prop_assert!(ends(&all) <= last + chrono::Months::new(48));
    }

    #[test]
    fn years_add_up_in_any_order(grades in grades(), at in 0..12_usize) {
        let facts = |grades: &[AnnualGrade]| CreditFacts {
            years: years(grades), step_years: 0, level_years: 0, levels_left: None,
        };
        NOW.with(|s| {
            let p: &StepCredit = s.get().unwrap();
            let credit = step_credit(p, &facts(&grades), &mut NoTrace).unwrap();
            let mut turned = facts(&grades);
            turned.years.reverse();
            assert_eq!(step_credit(p, &turned, &mut Recorder::new()).unwrap(), credit);
            // A year that begins to count never costs a level.
            let mut better = grades.clone();
            if let Some(grade) = better.get_mut(at) {
                *grade = AnnualGrade::Excellent;
            }
            let levels = |c: &zhenggong::assessment::Credit| {
                c.rises.iter().filter(|r| r.kind == zhenggong::assessment::RiseKind::PayLevel).count()
            };
            let better = step_credit(p, &facts(&better), &mut NoTrace).unwrap();
            assert!(levels(&better) >= levels(&credit));
        });
    }

    #[test]
    fn an_excellent_year_never_delays_the_next_rank(grades in grades(), at in 0..12_usize, day in 0..365_u32) {
        let since = parse_date("2010-01-01").unwrap() + chrono::Days::new(day.into());
        let as_of = NaiveDate::from_ymd_opt(2010 + i32::try_from(grades.len()).unwrap(), 12, 31).unwrap();
        let ready = |grades: &[AnnualGrade]| NOW.with(|s| {
            let p: &NextGradeCredit = s.get().unwrap();
            let facts = TenureFacts {
                since, by_conversion: false, required_months: 36, as_of, years: years(grades),
            };
            next_grade_ready(p, &facts, &mut NoTrace).map(|t| t.ready)
        });
        let mut better = grades.clone();
        if let Some(grade) = better.get_mut(at) {
            *grade = AnnualGrade::Excellent;
        }
        match (ready(&grades), ready(&better)) {
            (Ok(before), Ok(after)) => prop_assert!(after <= before),
            (Err(error), _) => prop_assert_eq!(error.code(), ErrorCode::NeedsDecision),
            (Ok(_), Err(error)) => panic!("{error}"),
        }
    }
}

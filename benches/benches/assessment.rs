//! What a year's assessment of a bureau costs: 10,000 officers in 100 units, 200 events a person and
//! year, scored for 12 months, each with the quota of the top grade in every unit and with ranking
//! lists; what checking the ledger costs, and one month with every trail.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use zhenggong::{
    Engine,
    assessment::{
        AppraisalStanding, AssessOptions, Assessment, Better, Candidate, CountRounding, Event,
        ExcellentQuota, Ledger, Period, PeriodKind, Points, Pool, Subject, SubjectKind, TieKey,
        allocate, assess, ranking,
    },
    calendar::Month,
    derivation::NoTrace,
    number::Rate,
    person::Label,
    policy::{Evidence, Pack},
};

const OFFICERS: u32 = 10_000;
const UNITS: u32 = 100;
const EVENTS: u32 = 200;

/// Rules of the example scheme, as often as such things happen.
const RULES: [&str; 8] = [
    "business-deduction",
    "key-deduction",
    "study-below-target",
    "business-deduction",
    "cctv-film",
    "admonition",
    "absence",
    "commendation",
];

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn subjects() -> Vec<Subject> {
    let mut out: Vec<_> = (0..UNITS)
        .map(|n| {
            let mut unit = Subject::new(label(&format!("U{n:03}")), SubjectKind::Unit);
            unit.staff = Some(OFFICERS / UNITS);
            unit
        })
        .collect();
    for n in 0..OFFICERS {
        let mut officer = Subject::new(label(&format!("P{n:06}")), SubjectKind::Officer);
        officer.unit = Some(label(&format!("U{:03}", n % UNITS)));
        out.push(officer);
    }
    out
}

/// Events of a year in no order, from a small generator of its own.
fn events() -> Vec<Event> {
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    let mut state = 20_210_101u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut out = Vec::new();
    for n in 0..OFFICERS * EVENTS {
        let person = label(&format!("P{:06}", n / EVENTS));
        let date = first.checked_add_days(Days::new(draw(365))).unwrap();
        let rule = RULES[usize::try_from(draw(8)).unwrap()];
        let mut event = Event::new(label(&format!("E{n:08}")), person, date, rule);
        match rule {
            "business-deduction" | "key-deduction" => {
                event.points =
                    Some(Points::from_ten_thousandths(i64::try_from(draw(20_000)).unwrap()));
            }
            "commendation" => event.matter = Some(label(&format!("M{}", draw(40)))),
            _ => {}
        }
        out.push(event);
    }
    out
}

/// The officers of an assessment as candidates for the top grade; equal scores are told apart by
/// length of service, which nobody shares.
fn candidates(assessment: &Assessment<'_>) -> Vec<Candidate> {
    let officers = assessment.scores().iter().filter_map(|score| {
        let subject = assessment.subject(score)?;
        (subject.kind == SubjectKind::Officer).then_some((subject, score))
    });
    officers
        .zip(0i64..)
        .map(|((subject, score), n)| Candidate {
            id: subject.id.to_string(),
            unit: subject.unit.as_ref().map(ToString::to_string).unwrap(),
            sequence: None,
            scheme: None,
            score: score.total.rate(),
            standing: AppraisalStanding::Graded,
            bars: Vec::new(),
            keys: [("service".to_owned(), Rate::from_parts(n, 0))].into(),
        })
        .collect()
}

fn pools() -> Vec<Pool> {
    (0..UNITS)
        .map(|n| Pool {
            id: format!("U{n:03}"),
            units: Some(vec![format!("U{n:03}")]),
            sequence: None,
            scheme: None,
            on_staff: None,
            taking_part: None,
            should_take_part: Some(OFFICERS / UNITS),
            share: None,
            threshold: None,
            decided: None,
        })
        .collect()
}

fn assessment(c: &mut Criterion) {
    let pack = Pack::example("railway-police-example").unwrap();
    let engine = Engine::builder()
        .packs(Pack::national())
        .pack(pack)
        .accept(Evidence::Inferred)
        .build()
        .unwrap();
    let (subjects, events) = (subjects(), events());
    let months: Vec<Month> = (1..=12).map(|m| Month::new(2021, m).unwrap()).collect();
    let snapshots: Vec<_> = months.iter().map(|m| engine.snapshot(*m).unwrap()).collect();
    let options = AssessOptions { other_periods: true, ..AssessOptions::default() };
    let period = |month: &Month| Period::of(PeriodKind::Month, *month).unwrap();

    let mut group = c.benchmark_group("assessment/10000-officers");
    group.sample_size(10);
    group.throughput(Throughput::Elements(events.len() as u64));
    let pools = pools();
    let service = [TieKey { key: "service".to_owned(), better: Better::High }];
    let down = Some(CountRounding::Down);
    group.bench_function("year-with-ledger-and-quotas", |b| {
        b.iter(|| {
            let ledger = Ledger::new(&subjects, &events, None).unwrap();
            let mut scored = 0;
            for (month, snapshot) in months.iter().zip(&snapshots) {
                let schemes = snapshot.get().unwrap();
                let done = assess(&ledger, schemes, period(month), &options, false).unwrap();
                scored += ranking(&done).len();
                let quota: &ExcellentQuota = snapshot.get().unwrap();
                let people = candidates(&done);
                let given = allocate(quota, &pools, &people, down, Some(&service), &mut NoTrace);
                let excellent: usize = given.unwrap().iter().map(|a| a.excellent.len()).sum();
                // A fifth of a hundred in each unit.
                assert_eq!(excellent, (OFFICERS / 5) as usize);
            }
            assert_eq!(scored, 12 * (OFFICERS + UNITS) as usize);
            black_box(scored)
        });
    });
    group.bench_function("ledger", |b| {
        b.iter(|| black_box(Ledger::new(&subjects, &events, None).unwrap().len()));
    });
    let ledger = Ledger::new(&subjects, &events, None).unwrap();
    group.throughput(Throughput::Elements(events.len() as u64 / 12));
    group.bench_function("month-explained", |b| {
        b.iter(|| {
            let schemes = snapshots[0].get().unwrap();
            let done = assess(&ledger, schemes, period(&months[0]), &options, true).unwrap();
            black_box(done.scores().len())
        });
    });
    group.finish();
}

criterion_group!(benches, assessment);
criterion_main!(benches);

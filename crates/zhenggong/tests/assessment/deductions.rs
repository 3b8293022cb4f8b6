//! An added deduction never raises a score, whatever the scheme is made of: every kind of rule in every mode of
//! item, with matters that count once, caps, surcharges, factors, vetoes, bounds and corrections.

mod scheme;

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use scheme::{DEDUCTIONS, RULES, Shape, shape};
use zhenggong::{
    Error, ErrorCode,
    assessment::{
        AssessOptions, Assessment, Condition, Event, Ledger, Order, Points, Subject, SubjectKind,
        assess,
    },
    calendar::{Month, parse_date},
    person::Label,
    policy::Snapshot,
};

use crate::own::{engine, label, pack};

fn day(day: u32) -> NaiveDate {
    parse_date(&format!("2025-04-{day:02}")).unwrap()
}

fn snapshot(text: &str) -> Arc<Snapshot> {
    engine(pack(text)).snapshot(Month::new(2025, 4).unwrap()).unwrap()
}

/// Day, count, matter, and whether the event has the flag that its rule goes by.
type Drawn = (u32, i64, u8, bool);

fn event(id: &str, rule: &str, drawn: Drawn) -> Event {
    let (on, count, matter, flagged) = drawn;
    let mut event = Event::new(label(id), label("P"), day(on), rule);
    let spec = RULES.iter().find(|r| r.id == rule).unwrap();
    if spec.counts {
        event.count = count;
    }
    if spec.once {
        event.matter = Some(label(&format!("M{}", matter % 3)));
    }
    if spec.entered {
        event.points = Some(Points::whole(count * 3).unwrap());
    }
    if spec.measured {
        event.value = Some(Points::whole(count * 2).unwrap());
    }
    if let Some(flag) = spec.flag.filter(|_| flagged) {
        event.flags.push(flag.to_owned());
    }
    event
}

prop_compose! {
    fn drawn()(on in 1u32..=30, count in 0i64..5, matter: u8, flagged: bool) -> Drawn {
        (on, count, matter, flagged)
    }
}

/// Events, some of which correct or are withdrawn again.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let one = (0..RULES.len(), drawn(), 0u8..8);
    prop::collection::vec(one, 0..24).prop_map(|all| {
        let mut out: Vec<Event> = Vec::new();
        for ((rule, drawn, fate), number) in all.into_iter().zip(10..) {
            let spec = &RULES[rule];
            // One value a period goes into bands, and one rater rates once.
            let single = spec.id == "band" || spec.id == "rated";
            if single && out.iter().any(|e| e.rule == spec.id) {
                continue;
            }
            let mut event = event(&format!("E{number}"), spec.id, drawn);
            if spec.id == "rated" {
                event.rater = Some(label("R"));
                event.rater_kind = Some("领导".to_owned());
            }
            let corrected = |id: &Label| out.iter().any(|e| e.replaces.as_ref() == Some(id));
            match (fate, out.last().map(|e| e.id.clone())) {
                (0, _) => event.withdrawn = Some(day(30)),
                (1, Some(before)) if !corrected(&before) => event.replaces = Some(before),
                _ => {}
            }
            out.push(event);
        }
        out
    })
}

fn with<R>(
    snapshot: &Snapshot,
    events: &[Event],
    then: impl FnOnce(&Assessment<'_>) -> R,
) -> Result<R, Error> {
    let mut who = Subject::new(label("P"), SubjectKind::Officer);
    who.identities = vec!["一线".to_owned()];
    who.staff = Some(37);
    let subjects = [who];
    let ledger = Ledger::new(&subjects, events, None)?;
    let order = |date, condition| Order { date: day(date), condition };
    let orders = vec![order(11, Condition::Wartime), order(21, Condition::Peacetime)];
    let options = AssessOptions { orders, ..AssessOptions::default() };
    let scored = assess(&ledger, snapshot.get()?, "2025-04".parse()?, &options, true)?;
    match scored.errors().first() {
        Some(error) => Err(error.clone()),
        None => Ok(then(&scored)),
    }
}

/// The total and the sheets; the lines of the trail sum to the total.
fn scores(snapshot: &Snapshot, events: &[Event]) -> Result<(Points, Vec<Points>), Error> {
    with(snapshot, events, |a| {
        let score = &a.scores()[0];
        let lines = a.trail(score).iter().map(|l| l.points);
        assert_eq!(Points::checked_sum(lines).unwrap(), score.total, "{:#?}", a.trail(score));
        (score.total, a.sheets(score).to_vec())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn an_added_deduction_never_raises_a_score(
        shape in shape(), events in events(),
        added in prop::collection::vec((0..DEDUCTIONS.len(), drawn()), 1..6), seed: u64,
    ) {
        let snapshot = snapshot(&Shape::text(&shape));
        let mut before = scores(&snapshot, &events).unwrap();
        let mut all = events;
        for ((rule, drawn), number) in added.into_iter().zip(1..) {
            all.push(event(&format!("X{number}"), DEDUCTIONS[rule], drawn));
            // Wherever it stands in the list.
            let at = usize::try_from(seed % all.len() as u64).unwrap();
            let last = all.len() - 1;
            all.swap(at, last);
            let after = scores(&snapshot, &all).unwrap();
            prop_assert!(after.0 <= before.0, "{} then {}: {:#?}", before.0, after.0, all);
            for (after, before) in after.1.iter().zip(&before.1) {
                prop_assert!(after <= before, "{before} then {after}: {all:#?}");
            }
            before = after;
        }
    }

    #[test]
    fn an_added_honour_never_lowers_a_score(
        shape in shape(), events in events(), rule in 0usize..3, drawn in drawn(),
    ) {
        let snapshot = snapshot(&Shape::text(&shape));
        let before = scores(&snapshot, &events).unwrap();
        let mut all = events;
        all.push(event("X", ["praise", "medal", "awarded"][rule], drawn));
        let after = scores(&snapshot, &all).unwrap();
        prop_assert!(after.0 >= before.0, "{} then {}: {:#?}", before.0, after.0, all);
    }
}

/// What these events take off the first sheet, each of a rule with what it brings, in a scheme without bounds.
fn lost(of: &[(&str, Drawn)]) -> String {
    let snapshot = snapshot(&Shape::default().text());
    let all: Vec<_> = of
        .iter()
        .zip(1..)
        .map(|((rule, drawn), n)| event(&format!("E{n}"), rule, *drawn))
        .collect();
    let sheet = |events: &[Event]| scores(&snapshot, events).unwrap().1[0];
    sheet(&[]).minus(sheet(&all)).unwrap().to_string()
}

#[test]
fn what_a_cap_takes_of_a_matter_the_others_of_it_make_up() {
    // `minor` takes off 4 each, at most 6; `major` 3 each without a cap. Both count a matter once.
    let (first, second, third) = ((1, 1, 0, false), (1, 1, 1, false), (1, 1, 2, false));
    // Of one matter the higher one: 4, not 7.
    assert_eq!(lost(&[("minor", first), ("major", first)]), "4.00");
    // Two matters use up the cap: of the first one 2 fit, and 2 of its other event count.
    assert_eq!(lost(&[("minor", second), ("minor", first), ("major", first)]), "8.00");
    assert_eq!(lost(&[("minor", second), ("major", first)]), "7.00");
    // Never more than the caps and the other events leave: 6 and 3.
    let twice = (1, 2, 1, false);
    let moved = [("minor", first), ("major", first), ("minor", twice), ("minor", third)];
    assert_eq!(lost(&moved), "9.00");
}

#[test]
fn the_points_after_factors_say_which_one_counts() {
    // 4 × 0.3 = 1.2 against 3: the lower rule counts where the higher one has the factor.
    let first = (1, 1, 0, true);
    assert_eq!(lost(&[("minor", first)]), "1.20");
    assert_eq!(lost(&[("minor", first), ("major", (1, 1, 0, false))]), "3.00");
}

#[test]
fn an_event_of_such_a_rule_names_its_matter() {
    let snapshot = snapshot(&Shape::default().text());
    let mut nameless = event("E1", "minor", (1, 1, 0, false));
    nameless.matter = None;
    let error = scores(&snapshot, &[nameless]).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MissingFact);
}

#[test]
fn a_veto_never_raises_a_total_below_zero() {
    let snapshot = snapshot(&Shape { veto: true, ..Shape::default() }.text());
    let many: Vec<_> =
        (0..60).map(|n| event(&format!("E{n}"), "grave", (1, 4, 0, false))).collect();
    let (before, _) = scores(&snapshot, &many).unwrap();
    assert!(before.is_negative(), "{before}");
    let mut vetoed = many;
    vetoed.push(event("X", "leak", (1, 1, 0, false)));
    assert!(scores(&snapshot, &vetoed).unwrap().0 <= before);
}

//! Properties of assessment: scores stay in their range, an added deduction never raises a score, the
//! order of events does not matter, the lines of a trail sum to the score, explained or not.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use proptest::prelude::*;
use zhenggong::{
    assessment::{
        AssessOptions, Assessment, Condition, Event, Ledger, LineKind, OnError, Order, Period,
        Points, Schemes, Subject, SubjectKind, TrailLine, assess, compare, ranking,
    },
    calendar::{Month, parse_date},
    policy::Snapshot,
};

use crate::own::{SCHEME, engine, example, label, pack};

static TEACHING: LazyLock<Arc<Snapshot>> =
    LazyLock::new(|| example("teaching-example").snapshot(Month::new(2025, 4).unwrap()).unwrap());

fn subject(id: &str, kind: SubjectKind) -> Subject {
    let mut subject = Subject::new(label(id), kind);
    subject.unit = Some(label("U"));
    subject
}

fn subjects() -> Vec<Subject> {
    let mut all = vec![subject("U", SubjectKind::Unit)];
    for (id, role) in [("L1", "所长"), ("L2", "教导员")] {
        let mut leader = subject(id, SubjectKind::Leader);
        leader.role = Some(role.to_owned());
        all.push(leader);
    }
    all.extend(["P1", "P2", "P3"].map(|id| subject(id, SubjectKind::Officer)));
    all.push(subject("A1", SubjectKind::Auxiliary));
    all
}

fn day(day: u32) -> NaiveDate {
    parse_date(&format!("2025-04-{day:02}")).unwrap()
}

fn points(text: &str) -> Option<Points> {
    Some(Points::parse(text).unwrap())
}

/// What every officer has, so that the daily sheet can be scored.
fn usual() -> Vec<Event> {
    let mut out = Vec::new();
    for person in ["P1", "P2", "P3"] {
        let id = |n: u32| label(&format!("D{person}-{n}"));
        let mut attendance = Event::new(id(0), label(person), day(1), "attendance-points");
        attendance.points = points("38");
        out.push(attendance);
        for (n, kind) in (1..).zip(["领导", "同事", "群众"]) {
            let mut rating = Event::new(id(n), label(person), day(1), "rating");
            rating.points = points("83");
            rating.rater = Some(label(kind));
            rating.rater_kind = Some(kind.to_owned());
            out.push(rating);
        }
    }
    out
}

const OFFICER: [&str; 8] = [
    "case-late",
    "case-returned",
    "uniform",
    "drinking",
    "complaint",
    "leak",
    "late",
    "praise-bureau",
];

prop_compose! {
    fn event()(
        id in 0u32..1_000_000, who in 0usize..4, rule in 0usize..OFFICER.len(), on in 1u32..=30,
        count in 0i64..4, flagged: bool, matter in 0u8..3,
    ) -> Event {
        let (person, rule) = match who {
            3 => ("A1", ["late", "absent", "drinking", "full-attendance"][rule % 4]),
            _ => (["P1", "P2", "P3"][who], OFFICER[rule]),
        };
        let on = if person == "A1" { on.min(25) } else { on };
        let mut event = Event::new(label(&format!("E{id}")), label(person), day(on), rule);
        event.count = count;
        event.matter = (rule == "praise-bureau").then(|| label(&format!("M{matter}")));
        if flagged {
            event.flags = match rule {
                "case-returned" => vec!["second-time".to_owned()],
                "complaint" => vec!["personal-cause".to_owned()],
                _ => Vec::new(),
            };
        }
        event
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 0..40).prop_map(|mut events| {
        events.sort_by(|a, b| a.id.cmp(&b.id));
        events.dedup_by(|a, b| a.id == b.id);
        // Half of all honours, so that the weighted total stays below the full score.
        let mut honours = 0;
        events.retain(|e| {
            honours += u32::from(e.rule == "praise-bureau");
            e.rule != "praise-bureau" || honours <= 2
        });
        events.extend(usual());
        events
    })
}

fn schemes() -> &'static Schemes {
    TEACHING.get().unwrap()
}

fn april() -> Period {
    "2025-04".parse().unwrap()
}

/// Runs with the scores of these events, and returns what they give.
fn with<R>(
    events: &[Event],
    options: &AssessOptions,
    explain: bool,
    then: impl FnOnce(&Assessment<'_>) -> R,
) -> R {
    let subjects = subjects();
    let ledger = Ledger::new(&subjects, events, None).unwrap();
    let assessment = assess(&ledger, schemes(), april(), options, explain).unwrap();
    then(&assessment)
}

/// Totals, sheets, grades and coefficients as JSON, with the errors.
fn outcome(events: &[Event], explain: bool) -> Vec<String> {
    with(events, &AssessOptions::default(), explain, |a| {
        let scores = a.scores().iter().map(|s| a.score_json(s, explain).to_string());
        scores.chain(a.errors().iter().map(ToString::to_string)).collect()
    })
}

fn total(events: &[Event], person: &str) -> Option<Points> {
    with(events, &AssessOptions::default(), false, |a| a.of(person).map(|s| s.total))
}

/// The lines of each sheet sum to it, and all lines to the total.
fn sums(a: &Assessment<'_>) -> Result<(), TestCaseError> {
    for score in a.scores() {
        let trail = a.trail(score);
        let mut sheets = a.sheets(score).iter();
        for (part, number) in a.plan(score).unwrap().parts.iter().zip(0u8..) {
            for (_, at) in part.entry.scheme.sheets.iter().zip(0u8..) {
                let mine = |l: &&TrailLine| {
                    l.kind == LineKind::Sheet && l.part == Some(number) && l.sheet == Some(at)
                };
                let lines = trail.iter().filter(mine).map(|l| l.points);
                prop_assert_eq!(Points::checked_sum(lines).unwrap(), *sheets.next().unwrap());
            }
        }
        prop_assert_eq!(sheets.next(), None);
        let all = Points::checked_sum(trail.iter().map(|l| l.points)).unwrap();
        prop_assert_eq!(all, score.total, "{:#?}", trail);
        // Above the sheets every line goes on from what the ones before have left.
        let above = trail.iter().filter(|l| l.kind == LineKind::Total && l.part.is_none());
        let mut left = None;
        for line in above {
            prop_assert!(left.is_none_or(|left| left == line.raw), "{:?}", line);
            left = Some(line.raw.plus(line.points).unwrap());
        }
    }
    Ok(())
}

/// A scheme for peace and one for war, with factors of the total, bounds and a veto.
fn own_schemes(combine: &str, split: &str, above: &str) -> String {
    let base = if combine == "base-minus-loss" { "base = \"100\"" } else { "" };
    let weights = |n: usize| match (combine, n) {
        ("weighted", 0) => "weight = \"0.333333333\"",
        ("weighted", _) => "weight = \"0.666666667\"",
        _ => "",
    };
    let mut out = String::new();
    for (id, condition, points) in [("peace", "peacetime", "3.35"), ("war", "wartime", "7.7")] {
        out += &format!(
            r#"{SCHEME}id = "{id}"
zh = "方案"
en = "scheme"
subject = "officer"
period = "month"
window = "calendar"
condition = "{condition}"
split = "{split}"
rounding = {{ points = "half-up 4", score = "half-up 1" }}
combine = "{combine}"
{base}
total = {{ full = "100", above = "{above}", floor = "20" }}
ungraded = {{ id = "none", zh = "不确定", en = "none" }}
grades = [{{ id = "pass", zh = "合格", en = "pass", from = "60" }}, {{ id = "fail", zh = "不合格", en = "fail" }}]
factors = [
  {{ id = "post", zh = "岗位", en = "post", on = "total", identities = {{ "机关" = "0.97", "一线" = "1.13" }}, default = "1" }},
  {{ id = "own", zh = "状态", en = "condition", on = "total", condition = "{condition}", value = "1.07" }},
]
vetoes = [
  {{ id = "leak", zh = "泄密", en = "leak", rules = ["leak"], effect = "zero", scope = "period" }},
  {{ id = "leak-year", zh = "泄密全年", en = "leak, year", rules = ["leak"], effect = "no-grade", scope = "year" }},
]
rollups = [{{ to = "year", from = "month", method = "mean", missing = "refuse", rounding = "half-up 2" }}]
"#
        );
        for (sheet, n) in [("a", 0), ("b", 1)] {
            let weight = weights(n);
            let rules = if n == 0 {
                format!(
                    r#"{{ id = "minor", zh = "扣", en = "minus", kind = "per-occurrence", points = "{points}" }}"#
                )
            } else {
                r#"{ id = "praise", zh = "加", en = "plus", kind = "per-occurrence", direction = "add", points = "5.55" },
                   { id = "leak", zh = "泄密", en = "leak", kind = "fixed", points = "1" }"#
                    .to_owned()
            };
            out += &format!(
                r#"
[[value.scheme.sheets]]
id = "{sheet}"
zh = "表{sheet}"
en = "sheet {sheet}"
base = "50"
{weight}
[[value.scheme.sheets.items]]
id = "item-{sheet}"
zh = "项{sheet}"
en = "item {sheet}"
mode = "public"
rules = [{rules}]
"#
            );
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn totals_stay_in_their_range(events in events()) {
        with(&events, &AssessOptions::default(), false, |a| {
            for score in a.scores() {
                let limits = a.scheme(score).unwrap().scheme.total;
                prop_assert!(limits.floor.is_none_or(|floor| score.total >= floor));
                let kind = a.subject(score).unwrap().kind;
                if kind != SubjectKind::Auxiliary {
                    prop_assert!(score.total <= limits.full, "{:?}", score);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_report_scores_the_others_as_if_nothing_were_wrong(
        events in events(), spoiled in prop::collection::vec((any::<prop::sample::Index>(), 0u8..5), 1..4),
    ) {
        let subjects = subjects();
        let mut bad = events.clone();
        let mut ids = Vec::new();
        for (at, how) in spoiled {
            let event = &mut bad[at.index(events.len())];
            ids.push(event.id.clone());
            match how {
                0 => event.count = -1,
                1 => event.flags = vec!["unknown".to_owned()],
                2 => event.rule = "unknown".to_owned(),
                3 => event.date = parse_date("2024-01-01").unwrap(),
                _ => event.subject = label("X"),
            }
        }
        let good: Vec<_> = events.iter().filter(|e| !ids.contains(&e.id)).cloned().collect();
        let ledger = Ledger::with(&subjects, &bad, None, OnError::Report).unwrap();
        let options = AssessOptions::default();
        let report = assess(&ledger, schemes(), april(), &options, true).unwrap();
        for id in &ids {
            let named = |e: &zhenggong::Error| ledger.event_of(e).is_some_and(|e| e.id == *id);
            prop_assert!(report.errors().iter().any(named), "{}", id);
        }
        with(&good, &options, true, |others| {
            for subject in &subjects {
                let id = subject.id.as_str();
                let failed = report.errors().iter().any(|e| e.person_id() == Some(id));
                prop_assert_eq!(report.of(id).is_none(), failed, "{}", id);
                let Some(score) = report.of(id) else { continue };
                let other = others.of(id).unwrap();
                prop_assert_eq!(report.score_json(score, true), others.score_json(other, true));
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_lines_of_a_trail_sum_to_sheets_and_total(events in events()) {
        with(&events, &AssessOptions::default(), true, sums)?;
    }

    #[test]
    fn the_trail_of_a_split_period_sums_to_its_total(
        events in events(), on in prop::collection::btree_set(1u32..=30, 1..5), war_first: bool,
    ) {
        // From one condition to the other and back, as often as there are days.
        let mut war = !war_first;
        let orders = on.into_iter().map(|date| {
            war = !war;
            let condition = if war { Condition::Wartime } else { Condition::Peacetime };
            Order { date: day(date), condition }
        });
        let options = AssessOptions { orders: orders.collect(), ..AssessOptions::default() };
        with(&events, &options, true, sums)?;
    }

    #[test]
    fn the_trail_of_every_way_to_combine_sums_to_its_total(
        minor in 0i64..12, praise in 0i64..6, leak: bool, identity in 0usize..3, war: bool,
        combine in prop::sample::select(vec!["sum", "weighted", "mean", "base-minus-loss"]),
        split in prop::sample::select(vec!["days", "changes"]),
        above in prop::sample::select(vec!["cap", "allow"]),
        switch in prop::collection::btree_set(2u32..=30, 0..4),
        here in (1u32..=30, 1u32..=30),
    ) {
        let engine = engine(pack(&own_schemes(combine, split, above)));
        let snapshot = engine.snapshot(Month::new(2025, 4).unwrap()).unwrap();
        let mut who = Subject::new(label("P"), SubjectKind::Officer);
        who.identities = ["机关", "一线"].iter().take(identity).map(|i| (*i).to_owned()).collect();
        let (from, to) = (here.0.min(here.1), here.0.max(here.1));
        (who.from, who.to) = (Some(day(from)), Some(day(to)));
        let mut events = Vec::new();
        for (id, rule, count) in [("M", "minor", minor), ("A", "praise", praise), ("L", "leak", i64::from(leak))] {
            for (half, on) in [("1", from), ("2", from.midpoint(to)), ("3", to)] {
                let mut event = Event::new(label(&format!("{id}{half}")), label("P"), day(on), rule);
                event.count = count;
                events.push(event);
            }
        }
        let mut war = war;
        let inside = switch.iter().any(|at| from < *at && *at <= to);
        let orders = std::iter::once(1).chain(switch).map(|date| {
            war = !war;
            let condition = if war { Condition::Wartime } else { Condition::Peacetime };
            Order { date: day(date), condition }
        });
        let mut options = AssessOptions { orders: orders.collect(), ..AssessOptions::default() };
        let subjects = [who];
        let ledger = Ledger::new(&subjects, &events, None).unwrap();
        let assessment = assess(&ledger, snapshot.get().unwrap(), april(), &options, true).unwrap();
        prop_assert_eq!(assessment.errors(), &[]);
        prop_assert_eq!(assessment.scores().len(), 1);
        sums(&assessment)?;
        let plain = assess(&ledger, snapshot.get().unwrap(), april(), &options, false).unwrap();
        prop_assert_eq!(plain.scores()[0].total, assessment.scores()[0].total);
        // Whom no switch meets is scored as if there had been none but the last one before.
        if !inside {
            options.orders.retain(|order| order.date <= day(from));
            let alone = assess(&ledger, snapshot.get().unwrap(), april(), &options, true).unwrap();
            let score = assessment.scores()[0].clone();
            let other = alone.scores()[0].clone();
            prop_assert!(assessment.plan(&score).unwrap().parts.len() == 1);
            prop_assert_eq!((score.total, score.grade), (other.total, other.grade));
        }
    }

    #[test]
    fn the_order_of_events_does_not_matter(events in events(), seed: u64) {
        let mut other = events.clone();
        // A shuffle of its own: what is drawn is repeated on failure.
        let mut state = seed | 1;
        for at in (1..other.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            other.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(outcome(&events, true), outcome(&other, true));
    }

    #[test]
    fn explained_and_plain_agree(events in events()) {
        let plain = outcome(&events, false);
        let explained = with(&events, &AssessOptions::default(), true, |a| {
            let scores = a.scores().iter().map(|s| a.score_json(s, false).to_string());
            scores.chain(a.errors().iter().map(ToString::to_string)).collect::<Vec<_>>()
        });
        prop_assert_eq!(plain, explained);
    }

    #[test]
    fn an_added_deduction_never_raises_a_score(events in events(), rule in 0usize..7, on in 1u32..=30) {
        let mut more = events.clone();
        more.push(Event::new(label("X"), label("P1"), day(on), OFFICER[rule]));
        for person in ["P1", "P2", "L1", "L2", "U"] {
            // Points of a praise can stand in the way of a score; a deduction then makes one possible.
            if let (Some(before), Some(after)) = (total(&events, person), total(&more, person)) {
                prop_assert!(after <= before, "{person}: {before} then {after}");
            }
        }
        prop_assert!(total(&events, "P2") == total(&more, "P2"));
    }

    #[test]
    fn nothing_differs_from_itself(events in events()) {
        with(&events, &AssessOptions::default(), true, |a| {
            prop_assert!(compare(a, a).is_empty());
            Ok(())
        })?;
    }

    #[test]
    fn ranks_follow_totals(events in events()) {
        with(&events, &AssessOptions::default(), false, |a| {
            let places = ranking(a);
            prop_assert_eq!(places.len(), a.scores().len());
            for place in &places {
                let better = places.iter().filter(|p| {
                    p.kind == place.kind && p.sequence == place.sequence && p.total > place.total
                });
                prop_assert_eq!(place.rank as usize, better.count() + 1);
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_parts_of_a_split_period_average_to_its_total(on in 2u32..=30, late in 0i64..5) {
        let mut events = usual();
        events.retain(|e| e.subject.as_str() == "P1");
        let mut war = Event::new(label("W"), label("P1"), day(30), "late");
        war.count = late;
        events.push(war);
        let options = AssessOptions {
            orders: vec![Order { date: day(on), condition: Condition::Wartime }],
            schemes: vec!["teaching-officer".to_owned(), "teaching-officer-wartime".to_owned()],
            ..AssessOptions::default()
        };
        with(&events, &options, false, |a| {
            let score = a.of("P1").unwrap();
            // Peace: 0.4 × 100 + 0.3 × 100 + 0.3 × (38 + 49.8); war: 100 − late × 2 × 1.5.
            let (peace, war) = (963_400i64, 1_000_000 - late * 30_000);
            let days = i64::from(on - 1);
            let sum = peace * days + war * (30 - days);
            let exact = i128::from(sum);
            let rounded = (exact * 2 + 3000).div_euclid(2 * 3000) * 100;
            prop_assert_eq!(i128::from(score.total.ten_thousandths()), rounded);
            Ok(())
        })?;
    }
}

#[test]
fn a_ledger_of_a_year_gives_each_month_its_own_events() {
    let people = [subject("A1", SubjectKind::Auxiliary)];
    let mut events = Vec::new();
    for (n, date) in
        ["2025-03-26", "2025-04-25", "2025-04-26", "2025-06-01"].into_iter().enumerate()
    {
        let id = label(&format!("E{n}"));
        events.push(Event::new(id, label("A1"), parse_date(date).unwrap(), "late"));
    }
    let ledger = Ledger::new(&people, &events, None).unwrap();
    let options = AssessOptions { other_periods: true, ..AssessOptions::default() };
    let mut windows = Vec::new();
    let mut totals = Vec::new();
    for month in ["2025-04", "2025-05"] {
        let period = month.parse().unwrap();
        let assessment = assess(&ledger, schemes(), period, &options, false).unwrap();
        totals.push(assessment.scores()[0].total.to_string());
        windows.extend(assessment.windows());
    }
    assert_eq!(totals, ["94.00", "97.00"]);
    let outside: Vec<_> = ledger.outside(&windows).map(|e| e.id.as_str()).collect();
    assert_eq!(outside, ["E3"]);
}

//! The policy book: two times, editions, layers, bounds, evidence.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use zhenggong::{
    Engine, Error, ErrorCode,
    allowance::{PoliceOvertimeAllowance, PoliceRankAllowance, RankChange},
    calendar::{Month, parse_date},
    derivation::NoTrace,
    error::Finding,
    policy::{Evidence, Layer, Pack, PolicyBook, Query, Scope, Snapshot},
    vocabulary::{RankEvent, Vocabulary},
};

/// A pack with the source `s`, issued 2000-01-01, and these values.
fn pack(id: &str, layer: Layer, parent: Option<&str>, values: &str) -> Pack {
    let parent = parent.map(|p| format!("parent = \"{p}\"\n")).unwrap_or_default();
    let text = format!(
        "[pack]\nid = \"{id}\"\nlayer = \"{layer}\"\nplace = \"{id}\"\n{parent}\
         [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000-01-01\"\nevidence = \"official\"\n\
         {values}"
    );
    Pack::parse(&format!("{id}.toml"), &text)
}

fn national(values: &str) -> Pack {
    pack("national", Layer::National, None, values)
}

fn city(values: &str) -> Pack {
    pack("city", Layer::City, Some("national"), values)
}

/// A value of the flat overtime allowance.
fn flat(from: &str, amount: &str, more: &str) -> String {
    format!(
        "[[value]]\nrule = \"allowance.police-overtime\"\nfrom = \"{from}\"\nsource = \"s\"\n\
         clause = \"1\"\nflat = \"{amount}\"\n{more}\n"
    )
}

/// A value of `stop_counts_from`, which every layer may set.
fn stop(from: &str, word: &str, more: &str) -> String {
    format!(
        "[[value]]\nrule = \"allowance.police-rank\"\nfrom = \"{from}\"\nsource = \"s\"\n\
         clause = \"2\"\nstop_counts_from = \"{word}\"\n{more}\n"
    )
}

/// A value with an amount for one rank.
fn amount(from: &str, rank: &str, amount: &str, more: &str) -> String {
    format!(
        "[[value]]\nrule = \"allowance.police-rank\"\nfrom = \"{from}\"\nsource = \"s\"\n\
         clause = \"3\"\n{more}\n[value.amount]\n\"{rank}\" = \"{amount}\"\n"
    )
}

const CHANGES: &str = "[[value]]\nrule = \"allowance.police-rank\"\nfrom = \"1990-01-01\"\n\
    source = \"s\"\nclause = \"4\"\nchange_counts_from = \"次月\"\nstop_counts_from = \"当月\"\n";

fn query(place: &str, month: &str) -> Query {
    Query {
        place: place.to_owned(),
        month: Month::parse(month).unwrap(),
        known_on: None,
        accept: Evidence::Secondary,
    }
}

fn snapshot(packs: &[Pack], place: &str, month: &str) -> Snapshot {
    let book = PolicyBook::new(packs.to_vec());
    book.check().unwrap_or_else(|e| panic!("{:#?}", e.findings));
    book.snapshot(&query(place, month)).unwrap()
}

fn flat_of(snapshot: &Snapshot) -> Result<String, Error> {
    match snapshot.get::<PoliceOvertimeAllowance>()? {
        PoliceOvertimeAllowance::Flat(flat) => Ok(flat.value.to_string()),
        PoliceOvertimeAllowance::Days { .. } => panic!("by days"),
    }
}

/// The allowance of a rank held since 1980.
fn rank_pay(snapshot: &Snapshot, rank: &str) -> Result<String, Error> {
    let rank = Vocabulary::find(rank)?;
    let held = [RankChange { from: parse_date("1980-01-01")?, event: None, rank: Some(rank) }];
    let p: &PoliceRankAllowance = snapshot.get()?;
    p.for_changes(&held, snapshot.query().month, &mut NoTrace).map(|m| m.to_string())
}

/// What the month of a rank's end pays: with `当月` nothing, with `次月` the amount.
fn stops_at_once(snapshot: &Snapshot) -> bool {
    let p: &PoliceRankAllowance = snapshot.get().unwrap();
    let end = RankChange {
        from: snapshot.query().month.first_day(),
        event: Some(RankEvent::NotKept),
        rank: None,
    };
    p.counts_from(&end).unwrap() == snapshot.query().month
}

fn lint(packs: &[Pack]) -> Vec<Finding> {
    PolicyBook::new(packs.to_vec()).lint()
}

fn codes(packs: &[Pack]) -> Vec<ErrorCode> {
    lint(packs).iter().map(|f| f.error.code()).collect()
}

/// Returns the argument of this name.
fn arg(error: &Error, name: &str) -> String {
    error.args().find(|(n, _)| *n == name).unwrap().1.to_owned()
}

#[test]
fn built_in_packs_have_no_finding() {
    assert_eq!(lint(&Pack::national()), []);
    for id in Pack::example_ids() {
        let mut packs = Pack::national();
        let example = Pack::example(id).unwrap();
        assert_eq!(example.id(), id);
        packs.push(example);
        assert_eq!(lint(&packs), [], "{id}");
    }
}

#[test]
fn a_correction_counts_from_the_day_it_was_issued() {
    let packs = [national(&format!(
        "{}{}",
        flat("2018-01-01", "700", ""),
        flat("2018-01-01", "710", "issued = \"2019-06-15\"")
    ))];
    let at = |known_on: Option<&str>| {
        let book = PolicyBook::new(packs.to_vec());
        assert_eq!(book.lint(), []);
        let known_on = known_on.map(|d| parse_date(d).unwrap());
        flat_of(&book.snapshot(&Query { known_on, ..query("national", "2018-03") }).unwrap())
    };
    assert_eq!(at(None).unwrap(), "710.00");
    assert_eq!(at(Some("2019-06-15")).unwrap(), "710.00");
    assert_eq!(at(Some("2019-06-14")).unwrap(), "700.00");
    // Before the first value was issued nothing was known.
    assert_eq!(at(Some("1999-12-31")).unwrap_err().code(), ErrorCode::NoSuchStandard);
}

#[test]
fn an_issue_known_to_the_year_counts_as_known_at_its_end() {
    let packs = [national(&flat("2018-01-01", "700", "issued = \"2019\""))];
    let book = PolicyBook::new(packs.to_vec());
    for (day, known) in [("2019-12-30", false), ("2019-12-31", true)] {
        let known_on = Some(parse_date(day).unwrap());
        let found = book.snapshot(&Query { known_on, ..query("national", "2018-03") }).unwrap();
        assert_eq!(flat_of(&found).is_ok(), known, "{day}");
    }
}

#[test]
fn a_later_edition_replaces_the_earlier_as_a_whole() {
    let packs = [national(&format!(
        "{CHANGES}{}{}{}",
        amount("2000-01-01", "一级警员", "100", ""),
        amount("2000-01-01", "二级警员", "90", ""),
        amount("2010-01-01", "一级警员", "200", "")
    ))];
    let pay = |month: &str, rank: &str| rank_pay(&snapshot(&packs, "national", month), rank);
    assert_eq!(pay("2009-12", "一级警员").unwrap(), "100.00");
    assert_eq!(pay("2009-12", "二级警员").unwrap(), "90.00");
    assert_eq!(pay("2010-01", "一级警员").unwrap(), "200.00");
    // The new table has no cell for the rank, and the old one is not asked.
    let error = pay("2010-01", "二级警员").unwrap_err();
    assert_eq!(error.code(), ErrorCode::CellNotAttested);
    assert!(error.zh().contains("二级警员"), "{error}");
}

#[test]
fn the_end_of_an_edition_is_cited() {
    let packs =
        [national(&format!("{}{}", flat("2018-01-01", "1", ""), flat("2019-07-01", "2", "")))];
    let found = snapshot(&packs, "national", "2018-01");
    let PoliceOvertimeAllowance::Flat(flat) = found.get().unwrap() else { panic!("by days") };
    let citation = found.citation(flat.cite).unwrap();
    assert_eq!(citation.to().unwrap().to_string(), "2019-06-30");
    assert_eq!(citation.field(), ("allowance.police-overtime", "flat"));
}

#[test]
fn the_lowest_layer_that_has_a_value_for_the_month_wins() {
    let base = format!("{CHANGES}{}", amount("1990-01-01", "一级警员", "100", ""));
    let packs = [
        national(&base),
        pack("province", Layer::Province, Some("national"), &stop("2010-01-01", "次月", "")),
        pack("city", Layer::City, Some("province"), &stop("2015-01-01", "当月", "")),
    ];
    let at_once = |place: &str, month: &str| stops_at_once(&snapshot(&packs, place, month));
    assert!(at_once("national", "2020-01"));
    assert!(!at_once("province", "2020-01"));
    assert!(at_once("province", "2009-12"), "before its first value the nation's counts");
    assert!(at_once("city", "2020-01"));
    assert!(!at_once("city", "2014-12"), "before its first value the province's counts");
    // Fields are resolved each by itself: the amount still comes from the nation.
    assert_eq!(rank_pay(&snapshot(&packs, "city", "2020-01"), "一级警员").unwrap(), "100.00");
}

#[test]
fn after_a_local_value_ends_the_higher_layer_counts_again() {
    let packs = [
        national(&format!("{CHANGES}{}", amount("1990-01-01", "一级警员", "1", ""))),
        city(&stop("2015-01-01", "次月", "to = \"2015-12-31\"")),
    ];
    assert!(!stops_at_once(&snapshot(&packs, "city", "2015-12")));
    assert!(stops_at_once(&snapshot(&packs, "city", "2016-01")));
}

#[test]
fn a_gap_names_the_last_day_and_the_next() {
    let packs = [national(&format!(
        "{}{}",
        flat("2010-01-01", "1", "to = \"2016-12-31\""),
        flat("2018-01-01", "2", "to = \"2019-12-31\"")
    ))];
    for (month, last, next) in [
        ("2009-12", "—", "2010-01-01"),
        ("2017-06", "2016-12-31", "2018-01-01"),
        ("2020-01", "2019-12-31", "—"),
    ] {
        let found = snapshot(&packs, "national", month);
        // `rest_day`, which no pack has, must not hide the gap of `flat`.
        let error = found.get::<PoliceOvertimeAllowance>().unwrap_err();
        assert_eq!(error.code(), ErrorCode::ValueGap, "{month}: {error}");
        assert_eq!((arg(&error, "last").as_str(), arg(&error, "next").as_str()), (last, next));
        assert_eq!(error.month_of().unwrap().to_string(), month);
        assert_eq!(error.rule_id(), Some("allowance.police-overtime"));
    }
}

#[test]
fn bounds_are_read_strictly() {
    let bounds = |bounds: &str| {
        national(&format!(
            "[[value]]\nrule = \"allowance.police-overtime\"\nfrom = \"2018-01-01\"\nsource = \"s\"\n\
             clause = \"1\"\n[value.bounds]\n{bounds}\n"
        ))
    };
    assert_eq!(codes(&[bounds("flat = { min = \"1\", max = \"2\" }")]), []);
    assert_eq!(codes(&[bounds("flat = { min = 1 }")]), [ErrorCode::FloatRefused]);
    assert_eq!(codes(&[bounds("flat = { least = \"1\" }")]), [ErrorCode::UnknownKey]);
    assert_eq!(codes(&[bounds("falt = { min = \"1\" }")]), [ErrorCode::UnknownKey]);
    assert_eq!(codes(&[bounds("flat = \"1\"")]), [ErrorCode::InvalidValue]);
}

#[test]
fn a_value_outside_the_bounds_of_a_higher_layer_is_an_error() {
    // Any field of the catalogue that a lower layer may set and that holds a number.
    let local = zhenggong::catalogue::RULES.iter().find_map(|rule| {
        let (rule_id, fields) = (rule.id(), rule.fields);
        let field = fields.iter().filter(|f| f.scope == Scope::Local).find(|f| {
            let probe = national(&numeric(rule_id, f.key, "\"1\""));
            probe.findings().is_empty() && probe.len() == 1
        })?;
        Some((rule_id, field.key))
    });
    let Some((rule, key)) = local else { return };
    let bounds = national(&format!(
        "[[value]]\nrule = \"{rule}\"\nfrom = \"2018-01-01\"\nto = \"2018-12-31\"\nsource = \"s\"\n\
         clause = \"1\"\n[value.bounds]\n{key} = {{ min = \"0.05\", max = \"0.12\" }}\n"
    ));
    let found = |amount: &str, from: &str| {
        let text = numeric(rule, key, amount).replace("2018-06-01", from);
        codes(&[bounds.clone(), city(&text)])
    };
    for inside in ["\"0.05\"", "\"0.12\""] {
        assert_eq!(found(inside, "2018-06-01"), [], "{rule} {key} {inside}");
    }
    for outside in ["\"0.04\"", "\"0.13\""] {
        assert_eq!(
            found(outside, "2018-06-01"),
            [ErrorCode::OutOfBounds],
            "{rule} {key} {outside}"
        );
        assert_eq!(found(outside, "2019-01-01"), [], "the bounds have ended");
    }
}

fn numeric(rule: &str, key: &str, amount: &str) -> String {
    format!(
        "[[value]]\nrule = \"{rule}\"\nfrom = \"2018-06-01\"\nsource = \"s\"\nclause = \"1\"\n\
         {key} = {amount}\n"
    )
}

#[test]
fn the_gap_of_the_national_overtime_allowance_is_2017() {
    let error = snapshot(&Pack::national(), "national", "2017-06")
        .get::<PoliceOvertimeAllowance>()
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::ValueGap);
    assert_eq!(arg(&error, "last"), "2016-12-31");
    assert_eq!(arg(&error, "next"), "2018-01-01");
}

#[test]
fn evidence_that_is_not_accepted_never_falls_back() {
    let weak = "evidence = \"inferred\"";
    // Neither on the older edition …
    let older =
        [national(&format!("{}{}", flat("2010-01-01", "1", ""), flat("2015-01-01", "2", weak)))];
    // … nor on the higher layer.
    let base = format!("{CHANGES}{}", amount("1990-01-01", "一级警员", "1", ""));
    let higher = [national(&base), city(&stop("2015-01-01", "次月", weak))];
    let accept = |packs: &[Pack], place: &str, accept| {
        let book = PolicyBook::new(packs.to_vec());
        book.snapshot(&Query { accept, ..query(place, "2016-01") }).unwrap()
    };
    let error = flat_of(&accept(&older, "national", Evidence::Secondary)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::EvidenceNotAccepted);
    assert_eq!(flat_of(&accept(&older, "national", Evidence::Inferred)).unwrap(), "2.00");
    let strict = accept(&higher, "city", Evidence::Official);
    assert_eq!(rank_pay(&strict, "一级警员").unwrap_err().code(), ErrorCode::EvidenceNotAccepted);
    assert!(!stops_at_once(&accept(&higher, "city", Evidence::Inferred)));
}

#[test]
fn inside_an_edition_the_parts_of_accepted_evidence_count() {
    let values = format!(
        "{CHANGES}{}{}",
        amount("2000-01-01", "一级警员", "100", ""),
        amount("2000-01-01", "二级警员", "90", "evidence = \"inferred\"")
    );
    let packs = [national(&values)];
    let found = snapshot(&packs, "national", "2001-01");
    assert_eq!(rank_pay(&found, "一级警员").unwrap(), "100.00");
    assert_eq!(rank_pay(&found, "二级警员").unwrap_err().code(), ErrorCode::CellNotAttested);
}

#[test]
fn a_national_standard_is_refused_in_lower_layers() {
    for layer in [Layer::Province, Layer::City, Layer::Unit] {
        let lower = pack("lower", layer, Some("national"), &flat("2018-01-01", "900", ""));
        assert_eq!(
            codes(&[national(&flat("2018-01-01", "710", "")), lower]),
            [ErrorCode::NationalOnly]
        );
    }
}

#[test]
fn a_parent_that_is_missing_or_not_above_is_an_error() {
    let values = stop("2015-01-01", "次月", "");
    let alone = [city(&values)];
    assert_eq!(codes(&alone), [ErrorCode::UnknownParent]);
    let error = PolicyBook::new(alone.to_vec()).snapshot(&query("city", "2016-01")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownPlace);
    let base = format!("{CHANGES}{}", amount("1990-01-01", "一级警员", "1", ""));
    let beside = pack("other", Layer::City, Some("city"), &values);
    assert_eq!(codes(&[national(&base), city(&values), beside]), [ErrorCode::UnknownParent]);
    let own = pack("own", Layer::City, Some("own"), &values);
    assert_eq!(codes(&[own]), [ErrorCode::UnknownParent]);
}

#[test]
fn packs_in_a_ring_are_refused_and_do_not_hang() {
    let values = stop("2015-01-01", "次月", "");
    let ring =
        [pack("a", Layer::City, Some("b"), &values), pack("b", Layer::City, Some("a"), &values)];
    assert_eq!(codes(&ring), [ErrorCode::UnknownParent; 2]);
    let error = PolicyBook::new(ring.to_vec()).snapshot(&query("a", "2016-01")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownPlace);
}

#[test]
fn files_of_one_pack_must_agree() {
    let base = national(&format!("{CHANGES}{}", amount("1990-01-01", "一级警员", "1", "")));
    let first = city(&stop("2015-01-01", "次月", "to = \"2015-12-31\""));
    let second = pack("city", Layer::Unit, Some("national"), &stop("2016-01-01", "当月", ""));
    assert_eq!(codes(&[base.clone(), first.clone(), second]), [ErrorCode::PackDisagrees]);
    // Two files that agree are one pack: their values make one line of editions.
    let more = city(&stop("2016-01-01", "当月", ""));
    let packs = [base.clone(), first.clone(), more];
    assert!(!stops_at_once(&snapshot(&packs, "city", "2015-12")));
    assert!(stops_at_once(&snapshot(&packs, "city", "2016-01")));
    let twice = city(&stop("2015-06-01", "当月", ""));
    assert_eq!(codes(&[base, first, twice]), [ErrorCode::Overlap]);
}

#[test]
fn the_same_key_twice_in_an_edition_is_an_overlap() {
    let twice = |more: &str| {
        national(&format!(
            "{CHANGES}{}{}",
            amount("2000-01-01", "一级警员", "100", ""),
            amount("2000-01-01", "一级警员", "101", more)
        ))
    };
    assert_eq!(codes(&[twice("")]), [ErrorCode::Overlap]);
    assert_eq!(codes(&[twice("issued = \"2001-02-03\"")]), []);
}

#[test]
fn an_open_correction_reopens_the_edition() {
    let packs = [national(&format!(
        "{}{}",
        flat("2018-01-01", "1", "to = \"2018-12-31\""),
        flat("2018-01-01", "2", "issued = \"2019-01-15\"")
    ))];
    let book = PolicyBook::new(packs.to_vec());
    let at = |known_on: &str| {
        let known_on = Some(parse_date(known_on).unwrap());
        flat_of(&book.snapshot(&Query { known_on, ..query("national", "2019-03") }).unwrap())
    };
    assert_eq!(at("2019-01-14").unwrap_err().code(), ErrorCode::ValueGap);
    assert_eq!(at("2019-01-15").unwrap(), "2.00");
}

#[test]
fn the_digest_follows_every_byte_and_the_order_of_packs() {
    let (a, b) = (national(&flat("2018-01-01", "1", "")), national(&flat("2018-01-01", "1.0", "")));
    assert_ne!(a.digest(), b.digest());
    let digest = |packs: &[&Pack]| {
        PolicyBook::new(packs.iter().map(|p| (*p).clone()).collect()).digest().to_owned()
    };
    assert_ne!(digest(&[&a]), digest(&[&b]));
    assert_ne!(digest(&[&a, &b]), digest(&[&b, &a]));
    assert_eq!(digest(&[&a]), digest(&[&a.clone()]));
    let book = PolicyBook::new(vec![a]);
    let found = book.snapshot(&query("national", "2018-01")).unwrap();
    assert_eq!(found.book_digest(), book.digest());
}

#[test]
fn a_place_without_a_pack_is_an_error() {
    let book = PolicyBook::new(Pack::national());
    let error = book.snapshot(&query("atlantis", "2018-01")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownPlace);
    assert_eq!(arg(&error, "place"), "atlantis");
    // An engine says so when it is made, and not at the first month.
    let made = Engine::builder().packs(Pack::national()).place("atlantis").build();
    let lint = made.unwrap_err();
    assert_eq!(lint.findings.len(), 1);
    assert!(lint.to_string().starts_with("error [217] field place: no pack of the place atlantis"));
    let error = Error::from(lint);
    assert_eq!((error.field_name(), error.source_text()), (Some("place"), None));
    assert!(error.zh().contains("可用：national。"), "{}", error.zh());
}

#[test]
fn two_versions_in_force_at_once_do_not_fit_together() {
    let values = format!(
        "{}[[value]]\nrule = \"allowance.police-overtime\"\nfrom = \"2019-01-01\"\nsource = \"s\"\n\
         clause = \"5\"\nrest_day = \"80\"\nholiday = \"100\"\n[value.cap_days]\n\"综合管理\" = 4\n",
        flat("2018-01-01", "710", "")
    );
    assert_eq!(codes(&[national(&values)]), [ErrorCode::TableShape]);
}

#[test]
fn a_part_that_states_its_end_is_over_then_though_its_edition_goes_on() {
    let ranks = amount("2000-01-01", "二级警员", "10", "to = \"2004-12-31\"")
        + &amount("2000-01-01", "一级警员", "20", "");
    let packs = [national(&(CHANGES.to_owned() + &ranks))];
    let during = snapshot(&packs, "national", "2004-12");
    assert_eq!(rank_pay(&during, "二级警员").unwrap(), "10.00");
    let after = snapshot(&packs, "national", "2005-01");
    assert_eq!(rank_pay(&after, "一级警员").unwrap(), "20.00");
    let error = rank_pay(&after, "二级警员").unwrap_err();
    assert_eq!(error.code(), ErrorCode::CellNotAttested);
}

#[test]
fn a_later_word_that_has_ended_is_not_followed_by_the_one_it_corrected() {
    let value = flat("2000-01-01", "10", "")
        + &flat("2000-01-01", "12", "issued = \"2001-01-01\"\nto = \"2003-12-31\"");
    let packs = [national(&value)];
    assert_eq!(flat_of(&snapshot(&packs, "national", "2003-12")).unwrap(), "12.00");
    let error = flat_of(&snapshot(&packs, "national", "2004-01")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ValueGap);
    assert!(error.en().contains("2003-12-31"), "{error}");
}

#[test]
fn a_correction_that_is_not_accepted_does_not_let_the_old_value_through() {
    let value = flat("2000-01-01", "10", "")
        + &flat("2000-01-01", "12", "issued = \"2001-01-01\"\nevidence = \"inferred\"");
    let error = flat_of(&snapshot(&[national(&value)], "national", "2004-01")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::EvidenceNotAccepted);
}

#[test]
fn a_further_national_pack_does_not_move_the_place() {
    let engine = zhenggong::Engine::builder()
        .packs([national(CHANGES), city(&stop("2000-01-01", "次月", "")), national("")])
        .build()
        .unwrap();
    assert_eq!(engine.place(), "city");
}

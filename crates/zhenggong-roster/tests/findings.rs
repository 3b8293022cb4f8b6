//! Each fault of a roster, at its line and column.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use zhenggong::{ErrorCode, calendar::Month, error::Finding};
use zhenggong_roster::{Encoding, Roster, RosterOptions, read_roster};

const HEADER: &str = "人员编号,单位,人员类别,月份,警衔,核定职务工资";

fn read(text: &str) -> Roster {
    let options = RosterOptions { encoding: Encoding::Utf8, month: Month::new(2025, 3).unwrap() };
    read_roster("名册.csv", text.as_bytes(), &options)
}

fn rows(lines: &[&str]) -> Roster {
    read(&format!("{HEADER}\n{}\n", lines.join("\n")))
}

/// The places and codes of all findings.
fn places(roster: &Roster) -> Vec<(u32, u32, ErrorCode)> {
    roster.findings.iter().map(|f| (f.line, f.column, f.error.code())).collect()
}

fn only(roster: &Roster) -> &Finding {
    assert_eq!(roster.findings.len(), 1, "{:?}", roster.findings);
    &roster.findings[0]
}

#[track_caller]
fn one(roster: &Roster, line: u32, column: u32, code: ErrorCode) {
    let finding = only(roster);
    assert_eq!((finding.line, finding.column, finding.error.code()), (line, column, code));
    assert_eq!(finding.file, "名册.csv");
}

#[test]
fn a_cell_finding_names_line_column_field_row_and_person() {
    let roster = rows(&["P1,城东,民警,2025-03,一级警司,2410", "P2,城东,民警,2025-03,大校,2410"]);
    one(&roster, 3, 18, ErrorCode::UnknownTerm);
    let error = &only(&roster).error;
    assert_eq!(error.field_name(), Some("警衔"));
    assert_eq!(error.row_number(), Some(3));
    assert_eq!(error.person_id(), Some("P2"));
    assert_eq!(roster.rows.len(), 1);
    assert_eq!(roster.rows[0].line, 2);
    assert!(!roster.is_clean());
}

#[test]
fn all_faults_of_all_lines_come_at_once() {
    let roster = rows(&[
        "P1,,辅导员,2025-04,大校,-1",
        "P1,城东,民警,2025-03,一级警司,1.005",
        "P3,城东,民警,2025-03,一级警司,2410",
    ]);
    let expected = [
        (2, 4, ErrorCode::MissingFact),
        (2, 5, ErrorCode::UnknownTerm),
        (2, 9, ErrorCode::WrongMonth),
        (2, 17, ErrorCode::UnknownTerm),
        (2, 20, ErrorCode::NegativeNotAllowed),
        (3, 1, ErrorCode::DuplicatePerson),
        (3, 23, ErrorCode::TooManyDigits),
    ];
    assert_eq!(places(&roster), expected);
    assert_eq!(roster.rows.len(), 1);
    assert_eq!(roster.rows[0].person.person.as_str(), "P3");
}

#[test]
fn a_duplicate_names_the_first_line_and_the_first_is_kept() {
    let roster =
        rows(&["P1,城东,民警,2025-03,,", "P2,城东,民警,2025-03,,", "P1,城西,民警,2025-03,,"]);
    one(&roster, 4, 1, ErrorCode::DuplicatePerson);
    assert!(only(&roster).error.args().any(|arg| arg == ("first", "2")));
    assert_eq!(roster.rows.len(), 2);
    assert_eq!(roster.rows[0].person.unit.as_str(), "城东");
}

#[test]
fn a_month_is_the_month_of_the_run() {
    one(&rows(&["P1,城东,民警,2025-02,,"]), 2, 10, ErrorCode::WrongMonth);
    one(&rows(&["P1,城东,民警,2025/03,,"]), 2, 10, ErrorCode::InvalidMonth);
    one(&rows(&["P1,城东,民警,,,"]), 2, 10, ErrorCode::MissingFact);
}

#[test]
fn amounts_are_not_rounded_grouped_or_negative() {
    let amount = |text: &str| rows(&[&format!("P1,城东,民警,2025-03,无,{text}")]);
    one(&amount("2410.123"), 2, 20, ErrorCode::TooManyDigits);
    one(&amount("-0.01"), 2, 20, ErrorCode::NegativeNotAllowed);
    one(&amount("\"2,410.00\""), 2, 20, ErrorCode::InvalidNumber);
    // A stated amount of none at all is 0; "does not apply" would not say whether to compute it.
    one(&amount("无"), 2, 20, ErrorCode::InvalidNumber);
    assert!(amount("0").is_clean());
    assert!(amount("").is_clean());
}

#[test]
fn ids_and_units_are_needed_and_visible() {
    one(&rows(&[",城东,民警,2025-03,,"]), 2, 1, ErrorCode::MissingFact);
    one(&rows(&["无,城东,民警,2025-03,,"]), 2, 1, ErrorCode::MissingFact);
    for nobody in ["  ", "n/a", "N/A", "NA", "-"] {
        let line = format!("{nobody},城东,民警,2025-03,,");
        one(&rows(&[&line]), 2, 1, ErrorCode::MissingFact);
        let line = format!("P1,{nobody},民警,2025-03,,");
        one(&rows(&[&line]), 2, 4, ErrorCode::MissingFact);
    }
    one(&rows(&["P1,\u{0},民警,2025-03,,"]), 2, 4, ErrorCode::InvalidText);
    one(&rows(&["P1,城东,民警,2025-03,一级\t警司,"]), 2, 18, ErrorCode::InvalidText);
    one(&rows(&["P1,城东,民警,2025-03,\u{85},"]), 2, 18, ErrorCode::InvalidText);
    let long = "长".repeat(64);
    assert!(rows(&[&format!("P1,{long},民警,2025-03,,")]).is_clean());
    one(&rows(&[&format!("P1,{long}长,民警,2025-03,,")]), 2, 4, ErrorCode::InvalidText);
    one(&rows(&[&format!("P1,城东,民警,2025-03,{long}长,")]), 2, 18, ErrorCode::InvalidText);
}

#[test]
fn quotation_marks_are_strict() {
    let good = rows(&["\"P1\",\"城,东\",民警,\"2025-03\",\"\",\"2410\""]);
    assert!(good.is_clean());
    assert_eq!(good.rows[0].person.unit.as_str(), "城,东");
    let roster = rows(&[
        "P1,城\"东,民警,2025-03,,",
        "P2,\"城东\"所,民警,2025-03,,",
        "P3,城东,民警,2025-03,,\"2410",
        "P4,城东,民警,2025-03,,2410",
    ]);
    let expected = [
        (2, 5, ErrorCode::StrayQuote),
        (3, 8, ErrorCode::StrayQuote),
        (4, 19, ErrorCode::StrayQuote),
    ];
    assert_eq!(places(&roster), expected);
    assert_eq!(roster.rows.len(), 1, "an open mark does not swallow the lines after it");
}

#[test]
fn a_stray_mark_in_the_header_ends_the_reading() {
    one(&read("人员编号,单\"位\nP1,城东\n"), 1, 7, ErrorCode::StrayQuote);
}

#[test]
fn a_line_has_as_many_fields_as_the_header() {
    one(&rows(&["P1,城东,民警,2025-03,,,"]), 2, 20, ErrorCode::WrongFieldCount);
    one(&rows(&["P1,城东,民警"]), 2, 9, ErrorCode::WrongFieldCount);
}

#[test]
fn a_table_has_rows() {
    one(&read(""), 1, 1, ErrorCode::EmptyTable);
    one(&read("\r\n\n"), 1, 1, ErrorCode::EmptyTable);
    one(&read(&format!("\n{HEADER}\n")), 2, 1, ErrorCode::EmptyTable);
}

#[test]
fn columns_are_known_and_stand_once() {
    let roster = read("person,单位,kind,月份,rank,军衔,警衔\nP1,城东,officer,2025-03,大校,x,\n");
    let expected = [
        (1, 24, ErrorCode::UnknownField),
        (1, 27, ErrorCode::DuplicateColumn),
        (2, 23, ErrorCode::UnknownTerm),
    ];
    assert_eq!(places(&roster), expected);
    let known = roster.findings[0].error.args().find(|arg| arg.0 == "known").unwrap().1;
    assert!(known.contains("人员编号") && known.contains("累计收入") && known.contains("stated_"));
    assert!(roster.rows.is_empty());
}

#[test]
fn a_faulty_header_gives_no_rows_but_the_cells_are_checked() {
    let roster = read("人员编号,单位,类别,警衔\nP1,城东,民警,大校\nP2,城东,民警,\n");
    let expected = [
        (1, 9, ErrorCode::UnknownField),
        (1, 1, ErrorCode::MissingColumn),
        (1, 1, ErrorCode::MissingColumn),
        (2, 10, ErrorCode::UnknownTerm),
    ];
    assert_eq!(places(&roster), expected);
    assert!(roster.rows.is_empty());
    assert!(roster.findings[1].zh().contains("人员类别"));
    assert!(roster.findings[2].en().contains("month"));
}

#[test]
fn a_header_cell_is_text() {
    let roster = read(&format!("{HEADER},\nP1,城东,民警,2025-03,,,\n"));
    one(&roster, 1, 27, ErrorCode::UnknownField);
    let roster = read(&format!("{HEADER},备\u{0}注\nP1,城东,民警,2025-03,,,\n"));
    one(&roster, 1, 27, ErrorCode::InvalidText);
}

#[test]
fn missing_inapplicable_and_zero_stay_apart() {
    use zhenggong::person::Fact;
    let text = "person,unit,kind,month,rank,overtime_rest_days,duty\n\
                P1,A,officer,2025-03,n/a,0,\n";
    let roster = read(text);
    assert!(roster.is_clean());
    let person = &roster.rows[0].person;
    assert_eq!(person.rank, Fact::NotApplicable);
    assert_eq!(person.overtime_rest_days, Fact::Known(0));
    assert_eq!(person.duty, Fact::Missing);
}

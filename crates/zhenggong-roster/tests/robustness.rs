//! Any bytes are read to an end; a large file is read whole.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::fmt::Write;

use proptest::prelude::*;
use zhenggong::calendar::Month;
use zhenggong_roster::{Encoding, RosterOptions, read_roster};

fn options(encoding: Encoding) -> RosterOptions {
    RosterOptions { encoding, month: Month::new(2025, 3).unwrap() }
}

fn check(bytes: &[u8]) {
    for encoding in [Encoding::Utf8, Encoding::Gbk] {
        let roster = read_roster("f", bytes, &options(encoding));
        let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
        for finding in &roster.findings {
            assert!(finding.column >= 1 && (1..=lines).contains(&(finding.line as usize)));
            assert!(roster.rows.iter().all(|row| row.line != finding.line), "faulty, yet a row");
            assert!(!finding.zh().contains(['\n', '\0']) && !finding.en().contains(['\n', '\0']));
        }
        assert!(!roster.is_clean() || !roster.rows.is_empty());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_after_a_good_header_are_read_to_an_end(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        check(&[b"person,unit,kind,month\n", bytes.as_slice()].concat());
    }

    #[test]
    fn nearly_good_rosters_are_read_to_an_end(
        cells in prop::collection::vec(
            prop::sample::select(vec![
                "P1", "P2", "城东", "民警", "辅警", "2025-03", "2025-04", "一级警司", "无", "24-3", "-1",
                "0.001", "\"", "\"\"", ",", "\n", "\r\n", "\r", "\0", "人员编号", "单位", "月份", "",
            ]),
            0..80,
        ),
        good_header in any::<bool>(),
    ) {
        let header = if good_header { "人员编号,单位,人员类别,月份,警衔,核定级别工资\n" } else { "" };
        check(format!("{header}{}", cells.join(",")).as_bytes());
        check(format!("{header}{}", cells.concat()).as_bytes());
    }
}

#[test]
fn a_hundred_thousand_lines_are_read() {
    let mut text = "人员编号,单位,人员类别,月份,警衔,岗位类别,缴费工资,核定职务工资\n".to_owned();
    for n in 0..100_000 {
        writeln!(text, "P{n:06},城东派出所,民警,2025-03,一级警司,一线执法勤务,9000.50,2410")
            .unwrap();
    }
    let roster = read_roster("f", text.as_bytes(), &options(Encoding::Utf8));
    assert!(roster.is_clean());
    assert_eq!(roster.rows.len(), 100_000);
    assert_eq!(roster.rows.last().map(|row| row.line), Some(100_001));
}

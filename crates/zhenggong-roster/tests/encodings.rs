//! UTF-8 and GBK, declared rightly and wrongly.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use encoding_rs::GBK;
use zhenggong::{ErrorCode, calendar::Month};
use zhenggong_roster::{Encoding, Roster, RosterOptions, columns, csv_bytes, read_roster};

const TEXT: &str = "人员编号,单位,人员类别,月份,警衔\nP1,城东派出所,民警,2025-03,一级警司\n\
                    P2,城东派出所,辅警,2025-03,无\n";

fn read(bytes: &[u8], encoding: Encoding) -> Roster {
    let options = RosterOptions { encoding, month: Month::new(2025, 3).unwrap() };
    read_roster("r.csv", bytes, &options)
}

fn gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}

#[track_caller]
fn one(roster: &Roster, line: u32, column: u32, code: ErrorCode) {
    assert_eq!(roster.findings.len(), 1, "{:?}", roster.findings);
    let finding = &roster.findings[0];
    assert_eq!((finding.line, finding.column, finding.error.code()), (line, column, code));
    assert!(roster.rows.is_empty());
}

#[test]
fn both_encodings_marks_and_line_ends_give_the_same_people() {
    let plain = read(TEXT.as_bytes(), Encoding::Utf8);
    assert!(plain.is_clean());
    assert_eq!(plain.rows.len(), 2);
    let crlf = TEXT.replace('\n', "\r\n");
    let marked = format!("\u{feff}{crlf}\r\n");
    assert_eq!(read(marked.as_bytes(), Encoding::Utf8), plain);
    assert_eq!(read(crlf.as_bytes(), Encoding::Utf8), plain);
    assert_eq!(read(&gbk(TEXT), Encoding::Gbk), plain);
    assert_eq!(read(&gbk(&crlf), Encoding::Gbk), plain);
    assert_eq!(read(TEXT.trim_end().as_bytes(), Encoding::Utf8), plain);
}

#[test]
fn the_mark_is_not_a_column() {
    let roster = read("\u{feff}人员编号,单位\nP1,A\n".as_bytes(), Encoding::Utf8);
    assert_eq!(roster.findings.len(), 2, "only kind and month are missing");
}

#[test]
fn columns_count_characters_in_both_encodings() {
    let text = TEXT.replace("一级警司", "大校");
    for roster in [read(text.as_bytes(), Encoding::Utf8), read(&gbk(&text), Encoding::Gbk)] {
        let finding = &roster.findings[0];
        assert_eq!((finding.line, finding.column), (2, 21));
    }
}

#[test]
fn undeclared_gbk_is_named_at_its_first_byte() {
    one(&read(&gbk(TEXT), Encoding::Utf8), 1, 1, ErrorCode::NotUtf8);
    let mut bytes = b"person,unit,kind,month\nP1,A,officer,2025-03\nP2,".to_vec();
    bytes.extend(gbk("城东,民警,2025-03\n"));
    let roster = read(&bytes, Encoding::Utf8);
    one(&roster, 3, 4, ErrorCode::NotUtf8);
    let finding = &roster.findings[0];
    assert!(finding.zh().contains("第 3 行第 4 字符，字节 0xB3"));
    assert!(finding.en().contains("line 3, character 4, byte 0xB3"));
    // Each message is in one language.
    assert!(!finding.zh().contains("line 3") && !finding.en().contains("第 3 行"));
    // UTF-16, as some spreadsheets save "Unicode text".
    one(&read(b"\xff\xfep\0", Encoding::Utf8), 1, 1, ErrorCode::NotUtf8);
}

#[test]
fn what_is_not_gbk_is_named_at_its_first_byte() {
    let mut bytes = gbk("人员编号,单位\nP1,城");
    bytes.extend(b"\xff,x\n");
    let roster = read(&bytes, Encoding::Gbk);
    one(&roster, 2, 5, ErrorCode::NotEncodable);
    assert!(roster.findings[0].en().contains("line 2, character 5, byte 0xFF"));
    let mut cut = gbk("人员编号,单位\nP1,城");
    cut.pop();
    one(&read(&cut, Encoding::Gbk), 2, 4, ErrorCode::NotEncodable);
}

#[test]
fn utf8_declared_gbk_is_told() {
    one(&read(TEXT.as_bytes(), Encoding::Gbk), 1, 1, ErrorCode::NotEncodable);
    one(&read(format!("\u{feff}{TEXT}").as_bytes(), Encoding::Gbk), 1, 1, ErrorCode::NotEncodable);
}

#[test]
fn every_column_is_read_under_both_names() {
    let all = columns();
    for name in all.iter().flat_map(|(key, zh)| [key, zh]) {
        let mut header = vec!["person", "unit", "kind", "month"];
        let mut row = vec!["P1", "A", "officer", "2025-03"];
        let first = all.iter().take(4).position(|(key, zh)| key == name || zh == name);
        match first {
            Some(at) => header[at] = name,
            None => {
                header.push(name);
                row.push("");
            }
        }
        for encoding in [Encoding::Utf8, Encoding::Gbk] {
            let bytes = csv_bytes([&header, &row], encoding).unwrap();
            assert!(read(&bytes, encoding).is_clean(), "{name}");
        }
    }
}

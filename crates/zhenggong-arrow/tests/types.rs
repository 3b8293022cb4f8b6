//! Every type of Arrow as every kind of column: it is read, or refused with words that name column, type
//! and what to pass instead. A column of nothing but nulls is one of missing values, whatever its type.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal32Array, Decimal64Array, Decimal128Array, Decimal256Array,
    DictionaryArray, Int8Array, LargeStringArray, NullArray, PrimitiveArray, RecordBatch,
    StringArray, StringViewArray, UInt8Array, UInt32Array, UInt64Array, new_null_array,
    types::{
        Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_buffer::i256;
use arrow_schema::{DataType, Field, Fields, IntervalUnit, TimeUnit, UnionFields, UnionMode};
use common::{choices, columns, engine};
use zhenggong::{ErrorCode, calendar::Month};
use zhenggong_arrow::{
    Batch, BatchOptions, OnError,
    assessment::{EVENTS, Form, InputColumn, SUBJECTS, events, subjects},
    cells, people, to_csv,
};

fn text(cells: [&str; 2]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

/// The types without a value that libraries make of a column without a value.
fn nothing() -> [ArrayRef; 3] {
    let keys = Int8Array::from(vec![None, None]);
    let dictionary =
        DictionaryArray::<Int8Type>::try_new(keys, Arc::new(NullArray::new(1))).unwrap();
    let named = DictionaryArray::<Int8Type>::try_new(
        Int8Array::from(vec![Some(0), None]),
        Arc::new(NullArray::new(1)),
    );
    [Arc::new(NullArray::new(2)), Arc::new(dictionary), Arc::new(named.unwrap())]
}

/// A table of two officers with these columns more or instead.
fn table(more: Vec<(String, ArrayRef)>) -> RecordBatch {
    let mut all = vec![
        ("person".to_owned(), text(["1", "2"])),
        ("unit".to_owned(), text(["u", "u"])),
        ("kind".to_owned(), text(["民警", "民警"])),
        ("month".to_owned(), text(["2021-03", "2021-03"])),
    ];
    for (name, array) in more {
        match all.iter().position(|(old, _)| *old == name) {
            Some(at) => all[at].1 = array,
            None => all.push((name, array)),
        }
    }
    RecordBatch::try_from_iter(all).unwrap()
}

fn run(table: &RecordBatch) -> RecordBatch {
    let options = BatchOptions { on_error: OnError::Column, ..BatchOptions::default() };
    Batch::new(engine(), options).run(table).unwrap()
}

/// The cells of the columns of what comes out.
fn all_cells(table: &RecordBatch) -> Vec<Vec<Option<String>>> {
    let columns = table.columns().iter().map(|column| cells(column).unwrap());
    columns.map(|cell| (0..table.num_rows()).map(cell).collect()).collect()
}

#[test]
fn a_column_without_a_value_is_one_of_missing_facts() {
    let facts: Vec<_> = columns().into_iter().map(|(name, _)| name).collect();
    let optional = facts.iter().filter(|name| !["kind", "month"].contains(&name.as_str()));
    let without = run(&table(Vec::new()));
    for empty in nothing() {
        for name in optional.clone() {
            assert_eq!(run(&table(vec![(name.clone(), empty.clone())])), without, "{name}");
        }
        // All of them at once, as a database without a value in them gives.
        let all = optional.clone().map(|name| (name.clone(), empty.clone())).collect();
        assert_eq!(run(&table(all)), without);
        // What a row must have is missing from each row.
        for name in ["kind", "month"] {
            let paid = run(&table(vec![(name.to_owned(), empty.clone())]));
            let code = Some(ErrorCode::MissingFact.number().to_string());
            let codes = cells(paid.column_by_name("error_code").unwrap()).unwrap();
            assert_eq!((codes(0), codes(1)), (code.clone(), code), "{name}");
        }
        // The columns that are passed through stay, and can be written.
        for name in ["person", "unit"] {
            let paid = run(&table(vec![(name.to_owned(), empty.clone())]));
            assert_eq!(paid.column_by_name(name).unwrap(), &empty);
            let named = cells(paid.column_by_name(name).unwrap()).unwrap();
            assert_eq!((named(0), named(1)), (None, None));
            assert!(to_csv(paid.schema_ref(), [&paid]).unwrap().starts_with("person,unit,month,"));
        }
        let month = Month::parse("2021-03").unwrap();
        let unnamed = people([Ok(table(vec![("person".to_owned(), empty)]))], month).unwrap();
        let codes: Vec<_> = unnamed.errors.iter().map(|error| error.code()).collect();
        assert_eq!(codes, [ErrorCode::MissingFact; 2]);
    }
}

/// The same texts in every type that holds texts.
fn as_texts(cells: [&str; 2]) -> Vec<ArrayRef> {
    let small: Arc<StringArray> = Arc::new(cells.to_vec().into());
    let large: Arc<LargeStringArray> = Arc::new(cells.to_vec().into());
    let view: Arc<StringViewArray> = Arc::new(cells.to_vec().into());
    vec![
        small.clone(),
        large.clone(),
        view.clone(),
        Arc::new(DictionaryArray::<Int8Type>::new(Int8Array::from(vec![0, 1]), small.clone())),
        Arc::new(DictionaryArray::<UInt8Type>::new(UInt8Array::from(vec![0, 1]), view)),
        Arc::new(DictionaryArray::<UInt32Type>::new(UInt32Array::from(vec![0, 1]), large)),
        Arc::new(DictionaryArray::<UInt64Type>::new(UInt64Array::from(vec![0, 1]), small)),
    ]
}

/// The same amounts, which have two decimals at most, as decimals of every width and several scales.
fn as_decimals(cells: [i64; 2]) -> Vec<ArrayRef> {
    let scaled = |scale: i8| {
        let power = |from: i64| match scale {
            2.. => i128::from(from) * 10i128.pow(u32::from(scale.unsigned_abs() - 2)),
            _ => i128::from(from) / 10i128.pow(u32::try_from(2 - scale).unwrap()),
        };
        cells.map(power)
    };
    let mut all: Vec<ArrayRef> = Vec::new();
    for scale in [2, 3, 4] {
        let narrow = scaled(scale).map(|v| i32::try_from(v).unwrap()).to_vec();
        let array = Decimal32Array::from(narrow).with_precision_and_scale(9, scale).unwrap();
        all.push(Arc::new(array));
    }
    for scale in [2, 4, 9] {
        let narrow = scaled(scale).map(|v| i64::try_from(v).unwrap()).to_vec();
        let array = Decimal64Array::from(narrow).with_precision_and_scale(18, scale).unwrap();
        all.push(Arc::new(array));
    }
    for scale in [2, 6, 10, 30] {
        let array = Decimal128Array::from(scaled(scale).to_vec());
        all.push(Arc::new(array.with_precision_and_scale(38, scale).unwrap()));
    }
    for scale in [2, 18] {
        let array = Decimal256Array::from(scaled(scale).map(i256::from_i128).to_vec());
        all.push(Arc::new(array.with_precision_and_scale(76, scale).unwrap()));
    }
    all
}

/// The same counts in every width.
fn as_integers(cells: [u8; 2]) -> Vec<ArrayRef> {
    fn of<T: arrow_array::ArrowPrimitiveType>(cells: [u8; 2]) -> ArrayRef
    where
        T::Native: TryFrom<u8>,
    {
        let values = cells.iter().map(|cell| T::Native::try_from(*cell).ok());
        Arc::new(values.collect::<PrimitiveArray<T>>())
    }
    vec![
        of::<Int8Type>(cells),
        of::<Int16Type>(cells),
        of::<Int32Type>(cells),
        of::<Int64Type>(cells),
        of::<UInt8Type>(cells),
        of::<UInt16Type>(cells),
        of::<UInt32Type>(cells),
        of::<UInt64Type>(cells),
    ]
}

#[test]
fn every_type_that_holds_a_fact_gives_the_same_fact() {
    for (name, form) in columns() {
        let usual = choices(form, false);
        let (first, last) = (*usual.first().unwrap(), *usual.last().unwrap());
        let with = |array: &ArrayRef| run(&table(vec![(name.clone(), array.clone())]));
        let same = |text: [&str; 2], arrays: Vec<ArrayRef>| {
            let want = all_cells(&with(&self::text(text)));
            for array in arrays {
                let found = with(&array);
                assert_eq!(all_cells(&found), want, "{name} as {}", array.data_type());
            }
        };
        same([first, last], as_texts([first, last]));
        match form {
            "money" => same(["1500", "0.50"], as_decimals([150_000, 50])),
            "rate" => same(["0.08", "0.12"], as_decimals([8, 12])),
            "count" => same(["3", "1"], as_integers([3, 1])),
            "date" => {
                // 2015-06-30 and 2016-03-01.
                let days = Date32Array::from(vec![16_616, 16_861]);
                same(["2015-06-30", "2016-03-01"], vec![Arc::new(days)]);
            }
            "month" => {
                let days = Date32Array::from(vec![16_861, 18_687]);
                same_months(&name, &with, Arc::new(days));
            }
            _ => {}
        }
    }
}

/// Months as dates are passed through as they came; all else is the same.
fn same_months(name: &str, with: &dyn Fn(&ArrayRef) -> RecordBatch, days: ArrayRef) {
    let (found, want) = (with(&days), with(&text(["2016-03", "2021-03"])));
    let rest = |table: &RecordBatch| {
        let mut table = table.clone();
        table.remove_column(table.schema().index_of(name).unwrap());
        all_cells(&table)
    };
    assert_eq!(rest(&found), rest(&want));
}

/// Types that no column has, and those that some have.
fn types() -> Vec<DataType> {
    let item = |kind: DataType| Arc::new(Field::new("item", kind, true));
    let pair = |key, value: DataType| DataType::Dictionary(Box::new(key), Box::new(value));
    let entries = Fields::from(vec![
        Field::new("keys", DataType::Utf8, false),
        Field::new("values", DataType::Utf8, true),
    ]);
    let entries = Arc::new(Field::new("entries", DataType::Struct(entries), false));
    let union = UnionFields::try_new([0], [Field::new("a", DataType::Utf8, true)]).unwrap();
    vec![
        DataType::Boolean,
        DataType::Int8,
        DataType::Int64,
        DataType::UInt64,
        DataType::Float16,
        DataType::Float32,
        DataType::Float64,
        DataType::Decimal32(9, 2),
        DataType::Decimal256(76, 10),
        DataType::Date32,
        DataType::Date64,
        DataType::Timestamp(TimeUnit::Nanosecond, None),
        DataType::Timestamp(TimeUnit::Second, Some("Asia/Shanghai".into())),
        DataType::Time32(TimeUnit::Second),
        DataType::Time64(TimeUnit::Nanosecond),
        DataType::Duration(TimeUnit::Millisecond),
        DataType::Interval(IntervalUnit::MonthDayNano),
        DataType::Binary,
        DataType::LargeBinary,
        DataType::BinaryView,
        DataType::FixedSizeBinary(4),
        DataType::List(item(DataType::Utf8)),
        DataType::LargeList(item(DataType::Utf8)),
        DataType::List(item(DataType::Null)),
        DataType::List(item(DataType::Float64)),
        DataType::List(item(DataType::Int64)),
        DataType::FixedSizeList(item(DataType::Utf8), 2),
        DataType::Struct(Fields::from(vec![Field::new("a", DataType::Utf8, true)])),
        DataType::Map(entries, false),
        DataType::Union(union, UnionMode::Sparse),
        pair(DataType::Int32, DataType::Int64),
        pair(DataType::Int8, DataType::Float64),
        pair(DataType::Int8, DataType::Decimal128(18, 2)),
        DataType::RunEndEncoded(
            Arc::new(Field::new("run_ends", DataType::Int32, false)),
            Arc::new(Field::new("values", DataType::Utf8, true)),
        ),
    ]
}

/// Whether a column of the form reads the type.
fn reads(form: &str, kind: &DataType) -> bool {
    match kind {
        DataType::Int8 | DataType::Int64 | DataType::UInt64 => form == "count",
        DataType::Decimal32(..) | DataType::Decimal256(..) => ["money", "rate"].contains(&form),
        DataType::Date32 => ["date", "month"].contains(&form),
        DataType::List(of) | DataType::LargeList(of) => {
            form == "list" && [DataType::Utf8, DataType::Null].contains(of.data_type())
        }
        _ => false,
    }
}

fn is_float(kind: &DataType) -> bool {
    match kind {
        DataType::List(of) => is_float(of.data_type()),
        DataType::Dictionary(_, values) => is_float(values),
        kind => kind.is_floating(),
    }
}

/// Checks what is said of a column that can't be read.
fn check_words(error: &zhenggong::Error, name: &str, kind: &DataType, form: &str) {
    // A float is refused as such where it would be an amount; elsewhere it is one type of many.
    let amount = matches!(form, "money" | "rate");
    let code =
        if amount && is_float(kind) { ErrorCode::FloatRefused } else { ErrorCode::ColumnType };
    assert_eq!((error.code(), error.field_name()), (code, Some(name)), "{kind}: {error}");
    assert_eq!(error.row_number(), None);
    let (zh, en) = (error.zh(), error.en());
    assert!(zh.contains(name) && en.contains(name), "{error}");
    let start: String = kind.to_string().chars().take(6).collect();
    assert!(zh.contains(&start) && en.contains(&start), "{kind}: {error}");
    if code == ErrorCode::ColumnType {
        let wanted = match form {
            "money" | "rate" => ["小数列或文本列", "a decimal or text column"],
            "count" => ["整数列或文本列", "an integer or text column"],
            "date" => ["date32 列或文本列", "a date32 or text column"],
            "month" => ["文本列或 date32 列", "a text or date32 column"],
            "list" => ["文本列表列或文本列", "a column of lists of text"],
            _ => ["文本列", "a text column"],
        };
        assert!(zh.contains(wanted[0]) && en.contains(wanted[1]), "{kind}: {error}");
    }
}

#[test]
fn every_other_type_is_refused_with_words() {
    let batch = Batch::new(engine(), BatchOptions::default());
    let mut all = columns();
    all.extend(["person", "unit"].map(|name| (name.to_owned(), "text")));
    let (mut read, mut refused) = (0, 0);
    for kind in types() {
        for (name, form) in &all {
            let table = table(vec![(name.clone(), new_null_array(&kind, 2))]);
            match batch.table(&table) {
                Ok(_) => {
                    assert!(reads(form, &kind), "{name} as {kind}");
                    read += 1;
                }
                Err(error) => {
                    assert!(!reads(form, &kind), "{name} as {kind}: {error}");
                    check_words(&error, name, &kind, form);
                    refused += 1;
                }
            }
        }
    }
    assert!(read > 100 && refused > 1000, "{read} {refused}");
}

fn form_of(column: &InputColumn) -> &'static str {
    match column.form {
        Form::Text => "text",
        Form::Points => "money",
        Form::Count => "count",
        Form::Date => "date",
        Form::List => "list",
    }
}

/// A table of an assessment with its required columns and one more or instead.
fn asked(columns: &[InputColumn], name: &str, array: ArrayRef) -> RecordBatch {
    let usual = |key: &str| match key {
        "id" => text(["1", "2"]),
        "kind" => text(["民警", "民警"]),
        "date" => text(["2025-03-01", "2025-03-02"]),
        _ => text(["x", "x"]),
    };
    let required = columns.iter().filter(|column| column.required && column.key != name);
    let all = required.map(|column| (column.key, usual(column.key)));
    RecordBatch::try_from_iter(all.chain([(name, array)])).unwrap()
}

#[test]
fn columns_of_assessments_read_the_same_types() {
    for (columns, of_subjects) in [(SUBJECTS, true), (EVENTS, false)] {
        let read = |table: RecordBatch| match of_subjects {
            true => subjects([Ok(table)]).map(|rows| format!("{rows:?}")),
            false => events([Ok(table)]).map(|rows| format!("{rows:?}")),
        };
        for column in columns {
            let (name, form) = (column.key, form_of(column));
            let with = |array: ArrayRef| read(asked(columns, name, array));
            for kind in types() {
                match with(new_null_array(&kind, 2)) {
                    Err(error) if reads(form, &kind) => {
                        assert!(column.required, "{name} as {kind}: {error}");
                        assert_eq!(error.code(), ErrorCode::MissingFact, "{name} as {kind}");
                    }
                    Err(error) => check_words(&error, name, &kind, form),
                    Ok(_) => assert!(reads(form, &kind), "{name} as {kind}"),
                }
            }
            let missing = with(text(["", ""]));
            for empty in nothing() {
                match (with(empty), &missing) {
                    (Ok(found), Ok(want)) => assert_eq!(&found, want, "{name}"),
                    (Err(found), Err(_)) => {
                        assert_eq!(found.code(), ErrorCode::MissingFact, "{name}");
                        assert_eq!((found.field_name(), found.row_number()), (Some(name), Some(1)));
                    }
                    other => panic!("{name}: {other:?}"),
                }
            }
            let cells = match (name, form) {
                ("kind", _) => ["民警", "unit"],
                ("sex", _) => ["男", "female"],
                ("discipline", _) => ["引体向上", "run-1000"],
                ("result", _) => ["11", "3:40"],
                ("moves", _) => ["2025-03-10 甲", "2025-03-10 甲;2025-03-21 乙"],
                (_, "date") => ["2015-06-30", "2016-03-01"],
                (_, "count") => ["3", "1"],
                (_, "money") => ["1500", "0.5"],
                _ => ["甲", "乙"],
            };
            let want = with(text(cells)).unwrap();
            for array in as_texts(cells) {
                let kind = array.data_type().clone();
                assert_eq!(with(array).unwrap(), want, "{name} as {kind}");
            }
            let typed = match form {
                "date" => vec![Arc::new(Date32Array::from(vec![16_616, 16_861])) as ArrayRef],
                "count" => as_integers([3, 1]),
                "money" => as_decimals([150_000, 50]),
                _ => Vec::new(),
            };
            for array in typed {
                let kind = array.data_type().clone();
                assert_eq!(with(array).unwrap(), want, "{name} as {kind}");
            }
        }
    }
}

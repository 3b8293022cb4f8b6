//! Schemas: what goes in, what comes out.

use arrow_schema::{DataType, Field, Schema};
use zhenggong::{
    person::{PersonMonth, stated_column},
    vocabulary::{PayItem, Vocabulary},
};

use crate::{
    names,
    options::{BatchOptions, DecimalWidth, OnError},
};

/// Digits and decimals of the amount columns.
pub(crate) const AMOUNT: (u8, i8) = (18, 2);

/// The columns that say whose row it is; they are passed through.
pub(crate) const PASSED: [&str; 3] = ["person", "unit", "month"];

/// Returns the schema of a table with every column that a batch can read, in the types that cost
/// least to make. Other types are read too.
pub(crate) fn input() -> Schema {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let mut fields = vec![
        text("person"),
        text("unit"),
        Field::new("kind", DataType::Utf8, false),
        text("month"),
    ];
    for fact in PersonMonth::FACTS {
        let kind = match (fact.form)() {
            "money" => DataType::Decimal128(AMOUNT.0, AMOUNT.1),
            "rate" => DataType::Decimal128(18, 9),
            "count" => DataType::UInt32,
            "date" => DataType::Date32,
            _ => DataType::Utf8,
        };
        fields.push(Field::new(fact.term.code, kind, true));
    }
    let amount = DataType::Decimal128(AMOUNT.0, AMOUNT.1);
    for item in PayItem::ALL {
        fields.push(Field::new(stated_column(*item).0, amount.clone(), true));
    }
    Schema::new(fields)
}

/// Returns the key of a column that is passed through, or none for another.
pub(crate) fn passed(name: &str) -> Option<&str> {
    Some(names::key(name)).filter(|key| PASSED.contains(key))
}

/// Returns the schema of what comes out for a table of this schema.
pub(crate) fn output(options: &BatchOptions, input: &Schema) -> Schema {
    let amount = match options.width {
        DecimalWidth::Decimal64 => DataType::Decimal64(AMOUNT.0, AMOUNT.1),
        DecimalWidth::Decimal128 => DataType::Decimal128(AMOUNT.0, AMOUNT.1),
    };
    let language = options.language;
    let passed = input.fields().iter().filter_map(|field| {
        let key = passed(field.name())?;
        Some(field.as_ref().clone().with_name(names::own(key, language)))
    });
    let mut fields: Vec<_> = passed.collect();
    let items = options.items.iter().map(|item| names::item(*item, language));
    let totals = options.totals.iter().map(|total| names::total(*total, language).to_owned());
    fields.extend(items.chain(totals).map(|name| Field::new(name, amount.clone(), true)));
    if options.on_error == OnError::Column {
        let [code, text] = names::error(language);
        fields.push(Field::new(code, DataType::UInt16, true));
        fields.push(Field::new(text, DataType::Utf8, true));
    }
    Schema::new(fields)
}

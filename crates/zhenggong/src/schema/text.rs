//! Values that are text with a form of their own, as schemas.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    calendar::{Month, PartialDate},
    number::{Money, Rate, Rounding},
    person::Label,
};

/// A date in an input, for a field whose own type is a plain date.
pub(crate) struct Date;

/// An amount that is not negative.
pub(crate) struct NonNegativeMoney;

/// A rate that is not negative.
pub(crate) struct NonNegativeRate;

const YEAR: &str = "(19|2[0-9])[0-9]{2}";
const MONTH: &str = "(0[1-9]|1[0-2])";
const DAY: &str = "(0[1-9]|[12][0-9]|3[01])";

/// Gives types that are written as text their schema: what they hold in both languages, the pattern, an
/// example.
macro_rules! text_schema {
    ($($ty:ident: $zh:literal, $en:literal, $pattern:expr, $example:literal;)*) => {$(
        impl schemars::JsonSchema for $ty {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($ty).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "description": concat!($zh, "\n", $en),
                    "type": "string",
                    "pattern": $pattern,
                    "examples": [$example],
                })
            }
        }
    )*};
}
pub(crate) use text_schema;

text_schema! {
    Money: "金额，单位元，十进制文本，最多两位小数；不接受数字。",
        "An amount in yuan as decimal text with two decimals at most; never a number.",
        "^-?[0-9]+(\\.[0-9]{1,2})?$", "660.00";
    NonNegativeMoney: "金额，单位元，十进制文本，最多两位小数，不为负；不接受数字。",
        "An amount in yuan as decimal text with two decimals at most, not negative; never a number.",
        "^[0-9]+(\\.[0-9]{1,2})?$", "660.00";
    Rate: "比例或系数，十进制文本，最多九位小数：0.08 即 8%；不接受数字。",
        "A rate or factor as decimal text with nine decimals at most: 0.08 is 8 %; never a number.",
        format!("^-?[0-9]+(\\.[0-9]{{1,{}}})?$", Rate::MAX_SCALE), "0.08";
    NonNegativeRate: "比例或系数，十进制文本，最多九位小数，不为负：0.08 即 8%；不接受数字。",
        "A rate or factor as decimal text with nine decimals at most, not negative: 0.08 is 8 %; never \
         a number.",
        format!("^[0-9]+(\\.[0-9]{{1,{}}})?$", Rate::MAX_SCALE), "0.08";
    Month: "月份，YYYY-MM，1900 年至 2999 年。", "A month, YYYY-MM, of the years 1900 to 2999.",
        format!("^{YEAR}-{MONTH}$"), "2025-03";
    Date: "日期，YYYY-MM-DD，1900 年至 2999 年。", "A date, YYYY-MM-DD, of the years 1900 to 2999.",
        format!("^{YEAR}-{MONTH}-{DAY}$"), "2025-03-01";
    PartialDate: "日期，或只知道的年、月。", "A date, or the year or month where no more is known.",
        format!("^{YEAR}(-{MONTH}(-{DAY})?)?$"), "1995-06";
}

impl JsonSchema for Label {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "简短的可见文本，不含控制字符。\nA short visible text without control characters.",
            "type": "string",
            "minLength": 1,
            "maxLength": Self::MAX_CHARS,
            "pattern": "^[^\\x00-\\x1f\\x7f-\\x9f]+$",
        })
    }
}

impl JsonSchema for Rounding {
    fn schema_name() -> Cow<'static, str> {
        "Rounding".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let lines: Vec<_> = Self::all().map(|r| format!("{r}: {} ({})", r.zh(), r.en())).collect();
        json_schema!({
            "title": super::title("取整方式", "rounding"),
            "description": lines.join("\n"),
            "type": "string",
            "enum": Self::all().map(|r| r.to_string()).collect::<Vec<_>>(),
        })
    }
}

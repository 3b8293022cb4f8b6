//! The columns that subjects and events have.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};

use super::making::POINTS;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text.
    Text,
    /// Points: text or decimals.
    Points,
    /// A count: text or integers.
    Count,
    /// A day: text or `date32`.
    Date,
    /// Several texts: a list, or one text with `;`, `；` or `、` between them.
    List,
}

/// A column that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputColumn {
    /// The key, which is its English name.
    pub key: &'static str,
    /// Its Chinese names; the first is the one that is written.
    pub zh: &'static [&'static str],
    /// What its cells are.
    pub form: Form,
    /// Whether it must be there, with a value in every row.
    pub required: bool,
}

const fn must(key: &'static str, zh: &'static [&'static str], form: Form) -> InputColumn {
    InputColumn { key, zh, form, required: true }
}

const fn may(key: &'static str, zh: &'static [&'static str], form: Form) -> InputColumn {
    InputColumn { key, zh, form, required: false }
}

/// The columns of a table of subjects.
pub const SUBJECTS: &[InputColumn] = &[
    must("id", &["编号", "人员编号"], Form::Text),
    must("kind", &["类别", "人员类别"], Form::Text),
    may("unit", &["单位"], Form::Text),
    may("moves", &["调动"], Form::List),
    may("scheme", &["方案"], Form::Text),
    may("role", &["角色"], Form::Text),
    may("staff", &["人数"], Form::Count),
    may("identities", &["身份"], Form::List),
    may("sex", &["性别"], Form::Text),
    may("birth", &["出生日期"], Form::Date),
    may("training_class", &["训练类别"], Form::Text),
    may("sequence", &["序列"], Form::Text),
    may("from", &["在册起"], Form::Date),
    may("to", &["在册止"], Form::Date),
];

/// The columns of a table of events.
pub const EVENTS: &[InputColumn] = &[
    must("id", &["编号", "事件编号"], Form::Text),
    must("subject", &["对象", "人员编号"], Form::Text),
    must("date", &["日期"], Form::Date),
    must("rule", &["规则"], Form::Text),
    may("count", &["次数"], Form::Count),
    may("value", &["测量值"], Form::Points),
    may("points", &["评分"], Form::Points),
    may("discipline", &["体能项目"], Form::Text),
    may("result", &["成绩"], Form::Text),
    may("rater", &["评议人"], Form::Text),
    may("rater_kind", &["评议人类别"], Form::Text),
    may("flags", &["标记"], Form::List),
    may("matter", &["事项"], Form::Text),
    may("reported", &["获知日期"], Form::Date),
    may("withdrawn", &["撤回日期"], Form::Date),
    may("replaces", &["更正"], Form::Text),
];

/// Returns the column of this key or Chinese name.
#[must_use]
pub fn input_column(columns: &'static [InputColumn], name: &str) -> Option<&'static InputColumn> {
    columns.iter().find(|column| column.key == name || column.zh.contains(&name))
}

/// Returns the schema of a table with all of these columns, in the usual types. Other types are read too.
#[must_use]
pub fn input_schema(columns: &[InputColumn]) -> Schema {
    let field = |column: &InputColumn| {
        let kind = match column.form {
            Form::Text => DataType::Utf8,
            Form::Points => DataType::Decimal128(POINTS.0, POINTS.1),
            Form::Count => DataType::Int64,
            Form::Date => DataType::Date32,
            Form::List => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
        };
        Field::new(column.key, kind, !column.required)
    };
    Schema::new(columns.iter().map(field).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_columns_of_a_table_have_a_name_in_common() {
        for columns in [SUBJECTS, EVENTS] {
            let names =
                columns.iter().flat_map(|c| c.zh.iter().copied().chain(std::iter::once(c.key)));
            let all: Vec<_> = names.collect();
            let different: std::collections::BTreeSet<_> = all.iter().collect();
            assert_eq!(different.len(), all.len());
        }
        assert_eq!(input_column(EVENTS, "次数").map(|c| c.key), Some("count"));
        assert_eq!(input_column(SUBJECTS, "次数"), None);
    }
}

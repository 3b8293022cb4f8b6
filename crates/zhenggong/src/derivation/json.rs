//! Derivations as JSON.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value as Json;

use super::{Label, Language, Op, Step, Value};
use crate::{
    number::Rounding,
    policy::{CitationJson, CiteId, Snapshot},
    schema::written_by_code,
    vocabulary::Term,
};

/// 计算过程. The outermost lines of a derivation.
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(rename = "Derivation")]
pub(crate) struct DerivationJson<'a>(Vec<Line<'a>>);

/// 计算过程的一行. A line of a derivation: its formula, and the lines that it is made of.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DerivationLine")]
struct Line<'a> {
    /// 名称. Its name.
    label: Name<'a>,
    /// 结果. What it comes to: text for amounts, numbers, dates and codes, an integer for a count.
    #[schemars(schema_with = "value")]
    result: Json,
    /// 算式各项. The terms of the formula, in order.
    terms: Vec<FormulaTerm<'a>>,
    /// 取整. How the formula is rounded.
    rounding: Option<Rounded<'a>>,
    /// 说明. Facts and reasons beside the formula.
    notes: Vec<Note<'a>>,
    /// 下级各行. The lines inside.
    lines: Vec<Self>,
}

/// 名称. A name with its stable code.
#[derive(Serialize, JsonSchema)]
struct Name<'a> {
    /// 代码. The code.
    code: &'a str,
    /// 中文名. The Chinese name.
    zh: &'a str,
    /// 英文名. The English name.
    en: &'a str,
}

/// 算式的一项. A term of a formula.
#[derive(Serialize, JsonSchema)]
struct FormulaTerm<'a> {
    /// 运算. How it joins.
    op: Op,
    /// 名称. What it is.
    label: Name<'a>,
    /// 数值. How much.
    #[schemars(schema_with = "value")]
    value: Json,
    /// 依据. Where it comes from; none for a fact of the person.
    source: Option<CitationJson<'a>>,
}

/// 说明. A fact or reason beside the formula.
#[derive(Serialize, JsonSchema)]
struct Note<'a> {
    /// 名称. What it is.
    label: Name<'a>,
    /// 内容. Its value, where it has one.
    #[schemars(schema_with = "value")]
    value: Json,
    /// 依据. Where it comes from; none for a fact of the person.
    source: Option<CitationJson<'a>>,
}

/// 取整. A rounding, with the value before it.
#[derive(Serialize, JsonSchema)]
struct Rounded<'a> {
    /// 取整前. The value before, to six decimals.
    before: String,
    /// 取整方式. How it is rounded.
    rounding: Rounding,
    /// 依据. Where the rounding comes from.
    source: Option<CitationJson<'a>>,
}

fn value(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "integer", "null"] })
}

const fn op(op: Op) -> Term {
    let (zh, en) = match op {
        Op::Is => ("首项", "the first term"),
        Op::Plus => ("加", "added"),
        Op::Minus => ("减", "taken off"),
        Op::Times => ("乘", "multiplied"),
        Op::Over => ("除以", "divided by"),
        Op::AtLeast => ("不低于", "raised to this floor"),
        Op::AtMost => ("不高于", "cut to this ceiling"),
    };
    Term::new(op.code(), zh, en)
}

written_by_code! {
    Op ("运算", "how a term joins") of => op(of);
    Is, Plus, Minus, Times, Over, AtLeast, AtMost
}

impl<'a> DerivationJson<'a> {
    pub(super) fn of(steps: &[Step], snapshot: &'a Snapshot) -> Self {
        let mut out = Vec::new();
        let mut rest = steps;
        while let Some((first, tail)) = rest.split_first() {
            rest = tail;
            if let Step::Begin(label) = first {
                let (line, after) = line(*label, rest, snapshot);
                out.push(line);
                rest = after;
            }
        }
        Self(out)
    }
}

fn name(label: Label, snapshot: &Snapshot) -> Name<'_> {
    Name {
        code: label.code(snapshot),
        zh: label.text(snapshot, Language::Zh),
        en: label.text(snapshot, Language::En),
    }
}

fn line<'a, 's>(
    label: Label,
    mut rest: &'s [Step],
    snapshot: &'a Snapshot,
) -> (Line<'a>, &'s [Step]) {
    let mut out = Line {
        label: name(label, snapshot),
        result: Json::Null,
        terms: Vec::new(),
        rounding: None,
        notes: Vec::new(),
        lines: Vec::new(),
    };
    let cited = |cite: &Option<CiteId>| {
        cite.and_then(|id| snapshot.citation(id)).map(|citation| citation.json())
    };
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            Step::Begin(label) => {
                let (child, after) = line(*label, rest, snapshot);
                out.lines.push(child);
                rest = after;
            }
            Step::Term { op, label, value, cite } => out.terms.push(FormulaTerm {
                op: *op,
                label: name(*label, snapshot),
                value: value.to_json(),
                source: cited(cite),
            }),
            Step::Note { label, value, cite } => out.notes.push(Note {
                label: name(*label, snapshot),
                value: value.map_or(Json::Null, Value::to_json),
                source: cited(cite),
            }),
            Step::Round { before, rounding, cite } => {
                let before = before.decimal_text(6);
                out.rounding = Some(Rounded { before, rounding: *rounding, source: cited(cite) });
            }
            Step::End(value) => {
                out.result = value.to_json();
                break;
            }
        }
    }
    (out, rest)
}

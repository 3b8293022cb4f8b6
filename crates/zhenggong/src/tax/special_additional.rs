//! 专项附加扣除, special additional deductions of one month (rule `tax.special-additional`).
//!
//! Fixed amounts for children, infants, parents, study and housing. Limits on the number of months
//! (of study, of a mortgage) are facts of the tax authority's record and not checked here; serious
//! illness is deducted only in the yearly settlement.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot, Sourced, Table,
        field, read_input, resolve_as,
    },
    vocabulary::{ElderlySupport, HousingRelief, Term, Vocabulary},
};

/// What the national pack says about special additional deductions.
#[derive(Debug, Clone)]
pub struct SpecialAdditional {
    child: Sourced<Money>,
    // Came in 2022; before, the error says so to whoever claims it.
    infant: Result<Sourced<Money>>,
    elderly: Table<ElderlySupport, Money>,
    degree: Sourced<Money>,
    certificate: Sourced<Money>,
    housing: Table<HousingRelief, Money>,
}

/// The support of elderly parents that is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elderly {
    /// An only child: the whole amount.
    OnlyChild,
    /// Shared with siblings: the agreed share of the month, at most the cap.
    Shared(Money),
}

/// What a person claims for one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdditionalClaims {
    /// 子女教育: children claimed in full.
    pub children: u32,
    /// 3岁以下婴幼儿照护: infants claimed in full.
    pub infants: u32,
    /// 赡养老人: the support of parents.
    pub elderly: Option<Elderly>,
    /// 学历（学位）继续教育: whether the month counts.
    pub degree: bool,
    /// 职业资格继续教育: whether the year's amount for a certificate is deducted in this month.
    pub certificate: bool,
    /// 住房: the one housing relief of the month; see [`housing_relief`].
    pub housing: Option<HousingRelief>,
}

static TOTAL: Term = Term::new(
    "special-additional",
    "专项附加扣除（本月）",
    "Special additional deductions of the month",
);
static CHILDREN: Term = Term::new("children", "子女教育", "Education of children");
static CHILD: Term = Term::new("child-amount", "每个子女", "for each child");
static INFANTS: Term = Term::new("infants", "3岁以下婴幼儿照护", "Care of infants below 3");
static INFANT: Term = Term::new("infant-amount", "每个婴幼儿", "for each infant");
static COUNT: Term = Term::new("count", "人数", "number");
static ELDERLY: Term = Term::new("elderly", "赡养老人", "Support of the elderly");
static ONLY_CHILD: Term = Term::new("only-child", "独生子女标准", "amount for an only child");
static SHARE: Term = Term::new("share", "分摊额", "agreed share");
static SHARE_CAP: Term = Term::new("share-cap", "每人分摊上限", "most that one may share");
static DEGREE: Term = Term::new("degree", "学历（学位）继续教育", "Study for a degree");
static CERTIFICATE: Term = Term::new("certificate", "职业资格继续教育", "Professional certificate");
static HOUSING: Term = Term::new("housing", "住房", "Housing");
static STANDARD: Term = Term::new("standard", "扣除标准", "fixed amount");
static KIND: Term = Term::new("kind", "项目", "item");

/// Returns the special additional deductions (专项附加扣除) of one month, in yuan to the fen.
///
/// # Source
///
/// 国发〔2018〕41号 from 2019-01; 国发〔2022〕8号 for infants from 2022-01; 国发〔2023〕13号 for the raised
/// amounts from 2023-01 (evidence: secondary).
///
/// # Errors
///
/// `ValueGap` for infants before 2022, `NumberOutOfRange` for a share above the cap or below 0,
/// `CellNotAttested` where the table lacks the kind, `Overflow`.
///
/// # Examples
///
/// ```
/// use zhenggong::{derivation::NoTrace, tax::*, testing, vocabulary::HousingRelief};
/// let snapshot = testing::national("2023-01")?;
/// let claims = AdditionalClaims {
///     children: 1,
///     elderly: Some(Elderly::OnlyChild),
///     housing: Some(HousingRelief::MortgageInterest),
///     ..AdditionalClaims::default()
/// };
/// let month = special_additional(snapshot.get()?, &claims, &mut NoTrace)?;
/// assert_eq!(month.to_string(), "6000.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn special_additional<T: Trace>(
    p: &SpecialAdditional,
    claims: &AdditionalClaims,
    t: &mut T,
) -> Result<Money> {
    t.begin(&TOTAL);
    let mut total = Money::ZERO;
    if claims.children > 0 {
        total = total.plus(heads((&CHILDREN, &CHILD), p.child, claims.children, t)?)?;
    }
    if claims.infants > 0 {
        let infant = *p.infant.as_ref().map_err(Error::clone)?;
        total = total.plus(heads((&INFANTS, &INFANT), infant, claims.infants, t)?)?;
    }
    if let Some(elderly) = claims.elderly {
        total = total.plus(elderly_support(p, elderly, t)?)?;
    }
    for (claimed, label, amount) in
        [(claims.degree, &DEGREE, p.degree), (claims.certificate, &CERTIFICATE, p.certificate)]
    {
        if claimed {
            total = total.plus(fixed(label, None, amount, t))?;
        }
    }
    if let Some(kind) = claims.housing {
        let Some(amount) = p.housing.get(kind) else { return Err(not_attested(kind, &HOUSING)) };
        total = total.plus(fixed(&HOUSING, Some(kind.term()), amount, t))?;
    }
    t.end_money(total);
    Ok(total)
}

#[inline]
fn heads<T: Trace>(
    (line, each): (&'static Term, &'static Term),
    amount: Sourced<Money>,
    count: u32,
    t: &mut T,
) -> Result<Money> {
    let sum = amount.value.times(i64::from(count))?;
    t.begin(line);
    t.param(Op::Is, each, Value::Money(amount.value), amount.cite);
    t.fact(Op::Times, &COUNT, Value::Count(i64::from(count)));
    t.end_money(sum);
    Ok(sum)
}

#[inline]
fn fixed<T: Trace>(
    line: &'static Term,
    kind: Option<&'static Term>,
    amount: Sourced<Money>,
    t: &mut T,
) -> Money {
    t.begin(line);
    t.param(Op::Is, &STANDARD, Value::Money(amount.value), amount.cite);
    if let Some(kind) = kind {
        t.note(&KIND, Some(Value::Term(kind)));
    }
    t.end_money(amount.value);
    amount.value
}

#[inline]
fn elderly_support<T: Trace>(p: &SpecialAdditional, elderly: Elderly, t: &mut T) -> Result<Money> {
    let kind = match elderly {
        Elderly::OnlyChild => ElderlySupport::OnlyChild,
        Elderly::Shared(_) => ElderlySupport::Shared,
    };
    let Some(limit) = p.elderly.get(kind) else { return Err(not_attested(kind, &ELDERLY)) };
    t.begin(&ELDERLY);
    let amount = match elderly {
        Elderly::OnlyChild => {
            t.param(Op::Is, &ONLY_CHILD, Value::Money(limit.value), limit.cite);
            limit.value
        }
        Elderly::Shared(share) => {
            if share > limit.value || share.is_negative() {
                return Err(share_out_of_range(share, limit.value));
            }
            t.fact(Op::Is, &SHARE, Value::Money(share));
            t.cited_note(&SHARE_CAP, Some(Value::Money(limit.value)), limit.cite);
            share
        }
    };
    t.end_money(amount);
    Ok(amount)
}

/// Returns the housing relief of the month, or none where none is claimed.
///
/// `now` are the kinds claimed for the month, `earlier` those of earlier months of the same year. A
/// taxpayer deducts mortgage interest or rent in a year, never both, and one rent in a month.
///
/// # Errors
///
/// `ExclusiveDeductions`, which names the two.
pub fn housing_relief(
    now: &[HousingRelief],
    earlier: &[HousingRelief],
) -> Result<Option<HousingRelief>> {
    let Some((first, rest)) = now.split_first() else { return Ok(None) };
    if let Some(second) = rest.iter().find(|k| *k != first) {
        return Err(exclusive(*first, *second));
    }
    let mortgage = |k: HousingRelief| k == HousingRelief::MortgageInterest;
    match earlier.iter().find(|k| mortgage(**k) != mortgage(*first)) {
        Some(other) => Err(exclusive(*other, *first)),
        None => Ok(Some(*first)),
    }
}

#[cold]
fn exclusive(first: HousingRelief, second: HousingRelief) -> Error {
    Error::new(ErrorCode::ExclusiveDeductions)
        .arg("first", first.zh())
        .arg("second", second.zh())
        .field("housing")
        .rule(RULE.id())
}

#[cold]
fn share_out_of_range(share: Money, cap: Money) -> Error {
    Error::new(ErrorCode::NumberOutOfRange)
        .arg("value", share)
        .arg("min", Money::ZERO)
        .arg("max", cap)
        .field("elderly_share")
        .rule(RULE.id())
}

#[cold]
fn not_attested<V: Vocabulary>(kind: V, table: &'static Term) -> Error {
    Error::new(ErrorCode::CellNotAttested)
        .arg("cell", kind.term().zh)
        .arg("table", table.zh)
        .rule(RULE.id())
}

impl Parameters for SpecialAdditional {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            child: fields.get::<Money>("child")?,
            infant: fields.get::<Money>("infant"),
            elderly: fields.get::<Keyed<ElderlySupport, Money>>("elderly")?,
            degree: fields.get::<Money>("degree")?,
            certificate: fields.get::<Money>("certificate")?,
            housing: fields.get::<Keyed<HousingRelief, Money>>("housing")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Money>("child", Scope::National),
    field::<Money>("infant", Scope::National),
    field::<Keyed<ElderlySupport, Money>>("elderly", Scope::National),
    field::<Money>("degree", Scope::National),
    field::<Money>("certificate", Scope::National),
    field::<Keyed<HousingRelief, Money>>("housing", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("tax.special-additional", "专项附加扣除", "special additional deductions"),
    about: Term::new(
        "about",
        "本月可扣除的专项附加扣除合计；住房贷款利息与住房租金同一年度不得同时扣除。",
        "The special additional deductions of a month; mortgage interest and rent exclude each other.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::optional(Term::new("children", "子女教育人数", "children"), "count"),
        InputSpec::optional(Term::new("infants", "3岁以下婴幼儿人数", "infants"), "count"),
        InputSpec::optional(Term::new("elderly", "赡养老人", "elderly"), "elderly-support"),
        InputSpec::optional(Term::new("elderly_share", "赡养老人分摊额", "agreed share"), "money"),
        InputSpec::optional(Term::new("degree", "学历继续教育", "study for a degree"), "bool"),
        InputSpec::optional(
            Term::new("certificate", "本月扣除职业资格证书", "certificate deducted this month"),
            "bool",
        ),
        InputSpec::optional(Term::new("housing", "住房扣除", "housing"), "[housing-relief]"),
        InputSpec::optional(
            Term::new("housing_earlier", "本年以前月份的住房扣除", "housing earlier this year"),
            "[housing-relief]",
        ),
    ],
    output: "money",
    resolve: resolve_as::<SpecialAdditional>,
    evaluate,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    children: u32,
    #[serde(default)]
    infants: u32,
    #[serde(default)]
    elderly: Option<ElderlySupport>,
    #[serde(default)]
    elderly_share: Option<Money>,
    #[serde(default)]
    degree: bool,
    #[serde(default)]
    certificate: bool,
    #[serde(default)]
    housing: Vec<HousingRelief>,
    #[serde(default)]
    housing_earlier: Vec<HousingRelief>,
}

fn evaluate(snapshot: &Snapshot, input: &Json, t: &mut Recorder) -> Result<Json> {
    let input: Input = read_input(input)?;
    let elderly = match (input.elderly, input.elderly_share) {
        (None, None) => None,
        (Some(ElderlySupport::OnlyChild), None) => Some(Elderly::OnlyChild),
        (Some(ElderlySupport::Shared), Some(share)) => Some(Elderly::Shared(share)),
        (Some(ElderlySupport::Shared), None) => {
            return Err(Error::new(ErrorCode::MissingFact)
                .arg("fact", "elderly_share")
                .field("elderly_share"));
        }
        (_, Some(_)) => {
            let detail = "只有分摊时才有分摊额 / a share is given but the support is not shared";
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg("detail", detail)
                .field("elderly_share"));
        }
    };
    let claims = AdditionalClaims {
        children: input.children,
        infants: input.infants,
        elderly,
        degree: input.degree,
        certificate: input.certificate,
        housing: housing_relief(&input.housing, &input.housing_earlier)?,
    };
    Ok(special_additional(snapshot.get()?, &claims, t)?.to_string().into())
}

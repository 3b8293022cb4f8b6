//! 专项附加扣除, special additional deductions of one month (rule `tax.special-additional`).
//!
//! Fixed amounts for children, infants, parents, study and housing. Limits on the number of months
//! (of study, of a mortgage) are facts of the tax authority's record and not checked here; serious
//! illness is deducted only in the yearly settlement.

use super::{AdditionalClaims, Elderly, additional_claims::ClaimsInput};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, Table, field, resolve_as,
    },
    vocabulary::{ElderlySupport, HousingRelief, Term, Vocabulary},
};

/// What the national pack says about special additional deductions.
#[derive(Debug, Clone)]
pub struct SpecialAdditional {
    child: PerHead,
    // Came in 2022; before, the error says so to whoever claims it.
    infant: Result<PerHead>,
    elderly: Table<ElderlySupport, Money>,
    degree: Sourced<Money>,
    certificate: Sourced<Money>,
    housing: Table<HousingRelief, Money>,
    // Half each stands on weaker evidence than the amounts; who claims it learns that.
    mortgage_half: Result<Sourced<Money>>,
}

/// The amount for one child, and for one of whom each parent claims half.
#[derive(Debug, Clone)]
struct PerHead {
    full: Sourced<Money>,
    half: Result<Sourced<Money>>,
}

static TOTAL: Term = Term::new(
    "special-additional",
    "专项附加扣除（本月）",
    "Special additional deductions of the month",
);
static CHILDREN: Term = Term::new("children", "子女教育", "Education of children");
static INFANTS: Term = Term::new("infants", "3岁以下婴幼儿照护", "Care of infants below 3");
static EACH: Term = Term::new("each", "每人", "each");
static EACH_HALF: Term = Term::new("each-half", "按50%扣除的每人", "each claimed at half");
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
    let children = (claims.children, claims.children_half);
    if children != (0, 0) {
        total = total.plus(heads(&CHILDREN, &p.child, children, t)?)?;
    }
    let infants = (claims.infants, claims.infants_half);
    if infants != (0, 0) {
        let infant = p.infant.as_ref().map_err(Error::clone)?;
        total = total.plus(heads(&INFANTS, infant, infants, t)?)?;
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
        let half = claims.mortgage_half && kind == HousingRelief::MortgageInterest;
        let amount = if half { Some(p.mortgage_half.clone()?) } else { p.housing.get(kind) };
        let Some(amount) = amount else { return Err(not_attested(kind, &HOUSING)) };
        total = total.plus(fixed(&HOUSING, Some(kind.term()), amount, t))?;
    }
    t.end_money(total);
    Ok(total)
}

#[inline]
fn heads<T: Trace>(
    line: &'static Term,
    amount: &PerHead,
    (full, half): (u32, u32),
    t: &mut T,
) -> Result<Money> {
    let whole = amount.full.value.times(i64::from(full))?;
    // Looked at only where someone claims half.
    let each_half = if half == 0 { None } else { Some(amount.half.clone()?) };
    let halves = each_half.map_or(Ok(Money::ZERO), |each| each.value.times(i64::from(half)))?;
    let sum = halves.plus(whole)?;
    t.begin(line);
    let mut op = Op::Is;
    let lines = [(&EACH, Some(amount.full), full), (&EACH_HALF, each_half, half)];
    for (label, each, count) in lines {
        if let Some(each) = each.filter(|_| count > 0) {
            t.param(op, label, Value::Money(each.value), each.cite);
            t.fact(Op::Times, &COUNT, Value::Count(i64::from(count)));
            op = Op::Plus;
        }
    }
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
        .arg_in("cell", kind.term().zh, kind.term().en)
        .arg_in("table", table.zh, table.en)
        .rule(RULE.id())
}

impl Parameters for SpecialAdditional {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let per_head = |full, half| {
            Ok(PerHead { full: fields.get::<Money>(full)?, half: fields.get::<Money>(half) })
        };
        Ok(Self {
            child: per_head("child", "child_half")?,
            infant: per_head("infant", "infant_half"),
            elderly: fields.get::<Keyed<ElderlySupport, Money>>("elderly")?,
            degree: fields.get::<Money>("degree")?,
            certificate: fields.get::<Money>("certificate")?,
            housing: fields.get::<Keyed<HousingRelief, Money>>("housing")?,
            mortgage_half: fields.get::<Money>("mortgage_half"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Money>("child", Scope::National),
    field::<Money>("child_half", Scope::National),
    field::<Money>("infant", Scope::National),
    field::<Money>("infant_half", Scope::National),
    field::<Keyed<ElderlySupport, Money>>("elderly", Scope::National),
    field::<Money>("degree", Scope::National),
    field::<Money>("certificate", Scope::National),
    field::<Keyed<HousingRelief, Money>>("housing", Scope::National),
    field::<Money>("mortgage_half", Scope::National),
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
        InputSpec::optional(
            Term::new("children_half", "按50%扣除的子女人数", "children at half"),
            "count",
        ),
        InputSpec::optional(Term::new("infants", "3岁以下婴幼儿人数", "infants"), "count"),
        InputSpec::optional(
            Term::new("infants_half", "按50%扣除的婴幼儿人数", "infants at half"),
            "count",
        ),
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
        InputSpec::optional(
            Term::new("mortgage_half", "贷款利息夫妻各扣50%", "mortgage relief at half"),
            "bool",
        ),
    ],
    output: "money",
    resolve: resolve_as::<SpecialAdditional>,
    evaluate: &Evaluate(evaluate),
};

fn evaluate(snapshot: &Snapshot, input: ClaimsInput, t: &mut Recorder) -> Result<Money> {
    let claims = input.claims()?;
    special_additional(snapshot.get()?, &claims, t)
}

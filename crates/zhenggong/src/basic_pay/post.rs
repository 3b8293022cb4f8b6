//! 职务工资, post pay: a monthly amount by post tier and kind of post (rule `basic-pay.post`).
//!
//! The tables of 2006 and 2014 are known whole, those of 2016 and 2018 in part. They pay leading and
//! non-leading posts; the grade pay (职级工资) that replaced non-leading posts in 2019 is not known.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, Table, field, resolve_as,
    },
    vocabulary::{PostKind, PostTier, Term, Vocabulary},
};

/// The post pay tables in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostPay {
    leader: Table<PostTier, Money>,
    non_leader: Table<PostTier, Money>,
    since: Option<NaiveDate>,
}

static PAY: Term = Term::new("post-pay", "职务工资", "Post pay");
static STANDARD: Term = Term::new("standard", "职务工资标准", "standard for the post");
static TIER: Term = Term::new("tier", "职务层次", "post tier");
static KIND: Term = Term::new("kind", "职务类别", "kind of post");

impl PostPay {
    /// Returns the amount a month of a post, in yuan, or none where it is not attested.
    #[must_use]
    #[inline]
    pub fn get(&self, tier: PostTier, kind: PostKind) -> Option<Sourced<Money>> {
        match kind {
            PostKind::Leading => self.leader.get(tier),
            PostKind::NonLeading => self.non_leader.get(tier),
        }
    }
}

/// Returns the post pay (职务工资) of a month, in whole yuan.
///
/// # Source
///
/// 国发〔2006〕22号 from 2006-07; 国办发〔2015〕3号 from 2014-10; the adjustments of 2016-07 and 2018-07,
/// in part (evidence: per cell). From 2021-10 no amount is known.
///
/// # Errors
///
/// `CellNotAttested` if the table in force has no amount for the post; it names tier, kind and the
/// date of the table.
///
/// # Examples
///
/// ```
/// use zhenggong::{basic_pay::post_pay, derivation::NoTrace, testing};
/// use zhenggong::vocabulary::{PostKind, PostTier};
/// let snapshot = testing::national("2015-03")?;
/// let (tier, kind) = (PostTier::SectionDeputy, PostKind::NonLeading);
/// assert_eq!(post_pay(snapshot.get()?, tier, kind, &mut NoTrace)?.to_string(), "690.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn post_pay<T: Trace>(p: &PostPay, tier: PostTier, kind: PostKind, t: &mut T) -> Result<Money> {
    let Some(pay) = p.get(tier, kind) else { return Err(not_attested(p, tier, kind)) };
    t.begin(&PAY);
    t.param(Op::Is, &STANDARD, Value::Money(pay.value), pay.cite);
    t.note(&TIER, Some(Value::Term(tier.term())));
    t.note(&KIND, Some(Value::Term(kind.term())));
    t.end_money(pay.value);
    Ok(pay.value)
}

#[cold]
fn not_attested(p: &PostPay, tier: PostTier, kind: PostKind) -> Error {
    let since = p.since.map_or_else(|| "—".to_owned(), |day| day.to_string());
    Error::new(ErrorCode::CellNotAttested)
        .arg_in(
            "cell",
            format!("{}（{}）", tier.zh(), kind.zh()),
            format!("{} ({})", tier.en(), kind.en()),
        )
        .arg_in(
            "table",
            format!("{}（{since}）", RULE.term.zh),
            format!("{} ({since})", RULE.term.en),
        )
        .rule(RULE.id())
}

impl Parameters for PostPay {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let leader = fields.get::<Keyed<PostTier, Money>>("leader")?;
        let non_leader = fields.get::<Keyed<PostTier, Money>>("non_leader")?;
        for table in [&leader, &non_leader] {
            let falls = table.iter().zip(table.iter().skip(1));
            for ((high, more), (low, less)) in falls {
                if more.value <= less.value {
                    return Err(fields.shape_error(format!(
                        "{}与{}的金额次序不对 / the amounts of {} and {} are out of order",
                        high.zh(),
                        low.zh(),
                        high.en(),
                        low.en()
                    )));
                }
            }
        }
        // End points check the tables where they are known; they are no part of the answer. The
        // highest post is a leading one, the lowest a non-leading one.
        if let Ok(Some(ends)) = fields.optional::<Keyed<PostTier, Money>>("end_points") {
            for (tier, end) in ends.iter() {
                match leader.get(tier).or_else(|| non_leader.get(tier)) {
                    Some(found) if found.value != end.value => {
                        return Err(Error::new(ErrorCode::ChecksumFailed)
                            .arg_in(
                                "value",
                                format!("{} {}", RULE.term.zh, tier.zh()),
                                format!("{} {}", RULE.term.en, tier.en()),
                            )
                            .arg("found", found.value)
                            .arg("expected", end.value)
                            .rule(RULE.id()));
                    }
                    _ => {}
                }
            }
        }
        let first = leader.iter().next().or_else(|| non_leader.iter().next());
        let since = first.and_then(|(_, pay)| fields.start_of(pay.cite));
        Ok(Self { leader, non_leader, since })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<PostTier, Money>>("leader", Scope::National),
    field::<Keyed<PostTier, Money>>("non_leader", Scope::National),
    field::<Keyed<PostTier, Money>>("end_points", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("basic-pay.post", "职务工资", "post pay"),
    about: Term::new(
        "about",
        "按职务层次和领导、非领导职务查国家职务工资标准表；没有可考金额的格不推算。",
        "Looks up the national post pay tables by tier and kind of post; a cell that is not attested is not guessed.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(TIER, "post-tier"), InputSpec::required(KIND, "post-kind")],
    output: "money",
    resolve: resolve_as::<PostPay>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    tier: PostTier,
    kind: PostKind,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    post_pay(snapshot.get()?, input.tier, input.kind, t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Pack, PolicyBook};

    fn lint(tables: &str) -> Vec<ErrorCode> {
        let text = format!(
            "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n[[source]]\nid = \"s\"\n\
             title = \"t\"\nissued = \"1990\"\nevidence = \"official\"\n[[value]]\nrule = \"basic-pay.post\"\n\
             from = \"1990-01-01\"\nsource = \"s\"\nclause = \"c\"\n{tables}\n"
        );
        let findings = PolicyBook::new(vec![Pack::parse("t.toml", &text)]).lint();
        findings.iter().map(|f| f.error.code()).collect()
    }

    #[test]
    fn end_points_and_order_are_checked_at_load() {
        let tables = "leader = { \"国家级正职\" = \"4000\", \"国家级副职\" = \"3200\" }\n\
                      non_leader = { \"办事员\" = \"340\" }\n";
        assert_eq!(lint(tables), []);
        let end = format!("{tables}end_points = {{ \"办事员\" = \"340\" }}");
        assert_eq!(lint(&end), []);
        let wrong = lint(&end.replace("\"340\" }\nend", "\"304\" }\nend"));
        assert!(!wrong.is_empty() && wrong.iter().all(|c| *c == ErrorCode::ChecksumFailed));
        let order = lint(&tables.replace("3200", "4000"));
        assert!(!order.is_empty() && order.iter().all(|c| *c == ErrorCode::TableShape));
    }
}

//! 奖励奖金, the money of an award (rule `assessment.award`).
//!
//! Police awards follow 公安机关人民警察奖励条令, those of civil servants their own tariff. Which of the two
//! a police officer's 嘉奖 for a year of 优秀 follows is not settled by any text seen: a local pack says,
//! or the rule asks for a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{
    Error, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{AwardKind, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// Who is honoured.
    pub enum Recipient ("recipient", "奖励对象", "who is honoured") {
        Person = "person", "个人", "a person";
        Unit = "unit", "集体", "a unit";
    }
}

vocabulary! {
    /// The tariff of the money.
    pub enum AwardTariff ("award-tariff", "奖金标准", "tariff of awards") {
        Police = "police", "公安机关人民警察奖励标准", "that of the police";
        CivilServant = "civil-servant", "公务员奖励标准", "that of civil servants";
    }
}

vocabulary! {
    /// What the award is given for.
    pub enum AwardGround ("award-ground", "奖励事由", "ground of the award") {
        PoliceMerit = "police-merit", "公安机关奖励", "an award by the police rules";
        CivilServantMerit = "civil-servant-merit", "公务员奖励", "an award by the rules of civil servants";
        AnnualAppraisal = "annual-appraisal", "年度考核优秀", "the yearly appraisal";
    }
}

/// What the packs say about the money of awards.
#[derive(Debug, Clone)]
pub struct AwardMoney {
    police_person: Result<Table<AwardKind, Money>>,
    police_unit: Result<Table<AwardKind, Money>>,
    civil_person: Result<Table<AwardKind, Money>>,
    annual_tariff: Option<Sourced<AwardTariff>>,
    notice_from: Result<Sourced<AwardKind>>,
    notice_workdays: Result<Sourced<u32>>,
    early_rank_from: Result<Sourced<AwardKind>>,
}

/// 奖金及附带事项. The money of an award and what else hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Award {
    /// 奖金，单位元；集体奖金为工作经费，一般不发给个人. The money, in yuan to the fen. That of a unit is work money, as a
    /// rule not paid to people.
    pub money: Money,
    /// 所用奖金标准. The tariff used.
    pub tariff: AwardTariff,
    /// 奖励前公示，单位工作日；不要求公示的为 0，公务员标准不列. Working days of public notice before a police award, 0
    /// where none is demanded; none by the tariff of civil servants, which says nothing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_workdays: Option<u32>,
    /// 是否可以提前晋升警衔；公务员标准不列. Whether a police award makes an early promotion in rank possible; none by
    /// the tariff of civil servants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_rank: Option<bool>,
}

static AWARD: Term = Term::new("award-money", "奖励奖金", "Money of the award");
static STANDARD: Term = Term::new("standard", "奖金标准", "standard of the award");
static STATED: Term = Term::new("tariff-stated", "适用标准（按录入）", "tariff, as stated");
static NOTICE: Term = Term::new("notice", "奖励前公示（工作日）", "working days of public notice");
static EARLY_RANK: Term =
    Term::new("early-rank", "可以提前晋升警衔，自", "early promotion in rank possible from");

/// Returns the money of an award.
///
/// `tariff` is what the organ decided where the ground leaves it open, none otherwise.
///
/// # Source
///
/// 公安机关人民警察奖励条令 (2015) art. 34 (money), 36 (early promotion; evidence: secondary) from 2016;
/// the tariff of civil servants from a city's notice of 2007 (secondary), and a later one whose date
/// was not seen (inferred).
///
/// # Errors
///
/// `NeedsDecision` where the ground leaves the tariff open and nobody says; `ContradictoryFacts` for a
/// stated tariff where the ground has its own; `CellNotAttested` for an award without a known amount;
/// the policy errors of the tariff.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{AwardGround, Recipient, award_money};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::AwardKind};
/// let snapshot = testing::national("2016-05")?;
/// let (kind, ground) = (AwardKind::ThirdClassMerit, AwardGround::PoliceMerit);
/// let award = award_money(snapshot.get()?, kind, Recipient::Person, ground, None, &mut NoTrace)?;
/// assert_eq!(award.money.to_string(), "5000.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn award_money<T: Trace>(
    p: &AwardMoney,
    kind: AwardKind,
    recipient: Recipient,
    ground: AwardGround,
    tariff: Option<AwardTariff>,
    t: &mut T,
) -> Result<Award> {
    t.begin(&AWARD);
    t.note(&AwardKind::KIND, Some(Value::Term(kind.term())));
    t.note(&Recipient::KIND, Some(Value::Term(recipient.term())));
    let tariff = p.tariff(ground, tariff, t)?;
    let table = match (tariff, recipient) {
        (AwardTariff::Police, Recipient::Person) => &p.police_person,
        (AwardTariff::Police, Recipient::Unit) => &p.police_unit,
        (AwardTariff::CivilServant, Recipient::Person) => &p.civil_person,
        (AwardTariff::CivilServant, Recipient::Unit) => {
            return Err(refusal::not_attested(
                &RULE,
                "公务员集体奖励奖金 / money of a unit of civil servants",
            ));
        }
    };
    let table = table.as_ref().map_err(Error::clone)?;
    let Some(money) = table.get(kind) else {
        let zh = format!("{}（{}，{}）", kind.zh(), recipient.zh(), tariff.zh());
        let en = format!("{} ({}, {})", kind.en(), recipient.en(), tariff.en());
        return Err(refusal::not_attested(&RULE, (zh, en)));
    };
    t.param(Op::Is, &STANDARD, Value::Money(money.value), money.cite);
    let (mut notice_workdays, mut early_rank) = (None, None);
    if tariff == AwardTariff::Police {
        notice_workdays = Some(0);
        if kind >= p.notice_from.clone()?.value {
            let days = p.notice_workdays.clone()?;
            notice_workdays = Some(days.value);
            t.cited_note(&NOTICE, Some(Value::Count(days.value.into())), days.cite);
        }
        let from = p.early_rank_from.clone()?;
        let early = recipient == Recipient::Person && kind >= from.value;
        early_rank = Some(early);
        if early {
            t.cited_note(&EARLY_RANK, Some(Value::Term(from.value.term())), from.cite);
        }
    }
    t.end_money(money.value);
    Ok(Award { money: money.value, tariff, notice_workdays, early_rank })
}

impl AwardMoney {
    fn tariff<T: Trace>(
        &self,
        ground: AwardGround,
        stated: Option<AwardTariff>,
        t: &mut T,
    ) -> Result<AwardTariff> {
        t.note(&AwardGround::KIND, Some(Value::Term(ground.term())));
        let own = match ground {
            AwardGround::PoliceMerit => Some(AwardTariff::Police),
            AwardGround::CivilServantMerit => Some(AwardTariff::CivilServant),
            AwardGround::AnnualAppraisal => None,
        };
        match (own, stated, self.annual_tariff) {
            (Some(own), Some(stated), _) if own != stated => {
                let zh = format!("{}适用{}", ground.zh(), own.zh());
                let en = format!("the tariff of {} is that of {}", ground.en(), own.en());
                let detail = (zh, en);
                Err(refusal::contradiction(&RULE, "tariff", detail))
            }
            (Some(own), ..) => Ok(own),
            (None, Some(stated), _) => {
                t.note(&STATED, Some(Value::Term(stated.term())));
                Ok(stated)
            }
            (None, None, Some(local)) => {
                t.cited_note(&AwardTariff::KIND, Some(Value::Term(local.value.term())), local.cite);
                Ok(local.value)
            }
            (None, None, None) => {
                let question = "人民警察年度考核优秀的奖励适用公安机关人民警察奖励标准还是公务员奖励标准（tariff） / which tariff an officer's award for the yearly appraisal follows";
                Err(refusal::undecided(&RULE, question).field("tariff"))
            }
        }
    }
}

impl Parameters for AwardMoney {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            police_person: fields.get::<Keyed<AwardKind, Money>>("police_person"),
            police_unit: fields.get::<Keyed<AwardKind, Money>>("police_unit"),
            civil_person: fields.get::<Keyed<AwardKind, Money>>("civil_person"),
            annual_tariff: fields.optional::<Choice<AwardTariff>>("annual_tariff")?,
            notice_from: fields.get::<Choice<AwardKind>>("notice_from"),
            notice_workdays: fields.get::<u32>("notice_workdays"),
            early_rank_from: fields.get::<Choice<AwardKind>>("early_rank_from"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<AwardKind, Money>>("police_person", Scope::National),
    field::<Keyed<AwardKind, Money>>("police_unit", Scope::National),
    field::<Keyed<AwardKind, Money>>("civil_person", Scope::Local),
    field::<Choice<AwardTariff>>("annual_tariff", Scope::Local),
    field::<Choice<AwardKind>>("notice_from", Scope::National),
    field::<u32>("notice_workdays", Scope::National),
    field::<Choice<AwardKind>>("early_rank_from", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.award", "奖励奖金", "money of an award"),
    about: Term::new(
        "about",
        "按奖励种类、对象和适用标准查奖金；民警年度考核奖励适用哪一标准由地方规定或裁量。",
        "The money of an award by kind, recipient and tariff; which tariff an officer's yearly award follows is local or decided.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("kind", "奖励种类", "kind of award"), "award-kind"),
        InputSpec::required(Term::new("recipient", "奖励对象", "recipient"), "recipient"),
        InputSpec::required(Term::new("ground", "奖励事由", "ground"), "award-ground"),
        InputSpec::optional(Term::new("tariff", "适用标准", "tariff"), "award-tariff"),
    ],
    output: "{money, tariff, notice_workdays, early_rank}",
    resolve: resolve_as::<AwardMoney>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    kind: AwardKind,
    recipient: Recipient,
    ground: AwardGround,
    #[serde(default)]
    tariff: Option<AwardTariff>,
}

fn evaluate(snapshot: &Snapshot, i: Input, t: &mut Recorder) -> Result<Award> {
    award_money(snapshot.get()?, i.kind, i.recipient, i.ground, i.tariff, t)
}

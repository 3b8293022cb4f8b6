//! What bears on the appraisal of a year, and the facts that it follows from.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Participation, SanctionPeriods,
    appraisal_participation::RULE,
    refusal,
    years::{Day, plus_months},
};
use crate::{
    Result,
    vocabulary::{SanctionKind, Vocabulary, vocabulary},
};

vocabulary! {
    /// What bears on the appraisal of a year.
    pub enum Circumstance ("circumstance", "考核情形", "circumstance of the year") {
        Probation = "probation", "试用期内", "on probation";
        Warned = "warned", "当年受警告处分", "warned in the year";
        Sanctioned = "sanctioned", "受记过以上处分期间", "in the period of a demerit or heavier";
        Investigated = "investigated", "被立案调查尚未结案", "under an investigation not closed";
        Refused = "refused", "经教育仍拒不参加考核", "refuses the appraisal after being told";
        PartyWarned = "party-warned", "当年受党内警告", "party warning in the year";
        PartySeriousOnDuty = "party-serious-on-duty", "当年受党内严重警告（与职务有关）", "serious party warning in the year, related to duty";
        PartySeriousOther = "party-serious-other", "当年受党内严重警告（与职务无关）", "serious party warning in the year, not related to duty";
        PartyPostRemoved = "party-post-removed", "当年受撤销党内职务", "removal from party post in the year";
        PartyProbation = "party-probation", "当年受留党察看", "party probation in the year";
        PartyProbationLater = "party-probation-later", "留党察看后续年度", "a later year of party probation";
        PartyExpelled = "party-expelled", "当年受开除党籍", "expelled from the party in the year";
        PartyExpelledLater = "party-expelled-later", "开除党籍后续年度", "a later year after expulsion from the party";
    }
}

vocabulary! {
    /// A sanction of the party (党纪处分).
    pub enum PartySanctionKind ("party-sanction-kind", "党纪处分种类", "party sanction") {
        Warning = "warning", "党内警告", "warning";
        SeriousWarning = "serious-warning", "党内严重警告", "serious warning";
        PostRemoved = "post-removed", "撤销党内职务", "removal from party post";
        Probation = "probation", "留党察看", "party probation";
        Expelled = "expelled", "开除党籍", "expulsion from the party";
    }
}

impl Circumstance {
    /// Returns whether it is a sanction of the party.
    #[must_use]
    pub fn is_party(self) -> bool {
        self.index() >= Self::PartyWarned.index()
    }
}

/// A sanction of the service, as far as the appraisal asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceSanction {
    /// Its kind.
    pub kind: SanctionKind,
    /// The day it took effect.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub effective: NaiveDate,
    /// The day it was or will be over; none where the period of its kind runs alone.
    #[serde(default, deserialize_with = "optional_day")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub ends: Option<NaiveDate>,
}

/// A sanction of the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartySanction {
    /// Its kind.
    pub kind: PartySanctionKind,
    /// The day it took effect.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub effective: NaiveDate,
    /// Whether a serious warning was for a breach related to duty.
    #[serde(default)]
    pub duty_related: Option<bool>,
    /// Whether a probation lasts one or two years.
    #[serde(default)]
    pub years: Option<u8>,
}

fn optional_day<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> std::result::Result<Option<NaiveDate>, D::Error> {
    Ok(Option::<Day>::deserialize(from)?.map(|d| d.0))
}

/// The facts of one person and year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearFacts {
    /// Whether the person is on probation at the end of the year.
    pub probation: bool,
    /// Whether an investigation is open.
    pub under_investigation: bool,
    /// Whether the person refuses the appraisal after being told.
    pub refused: bool,
    /// Whether leave for sickness or own affairs was over half of the year.
    pub leave_over_half_year: bool,
    /// Sanctions of the service that took effect in the year or before.
    pub sanctions: Vec<ServiceSanction>,
    /// Sanctions of the party.
    pub party_sanctions: Vec<PartySanction>,
}

/// Returns what bears on the year.
pub(super) fn circumstances(
    p: &Participation,
    periods: &SanctionPeriods,
    facts: &YearFacts,
    year: i32,
) -> Result<Vec<Circumstance>> {
    let mut found = Vec::new();
    let mut put = |c: Circumstance| {
        if !found.contains(&c) {
            found.push(c);
        }
    };
    if facts.probation {
        put(Circumstance::Probation);
    }
    if facts.under_investigation {
        put(Circumstance::Investigated);
    }
    if facts.refused {
        put(Circumstance::Refused);
    }
    for sanction in facts.sanctions.iter().filter(|s| s.effective.year() <= year) {
        if let Some(c) = of_service(periods, sanction, year)? {
            put(c);
        }
    }
    for sanction in facts.party_sanctions.iter().filter(|s| s.effective.year() <= year) {
        if let Some(c) = of_party(p, sanction, year)? {
            put(c);
        }
    }
    found.sort_by_key(|c| c.index());
    Ok(found)
}

fn of_service(
    periods: &SanctionPeriods,
    sanction: &ServiceSanction,
    year: i32,
) -> Result<Option<Circumstance>> {
    if sanction.kind == SanctionKind::Expulsion {
        let detail = "受开除处分后不再是公务员 / expelled, no longer a civil servant";
        return Err(refusal::not_applicable(&RULE, detail));
    }
    if sanction.kind == SanctionKind::Warning {
        return Ok((sanction.effective.year() == year).then_some(Circumstance::Warned));
    }
    let ends = match (sanction.ends, periods.months(sanction.kind)) {
        (Some(ends), _) => ends,
        (None, Some(months)) => plus_months(sanction.effective, months.value)?,
        (None, None) => return Err(refusal::not_attested(&RULE, sanction.kind.term())),
    };
    if ends < sanction.effective {
        let from = sanction.effective;
        let detail = format!("{ends} 早于 {from} / it ends on {ends}, before {from}");
        return Err(refusal::contradiction(&RULE, "sanctions.ends", detail));
    }
    Ok((ends.year() > year).then_some(Circumstance::Sanctioned))
}

fn of_party(
    p: &Participation,
    sanction: &PartySanction,
    year: i32,
) -> Result<Option<Circumstance>> {
    let first = sanction.effective.year() == year;
    let past = i64::from(year) - i64::from(sanction.effective.year());
    Ok(match sanction.kind {
        PartySanctionKind::Warning => first.then_some(Circumstance::PartyWarned),
        PartySanctionKind::PostRemoved => first.then_some(Circumstance::PartyPostRemoved),
        PartySanctionKind::SeriousWarning if first => match sanction.duty_related {
            Some(true) => Some(Circumstance::PartySeriousOnDuty),
            Some(false) => Some(Circumstance::PartySeriousOther),
            None => return Err(refusal::missing(&RULE, "party_sanctions.duty_related")),
        },
        PartySanctionKind::SeriousWarning => None,
        PartySanctionKind::Probation if first => Some(Circumstance::PartyProbation),
        PartySanctionKind::Probation => match sanction.years {
            Some(years @ 1..=2) => {
                (past <= i64::from(years)).then_some(Circumstance::PartyProbationLater)
            }
            Some(years) => {
                let detail = format!(
                    "留党察看为一年或二年，不是 {years} 年 / probation is for one or two years, not {years}"
                );
                return Err(refusal::invalid(&RULE, "party_sanctions.years", detail));
            }
            None => return Err(refusal::missing(&RULE, "party_sanctions.years")),
        },
        PartySanctionKind::Expelled if first => Some(Circumstance::PartyExpelled),
        PartySanctionKind::Expelled => {
            (past <= i64::from(p.after_expulsion()?)).then_some(Circumstance::PartyExpelledLater)
        }
    })
}

//! The police rank allowance of a month, from the rank held now and the one before it.

use chrono::NaiveDate;

use super::{
    PoliceRankAllowance, RankChange,
    police_rank::{CHOICE, NO_RANK, RULE, ends, police_rank_allowance},
};
use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    derivation::{Trace, Value},
    number::Money,
    vocabulary::{PoliceRank, RankEvent, Term, Vocabulary},
};

/// A person's rank as a roster has it: the rank now, and what happened last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankHeld {
    /// The rank held now; where it is not kept, the one held until then.
    pub rank: PoliceRank,
    /// The day of the last event; none where the rank was held before the month.
    pub since: Option<NaiveDate>,
    /// What happened on that day.
    pub event: Option<RankEvent>,
    /// The rank held before that day; none where it is not known or there was none.
    pub previous: Option<PoliceRank>,
}

static EVENT: Term = Term::new("rank-event", "警衔变动", "rank event");
static ON: Term = Term::new("rank-event-on", "变动日期", "day of the event");
static NEW: Term = Term::new("rank-now", "变动后警衔", "rank from then on");
static COUNTS: Term = Term::new("counts-from", "变动计发月份", "the event counts from");

impl PoliceRankAllowance {
    /// Computes the allowance of the month from the rank held; none where no rank counts.
    ///
    /// # Errors
    ///
    /// `MissingFact` where a change does not count yet and the rank before it is not given; those of
    /// [`police_rank_allowance`].
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{allowance::*, calendar::{Month, parse_date}, derivation::NoTrace, testing};
    /// use zhenggong::vocabulary::PoliceRank;
    /// let snapshot = testing::national("2016-05")?;
    /// let p: &PoliceRankAllowance = snapshot.get()?;
    /// let held = RankHeld {
    ///     rank: PoliceRank::SuperintendentSecondClass,
    ///     since: Some(parse_date("2016-05-20")?),
    ///     event: None,
    ///     previous: Some(PoliceRank::SuperintendentThirdClass),
    /// };
    /// let pay = p.for_held(held, Month::new(2016, 5)?, &mut NoTrace)?;
    /// assert_eq!(pay.map(|m| m.to_string()).as_deref(), Some("660.00"));
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    #[inline(always)]
    pub fn for_held<T: Trace>(
        &self,
        held: RankHeld,
        month: Month,
        t: &mut T,
    ) -> Result<Option<Money>> {
        match held.since {
            None => police_rank_allowance(self, held.rank, t).map(Some),
            Some(since) => self.after_event(held, since, month, t),
        }
    }

    #[inline(never)]
    fn after_event<T: Trace>(
        &self,
        held: RankHeld,
        since: NaiveDate,
        month: Month,
        t: &mut T,
    ) -> Result<Option<Money>> {
        let ends = ends(held.event);
        let change = RankChange { from: since, event: held.event, rank: Some(held.rank) };
        let counts_from = self.counts_from(&change)?;
        let counts = counts_from <= month;
        let rank = match (ends, counts) {
            (true, true) => None,
            (true, false) | (false, true) => Some(held.rank),
            // A first grant has no rank before it.
            (false, false) if held.event == Some(RankEvent::Granted) => None,
            (false, false) => Some(held.previous.ok_or_else(|| {
                Error::new(ErrorCode::MissingFact)
                    .arg("fact", "previous_rank")
                    .field("previous_rank")
                    .rule(RULE.id())
            })?),
        };
        t.begin(&CHOICE);
        t.note(&ON, Some(Value::Date(since)));
        if let Some(event) = held.event {
            t.note(&EVENT, Some(Value::Term(event.term())));
        }
        if !ends {
            t.note(&NEW, Some(Value::Term(held.rank.term())));
        }
        let effect = self.effect(&change)?;
        t.cited_note(&COUNTS, Some(Value::Month(counts_from)), effect.cite);
        let pay = match rank {
            Some(rank) => Some(police_rank_allowance(self, rank, t)?),
            None => {
                t.note(&NO_RANK, None);
                None
            }
        };
        t.end_money(pay.unwrap_or_default());
        Ok(pay)
    }
}

//! What the points of a line come from, with the names of scheme and ledger.

use super::{
    Assessment, Band, Event, FactorForm, Ground, ItemMode, Name, Points, RuleForm, Scheme, Score,
    TrailLine, Trigger, Why,
};
use crate::number::Rate;

/// A factor that multiplied the points of an event.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FactorUsed<'a> {
    /// Its id and names.
    pub name: &'a Name,
    /// Its clause.
    pub clause: Option<&'a Name>,
    /// What it multiplied by.
    pub value: Rate,
    /// What it made of the points before.
    pub points: Points,
    pub(super) label: u16,
    pub(super) clause_label: Option<u16>,
}

/// The mean of one kind of rater.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RaterMean<'a> {
    /// The kind of rater.
    pub raters: &'a str,
    /// Its weight.
    pub weight: Rate,
    /// The mean to four decimals.
    pub mean: Points,
}

/// What the points of a line come from. What a kind of rule does not go by is none or empty.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Grounds<'a> {
    /// How points arise under the rule, with its own numbers.
    pub form: Option<&'a RuleForm>,
    /// The points for one occurrence: those of the rule or of the role, or those that were entered.
    pub each: Option<Points>,
    /// What flags add to one occurrence.
    pub surcharges: Vec<(&'a str, Points)>,
    /// How often it happened.
    pub count: Option<i64>,
    /// Factors on the points of the event, one after the other.
    pub factors: Vec<FactorUsed<'a>>,
    /// What each event measured.
    pub values: Vec<(&'a Event, Points)>,
    /// What was measured in all.
    pub actual: Option<Points>,
    /// What was due, to four decimals.
    pub due: Option<Points>,
    /// The people that a target goes by.
    pub staff: Option<u32>,
    /// The full groups that they make, where only those count.
    pub groups: Option<u32>,
    /// What is missing, to four decimals.
    pub short: Option<Points>,
    /// What lies above the control number.
    pub over: Option<Points>,
    /// The full steps above it.
    pub steps: Option<i64>,
    /// The band that was hit.
    pub band: Option<Band>,
    /// The ratings.
    pub ratings: Vec<&'a Event>,
    /// The mean of each kind of rater, with its weight.
    pub means: Vec<RaterMean<'a>>,
    /// The weighted mean of all ratings, to four decimals.
    pub average: Option<Points>,
    /// The weight of an item whose points stand on a scale of 100.
    pub scaled_by: Option<Points>,
    /// What there was, and what a limit made of it: on the item's own scale, or of the sheet.
    pub limited: Option<(Points, Points)>,
    /// The event of the same matter that counts in the place of this one.
    pub instead: Option<&'a Event>,
    /// How many occurrences set a veto off, and how many it takes.
    pub occurrences: Option<(i64, u32)>,
    /// The score of the sheet that set a veto off, with the sheet and the score that it has to reach.
    pub sheet_score: Option<(&'a Name, Points, Points)>,
    /// What the subject is that a factor of the total goes by.
    pub identity: Option<&'a str>,
}

impl Grounds<'_> {
    /// Returns the points of an event before a limit or another event of its matter: for one, with surcharges,
    /// times the count, times the factors.
    #[must_use]
    pub fn of_event(&self) -> Option<Points> {
        if let Some(factor) = self.factors.last() {
            return Some(factor.points);
        }
        self.of_one()?.times_int(self.count?).ok()
    }

    /// Returns the points for one occurrence with its surcharges.
    #[must_use]
    pub fn of_one(&self) -> Option<Points> {
        let more = self.surcharges.iter().map(|(_, points)| *points);
        more.fold(self.each, |sum, points| sum?.plus(points).ok())
    }
}

impl<'a> Assessment<'a> {
    /// Returns what the points of a line of the trail of this score come from.
    #[must_use]
    pub fn grounds(&self, score: &Score, line: &TrailLine) -> Grounds<'a> {
        let mut out = Grounds::default();
        let Some(of) = self.detail(score, line) else { return out };
        let scheme = of.scheme;
        let rule = line.rule.and_then(|r| scheme.rules.get(usize::from(r)));
        let item = line.item.and_then(|i| scheme.items.get(usize::from(i)));
        out.form = rule.map(|r| &r.form);
        let scaled = item.filter(|i| i.mode == ItemMode::ScaledLoss && rule.is_some());
        out.scaled_by = scaled.and_then(|i| i.weight);
        let cause = line.cause.map(usize::from);
        for ground in self.book.grounds(line) {
            self.add(ground, scheme, &mut out);
            match ground {
                Ground::Occurrences(count) => {
                    if let Some(Trigger::Events { at_least, .. }) = of.veto.map(|v| &v.trigger) {
                        out.occurrences = Some((*count, *at_least));
                    }
                }
                Ground::SheetScore(score) => {
                    if let Some(Trigger::SheetBelow(sheet, below)) = of.veto.map(|v| &v.trigger)
                        && let Some(sheet) = scheme.sheets.get(usize::from(*sheet))
                        && let Some(name) = scheme.name_of(sheet.label)
                    {
                        out.sheet_score = Some((name, *score, *below));
                    }
                }
                Ground::Identity(place) if line.why == Why::Factor => {
                    let factor = cause.and_then(|f| scheme.factors.get(f));
                    if let Some(FactorForm::Identity { values, .. }) = factor.map(|f| &f.form) {
                        let found = values.get(usize::from(*place));
                        out.identity = found.map(|(name, _)| name.as_str());
                    }
                }
                _ => {}
            }
        }
        if let (Some(bands), Some(place)) = (out.form.and_then(RuleForm::bands), self.band_of(line))
        {
            out.band = bands.get(usize::from(place)).copied();
        }
        out
    }

    fn band_of(&self, line: &TrailLine) -> Option<u16> {
        self.book.grounds(line).iter().find_map(|ground| match ground {
            Ground::Band(place) => Some(*place),
            _ => None,
        })
    }

    fn add(&self, ground: &Ground, scheme: &'a Scheme, out: &mut Grounds<'a>) {
        match *ground {
            Ground::Each(points) => out.each = Some(points),
            Ground::Surcharge { flag, points } => {
                let flag = scheme.flags.get(usize::from(flag)).map_or("", String::as_str);
                out.surcharges.push((flag, points));
            }
            Ground::Count(count) => out.count = Some(count),
            Ground::Factor { factor, value, points } => {
                let found = scheme.factors.get(usize::from(factor));
                if let Some((of, name)) = found.and_then(|f| Some((f, scheme.name_of(f.label)?))) {
                    let clause = of.clause.and_then(|c| scheme.name_of(c));
                    out.factors.push(FactorUsed {
                        name,
                        clause,
                        value,
                        points,
                        label: of.label,
                        clause_label: of.clause,
                    });
                }
            }
            Ground::Value { event, value } => {
                out.values.extend(self.ledger.event(event).map(|event| (event, value)));
            }
            Ground::Actual(points) => out.actual = Some(points),
            Ground::Staff { staff, groups } => (out.staff, out.groups) = (Some(staff), groups),
            Ground::Due(points) => out.due = Some(points),
            Ground::Short(points) => out.short = Some(points),
            Ground::Over(points) => out.over = Some(points),
            Ground::Steps(count) => out.steps = Some(count),
            Ground::Rating(event) => out.ratings.extend(self.ledger.event(event)),
            Ground::Mean { raters, weight, mean } => {
                let raters = scheme.raters.get(usize::from(raters)).map_or("", String::as_str);
                out.means.push(RaterMean { raters, weight, mean });
            }
            Ground::Average(points) => out.average = Some(points),
            Ground::Limited { from, to } => out.limited = Some((from, to)),
            Ground::Instead(event) => out.instead = self.ledger.event(event),
            Ground::Band(_)
            | Ground::Occurrences(_)
            | Ground::SheetScore(_)
            | Ground::Identity(_) => {}
        }
    }
}

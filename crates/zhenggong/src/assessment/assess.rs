//! Assessment of a period: every subject's sheets, total, grade, and why.

use super::{
    Assessment, KindPlan, Ledger, NoTrail, Order, Period, Points, Schemes, Score, Span, Trail,
    TrailBook, VetoHit,
    buckets::Buckets,
    cascades::takes,
    chain::Above,
    event_keys::{Keys, Reads},
    ledger::Live,
    naming,
    nowhere::Nowhere,
    plan::{self, Plans},
    rule_numbers::RuleNumbers,
    score::{
        Context, Outcome, PartScore, Placed, Row, counted_once, finish, score_part, through_parts,
    },
    test_standards::TestStandards,
};
use crate::{Error, Result};

/// What is asked beside subjects and events.
#[derive(Debug, Clone, Default)]
pub struct AssessOptions {
    /// The schemes to use, where the place has several for one kind of subject.
    pub schemes: Vec<String>,
    /// Orders that switch between peacetime and wartime.
    pub orders: Vec<Order>,
    /// Whether events outside the period are passed over instead of refused, as for a ledger of a year.
    pub other_periods: bool,
}

/// Scores all subjects of a ledger for a period; `schemes` are those in force for its last month.
///
/// A subject that can't be scored becomes an error beside the scores of the others, and so does everyone
/// above it for whom a bad event would count. With `explain` the
/// trail of every subject is kept.
///
/// # Errors
///
/// Errors that concern everyone: no or several schemes for the period, a switch of condition that the
/// schemes do not provide for.
pub fn assess<'a>(
    ledger: &'a Ledger<'a>,
    schemes: &'a Schemes,
    period: Period,
    options: &AssessOptions,
    explain: bool,
) -> Result<Assessment<'a>> {
    let plans = plan::plans(schemes, period, ledger.groups(), &options.schemes, &options.orders)?;
    let mut run = Run {
        ledger,
        plans: &plans,
        orders: &options.orders,
        standards: &schemes.standards,
        failed: vec![false; ledger.subjects().len()],
        errors: Vec::new(),
        touched: Vec::new(),
        sheets: Vec::new(),
        own_plans: Vec::new(),
    };
    for fault in ledger.faults() {
        run.fault(fault);
    }
    run.fail_doubtful();
    run.refuse_schemes();
    let rows = run.rows(!options.other_periods)?;
    let mut book = TrailBook::default();
    let scores = if explain {
        run.scores(rows, &mut book, |book| book.lines().len())
    } else {
        run.scores(rows, &mut NoTrail, |_| 0)
    };
    let Run { sheets, own_plans, mut errors, mut touched, .. } = run;
    // In the order of the subjects; what comes from below stands after what is a subject's own.
    errors.sort_by_key(|(subject, _)| *subject);
    touched.sort_by_key(|(subject, _)| *subject);
    let errors =
        errors.into_iter().chain(touched).map(|(subject, error)| match ledger.subject(subject) {
            Some(subject) if !subject.id.as_str().is_empty() => error.person(subject.id.as_str()),
            _ => error,
        });
    let errors = errors.map(|error| naming::with_event(error, ledger.events())).collect();
    let comparison = Vec::new();
    Ok(Assessment { ledger, period, plans, own_plans, scores, sheets, book, errors, comparison })
}

pub(super) struct Run<'r, 'a> {
    pub(super) ledger: &'a Ledger<'a>,
    pub(super) plans: &'r Plans<'a>,
    pub(super) orders: &'r [Order],
    pub(super) standards: &'r TestStandards,
    /// The subjects that are not scored.
    pub(super) failed: Vec<bool>,
    /// Their errors, by their places; a place after the last one stands for nobody on the list.
    pub(super) errors: Vec<(u32, Error)>,
    /// Errors of those who are not scored because of something below them alone.
    pub(super) touched: Vec<(u32, Error)>,
    pub(super) sheets: Vec<Points>,
    own_plans: Vec<KindPlan<'a>>,
}

impl<'a> Run<'_, 'a> {
    pub(super) fn plan(&self, subject: u32) -> Option<(usize, &KindPlan<'a>)> {
        self.plans.of(self.ledger.brief(subject)?.group)
    }

    /// Returns the events of the period as rows of the subjects that they count for.
    fn rows(&mut self, strict: bool) -> Result<Vec<Row>> {
        let windows = self.plans.iter().map(|p| p.window);
        let from = windows.clone().map(|w| w.from).min();
        let to = windows.map(|w| w.to).max();
        let (Some(from), Some(to)) = (from, to) else { return Ok(Vec::new()) };
        let ledger = self.ledger;
        let live = if strict { ledger.all_live() } else { ledger.within(Span { from, to }) };
        let names = RuleNumbers::new(ledger.rules(), self.plans);
        let mut rows = Vec::with_capacity(live.len());
        let mut nowhere = ledger.faults().iter().any(|f| f.event.is_none()).then(Nowhere::default);
        for l in live {
            if let Some(nowhere) = &mut nowhere {
                self.fail_anywhere(nowhere, l);
            }
            if let Err(error) = self.rows_of(l, &names, strict, &mut rows) {
                self.fail_above(l.subject, l.event, &error);
                self.fail(l.subject, error);
            }
        }
        Ok(rows)
    }

    #[inline]
    fn rows_of(
        &self,
        l: &Live,
        names: &RuleNumbers,
        strict: bool,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let Some(brief) = self.ledger.brief(l.subject) else { return Ok(()) };
        let own = self.plans.of(brief.group);
        let window = own.map(|(_, p)| p.window).or_else(|| {
            // An event of a subject without a scheme can still count for its unit.
            self.plans.iter().map(|p| p.window).find(|w| w.contains(l.date))
        });
        if !window.is_some_and(|w| w.contains(l.date)) {
            // A correction can move an event into another period: here the old one is gone.
            let moved = || self.plans.iter().any(|p| self.ledger.moved_by(l.event, p.window));
            return if strict && !moved() { Err(self.outside(l)) } else { Ok(()) };
        }
        if !brief.on_list(l.date) {
            return Err(self.left(l));
        }
        let first = rows.len();
        let mut reads = Reads::default();
        if let Some((slot, plan)) = own
            && let Some(part) = plan.part_of(l.date)
            && let Some((rule, keys)) = names.get(l.rule, slot, part)
        {
            reads.add(keys);
            rows.push(self.row(l, l.subject, plan, part, rule));
        }
        if names.cascades(l.rule) {
            for above in self.ledger.chain().above(l.subject, l.date) {
                reads.add(self.cascade(l, above, names, rows));
            }
        }
        if rows.len() == first {
            // Of one whose own scheme does not fit nobody knows which rules it has, nor of one whose unit is
            // not known which rules are above it.
            let refused = self.plans.refusal(brief.group).is_some()
                || self.ledger.chain().unknown_above(l.subject, l.date).is_some();
            return if refused { Ok(()) } else { Err(self.unknown_rule(l, own.map(|(_, p)| p))) };
        }
        let unused = reads.unused(l.keys);
        if l.flagged || !unused.is_empty() {
            return self.check_keys(l, unused, rows.get(first..).unwrap_or_default());
        }
        Ok(())
    }

    /// Lets an event count for the unit or a leader above its subject, where that scheme says so, and
    /// returns the keys that are read of it there.
    fn cascade(&self, l: &Live, above: Above, names: &RuleNumbers, rows: &mut Vec<Row>) -> Keys {
        let found = self.ledger.subject(l.subject).zip(self.ledger.subject(above.subject));
        let Some((from, subject)) = found.filter(|(_, s)| s.on_list(l.date)) else {
            return Keys::default();
        };
        let Some((slot, plan)) = self.plan(above.subject) else { return Keys::default() };
        let Some(part) = plan.part_of(l.date) else { return Keys::default() };
        let Some((number, keys)) = names.get(l.rule, slot, part) else { return Keys::default() };
        let scheme = plan.parts.get(usize::from(part)).map(|p| &p.entry.scheme);
        let rule = scheme.and_then(|s| Some((s, s.rules.get(usize::from(number))?)));
        if !rule.is_some_and(|(scheme, rule)| takes(scheme, rule, from.kind, above, subject)) {
            return Keys::default();
        }
        rows.push(self.row(l, above.subject, plan, part, number));
        keys
    }

    #[inline]
    fn row(&self, l: &Live, subject: u32, plan: &KindPlan<'_>, part: u8, rule: u16) -> Row {
        let mut bits = 0;
        if l.flagged
            && let Some(event) = self.ledger.event(l.event)
        {
            let scheme = plan.parts.get(usize::from(part)).map(|p| &p.entry.scheme);
            let known = event.flags.iter().filter_map(|f| scheme?.flag_bit(f));
            bits = known.fold(0, |bits, bit| bits | bit);
        }
        Row::new(l, subject, part, rule, bits)
    }

    /// Scores every subject that is on the list in the period.
    fn scores<L: Trail>(
        &mut self,
        rows: Vec<Row>,
        trail: &mut L,
        length: impl Fn(&L) -> usize,
    ) -> Vec<Score> {
        let ledger = self.ledger;
        let mut buckets = Buckets::new(rows, ledger.subjects().len());
        let mut out = Vec::with_capacity(ledger.subjects().len());
        let mut parts = Vec::new();
        for (subject, number) in ledger.subjects().iter().zip(0u32..) {
            let brief = ledger.brief(number);
            let Some((_, plan)) = brief.and_then(|brief| self.plans.of(brief.group)) else {
                continue;
            };
            let here = subject.from.is_none_or(|from| from <= plan.window.to)
                && subject.to.is_none_or(|to| plan.window.from <= to);
            let failed = usize::try_from(number).ok().and_then(|at| self.failed.get(at));
            if !here || failed.is_some_and(|failed| *failed) {
                continue;
            }
            let rows = buckets.of(number, ledger);
            let own = plan.narrowed(Span {
                from: subject.from.unwrap_or(plan.window.from),
                to: subject.to.unwrap_or(plan.window.to),
            });
            let own_rows = own.as_ref().map(|(_, places)| placed(rows, places));
            let rows = own_rows.as_deref().unwrap_or(rows);
            let plan = own.as_ref().map_or(plan, |(own, _)| own);
            let (first_sheet, first_line) = (self.sheets.len(), length(trail));
            parts.clear();
            let of = Placed { subject, place: number };
            let done = self
                .parts(of, plan, rows, &mut parts, trail)
                .and_then(|()| finish(plan, of, &parts, trail));
            match done {
                Ok(outcome) => {
                    let hits = parts.iter().flat_map(|p: &PartScore| &p.hits);
                    let vetoes = hits
                        .map(|h| VetoHit { part: h.part, veto: h.veto, event: h.event })
                        .collect();
                    let Outcome { combined, factors, total, grade, terminate, coefficient } =
                        outcome;
                    let own_plan = own.map(|(own, _)| {
                        self.own_plans.push(own);
                        self.own_plans.len() - 1
                    });
                    out.push(Score {
                        subject: number,
                        combined,
                        factors,
                        total,
                        grade,
                        terminate,
                        coefficient,
                        vetoes,
                        sheets: first_sheet..self.sheets.len(),
                        trail: first_line..length(trail),
                        own_plan,
                    });
                }
                Err(error) => {
                    self.sheets.truncate(first_sheet);
                    trail.forget();
                    self.fail(number, error);
                }
            }
        }
        out
    }

    fn parts<L: Trail>(
        &mut self,
        of: Placed<'_>,
        plan: &KindPlan<'_>,
        rows: &[Row],
        out: &mut Vec<PartScore>,
        trail: &mut L,
    ) -> Result<()> {
        let mut rest = rows;
        for (part, number) in plan.parts.iter().zip(0u8..) {
            let (mine, after) = rest.split_at(rest.partition_point(|r| r.part == number));
            rest = after;
            let ctx = Context {
                ledger: self.ledger,
                scheme: &part.entry.scheme,
                orders: self.orders,
                standards: self.standards,
                of,
                part: number,
            };
            out.push(score_part(&ctx, mine, &mut self.sheets, trail)?);
        }
        through_parts(plan, rows, out);
        counted_once(plan, rows, self.ledger)
    }
}

/// Returns the rows in the parts of a plan of their subject's own, and in the order of those.
fn placed(rows: &[Row], places: &[Option<u8>]) -> Vec<Row> {
    let in_own = |row: &Row| {
        let part = places.get(usize::from(row.part)).copied().flatten()?;
        let mut row = *row;
        row.part = part;
        Some(row)
    };
    let mut rows: Vec<Row> = rows.iter().filter_map(in_own).collect();
    rows.sort_by_key(|row| row.part);
    rows
}

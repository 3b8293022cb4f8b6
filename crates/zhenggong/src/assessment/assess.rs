//! Assessment of a period: every subject's sheets, total, grade, and why.

use super::{
    Entry, ItemRule, KindPlan, Ledger, NoTrail, Order, Period, Points, Scheme, Schemes, Span,
    Subject, SubjectKind, Trail, TrailBook, TrailLine, VetoEffect, VetoScope,
    chain::Above,
    doubtful::Doubtful,
    event_keys::{self, Keys, Reads, reads_flag},
    fault::Fault,
    ledger::Live,
    naming,
    nowhere::Nowhere,
    plan::{self, Plans},
    score::{Context, Outcome, PartScore, Row, finish, score_part},
    test_standards::TestStandards,
};
use crate::{Error, ErrorCode, Result, number::Rate, person::Label};

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

/// The score of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// The subject, by its place in the ledger.
    pub subject: u32,
    /// The total of the sheets before factors.
    pub combined: Points,
    /// The factors that multiplied the total, or the totals of its parts.
    pub factors: Vec<AppliedFactor>,
    /// The total.
    pub total: Points,
    /// The grade, by its place in the scheme that the period ends under; none where there is none.
    pub grade: Option<u8>,
    /// Whether a veto ends the contract.
    pub terminate: bool,
    /// The coefficient of the month's bonus, where the scheme gives one.
    pub coefficient: Option<Rate>,
    /// Vetoes that were set off.
    pub vetoes: Vec<VetoHit>,
    sheets: std::ops::Range<usize>,
    trail: std::ops::Range<usize>,
}

/// A factor that multiplied the total of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppliedFactor {
    /// The part of the period.
    pub part: u8,
    /// The factor, by its place in the scheme of the part.
    pub factor: u16,
    /// What it multiplied by.
    pub value: Rate,
}

/// A veto that was set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VetoHit {
    /// The part of the period.
    pub part: u8,
    /// The veto, by its place in the scheme of the part.
    pub veto: u16,
    /// The event that set it off, by its place in the ledger, where it was one.
    pub event: Option<u32>,
}

/// The scores of a period.
#[derive(Debug)]
pub struct Assessment<'a> {
    pub(super) ledger: &'a Ledger<'a>,
    period: Period,
    plans: Plans<'a>,
    scores: Vec<Score>,
    sheets: Vec<Points>,
    pub(super) book: TrailBook,
    errors: Vec<Error>,
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
    let Run { sheets, mut errors, mut touched, .. } = run;
    // In the order of the subjects; what comes from below stands after what is a subject's own.
    errors.sort_by_key(|(subject, _)| *subject);
    touched.sort_by_key(|(subject, _)| *subject);
    let errors =
        errors.into_iter().chain(touched).map(|(subject, error)| match ledger.subject(subject) {
            Some(subject) if !subject.id.as_str().is_empty() => error.person(subject.id.as_str()),
            _ => error,
        });
    let errors = errors.map(|error| naming::with_event(error, ledger.events())).collect();
    Ok(Assessment { ledger, period, plans, scores, sheets, book, errors })
}

struct Run<'r, 'a> {
    ledger: &'a Ledger<'a>,
    plans: &'r Plans<'a>,
    orders: &'r [Order],
    standards: &'r TestStandards,
    /// The subjects that are not scored.
    failed: Vec<bool>,
    /// Their errors, by their places; a place after the last one stands for nobody on the list.
    errors: Vec<(u32, Error)>,
    /// Errors of those who are not scored because of something below them alone.
    touched: Vec<(u32, Error)>,
    sheets: Vec<Points>,
}

impl<'a> Run<'_, 'a> {
    fn plan(&self, subject: u32) -> Option<(usize, &KindPlan<'a>)> {
        self.plans.of(self.ledger.brief(subject)?.group)
    }

    /// Refuses those whose own scheme does not fit.
    fn refuse_schemes(&mut self) {
        let ledger = self.ledger;
        for (subject, number) in ledger.subjects().iter().zip(0u32..) {
            let own = subject.scheme.as_ref().filter(|_| subject.problem().is_none());
            let group = own.and_then(|_| ledger.brief(number)).map(|brief| brief.group);
            if let Some(error) = group.and_then(|group| self.plans.refusal(group)) {
                let mut error = error.clone();
                if error.field_name().is_none() {
                    error = error.field(format!("subjects[{number}].scheme"));
                }
                self.fail(number, error);
            }
        }
    }

    /// Marks a subject as not scored; true where it was marked before.
    fn mark(&mut self, subject: u32) -> bool {
        let slot = usize::try_from(subject).ok().and_then(|at| self.failed.get_mut(at));
        slot.is_some_and(|slot| std::mem::replace(slot, true))
    }

    #[cold]
    fn fail(&mut self, subject: u32, error: Error) {
        self.mark(subject);
        self.errors.push((subject, error));
    }

    /// Takes what the ledger found wrong.
    #[cold]
    fn fault(&mut self, fault: &Fault) {
        if fault.subjects.is_empty() {
            self.errors.push((u32::MAX, fault.error.clone()));
        }
        for subject in &fault.subjects {
            self.fail(*subject, fault.error.clone());
            match fault.event {
                Some(event) => self.fail_above(*subject, event, &fault.error),
                None => self.fail_above_unread(*subject, &fault.error),
            }
        }
    }

    /// Marks those above a subject whom a bad event would count for.
    #[cold]
    fn fail_above(&mut self, subject: u32, event: u32, error: &Error) {
        for above in above(self.ledger, self.plans, subject, event) {
            if !self.mark(above) {
                self.touched.push((above, error.clone()));
            }
        }
    }

    /// Marks those above a subject whose row could not be read: its events might count for them.
    fn fail_above_unread(&mut self, subject: u32, error: &Error) {
        let ledger = self.ledger;
        let unread = ledger.subject(subject).is_some_and(|s| s.problem().is_some());
        for above in ledger.chain().ever_above(subject).into_iter().filter(|_| unread) {
            if !self.mark(above.subject) {
                self.touched.push((above.subject, error.clone()));
            }
        }
    }

    /// Marks those for whom an event might count whose subject has rows that leave open where it belongs.
    fn fail_doubtful(&mut self) {
        let (ledger, plans) = (self.ledger, self.plans);
        for (error, concerned) in Doubtful::new(ledger).concerned(ledger, plans) {
            self.touch(concerned, error);
        }
    }

    /// Marks those above, with the error of what is below them.
    fn touch(&mut self, concerned: Vec<u32>, error: &Error) {
        for above in concerned {
            if !self.mark(above) {
                let id = self.ledger.subject(above).map_or("", |subject| subject.id.as_str());
                self.touched.push((above, error.clone().of_person(id)));
            }
        }
    }

    /// Marks those for whom an event might count whose unit nobody knows.
    fn fail_anywhere(&mut self, nowhere: &mut Nowhere, l: &Live) {
        let Some((error, concerned)) = nowhere.of(self.ledger, self.plans, l) else { return };
        self.touch(concerned, error);
    }

    /// Returns the events of the period as rows of the subjects that they count for.
    fn rows(&mut self, strict: bool) -> Result<Vec<Row>> {
        let windows = self.plans.iter().map(|p| p.window);
        let from = windows.clone().map(|w| w.from).min();
        let to = windows.map(|w| w.to).max();
        let (Some(from), Some(to)) = (from, to) else { return Ok(Vec::new()) };
        let ledger = self.ledger;
        let live = if strict { ledger.all_live() } else { ledger.within(Span { from, to }) };
        let names = Names::new(ledger.rules(), self.plans);
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
    fn rows_of(&self, l: &Live, names: &Names, strict: bool, rows: &mut Vec<Row>) -> Result<()> {
        let Some(brief) = self.ledger.brief(l.subject) else { return Ok(()) };
        let own = self.plans.of(brief.group);
        let window = own.map(|(_, p)| p.window).or_else(|| {
            // An event of a subject without a scheme can still count for its unit.
            self.plans.iter().map(|p| p.window).find(|w| w.contains(l.date))
        });
        if !window.is_some_and(|w| w.contains(l.date)) {
            return if strict { Err(self.outside(l)) } else { Ok(()) };
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
    fn cascade(&self, l: &Live, above: Above, names: &Names, rows: &mut Vec<Row>) -> Keys {
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

    /// Refuses a flag that no scheme knows for which the event counts, and what none of its rules reads.
    fn check_keys(&self, l: &Live, unused: Keys, rows: &[Row]) -> Result<()> {
        let Some(event) = self.ledger.event(l.event) else { return Ok(()) };
        let rules: Vec<(&Scheme, &ItemRule)> = rows
            .iter()
            .filter_map(|row| {
                let part = self.plan(row.subject)?.1.parts.get(usize::from(row.part))?;
                let scheme: &Scheme = &part.entry.scheme;
                Some((scheme, scheme.rules.get(usize::from(row.rule))?))
            })
            .collect();
        let flags = |read: fn(&Scheme, &ItemRule, u64) -> bool| {
            let of = |(scheme, rule): &(&'a Scheme, &'a ItemRule)| {
                let flags = scheme.flags.iter().map(String::as_str);
                let read = |f: &&str| scheme.flag_bit(f).is_some_and(|bit| read(scheme, rule, bit));
                flags.filter(read).collect::<Vec<_>>()
            };
            let mut known: Vec<&str> = rules.iter().flat_map(of).collect();
            known.sort_unstable();
            known.dedup();
            known
        };
        for flag in &event.flags {
            let known = flags(|_, _, _| true);
            if !known.contains(&flag.as_str()) {
                return Err(Error::new(ErrorCode::UnknownTerm)
                    .arg_in("kind", "标记", "flag")
                    .arg("value", crate::error::shown(flag))
                    .arg("known", known.join("、"))
                    .field(format!("events[{}].flags", l.event)));
            }
        }
        if !unused.is_empty() {
            let rules: Vec<&ItemRule> = rules.iter().map(|(_, rule)| *rule).collect();
            return Err(event_keys::unused(event, l.event, unused, &rules));
        }
        let read = flags(reads_flag);
        match event.flags.iter().find(|flag| !read.contains(&flag.as_str())) {
            Some(flag) => Err(event_keys::unread_flag(event, l.event, flag, &read)),
            None => Ok(()),
        }
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
            let (first_sheet, first_line) = (self.sheets.len(), length(trail));
            parts.clear();
            let done = self
                .parts(subject, plan, rows, &mut parts, trail)
                .and_then(|()| finish(plan, subject, &parts, trail));
            match done {
                Ok(outcome) => {
                    let hits = parts.iter().flat_map(|p: &PartScore| &p.hits);
                    let vetoes = hits
                        .map(|h| VetoHit { part: h.part, veto: h.veto, event: h.event })
                        .collect();
                    let Outcome { combined, factors, total, grade, terminate, coefficient } =
                        outcome;
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
        subject: &Subject,
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
                subject,
                part: number,
            };
            out.push(score_part(&ctx, mine, &mut self.sheets, trail)?);
        }
        Ok(())
    }

    #[cold]
    fn outside(&self, l: &Live) -> Error {
        let window = self.plan(l.subject).map(|(_, p)| p.window);
        let window = window.or_else(|| self.plans.iter().map(|p| p.window).next());
        let text = |day: Option<chrono::NaiveDate>| day.map_or("—".to_owned(), |d| d.to_string());
        Error::new(ErrorCode::OutsideWindow)
            .arg("event", self.ledger.event(l.event).map_or("", |e| e.id.as_str()))
            .arg("date", l.date)
            .arg("from", text(window.map(|w| w.from)))
            .arg("to", text(window.map(|w| w.to)))
            .field(format!("events[{}].date", l.event))
    }

    #[cold]
    fn left(&self, l: &Live) -> Error {
        let subject = self.ledger.subject(l.subject);
        let text = |day: Option<chrono::NaiveDate>| day.map_or("…".to_owned(), |d| d.to_string());
        Error::new(ErrorCode::PersonLeft)
            .arg("event", self.ledger.event(l.event).map_or("", |e| e.id.as_str()))
            .arg("date", l.date)
            .arg(
                "left",
                format!(
                    "{} — {}",
                    text(subject.and_then(|s| s.from)),
                    text(subject.and_then(|s| s.to))
                ),
            )
            .field(format!("events[{}].date", l.event))
    }

    #[cold]
    fn unknown_rule(&self, l: &Live, own: Option<&KindPlan<'_>>) -> Error {
        let event = self.ledger.event(l.event);
        let from = self.ledger.subject(l.subject);
        let part = own.and_then(|p| p.parts.get(usize::from(p.part_of(l.date)?)));
        let mut known: Vec<&str> = part.into_iter().flat_map(|p| codes(p, |_| true)).collect();
        for above in self.ledger.chain().above(l.subject, l.date) {
            let found = from.zip(self.ledger.subject(above.subject)).zip(self.plan(above.subject));
            let Some(((from, subject), (_, plan))) = found else { continue };
            let part = plan.part_of(l.date).and_then(|part| plan.parts.get(usize::from(part)));
            let Some(part) = part else { continue };
            known.extend(codes(part, move |rule| {
                takes(&part.entry.scheme, rule, from.kind, above, subject)
            }));
        }
        known.sort_unstable();
        known.dedup();
        let (zh, en) = match known.as_slice() {
            [] => ("—".to_owned(), "—".to_owned()),
            known => (known.join("、"), known.join(", ")),
        };
        Error::new(ErrorCode::UnknownScoringRule)
            .arg("rule", crate::error::shown(event.map_or("", |e| e.rule.as_str())))
            .arg_in("known", zh, en)
            .field(format!("events[{}].rule", l.event))
    }
}

/// Returns the ids of the rules of a part.
fn codes<'p>(
    part: &'p super::PlanPart<'_>,
    of: impl Fn(&ItemRule) -> bool + 'p,
) -> impl Iterator<Item = &'p str> {
    let scheme = &part.entry.scheme;
    scheme.rules.iter().filter(move |rule| of(rule)).map(|rule| scheme.code(rule.label))
}

/// Returns whether an event of a subject of this kind counts for one above it under a rule.
pub(super) fn takes(
    scheme: &Scheme,
    rule: &ItemRule,
    from: SubjectKind,
    above: Above,
    subject: &Subject,
) -> bool {
    rule.takes_from(from)
        && rule.levels.is_none_or(|levels| above.level <= levels)
        && concerns(scheme, rule, subject)
}

/// Returns whether a subject is concerned by what happens below it. Where points go by role, a role that is
/// not listed has those of the rule, and is not concerned where it has none; whether someone without a role is concerned nobody knows, so that scoring
/// refuses the row.
pub(super) fn concerns(scheme: &Scheme, rule: &ItemRule, subject: &Subject) -> bool {
    rule.by_role.is_empty()
        || rule.has_points_of_all()
        || subject.role.as_deref().is_none_or(|role| {
            let points = |r: u8| rule.by_role.get(usize::from(r)).copied().flatten();
            scheme.role(role).and_then(points).is_some()
        })
}

/// Returns the units and the leaders above a subject for whom its event counts by its rule.
#[cold]
fn above(ledger: &Ledger<'_>, plans: &Plans<'_>, subject: u32, event: u32) -> Vec<u32> {
    let found = ledger.subject(subject).zip(ledger.event(event));
    let Some((from, event)) = found else { return Vec::new() };
    let counts = |above: &Above| {
        // What could not be read may count for anyone above.
        if event.problem().is_some() {
            return true;
        }
        let Some(subject) = ledger.subject(above.subject) else { return false };
        let taken = |scheme: &Scheme| {
            let rule = scheme.rule(&event.rule).and_then(|r| scheme.rules.get(usize::from(r)));
            rule.is_some_and(|rule| takes(scheme, rule, from.kind, *above, subject))
        };
        let plan = ledger.brief(above.subject).and_then(|brief| plans.of(brief.group));
        plan.is_some_and(|(_, plan)| plan.parts.iter().any(|p| taken(&p.entry.scheme)))
    };
    // A bad day is no day to look for a unit by.
    let all = ledger.chain().ever_above(subject);
    all.into_iter().filter(counts).map(|above| above.subject).collect()
}

/// For each rule id that events name, its number in each scheme of each part, with the keys that it reads:
/// no text is compared per event.
struct Names {
    /// By id, plan and part.
    rules: Vec<Option<(u16, Keys)>>,
    cascades: Vec<bool>,
    plans: usize,
    parts: usize,
}

impl Names {
    fn new(ids: &[&str], plans: &Plans<'_>) -> Self {
        let parts = plans.iter().map(|p| p.parts.len()).max().unwrap_or(1);
        let count = plans.iter().count();
        let mut rules = Vec::with_capacity(ids.len() * count * parts);
        let mut cascades = Vec::with_capacity(ids.len());
        for id in ids {
            let mut up = false;
            for plan in plans.iter() {
                for part in 0..parts {
                    let part = plan.parts.get(part);
                    let found =
                        part.and_then(|p| Some((&p.entry.scheme, p.entry.scheme.rule(id)?)));
                    let rule = found
                        .and_then(|(scheme, at)| Some((at, scheme.rules.get(usize::from(at))?)));
                    up |= rule.is_some_and(|(_, rule)| rule.cascade != 0);
                    rules.push(rule.map(|(at, rule)| (at, Keys::read_by(rule))));
                }
            }
            cascades.push(up);
        }
        Self { rules, cascades, plans: count, parts }
    }

    #[inline]
    fn get(&self, id: u32, plan: usize, part: u8) -> Option<(u16, Keys)> {
        let id = usize::try_from(id).ok()?;
        let at = (id * self.plans + plan) * self.parts + usize::from(part);
        self.rules.get(at).copied().flatten()
    }

    #[inline]
    fn cascades(&self, id: u32) -> bool {
        usize::try_from(id).ok().and_then(|at| self.cascades.get(at).copied()).unwrap_or_default()
    }
}

/// Rows by subject.
struct Buckets {
    rows: Vec<Row>,
    starts: Vec<usize>,
}

impl Buckets {
    fn new(rows: Vec<Row>, subjects: usize) -> Self {
        let at = |row: &Row| usize::try_from(row.subject).unwrap_or_default();
        let mut starts = vec![0usize; subjects + 2];
        for row in &rows {
            if let Some(slot) = starts.get_mut(at(row) + 2) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut starts {
            sum += *slot;
            *slot = sum;
        }
        // The second start of a subject moves on while its rows are put, and ends where it belongs.
        let mut sorted = rows.clone();
        for row in &rows {
            if let Some(slot) = starts.get_mut(at(row) + 1) {
                if let Some(place) = sorted.get_mut(*slot) {
                    *place = *row;
                }
                *slot += 1;
            }
        }
        Self { rows: sorted, starts }
    }

    /// Returns the rows of a subject by part, rule, day and id, whatever order they came in.
    fn of(&mut self, subject: u32, ledger: &Ledger<'_>) -> &[Row] {
        let at = usize::try_from(subject).unwrap_or_default();
        let first = self.starts.get(at).copied().unwrap_or_default();
        let last = self.starts.get(at + 1).copied().unwrap_or_default();
        let Some(rows) = self.rows.get_mut(first..last) else { return &[] };
        rows.sort_unstable_by(|a, b| {
            let places = (a.part, a.rule, a.date).cmp(&(b.part, b.rule, b.date));
            places.then_with(|| ledger.by_id(a.event, b.event))
        });
        rows
    }
}

impl<'a> Assessment<'a> {
    /// Returns the period.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// Returns the ledger that was scored.
    #[must_use]
    pub fn ledger(&self) -> &'a Ledger<'a> {
        self.ledger
    }

    /// Returns the windows of the plans by which subjects were scored.
    #[must_use]
    pub fn windows(&self) -> Vec<Span> {
        self.plans.iter().map(|p| p.window).collect()
    }

    /// Returns the scores, in the order of the subjects.
    #[must_use]
    pub fn scores(&self) -> &[Score] {
        &self.scores
    }

    /// Returns the errors of the subjects that could not be scored, in the order of the subjects; each names
    /// its subject. Last come those of units and leaders who are not scored because of events below them, and
    /// errors of events of nobody on the list.
    #[must_use]
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// Returns the subject of a score.
    #[must_use]
    pub fn subject(&self, score: &Score) -> Option<&'a Subject> {
        self.ledger.subject(score.subject)
    }

    /// Returns the score of the subject of this id.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Score> {
        self.scores.iter().find(|s| self.subject(s).is_some_and(|s| s.id.as_str() == id))
    }

    /// Returns how a subject of this score was scored: window, parts, schemes.
    #[must_use]
    pub fn plan(&self, score: &Score) -> Option<&KindPlan<'a>> {
        self.plans.of(self.ledger.brief(score.subject)?.group).map(|(_, plan)| plan)
    }

    /// Returns the unit of a subject on its last day in the period; of a unit, the one above it.
    #[must_use]
    pub fn unit(&self, score: &Score) -> Option<&'a Label> {
        let subject = self.subject(score)?;
        subject.unit_on(subject.last_day(self.plan(score)?.window))
    }

    /// Returns the scheme that gave grade and coefficient.
    #[must_use]
    pub fn scheme(&self, score: &Score) -> Option<&'a Entry> {
        self.plan(score)?.last()
    }

    /// Returns the scores of the sheets, part by part.
    #[must_use]
    pub fn sheets(&self, score: &Score) -> &[Points] {
        self.sheets.get(score.sheets.clone()).unwrap_or_default()
    }

    /// Returns the lines of the trail, where it was kept.
    #[must_use]
    pub fn trail(&self, score: &Score) -> &[TrailLine] {
        self.book.lines().get(score.trail.clone()).unwrap_or_default()
    }

    /// Takes an event that turned out bad: those whom it concerns have no score.
    #[cold]
    pub(super) fn refuse(&mut self, event: u32, error: &Error) {
        let ledger = self.ledger;
        let own = ledger.all_live().iter().find(|l| l.event == event).map(|l| l.subject);
        let Some(own) = own else { return };
        let above = above(ledger, &self.plans, own, event);
        for subject in std::iter::once(own).chain(above) {
            self.scores.retain(|s| s.subject != subject);
            if let Some(subject) = ledger.subject(subject) {
                let error = naming::with_event(error.clone(), ledger.events());
                self.errors.push(error.person(subject.id.as_str()));
            }
        }
    }

    /// Returns what the vetoes of a score do and how far they reach, in the order of their parts.
    pub fn effects(&self, score: &'a Score) -> impl Iterator<Item = (VetoEffect, VetoScope)> {
        score.vetoes.iter().filter_map(|hit| {
            let part = self.plan(score)?.parts.get(usize::from(hit.part))?;
            let veto = part.entry.scheme.vetoes.get(usize::from(hit.veto))?;
            Some((veto.effect, veto.scope))
        })
    }
}

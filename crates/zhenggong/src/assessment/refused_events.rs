//! Events that no rule takes: outside the period, of somebody who left, under an unknown rule, or with facts that
//! nothing reads.

use super::{
    ItemRule, KindPlan, Scheme,
    assess::Run,
    cascades::takes,
    event_keys::{self, Keys, reads_flag},
    ledger::Live,
    score::Row,
};
use crate::{Error, ErrorCode, Result, error::unknown_term};

impl<'a> Run<'_, 'a> {
    /// Refuses a flag that no scheme knows for which the event counts, and what none of its rules reads.
    pub(super) fn check_keys(&self, l: &Live, unused: Keys, rows: &[Row]) -> Result<()> {
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
                let error = unknown_term(("标记", "flag"), flag, known);
                return Err(error.field(format!("events[{}].flags", l.event)));
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

    #[cold]
    pub(super) fn outside(&self, l: &Live) -> Error {
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
    pub(super) fn left(&self, l: &Live) -> Error {
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
    pub(super) fn unknown_rule(&self, l: &Live, own: Option<&KindPlan<'_>>) -> Error {
        let event = self.ledger.event(l.event);
        let from = self.ledger.subject(l.subject);
        let part = own.and_then(|p| p.parts.get(usize::from(p.part_of(l.date)?)));
        // By scheme, its subject's own first: those above read some rules of what happens below.
        let mut known: Vec<(&str, Vec<&str>)> = Vec::new();
        if let Some(part) = part {
            known.push((&part.entry.scheme.name.code, codes(part, |_| true)));
        }
        for above in self.ledger.chain().above(l.subject, l.date) {
            let found = from.zip(self.ledger.subject(above.subject)).zip(self.plan(above.subject));
            let Some(((from, subject), (_, plan))) = found else { continue };
            let part = plan.part_of(l.date).and_then(|part| plan.parts.get(usize::from(part)));
            let Some(part) = part else { continue };
            let scheme = &part.entry.scheme;
            let taken = codes(part, |rule| takes(scheme, rule, from.kind, above, subject));
            let code = scheme.name.code.as_str();
            match known.iter_mut().find(|(of, _)| *of == code) {
                Some((_, rules)) => rules.extend(taken),
                None => known.push((code, taken)),
            }
        }
        for (_, rules) in &mut known {
            rules.sort_unstable();
            rules.dedup();
        }
        let schemes: Vec<&str> = known.iter().map(|(scheme, _)| *scheme).collect();
        known.retain(|(_, rules)| !rules.is_empty());
        Error::new(ErrorCode::UnknownScoringRule)
            .arg("rule", crate::error::shown(event.map_or("", |e| e.rule.as_str())))
            .arg_in("scheme", listed(&schemes, "、", "（无）"), listed(&schemes, ", ", "(none)"))
            .arg_in(
                "known",
                rules(&known, ("：", "、", "；", "无")),
                rules(&known, (": ", ", ", "; ", "none")),
            )
            .field(format!("events[{}].rule", l.event))
    }
}

/// Returns a list in words.
fn listed(list: &[&str], between: &str, none: &str) -> String {
    if list.is_empty() { none.to_owned() } else { list.join(between) }
}

/// Returns the rules in words, by scheme where there are several.
fn rules(
    known: &[(&str, Vec<&str>)],
    (of, between, schemes, none): (&str, &str, &str, &str),
) -> String {
    match known {
        [] => none.to_owned(),
        [(_, rules)] => rules.join(between),
        several => {
            let each = several
                .iter()
                .map(|(scheme, rules)| format!("{scheme}{of}{}", rules.join(between)));
            each.collect::<Vec<_>>().join(schemes)
        }
    }
}

/// Returns the ids of the rules of a part.
fn codes<'p>(part: &super::PlanPart<'p>, of: impl Fn(&ItemRule) -> bool) -> Vec<&'p str> {
    let scheme = &part.entry.scheme;
    scheme.rules.iter().filter(|rule| of(rule)).map(|rule| scheme.code(rule.label)).collect()
}

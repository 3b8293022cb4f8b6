//! Scores as text: ranking lists with their sheets, and one subject's trail from item to event to points.

use std::fmt::Write;

use super::{Assessment, LineKind, Name, Points, Score, SubjectKind, TrailLine, ranking::ranking};
use crate::{derivation::Language, vocabulary::Vocabulary};

struct Words {
    rank: &'static str,
    subject: &'static str,
    total: &'static str,
    grade: &'static str,
    coefficient: &'static str,
    sequence: &'static str,
}

const ZH: Words = Words {
    rank: "名次",
    subject: "对象",
    total: "总分",
    grade: "等次",
    coefficient: "系数",
    sequence: "序列",
};

const EN: Words = Words {
    rank: "rank",
    subject: "subject",
    total: "total",
    grade: "grade",
    coefficient: "coefficient",
    sequence: "sequence",
};

const fn words(language: Language) -> &'static Words {
    match language {
        Language::Zh => &ZH,
        Language::En => &EN,
    }
}

pub(super) const fn said(name: &Name, language: Language) -> &String {
    match language {
        Language::Zh => &name.zh,
        Language::En => &name.en,
    }
}

impl Assessment<'_> {
    /// Returns the ranking lists as text tables: rank, subject, sheets, total, grade, coefficient. A
    /// period that was split shows totals alone.
    #[must_use]
    pub fn ranking_text(&self, language: Language) -> String {
        let w = words(language);
        let mut out = String::new();
        let places = ranking(self);
        let mut rest = places.as_slice();
        while let Some(first) = rest.first() {
            let (list, after) = rest.split_at(rest.partition_point(|p| p.list == first.list));
            rest = after;
            let kind = first.kind.term();
            let title = match language {
                Language::Zh => kind.zh,
                Language::En => kind.en,
            };
            out.push_str(title);
            // A kind with several schemes has a list for each.
            if places.iter().any(|p| p.kind == first.kind && p.scheme != first.scheme) {
                let scheme = self.scores().get(first.score).and_then(|s| self.scheme(s));
                let scheme = scheme.map_or("", |e| said(&e.scheme.name, language));
                let _ = write!(out, " · {scheme}");
            }
            let _ = match &first.sequence {
                Some(sequence) => writeln!(out, " · {} {sequence}", w.sequence),
                None => writeln!(out),
            };
            let scores = list.iter().filter_map(|place| {
                let score = self.scores().iter().find(|s| s.subject == place.subject)?;
                Some((place.rank, score))
            });
            self.table(first.kind, scores, language, &mut out);
        }
        out
    }

    fn table<'s>(
        &self,
        kind: SubjectKind,
        scores: impl Iterator<Item = (u32, &'s Score)> + Clone,
        language: Language,
        out: &mut String,
    ) {
        let w = words(language);
        let plan = scores.clone().next().and_then(|(_, score)| self.plan(score));
        let scheme = match plan.map(|p| p.parts.as_slice()) {
            Some([only]) => Some(&only.entry.scheme),
            _ => None,
        };
        let bonus = plan.and_then(|p| p.last()).is_some_and(|e| e.scheme.bonus.is_some());
        let mut head = vec![w.rank.to_owned(), w.subject.to_owned()];
        if let Some(scheme) = scheme {
            let names = scheme.sheets.iter().filter_map(|s| scheme.name_of(s.label));
            head.extend(names.map(|n| said(n, language).clone()));
        }
        head.extend([w.total.to_owned(), w.grade.to_owned()]);
        if bonus {
            head.push(w.coefficient.to_owned());
        }
        let mut rows = vec![head];
        for (rank, score) in scores {
            let Some(subject) = self.subject(score).filter(|s| s.kind == kind) else { continue };
            let mut row = vec![rank.to_string(), subject.id.to_string()];
            if scheme.is_some() {
                row.extend(self.sheets(score).iter().map(Points::to_string));
            }
            row.push(score.total.to_string());
            let grade = self.scheme(score).map(|e| e.scheme.grade_name(score.grade));
            row.push(grade.map_or(String::new(), |g| said(g, language).clone()));
            if bonus {
                row.push(score.coefficient.map_or("—".to_owned(), |c| c.to_string()));
            }
            rows.push(row);
        }
        write_table(&rows, out);
    }

    /// Returns one subject's sheets as text: every item that changed, every event with its date, clause
    /// and points, then total, vetoes, grade and coefficient. Events show where the trail was kept.
    #[must_use]
    pub fn score_text(&self, score: &Score, language: Language) -> String {
        let mut out = String::new();
        let (Some(subject), Some(plan), Some(last)) =
            (self.subject(score), self.plan(score), self.scheme(score))
        else {
            return out;
        };
        let w = words(language);
        let (scheme, window) = (&last.scheme, plan.window);
        let _ = writeln!(
            out,
            "{} {} · {} · {} — {}",
            said(&scheme.name, language),
            subject.id,
            self.period(),
            window.from,
            window.to
        );
        let mut scores = self.sheets(score).iter();
        for (part, number) in plan.parts.iter().zip(0u8..) {
            if let Some(condition) = part.condition.filter(|_| plan.parts.len() > 1) {
                let name = match language {
                    Language::Zh => condition.zh(),
                    Language::En => condition.en(),
                };
                let spans = part.spans.iter().map(|s| format!("{} — {}", s.from, s.to));
                let _ = writeln!(out, "  {name} {}", spans.collect::<Vec<_>>().join("、"));
            }
            for (sheet, at) in part.entry.scheme.sheets.iter().zip(0u8..) {
                let name = part.entry.scheme.name_of(sheet.label);
                let points = scores.next().copied().unwrap_or_default();
                let name = name.map_or("", |n| said(n, language));
                let _ = writeln!(out, "  {name} {points}");
                let mine = |l: &&TrailLine| {
                    l.kind == LineKind::Sheet && l.part == Some(number) && l.sheet == Some(at)
                };
                for line in self.trail(score).iter().filter(mine) {
                    self.line_text(&part.entry.scheme, score, line, language, &mut out);
                }
            }
        }
        self.total_text(score, language, &mut out);
        let grade = said(scheme.grade_name(score.grade), language);
        let _ = write!(out, "  {} {} · {grade}", w.total, score.total);
        if let Some(coefficient) = score.coefficient {
            let _ = write!(out, " · {} {coefficient}", w.coefficient);
        }
        out.push('\n');
        out
    }

    fn line_text(
        &self,
        scheme: &super::Scheme,
        score: &Score,
        line: &TrailLine,
        language: Language,
        out: &mut String,
    ) {
        let name = |label: Option<u16>| {
            label.and_then(|l| scheme.name_of(l)).map(|n| said(n, language).as_str())
        };
        let item = line.item.and_then(|i| scheme.items.get(usize::from(i)));
        let rule = line.rule.and_then(|r| scheme.rules.get(usize::from(r)));
        let why = match language {
            Language::Zh => line.why.zh(),
            Language::En => line.why.en(),
        };
        let mut parts: Vec<&str> = Vec::new();
        parts.extend(name(item.map(|i| i.label)));
        match name(rule.map(|r| r.label)) {
            Some(rule) => parts.push(rule),
            None => parts.push(why),
        }
        let shown = [super::Why::Event, super::Why::Base].contains(&line.why);
        if rule.is_some() && !shown {
            parts.push(why);
        }
        let sign = if line.points.is_negative() { "" } else { "+" };
        let _ = write!(out, "    {sign}{} {}", line.points, parts.join(" · "));
        if let Some(event) = line.event.and_then(|e| self.ledger.event(e)) {
            let _ = write!(out, " · {} {}", event.date, event.id);
            if let Some(other) = self.whose(score, event) {
                let _ = match language {
                    Language::Zh => write!(out, "（{other}）"),
                    Language::En => write!(out, " ({other})"),
                };
            }
            if event.count != 1 {
                let _ = write!(out, " ×{}", event.count);
            }
        }
        let clause = rule.and_then(|r| r.clause).or(item.and_then(|i| i.clause));
        if let Some(clause) = name(clause) {
            let _ = write!(out, " · {clause}");
        }
        out.push('\n');
        let grounds = self.grounds(score, line);
        if let Some(words) = grounds.words(line, language) {
            let _ = writeln!(out, "      = {words}");
        }
        for event in &grounds.ratings {
            let rater = event.rater.as_ref().map_or("", |rater| rater.as_str());
            let kind = event.rater_kind.as_deref().unwrap_or_default();
            let mark = event.points.unwrap_or_default();
            let _ = write!(out, "        {mark} {kind} {rater} · {} {}", event.date, event.id);
            if event.count != 1 {
                let _ = write!(out, " ×{}", event.count);
            }
            out.push('\n');
        }
        // One event stands in the line itself.
        for (event, value) in grounds.values.iter().filter(|_| line.event.is_none()) {
            let value = super::trail_words::bare(*value);
            let _ = writeln!(out, "        {value} · {} {}", event.date, event.id);
        }
    }
}

/// Writes rows with columns as wide as their widest cell; a Chinese character takes two places.
fn write_table(rows: &[Vec<String>], out: &mut String) {
    let width = |text: &str| -> usize {
        text.chars().map(|c| if u32::from(c) >= 0x2e80 { 2 } else { 1 }).sum()
    };
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest: Vec<usize> = (0..columns)
        .map(|at| {
            rows.iter().filter_map(|row| row.get(at)).map(|c| width(c)).max().unwrap_or_default()
        })
        .collect();
    for row in rows {
        let mut line = String::from("  ");
        for (cell, most) in row.iter().zip(&widest) {
            line.push_str(cell);
            line.push_str(&" ".repeat(most.saturating_sub(width(cell)) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

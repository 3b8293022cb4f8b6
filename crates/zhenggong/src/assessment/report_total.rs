//! Scores as text: how the sheets became the total.

use std::fmt::Write;

use super::{Assessment, LineKind, Score, TrailLine, VetoEffect, VetoScope, Why, report::said};
use crate::{derivation::Language, vocabulary::Vocabulary};

impl Assessment<'_> {
    /// Writes the lines above the sheets: weights, factors, joining of parts, rounding, bounds, vetoes. Where
    /// no trail was kept, factors and vetoes alone.
    pub(super) fn total_text(&self, score: &Score, language: Language, out: &mut String) {
        let kept = self.trail(score);
        for line in kept.iter().filter(|l| l.kind != LineKind::Sheet) {
            self.total_line_text(score, line, language, out);
        }
        if !kept.is_empty() {
            return;
        }
        let Some(plan) = self.plan(score) else { return };
        for applied in &score.factors {
            let of = plan.parts.get(usize::from(applied.part)).map(|p| &p.entry.scheme);
            let name =
                of.and_then(|s| s.name_of(s.factors.get(usize::from(applied.factor))?.label));
            let name = name.map_or("", |n| said(n, language));
            let _ = writeln!(out, "  {} {name} × {}", why(Why::Factor, language), applied.value);
        }
        for hit in &score.vetoes {
            let of = plan.parts.get(usize::from(hit.part)).map(|p| &p.entry.scheme);
            let Some((of, veto)) = of.and_then(|s| Some((s, s.vetoes.get(usize::from(hit.veto))?)))
            else {
                continue;
            };
            let name = of.name_of(veto.label).map_or("", |n| said(n, language));
            let does = does(veto.effect, veto.scope, language);
            let event = hit.event.and_then(|e| self.ledger.event(e));
            let event = event.map_or(String::new(), |e| format!(" · {} {}", e.date, e.id));
            let _ = writeln!(out, "  {} {name} · {does}{event}", why(Why::Veto, language));
        }
    }

    fn total_line_text(
        &self,
        score: &Score,
        line: &TrailLine,
        language: Language,
        out: &mut String,
    ) {
        let Some(of) = self.detail(score, line) else { return };
        let scheme = match self.plan(score).filter(|p| p.parts.len() > 1 && line.part.is_some()) {
            Some(_) => format!(" · {}", said(&of.scheme.name, language)),
            None => String::new(),
        };
        let name = of.sheet.or(of.factor).or(of.veto_name());
        let name = name.map_or(String::new(), |n| format!(" {}", said(n, language)));
        let value = of.value.map_or(String::new(), |v| format!(" × {v}"));
        let days = match (of.days, language) {
            (Some(days), Language::Zh) => format!(" {days} 天"),
            (Some(days), Language::En) => format!(" {days}"),
            (None, _) => String::new(),
        };
        let does =
            of.veto.map_or(String::new(), |v| format!(" · {}", does(v.effect, v.scope, language)));
        let sign = if line.points.is_negative() { "" } else { "+" };
        let _ = write!(
            out,
            "  {sign}{} {}{name}{value}{days}{does}{scheme}",
            line.points,
            why(line.why, language)
        );
        if !line.points.is_zero()
            && let Ok(after) = line.raw.plus(line.points)
        {
            let _ = write!(out, " · {} → {after}", line.raw);
        }
        if let Some(event) = of.event {
            let _ = write!(out, " · {} {}", event.date, event.id);
        }
        if let Some(clause) = of.clause {
            let _ = write!(out, " · {}", said(clause, language));
        }
        if let Some(words) = self.grounds(score, line).words(line, language) {
            let _ = write!(out, " · {words}");
        }
        out.push('\n');
    }
}

fn why(why: Why, language: Language) -> &'static str {
    match language {
        Language::Zh => why.zh(),
        Language::En => why.en(),
    }
}

fn does(effect: VetoEffect, scope: VetoScope, language: Language) -> String {
    let (effect, scope) = (effect.term(), scope.term());
    match language {
        Language::Zh => format!("{} · {}", effect.zh, scope.zh),
        Language::En => format!("{} · {}", effect.en, scope.en),
    }
}

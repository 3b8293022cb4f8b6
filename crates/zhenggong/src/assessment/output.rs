//! Scores as JSON: sheets as tables, trails, ranking lists.

use serde_json::Value as Json;

use super::{
    Assessment, LineKind, Score, TrailLine,
    answer::json,
    ranking::ranking,
    score_answer::{
        FactorAnswer, LineAnswer, PartAnswer, PlaceAnswer, PresenceAnswer, ScoreAnswer,
        ScoresAnswer, SpanAnswer, VetoAnswer,
    },
    trail_answer::GroundsAnswer,
};

impl Assessment<'_> {
    /// Returns a score as JSON: subject, scheme, sheets, total, grade, coefficient, vetoes, and the trail
    /// where it is asked for and was kept.
    #[must_use]
    pub fn score_json(&self, score: &Score, trail: bool) -> Json {
        self.score_answer(score, trail).map_or(Json::Null, |answer| json(&answer))
    }

    /// Returns the ranking lists as JSON.
    #[must_use]
    pub fn ranking_json(&self) -> Json {
        json(&self.places())
    }

    /// Returns the answer of the rule `assessment.score`.
    pub(super) fn answer(&self, trail: bool, ranking: bool) -> ScoresAnswer {
        let score = |score| self.score_answer(score, trail);
        ScoresAnswer {
            period: self.period(),
            scores: self.scores().iter().filter_map(score).collect(),
            ranking: ranking.then(|| self.places()),
            errors: self.ledger.reports().then(|| self.error_answers()),
        }
    }

    fn score_answer(&self, score: &Score, trail: bool) -> Option<ScoreAnswer> {
        let (subject, plan, last) = (self.subject(score)?, self.plan(score)?, self.scheme(score)?);
        let scheme = &last.scheme;
        let mut scores = self.sheets(score).iter();
        let mut parts = Vec::with_capacity(plan.parts.len());
        for part in &plan.parts {
            let of = &part.entry.scheme;
            let sheets = of.sheets.iter().zip(scores.by_ref());
            let reach = part.reach()?;
            let spans = part.spans.iter().map(|s| SpanAnswer { from: s.from, to: s.to }).collect();
            parts.push(PartAnswer {
                scheme: of.name.code.clone(),
                condition: part.condition,
                from: reach.from,
                to: reach.to,
                spans: (part.spans.len() > 1).then_some(spans),
                sheets: sheets.map(|(s, points)| (of.code(s.label), *points)).collect(),
            });
        }
        let (sheets, parts) = match parts.pop() {
            Some(only) if parts.is_empty() => (Some(only.sheets), None),
            last => {
                parts.extend(last);
                (None, Some(parts))
            }
        };
        let factor = |applied: &super::AppliedFactor| {
            let of = plan.parts.get(usize::from(applied.part)).map(|p| &p.entry.scheme);
            let factor =
                of.and_then(|s| Some(s.code(s.factors.get(usize::from(applied.factor))?.label)));
            FactorAnswer { factor: factor.map(str::to_owned), value: applied.value }
        };
        let factors = !score.factors.is_empty();
        Some(ScoreAnswer {
            subject: subject.id.clone(),
            unit: self.unit(score).cloned(),
            sequence: subject.sequence.clone(),
            scheme: scheme.name.code.clone(),
            sheets,
            parts,
            combined: factors.then_some(score.combined),
            factors: factors.then(|| score.factors.iter().map(factor).collect()),
            total: score.total,
            grade: scheme.grade_name(score.grade).code.clone(),
            presence: self.presence(score).filter(|p| !p.is_whole()).map(|p| PresenceAnswer {
                days: p.days,
                of: p.of,
                least: p.least,
            }),
            coefficient: score.coefficient.filter(|_| scheme.bonus.is_some()),
            open: self.open(score).map(|open| vec![open]),
            vetoes: (!score.vetoes.is_empty()).then(|| self.vetoes(score)),
            trail: trail.then(|| {
                self.trail(score).iter().filter_map(|l| self.line_answer(score, l)).collect()
            }),
        })
    }

    fn vetoes(&self, score: &Score) -> Vec<VetoAnswer> {
        let hit = |hit: &super::VetoHit| {
            let part = self.plan(score)?.parts.get(usize::from(hit.part))?;
            let scheme = &part.entry.scheme;
            let veto = scheme.vetoes.get(usize::from(hit.veto))?;
            let event = hit.event.and_then(|e| self.ledger.event(e));
            Some(VetoAnswer {
                veto: scheme.code(veto.label).to_owned(),
                effect: veto.effect,
                scope: veto.scope,
                event: event.map(|e| e.id.clone()),
            })
        };
        score.vetoes.iter().filter_map(hit).collect()
    }

    fn line_answer(&self, score: &Score, line: &TrailLine) -> Option<LineAnswer> {
        let of = self.detail(score, line)?;
        let many = self.plan(score).is_some_and(|p| p.parts.len() > 1);
        let code = |name: Option<&super::Name>| name.map(|n| n.code.clone());
        let on_sheet = line.kind == LineKind::Sheet;
        Some(LineAnswer {
            kind: line.kind,
            part: line.part.filter(|_| many),
            sheet: code(of.sheet),
            item: code(of.item),
            rule: code(of.rule),
            factor: code(of.factor),
            veto: code(of.veto_name()),
            effect: of.veto.map(|v| v.effect),
            scope: of.veto.map(|v| v.scope),
            event: of.event.map(|e| e.id.clone()),
            whose: of.event.and_then(|event| self.whose(score, event)).cloned(),
            date: of.event.map(|e| e.date),
            value: of.value,
            days: of.days,
            before: (!on_sheet).then_some(line.raw),
            points: line.points,
            after: line.raw.plus(line.points).ok().filter(|_| !on_sheet),
            raw: (on_sheet && line.raw != line.points).then_some(line.raw),
            why: line.why,
            clause: code(of.clause),
            grounds: GroundsAnswer::of(&self.grounds(score, line)),
        })
    }

    fn places(&self) -> Vec<PlaceAnswer> {
        let place = |p: super::Place| PlaceAnswer {
            kind: p.kind,
            scheme: p.scheme,
            sequence: p.sequence,
            rank: p.rank,
            subject: self.ledger.subject(p.subject).map(|s| s.id.clone()),
            total: p.total,
        };
        ranking(self).into_iter().map(place).collect()
    }
}

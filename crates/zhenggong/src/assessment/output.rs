//! Scores as JSON: sheets as tables, trails, ranking lists.

use serde_json::{Map, Value as Json, json};

use super::{Assessment, Score, TrailLine, ranking::ranking};
use crate::number::Rate;

impl Assessment<'_> {
    /// Returns a score as JSON: subject, scheme, sheets, total, grade, coefficient, vetoes, and the trail
    /// where it is asked for and was kept.
    #[must_use]
    pub fn score_json(&self, score: &Score, trail: bool) -> Json {
        let mut out = Map::new();
        let (Some(subject), Some(plan), Some(last)) =
            (self.subject(score), self.plan(score), self.scheme(score))
        else {
            return Json::Null;
        };
        let scheme = &last.scheme;
        out.insert("subject".into(), subject.id.as_str().into());
        out.insert("scheme".into(), scheme.name.code.clone().into());
        let mut scores = self.sheets(score).iter();
        let mut parts = Vec::new();
        for part in &plan.parts {
            let sheets: Map<String, Json> = part
                .entry
                .scheme
                .sheets
                .iter()
                .zip(scores.by_ref())
                .map(|(s, points)| {
                    (part.entry.scheme.code(s.label).to_owned(), points.to_string().into())
                })
                .collect();
            parts.push(json!({
                "scheme": part.entry.scheme.name.code,
                "condition": part.condition.map(|c| c.code()),
                "from": part.span.from.to_string(), "to": part.span.to.to_string(),
                "sheets": sheets,
            }));
        }
        match parts.as_mut_slice() {
            [only] => {
                out.insert("sheets".into(), only["sheets"].take());
            }
            _ => {
                out.insert("parts".into(), parts.into());
            }
        }
        if !score.factors.is_empty() {
            let factor = |(number, value): &(u16, Rate)| {
                let label = scheme.factors.get(usize::from(*number)).map(|f| f.label);
                json!({ "factor": label.map(|l| scheme.code(l)), "value": value.to_string() })
            };
            out.insert("combined".into(), score.combined.to_string().into());
            out.insert("factors".into(), score.factors.iter().map(factor).collect());
        }
        out.insert("total".into(), score.total.to_string().into());
        out.insert("grade".into(), scheme.grade_name(score.grade).code.clone().into());
        if scheme.bonus.is_some() {
            out.insert("coefficient".into(), score.coefficient.map(|c| c.to_string()).into());
        }
        if !score.vetoes.is_empty() {
            out.insert("vetoes".into(), self.vetoes_json(score));
        }
        if trail {
            out.insert(
                "trail".into(),
                self.trail(score).iter().map(|l| self.line_json(score, l)).collect(),
            );
        }
        known(out.into())
    }

    fn vetoes_json(&self, score: &Score) -> Json {
        let hit = |hit: &super::VetoHit| {
            let part = self.plan(score)?.parts.get(usize::from(hit.part))?;
            let scheme = &part.entry.scheme;
            let veto = scheme.vetoes.get(usize::from(hit.veto))?;
            let event = hit.event.and_then(|e| self.ledger.event(e));
            Some(json!({
                "veto": scheme.code(veto.label), "effect": veto.effect.code(),
                "scope": veto.scope.code(), "event": event.map(|e| e.id.as_str()),
            }))
        };
        score.vetoes.iter().filter_map(hit).collect()
    }

    fn line_json(&self, score: &Score, line: &TrailLine) -> Json {
        let part = self.plan(score).and_then(|p| p.parts.get(usize::from(line.part)));
        let Some(scheme) = part.map(|p| &p.entry.scheme) else { return Json::Null };
        let sheet = scheme.sheets.get(usize::from(line.sheet));
        let item = line.item.and_then(|i| scheme.items.get(usize::from(i)));
        let rule = line.rule.and_then(|r| scheme.rules.get(usize::from(r)));
        let event = line.event.and_then(|e| self.ledger.event(e));
        let clause = rule.and_then(|r| r.clause).or(item.and_then(|i| i.clause));
        let mut out = Map::new();
        let mut put = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                out.insert(key.into(), value);
            }
        };
        let many = self.plan(score).is_some_and(|p| p.parts.len() > 1);
        put("part", many.then(|| line.part.into()));
        put("sheet", sheet.map(|s| scheme.code(s.label).into()));
        put("item", item.map(|i| scheme.code(i.label).into()));
        put("rule", rule.map(|r| scheme.code(r.label).into()));
        put("event", event.map(|e| e.id.as_str().into()));
        put("date", event.map(|e| e.date.to_string().into()));
        put("points", Some(line.points.to_string().into()));
        put("raw", (line.raw != line.points).then(|| line.raw.to_string().into()));
        put("why", Some(line.why.code().into()));
        put("clause", clause.map(|c| scheme.code(c).into()));
        out.into()
    }

    /// Returns the ranking lists as JSON.
    #[must_use]
    pub fn ranking_json(&self) -> Json {
        let place = |p: &super::Place| {
            json!({
                "kind": p.kind.code(), "sequence": p.sequence.as_ref().map(|s| s.as_str()),
                "rank": p.rank,
                "subject": self.ledger.subject(p.subject).map(|s| s.id.as_str()),
                "total": p.total.to_string(),
            })
        };
        known(ranking(self).iter().map(place).collect())
    }
}

/// Returns the JSON without keys that have no value: what is not known is left out.
pub(super) fn known(json: Json) -> Json {
    match json {
        Json::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, known(value)))
            .collect::<Map<_, _>>()
            .into(),
        Json::Array(items) => items.into_iter().map(known).collect(),
        other => other,
    }
}

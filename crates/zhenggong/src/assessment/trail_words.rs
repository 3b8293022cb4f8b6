//! What the points of a line come from, in words: the reckoning as it would be written by hand.

use std::fmt::Write;

use super::{
    Band, Event, FitnessEvent, FitnessForm, FitnessGrading, Grounds, LineKind, Mark, Points,
    RuleForm, Steps, Target, TrailLine, Why, report::said,
};
use crate::derivation::Language;

impl Grounds<'_> {
    /// Returns the reckoning of a line in words, such as `20.00 × 个人原因 0.3（第九条）= 6.00`; none where its
    /// points say it all.
    #[must_use]
    pub fn words(&self, line: &TrailLine, language: Language) -> Option<String> {
        let zh = language == Language::Zh;
        let raw = magnitude(line.raw);
        let mut out = if self.means.is_empty() {
            match self.form {
                Some(form) if self.actual.is_some() => self.measured(form, line, zh),
                _ => self.occurrence(language),
            }
        } else {
            self.rated(raw, zh)
        };
        if let Some((from, to)) = self.limited.filter(|_| line.kind == LineKind::Sheet) {
            let between = if out.is_empty() { "" } else { zh_or(zh, "；限额 ", "; limit ") };
            let _ = write!(out, "{between}{from} → {to}");
        }
        if let Some(weight) = self.scaled_by.filter(|_| !line.raw.is_zero()) {
            let points = magnitude(line.points);
            // A reckoning ends with the points that are scaled.
            let (before, own) = match (out.is_empty(), self.limited) {
                (true, _) => (String::new(), format!("{raw} ")),
                (false, Some(_)) => (zh_or(zh, "；", "; ").to_owned(), format!("{raw} ")),
                (false, None) => (zh_or(zh, "；", "; ").to_owned(), String::new()),
            };
            let word = zh_or(zh, "权重", "weight");
            let _ = write!(out, "{before}{own}× {word} {weight} ÷ 100 = {points}");
        }
        self.given_way(line, zh, &mut out);
        self.veto(language, &mut out);
        (!out.is_empty()).then_some(out)
    }

    /// Points for one, surcharges, count, factors.
    fn occurrence(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let mut out = String::new();
        let (Some(each), Some(count)) = (self.each, self.count) else { return out };
        if count == 1 && self.surcharges.is_empty() && self.factors.is_empty() {
            return out;
        }
        let _ = write!(out, "{each}");
        for (flag, points) in &self.surcharges {
            let _ = match zh {
                true => write!(out, " + 加重“{flag}” {points}"),
                false => write!(out, " + {points} for {flag}"),
            };
        }
        if !self.surcharges.is_empty() && (count != 1 || !self.factors.is_empty()) {
            out = if zh { format!("（{out}）") } else { format!("({out})") };
        }
        if count != 1 {
            let _ = match zh {
                true => write!(out, " × {count} 次"),
                false => write!(out, " × {count}"),
            };
        }
        for factor in &self.factors {
            let _ = write!(out, " × {} {}", said(factor.name, language), factor.value);
            if let Some(clause) = factor.clause {
                let _ = match zh {
                    true => write!(out, "（{}）", said(clause, language)),
                    false => write!(out, " ({})", said(clause, language)),
                };
            }
        }
        if let Some(points) = self.of_event() {
            let _ = write!(out, " = {points}");
        }
        out
    }

    fn measured(&self, form: &RuleForm, line: &TrailLine, zh: bool) -> String {
        let (mut out, raw) = (String::new(), magnitude(line.raw));
        if line.why == Why::Missing {
            out.push_str(if zh {
                "未录入，按 0 计："
            } else {
                "nothing entered, counted as 0: "
            });
        }
        let short = self.short.map(bare).unwrap_or_default();
        let actual = self.actual.map(bare).unwrap_or_default();
        let due = self.due.map(bare).unwrap_or_default();
        let text = match form {
            RuleForm::Shortfall { each, .. } if zh => {
                format!("应 {due}，实际 {actual}，欠 {short} × {each} = {raw}")
            }
            RuleForm::Shortfall { each, .. } => {
                format!("due {due}, actual {actual}, missing {short} × {each} = {raw}")
            }
            RuleForm::Target(form) => {
                let target = self.target(&form.target, &due, zh);
                let over = form.over.map_or(due, bare);
                match (self.short.is_some_and(|s| s.is_zero()), zh) {
                    (true, true) => format!("{target}，实际 {actual}，已完成"),
                    (true, false) => format!("{target}, actual {actual}, reached"),
                    (_, true) => {
                        let worth = form.worth;
                        format!(
                            "{target}，实际 {actual}，差 {short} ÷ {over} × 分值 {worth} = {raw}"
                        )
                    }
                    (_, false) => format!(
                        "{target}, actual {actual}, missing {short} ÷ {over} × {} = {raw}",
                        form.worth
                    ),
                }
            }
            RuleForm::Ceiling { limit, first, steps } => {
                self.ceiling((*limit, *first, *steps), &actual, raw, zh)
            }
            RuleForm::Bands(_) => {
                let band = self.band.map_or(String::new(), |band| band_words(band, zh));
                if zh {
                    format!("实际 {actual}，属“{band}”档，计 {raw}")
                } else {
                    format!("actual {actual}, in the band {band}: {raw}")
                }
            }
            RuleForm::Fitness(form) => self.fitness(form, &actual, raw, zh),
            RuleForm::TrainingDays(form) => {
                let (each, full) = (form.each, self.limited.map_or(raw, |(full, _)| full));
                if zh {
                    format!("应训 {due} 天，实训 {actual} 天，欠 {short} × {each} = {full}")
                } else {
                    format!("{due} days due, {actual} done, {short} missing × {each} = {full}")
                }
            }
            _ => return String::new(),
        };
        out.push_str(&text);
        out
    }

    /// The results with their points by the table, and what the scheme makes of them.
    fn fitness(&self, form: &FitnessForm, actual: &str, raw: Points, zh: bool) -> String {
        let test = |(event, points): &(&Event, Points)| {
            let name = event.discipline.map_or("", |d| if zh { d.zh() } else { d.en() });
            let result = event.result.map_or(String::new(), |r| result_words(r, event.discipline));
            format!("{name} {result} = {}", bare(*points))
        };
        let tests: Vec<_> = self.values.iter().map(test).collect();
        let tests = match (tests.is_empty(), zh) {
            (true, true) => "未参加测试".to_owned(),
            (true, false) => "no test taken".to_owned(),
            (false, true) => format!("{}（体测分）", tests.join("，")),
            (false, false) => format!("{} by the table", tests.join(", ")),
        };
        match (&form.grading, zh) {
            (FitnessGrading::Each { pass, .. }, true) => {
                format!("{tests}；最低 {actual}，合格线 {pass}：计 {raw}")
            }
            (FitnessGrading::Each { pass, .. }, false) => {
                format!("{tests}; lowest {actual}, pass at {pass}: {raw}")
            }
            (FitnessGrading::Sum(_), true) => {
                let band = self.band.map_or(String::new(), |band| band_words(band, zh));
                format!("{tests}；合计 {actual}，属“{band}”档，计 {raw}")
            }
            (FitnessGrading::Sum(_), false) => {
                let band = self.band.map_or(String::new(), |band| band_words(band, zh));
                format!("{tests}; sum {actual}, in the band {band}: {raw}")
            }
        }
    }

    fn target(&self, target: &Target, due: &str, zh: bool) -> String {
        match (target, self.staff, self.groups) {
            (Target::PerHead { units, per, .. }, Some(staff), Some(groups)) => {
                let units = bare(*units);
                if zh {
                    format!("{staff} 人 ÷ {per} 取整 {groups} 组 × {units} = 目标 {due}")
                } else {
                    format!("{staff} people ÷ {per}, {groups} full groups × {units} = target {due}")
                }
            }
            (Target::PerHead { units, per, .. }, Some(staff), None) => {
                let units = bare(*units);
                if zh {
                    format!("{staff} 人 × {units} ÷ {per} = 目标 {due}")
                } else {
                    format!("{staff} people × {units} ÷ {per} = target {due}")
                }
            }
            _ if zh => format!("目标 {due}"),
            _ => format!("target {due}"),
        }
    }

    fn ceiling(
        &self,
        (limit, first, steps): (u32, Points, Steps),
        actual: &str,
        raw: Points,
        zh: bool,
    ) -> String {
        let over = self.over.unwrap_or_default();
        if over.is_zero() {
            return if zh {
                format!("控制数 {limit}，实际 {actual}，未超")
            } else {
                format!("control number {limit}, actual {actual}, not above")
            };
        }
        let (over, count) = (bare(over), self.steps.unwrap_or_default());
        let more = match (steps, zh) {
            (Steps::None, _) => String::new(),
            (Steps::PerCase(each), true) => format!(" + 超出 {count} 起 × {each}"),
            (Steps::PerCase(each), false) => format!(" + {count} above × {each}"),
            (Steps::Percent(percent, each), true) => {
                format!(" + 每超 {percent}% 一档，{count} 档 × {each}")
            }
            (Steps::Percent(percent, each), false) => {
                format!(" + {count} steps of {percent}% × {each}")
            }
        };
        if zh {
            format!("控制数 {limit}，实际 {actual}，超 {over}：{first}{more} = {raw}")
        } else {
            format!("control number {limit}, actual {actual}, {over} above: {first}{more} = {raw}")
        }
    }

    fn rated(&self, raw: Points, zh: bool) -> String {
        let each = self.means.iter().map(|m| format!("{} {} × {}", m.raters, m.mean, m.weight));
        let mut out = each.collect::<Vec<_>>().join(" + ");
        let Some(RuleForm::Rated { scale, worth, .. }) = self.form else { return out };
        if let Some(average) = self.average {
            let word = if zh { "均分" } else { "mean" };
            let _ = write!(out, " = {word} {average}");
            let (scale, word) = (bare(*scale), if zh { "分值" } else { "worth" });
            let _ = match zh {
                true => write!(out, "；÷ 满分 {scale} × {word} {worth} = {raw}"),
                false => write!(out, "; ÷ {scale} × {word} {worth} = {raw}"),
            };
        }
        out
    }

    /// What a limit made of it, or what counts in its place.
    fn given_way(&self, line: &TrailLine, zh: bool, out: &mut String) {
        let between = if out.is_empty() { "" } else { zh_or(zh, "；", "; ") };
        match (line.why, self.instead, self.limited) {
            (Why::NotCumulated, Some(event), _) => {
                let id = &event.id;
                let own = self.of_event().filter(|_| out.is_empty());
                let own = own.map_or(String::new(), |p| format!("{p}{}", zh_or(zh, "；", "; ")));
                let _ = match zh {
                    true => write!(out, "{between}{own}同一事项已计 {id}"),
                    false => write!(out, "{between}{own}{id} counts for the matter"),
                };
            }
            (Why::RuleCap, _, None) => {
                let own = self.of_event().filter(|_| out.is_empty());
                let own = own.map_or(String::new(), |p| p.to_string());
                let word = zh_or(zh, "规则封顶后余下的计入", "what the cap of the rule leaves");
                let _ = write!(out, "{own}{}{word}", zh_or(zh, "；", "; "));
            }
            _ => {}
        }
    }

    fn veto(&self, language: Language, out: &mut String) {
        let zh = language == Language::Zh;
        if let Some((count, at_least)) = self.occurrences.filter(|(_, least)| *least > 1) {
            let _ = match zh {
                true => write!(out, "共 {count} 次，满 {at_least} 次触发"),
                false => write!(out, "{count} in all, set off by {at_least}"),
            };
        }
        if let Some((sheet, score, below)) = self.sheet_score {
            let sheet = said(sheet, language);
            let _ = match zh {
                true => write!(out, "{sheet} {score}，低于 {below}"),
                false => write!(out, "{sheet} {score}, below {below}"),
            };
        }
        if let Some(identity) = self.identity {
            out.push_str(identity);
        }
    }
}

/// A result as it is read out: times of a minute and more with their minutes.
fn result_words(result: Mark, discipline: Option<FitnessEvent>) -> String {
    let text = result.to_string();
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(w, p)| (w, Some(p)));
    match whole.parse::<u32>() {
        Ok(seconds) if seconds >= 60 && discipline.is_some_and(FitnessEvent::is_timed) => {
            let part = part.map_or(String::new(), |part| format!(".{part}"));
            format!("{}:{:02}{part}", seconds / 60, seconds % 60)
        }
        _ => text,
    }
}

const fn zh_or(zh: bool, chinese: &'static str, english: &'static str) -> &'static str {
    if zh { chinese } else { english }
}

/// The band in words: from one value on, below another.
fn band_words(band: Band, zh: bool) -> String {
    match (band.from.map(bare), band.below.map(bare)) {
        (Some(from), Some(below)) if zh => format!("{from} 及以上、{below} 以下"),
        (Some(from), Some(below)) => format!("from {from}, below {below}"),
        (Some(from), None) if zh => format!("{from} 及以上"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(below)) if zh => format!("{below} 以下"),
        (None, Some(below)) => format!("below {below}"),
        (None, None) => zh_or(zh, "全部", "all").to_owned(),
    }
}

fn magnitude(points: Points) -> Points {
    points.max(points.negated().unwrap_or(points))
}

/// A measured value without decimals that are zero.
pub(super) fn bare(value: Points) -> String {
    let text = value.to_string();
    let text = text.trim_end_matches('0');
    text.trim_end_matches('.').to_owned()
}

//! Payslips.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::{Origin, Receipt, ReceiptJson, Slip};
use crate::{
    calendar::Month,
    derivation::{Derivation, DerivationJson, Language},
    number::Money,
    person::Label,
    policy::Evidence,
    schema,
    vocabulary::{PayItem, PersonKind, Side, Term, Vocabulary},
};

/// 工资项目的金额. One line of a payslip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "RunLine")]
#[non_exhaustive]
pub struct PayLine {
    /// 项目. The item.
    pub item: PayItem,
    /// 金额. The amount, in yuan to the fen.
    pub amount: Money,
    /// 计算或核定. Whether it was computed or stated.
    pub origin: Origin,
}

/// One person's pay for one month (工资单): lines, totals, and why each line is what it is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Payslip {
    /// Opaque id of the person.
    pub person: Label,
    /// The unit.
    pub unit: Label,
    /// Officer or auxiliary.
    pub kind: PersonKind,
    /// The month.
    pub month: Month,
    /// The lines, in the order in which they are printed.
    pub lines: Vec<PayLine>,
    /// 应发合计: all earnings.
    pub gross: Money,
    /// 扣款合计: all deductions.
    pub deductions: Money,
    /// 实发: gross less deductions.
    pub net: Money,
    /// 单位承担合计: what the employer pays on top.
    pub employer_cost: Money,
    /// Why.
    pub derivation: Derivation,
    /// What it was computed with.
    pub receipt: Receipt,
}

pub(super) static GROSS: Term = Term::new("gross", "应发合计", "Gross pay");
pub(super) static DEDUCTIONS: Term = Term::new("deductions", "扣款合计", "Deductions");
pub(super) static NET: Term = Term::new("net", "实发合计", "Net pay");
pub(super) static EMPLOYER: Term = Term::new("employer-cost", "单位承担合计", "Employer's cost");

impl Payslip {
    pub(super) fn lines_of(slip: &Slip) -> Vec<PayLine> {
        slip.lines().map(|(item, amount, origin)| PayLine { item, amount, origin }).collect()
    }

    /// Returns the amount of an item, or none where the slip has no such line.
    #[must_use]
    pub fn amount(&self, item: PayItem) -> Option<Money> {
        self.lines.iter().find(|l| l.item == item).map(|l| l.amount)
    }

    /// Returns the weakest evidence of all policy values used.
    #[must_use]
    pub fn weakest_evidence(&self) -> Option<Evidence> {
        self.derivation.weakest_evidence()
    }

    /// Returns the payslip as text: lines with their origin, and totals.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let zh = language == Language::Zh;
        let pick = |term: &'static Term| if zh { term.zh } else { term.en };
        let mut out = String::new();
        let title = if zh {
            format!("工资单 {} {} {} {}", self.month, self.person, self.unit, self.kind.zh())
        } else {
            format!("Payslip {} {} {} {}", self.month, self.person, self.unit, self.kind.en())
        };
        // As wide as the longest name, so that the amounts stand below each other.
        let names = self.lines.iter().map(|line| pick(line.item.term()));
        let longest =
            names.chain([pick(&GROSS), pick(&DEDUCTIONS), pick(&EMPLOYER)]).map(columns).max();
        let width = longest.unwrap_or_default().max(NAME_WIDTH);
        let mut put = |text: String| writeln!(out, "{text}").unwrap_or_default();
        put(title);
        for (side, total, amount) in [
            (Side::Earning, &GROSS, self.gross),
            (Side::Deduction, &DEDUCTIONS, self.deductions),
            (Side::EmployerCost, &EMPLOYER, self.employer_cost),
        ] {
            put(format!("【{}】", if zh { side.zh() } else { side.en() }));
            for line in self.lines.iter().filter(|l| l.item.side() == side) {
                let name = pick(line.item.term());
                let origin = pick(line.origin.term());
                put(format!("  {} {:>12}  {origin}", padded(name, width), line.amount.to_string()));
            }
            put(format!("  {} {:>12}", padded(pick(total), width), amount.to_string()));
        }
        put(format!("{} {:>12}", padded(pick(&NET), width + 2), self.net.to_string()));
        if let Some(evidence) = self.weakest_evidence() {
            put(if zh {
                format!("所用标准的最弱证据：{}", evidence.zh())
            } else {
                format!("Weakest evidence used: {}", evidence.en())
            });
        }
        out
    }

    /// Returns the payslip as JSON, with derivation and receipt.
    #[must_use]
    pub fn to_json(&self) -> Json {
        schema::written(&PayslipJson {
            person: &self.person,
            unit: &self.unit,
            kind: self.kind,
            month: self.month,
            lines: self.lines.iter().copied().map(PayLineJson::of).collect(),
            gross: self.gross,
            deductions: self.deductions,
            net: self.net,
            employer_cost: self.employer_cost,
            evidence: self.weakest_evidence(),
            derivation: self.derivation.json(),
            receipt: self.receipt.json(),
        })
    }
}

/// 工资单. A payslip as JSON has it, with derivation and receipt.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Payslip")]
pub(crate) struct PayslipJson<'a> {
    /// 人员编号. Opaque id of the person.
    person: &'a Label,
    /// 单位. The unit.
    unit: &'a Label,
    /// 人员类别. Officer or auxiliary.
    kind: PersonKind,
    /// 月份. The month.
    month: Month,
    /// 工资项目，按打印顺序. The lines, in the order in which they are printed.
    lines: Vec<PayLineJson>,
    /// 应发合计. All earnings.
    gross: Money,
    /// 扣款合计. All deductions.
    deductions: Money,
    /// 实发合计. Gross less deductions.
    net: Money,
    /// 单位承担合计. What the employer pays on top.
    employer_cost: Money,
    /// 所用标准的最弱证据. The weakest evidence of all policy values used.
    evidence: Option<Evidence>,
    /// 计算过程. Why.
    derivation: DerivationJson<'a>,
    /// 计算回执. What it was computed with.
    receipt: ReceiptJson<'a>,
}

/// 工资单的一行. A line of a payslip.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PayLine")]
struct PayLineJson {
    /// 项目. The item.
    item: PayItem,
    /// 项目中文名. Its Chinese name.
    zh: &'static str,
    /// 项目英文名. Its English name.
    en: &'static str,
    /// 应发、扣款或单位承担. The side that it stands on.
    side: Side,
    /// 金额. The amount.
    amount: Money,
    /// 计算或核定. Whether it was computed or stated.
    origin: Origin,
}

impl PayLineJson {
    fn of(PayLine { item, amount, origin }: PayLine) -> Self {
        Self { item, zh: item.zh(), en: item.en(), side: item.side(), amount, origin }
    }
}

/// The columns that a name takes at least.
const NAME_WIDTH: usize = 34;

/// Pads to a width in columns, a Chinese character counting two.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Returns how many columns a text takes.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, policy::Pack};

    #[test]
    fn amounts_stand_below_each_other_in_both_languages() {
        let mut person = crate::person::PersonMonth::from_json(
            r#"{ "person": "P1", "unit": "u", "kind": "officer", "rank": null, "duty": null }"#,
        )
        .unwrap();
        // Every item that an officer can have, the longest names among them.
        for item in PayItem::ALL {
            person.stated.insert(*item, Money::from_fen(123_456));
        }
        let engine = Engine::builder().packs(Pack::national()).build().unwrap();
        let slip = engine.payslip(&person, Month::new(2025, 3).unwrap()).unwrap();
        for language in [Language::Zh, Language::En] {
            let text = slip.text(language);
            let amounts = text.lines().filter_map(|line| {
                let (name, _) = line.rsplit_once(|c: char| c.is_ascii_digit())?;
                line.contains('.').then(|| columns(name))
            });
            let ends: std::collections::BTreeSet<_> = amounts.collect();
            assert_eq!(ends.len(), 1, "{text}");
        }
    }
}

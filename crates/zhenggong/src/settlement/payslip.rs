//! Payslips.

use std::fmt::Write;

use serde_json::{Value as Json, json};

use super::{Origin, Receipt, Slip};
use crate::{
    calendar::Month,
    derivation::{Derivation, Language},
    number::Money,
    person::Label,
    policy::Evidence,
    vocabulary::{PayItem, PersonKind, Side, Term, Vocabulary},
};

/// One line of a payslip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PayLine {
    /// The item.
    pub item: PayItem,
    /// The amount, in yuan to the fen.
    pub amount: Money,
    /// Whether it was computed or stated.
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
                put(format!("  {} {:>12}  {origin}", padded(name, 34), line.amount.to_string()));
            }
            put(format!("  {} {:>12}", padded(pick(total), 34), amount.to_string()));
        }
        put(format!("{} {:>12}", padded(pick(&NET), 36), self.net.to_string()));
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
        json!({
            "person": self.person.as_str(), "unit": self.unit.as_str(), "kind": self.kind.code(),
            "month": self.month.to_string(),
            "lines": self.lines.iter().map(|l| json!({
                "item": l.item.code(), "zh": l.item.zh(), "en": l.item.en(),
                "side": l.item.side().code(), "amount": l.amount.to_string(),
                "origin": l.origin.code(),
            })).collect::<Vec<_>>(),
            "gross": self.gross.to_string(), "deductions": self.deductions.to_string(),
            "net": self.net.to_string(), "employer_cost": self.employer_cost.to_string(),
            "evidence": self.weakest_evidence().map(Evidence::code),
            "derivation": self.derivation.to_json(),
            "receipt": self.receipt.to_json(),
        })
    }
}

/// Pads to a width in columns, a Chinese character counting two.
fn padded(text: &str, width: usize) -> String {
    let used: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(width.saturating_sub(used)))
}

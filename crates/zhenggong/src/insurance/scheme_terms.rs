//! What one insurance scheme says, and the two contribution lines that follow from it.
//!
//! All schemes with a personal and an employer's rate share these functions, so that a line is
//! computed, rounded and explained in the same way whatever it is called.

use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Trace, Value},
    number::{Money, Product, Rate, Rounding},
    policy::{CiteId, FieldSpec, Fields, Scope, Sourced, field},
    vocabulary::{PayItem, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// Who pays a contribution.
    pub enum ContributionSide ("contribution-side", "缴费方", "side of a contribution") {
        Personal = "personal", "个人", "own share";
        PersonalFlat = "personal-flat", "个人定额", "own flat amount";
        Employer = "employer", "单位", "employer's share";
    }
}

/// What one side pays: a rate of the base, and how the amount is rounded.
///
/// A part that no pack gives for the month is kept as its error, so that one side can be computed
/// where only the other lacks a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideTerms {
    /// The rate of the base.
    pub rate: Result<Sourced<Rate>>,
    /// The rounding of the line.
    pub rounding: Result<Sourced<Rounding>>,
    /// The payslip item that the line is.
    pub item: PayItem,
}

/// What the packs say about one scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeTerms {
    /// The person's side.
    pub personal: SideTerms,
    /// The employer's side.
    pub employer: SideTerms,
    /// A flat amount that the person pays on top, where the scheme has one.
    pub flat_personal: Option<Sourced<Money>>,
    /// A floor of the scheme's own, in place of the common one.
    pub floor: Option<Sourced<Money>>,
    /// A ceiling of the scheme's own, in place of the common one.
    pub ceiling: Option<Sourced<Money>>,
    rule: &'static str,
}

/// The contribution lines of one scheme for one month, in yuan to the fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// What is withheld from the person by rate.
    pub personal: Money,
    /// The flat amount withheld on top; none where the scheme has none.
    pub personal_flat: Option<Money>,
    /// What the employer pays.
    pub employer: Money,
}

static BASE: Term = Term::new("contribution-base", "缴费基数", "contribution base");
static RATE: Term = Term::new("contribution-rate", "缴费比例", "contribution rate");
static OWN_RATE: Term = Term::new("own-rate", "本单位缴存比例", "rate of this unit");
static LOWEST: Term = Term::new("lowest-rate", "缴存比例下限", "lowest rate");
static HIGHEST: Term = Term::new("highest-rate", "缴存比例上限", "highest rate");
static FLAT: Term = Term::new("flat-amount", "定额标准", "flat amount");
static FLOOR: Term = Term::new("scheme-floor", "本险种基数下限", "floor of this scheme");
static CEILING: Term = Term::new("scheme-ceiling", "本险种基数上限", "ceiling of this scheme");

pub(super) const OWN_FLOOR: FieldSpec = field::<Money>("floor", Scope::Local);
pub(super) const OWN_CEILING: FieldSpec = field::<Money>("ceiling", Scope::Local);
pub(super) const ROUNDING_PERSONAL: FieldSpec =
    field::<Rounding>("rounding_personal", Scope::Local);
pub(super) const ROUNDING_EMPLOYER: FieldSpec =
    field::<Rounding>("rounding_employer", Scope::Local);

impl SchemeTerms {
    /// Makes the terms from the fields in force.
    ///
    /// # Errors
    ///
    /// `TableShape` where the floor lies above the ceiling; a policy error of the scheme's own limits
    /// or flat amount. Rates and roundings that are missing fail only when they are used.
    pub(super) fn read(
        fields: &Fields<'_>,
        rule: &'static str,
        personal: PayItem,
        employer: PayItem,
    ) -> Result<Self> {
        let floor = fields.optional::<Money>("floor")?;
        let ceiling = fields.optional::<Money>("ceiling")?;
        if let (Some(floor), Some(ceiling)) = (&floor, &ceiling)
            && floor.value > ceiling.value
        {
            return Err(fields.shape_error("下限高于上限 / the floor lies above the ceiling"));
        }
        Ok(Self {
            personal: SideTerms {
                rate: fields.get::<Rate>("rate_personal"),
                rounding: fields.get::<Rounding>("rounding_personal"),
                item: personal,
            },
            employer: SideTerms {
                rate: fields.get::<Rate>("rate_employer"),
                rounding: fields.get::<Rounding>("rounding_employer"),
                item: employer,
            },
            flat_personal: fields.optional::<Money>("flat_personal")?,
            floor,
            ceiling,
            rule,
        })
    }

    /// Returns whether the scheme has limits of its own, so that it takes the wage and not the common
    /// base that the common limits have already cut.
    #[must_use]
    pub fn has_own_limits(&self) -> bool {
        self.floor.is_some() || self.ceiling.is_some()
    }

    /// Returns one line of the scheme: the share or flat amount of this side.
    ///
    /// # Errors
    ///
    /// Those of [`personal_share`] and [`employer_share`]; `NoSuchStandard` for the flat amount of a
    /// scheme that has none.
    pub fn line<T: Trace>(&self, side: ContributionSide, base: Money, t: &mut T) -> Result<Money> {
        match side {
            ContributionSide::Personal => personal_share(self, base, t),
            ContributionSide::Employer => employer_share(self, base, t),
            ContributionSide::PersonalFlat => {
                personal_flat(self, t).ok_or_else(|| no_flat(self.rule))
            }
        }
    }
}

/// Returns what the person pays of this base, in yuan, rounded as the place says.
///
/// # Errors
///
/// `NoSuchStandard`, `ValueGap` or `EvidenceNotAccepted` where the rate or the rounding of this side
/// is not there for the month; `NegativeNotAllowed` for a negative base; `Overflow`.
///
/// # Examples
///
/// ```
/// use zhenggong::{derivation::NoTrace, insurance, number::Money, policy::Pack, testing};
/// let packs = Pack::example("beijing").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "beijing", "2026-07")?;
/// let terms: &insurance::InstitutionPension = snapshot.get()?;
/// let own = insurance::personal_share(terms.terms(), Money::parse("19999")?, &mut NoTrace)?;
/// assert_eq!(own.to_string(), "1599.92");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline(always)]
pub fn personal_share<T: Trace>(terms: &SchemeTerms, base: Money, t: &mut T) -> Result<Money> {
    terms.own_line().share(base, t)
}

/// Returns what the employer pays of this base, in yuan, rounded as the place says.
///
/// # Errors
///
/// Those of [`personal_share`].
#[inline(always)]
pub fn employer_share<T: Trace>(terms: &SchemeTerms, base: Money, t: &mut T) -> Result<Money> {
    terms.employer_line().share(base, t)
}

/// Returns the flat amount that the person pays on top, or none where no pack gives one.
#[inline]
pub fn personal_flat<T: Trace>(terms: &SchemeTerms, t: &mut T) -> Option<Money> {
    let flat = terms.flat_personal?;
    t.begin(PayItem::MedicalFlat.term());
    t.param(Op::Is, &FLAT, Value::Money(flat.value), flat.cite);
    t.end_money(flat.value);
    Some(flat.value)
}

/// Returns all lines of the scheme.
///
/// # Errors
///
/// Those of [`personal_share`], for either side. Where only one side has a standard, ask for that side
/// alone.
#[inline]
pub fn contribution<T: Trace>(terms: &SchemeTerms, base: Money, t: &mut T) -> Result<Shares> {
    Ok(Shares {
        personal: personal_share(terms, base, t)?,
        personal_flat: personal_flat(terms, t),
        employer: employer_share(terms, base, t)?,
    })
}

/// A rate of the unit in place of the pack's, with the bounds that it was checked against.
#[derive(Clone, Copy)]
pub(super) struct OwnRate {
    pub(super) rate: Rate,
    pub(super) lowest: Sourced<Rate>,
    pub(super) highest: Sourced<Rate>,
}

/// What one line of a scheme is computed by, small enough to be at hand for many people.
#[derive(Clone, Copy)]
pub(crate) struct LineTerms<'a> {
    // The pack's rate with its rounding.
    by_rate: Result<(Product, CiteId), &'a Error>,
    rounding: Result<Sourced<Rounding>, &'a Error>,
    floor: Option<Sourced<Money>>,
    ceiling: Option<Sourced<Money>>,
    // Floor and ceiling, or what is below and above all amounts.
    limits: (Money, Money),
    item: PayItem,
    rule: &'static str,
}

impl SchemeTerms {
    /// Returns the terms of the person's line.
    #[inline(always)]
    pub(crate) fn own_line(&self) -> LineTerms<'_> {
        self.line_of(&self.personal)
    }

    /// Returns the terms of the employer's line.
    #[inline(always)]
    pub(crate) fn employer_line(&self) -> LineTerms<'_> {
        self.line_of(&self.employer)
    }

    #[inline(always)]
    pub(super) fn line_of<'a>(&'a self, side: &'a SideTerms) -> LineTerms<'a> {
        let Self { floor, ceiling, rule, .. } = *self;
        let rounding = side.rounding.as_ref().copied();
        let by_rate = match (&side.rate, rounding) {
            (Ok(rate), Ok(by)) => Ok((Product::new(rate.value, by.value), rate.cite)),
            (Err(error), _) | (Ok(_), Err(error)) => Err(error),
        };
        let lowest = floor.map_or(Money::MIN, |floor| floor.value);
        let limits = (lowest, ceiling.map_or(Money::MAX, |ceiling| ceiling.value));
        LineTerms { by_rate, rounding, floor, ceiling, limits, item: side.item, rule }
    }
}

/// Whose rate a line is computed by.
#[derive(Clone, Copy)]
enum RateOf {
    Pack(CiteId),
    Unit(OwnRate),
}

impl LineTerms<'_> {
    /// Computes the line by the pack's rate.
    #[inline(always)]
    pub(crate) fn share<T: Trace>(&self, base: Money, t: &mut T) -> Result<Money> {
        match &self.by_rate {
            Ok((product, cite)) => self.line(product, RateOf::Pack(*cite), base, t),
            Err(error) => Err(kept(error)),
        }
    }

    /// Computes the line by a rate of the unit.
    #[inline(always)]
    pub(super) fn share_by<T: Trace>(&self, own: OwnRate, base: Money, t: &mut T) -> Result<Money> {
        match &self.rounding {
            Ok(by) => self.line(&Product::new(own.rate, by.value), RateOf::Unit(own), base, t),
            Err(error) => Err(kept(error)),
        }
    }

    #[inline(always)]
    fn line<T: Trace>(
        &self,
        product: &Product,
        rate_of: RateOf,
        base: Money,
        t: &mut T,
    ) -> Result<Money> {
        if base.is_negative() {
            return Err(negative(base, self.rule));
        }
        let counted = base.max(self.limits.0).min(self.limits.1);
        if !T::ACTIVE {
            return Ok(product.of(counted)?);
        }
        t.begin(self.item.term());
        t.fact(Op::Is, &BASE, Value::Money(base));
        if let Some(floor) = self.floor {
            t.param(Op::AtLeast, &FLOOR, Value::Money(floor.value), floor.cite);
        }
        if let Some(ceiling) = self.ceiling {
            t.param(Op::AtMost, &CEILING, Value::Money(ceiling.value), ceiling.cite);
        }
        let rate = product.rate();
        match rate_of {
            RateOf::Pack(cite) => t.param(Op::Times, &RATE, Value::Percent(rate), cite),
            RateOf::Unit(OwnRate { lowest, highest, .. }) => {
                t.fact(Op::Times, &OWN_RATE, Value::Percent(rate));
                t.cited_note(&LOWEST, Some(Value::Percent(lowest.value)), lowest.cite);
                t.cited_note(&HIGHEST, Some(Value::Percent(highest.value)), highest.cite);
            }
        }
        let rounding = self.rounding.map_err(kept)?;
        let pay = t.round_product(counted, rate, Money::ZERO, &rounding)?;
        t.end_money(pay);
        Ok(pay)
    }
}

#[cold]
pub(crate) fn kept(error: &Error) -> Error {
    error.clone()
}

#[cold]
pub(super) fn negative(base: Money, rule: &'static str) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed).arg("value", base).rule(rule).field("base")
}

#[cold]
fn no_flat(rule: &'static str) -> Error {
    Error::new(ErrorCode::NoSuchStandard)
        .arg_in(
            "value",
            format!("{} flat_personal", PayItem::MedicalFlat.zh()),
            format!("{} flat_personal", PayItem::MedicalFlat.en()),
        )
        .rule(rule)
        .field("flat_personal")
}

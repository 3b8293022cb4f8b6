//! An engine with the month plans that it has made, each looked up without a lock.

use std::{
    ops::Deref,
    sync::{Arc, OnceLock},
};

use zhenggong::{
    Engine, Result, auxiliary::PayPlan, calendar::Month, person::Label, policy::Snapshot,
    settlement::MonthPlan,
};

use crate::text::Text;

/// What an engine handle holds.
pub(crate) struct Held {
    engine: Arc<Engine>,
    place: Text,
    packs: Text,
    // By year, then by month without and with the employer's lines.
    years: Box<[OnceLock<Box<Year>>]>,
}

type Year = [OnceLock<Plan>; 24];

/// A month's plan, with the snapshot that it reads.
pub(crate) struct Plan {
    // Dropped before what it borrows from.
    plan: MonthPlan<'static>,
    posts: Vec<Label>,
    _snapshot: Arc<Snapshot>,
}

impl Held {
    pub(crate) fn new(engine: Engine) -> Self {
        let years = usize::try_from(Month::MAX.year() - Month::MIN.year()).unwrap_or(0) + 1;
        let years = (0..years).map(|_| OnceLock::new()).collect();
        let place = Text::new(engine.place().to_owned());
        let packs = Text::new(engine.book().digest().to_owned());
        Self { engine: Arc::new(engine), place, packs, years }
    }

    /// Returns the id of the place.
    pub(crate) fn place(&self) -> &Text {
        &self.place
    }

    /// Returns the digest of all packs.
    pub(crate) fn packs(&self) -> &Text {
        &self.packs
    }

    /// Returns the engine, to be kept beyond the handle.
    pub(crate) fn share(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// Returns the plan of a month; it is made once and kept.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of the place is loaded.
    pub(crate) fn plan(&self, month: Month, employer_cost: bool) -> Result<&Plan> {
        let year = usize::try_from(month.year() - Month::MIN.year()).unwrap_or(usize::MAX);
        let Some(year) = self.years.get(year) else { return Err(outside(month)) };
        let months = year.get_or_init(|| Box::new([const { OnceLock::new() }; 24]));
        let at = month.month().saturating_sub(1) as usize * 2 + usize::from(employer_cost);
        let Some(kept) = months.get(at) else { return Err(outside(month)) };
        if let Some(plan) = kept.get() {
            return Ok(plan);
        }
        let plan = Plan::new(self.engine.snapshot(month)?, employer_cost);
        Ok(kept.get_or_init(|| plan))
    }
}

#[cold]
fn outside(month: Month) -> zhenggong::Error {
    zhenggong::Error::new(zhenggong::ErrorCode::Internal).arg("detail", format!("month {month}"))
}

impl Deref for Held {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

impl Plan {
    fn new(snapshot: Arc<Snapshot>, employer_cost: bool) -> Self {
        // SAFETY: the plan borrows from what the `Arc` holds, which neither moves nor changes, and
        // which `_snapshot` keeps until after the plan is dropped. The plan is lent out only with
        // the lifetime of `self`.
        let read: &'static Snapshot = unsafe { &*Arc::as_ptr(&snapshot) };
        let plan = MonthPlan::new(read);
        let plan = if employer_cost { plan } else { plan.without_employer_cost() };
        let posts = read.get::<PayPlan>().map_or_else(
            |_| Vec::new(),
            |plan| plan.posts().filter_map(|post| Label::new(post).ok()).collect(),
        );
        Self { plan, posts, _snapshot: snapshot }
    }

    pub(crate) fn month_plan(&self) -> &MonthPlan<'_> {
        &self.plan
    }

    /// Returns the post of this name, where the pay plan knows one.
    pub(crate) fn post(&self, name: &str) -> Option<&Label> {
        self.posts.iter().find(|post| post.as_str() == name)
    }
}

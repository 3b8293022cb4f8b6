//! Grades (等次) by threshold.

use super::{Name, Scheme};
use crate::assessment::Points;

/// A grade of a scheme. Grades stand best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its names.
    pub name: Name,
    /// Its place among the names of the scheme, where it reads as "grade …".
    pub label: u16,
    /// The lowest score that gets it; none for a grade that is given by hand, and for the last one.
    pub from: Option<Points>,
    /// Whether it is given by hand or by rank, never by threshold.
    pub by_hand: bool,
}

/// Returns the grade that a score reaches by threshold, or none where no grade goes by threshold.
pub(in crate::assessment) fn by_threshold(grades: &[Grade], total: Points) -> Option<u8> {
    let reached = |g: &Grade| !g.by_hand && g.from.is_none_or(|from| total >= from);
    grades.iter().position(reached).and_then(|at| u8::try_from(at).ok())
}

impl Scheme {
    /// Returns the place of the grade among those of the scheme that this score reaches. A grade that is
    /// given by hand is never reached by a score.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::assessment::{Points, Schemes};
    /// use zhenggong::{policy::Pack, testing};
    /// let packs = Pack::example("railway-police-example").into_iter().collect();
    /// let snapshot = testing::snapshot(packs, "railway-police-example", "2020-06")?;
    /// let schemes: &Schemes = snapshot.get()?;
    /// let scheme = schemes.get("railway-officer-month")?;
    /// let grade = scheme.grade_of(Points::parse("69.99")?);
    /// assert_eq!(scheme.grade_name(grade).zh, "基本达标");
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    #[must_use]
    pub fn grade_of(&self, total: Points) -> Option<u8> {
        by_threshold(&self.grades, total)
    }

    /// Returns the place of the best grade that a score can reach, or none where no grade goes by threshold.
    /// A better one that is given by hand is chosen among those who reached it.
    #[must_use]
    pub fn best_by_score(&self) -> Option<u8> {
        let at = self.grades.iter().position(|g| !g.by_hand)?;
        u8::try_from(at).ok()
    }
}

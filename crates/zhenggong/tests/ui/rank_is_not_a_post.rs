//! Facts of different lists do not stand for each other.
use zhenggong::{allowance::police_rank_allowance, derivation::NoTrace, testing, vocabulary::PostTier};

fn main() -> zhenggong::Result<()> {
    let snapshot = testing::national("2016-03")?;
    let _ = police_rank_allowance(snapshot.get()?, PostTier::Clerk, &mut NoTrace)?;
    Ok(())
}

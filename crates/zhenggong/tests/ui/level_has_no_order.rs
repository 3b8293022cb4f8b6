//! Level 1 is the highest, so `<` would mislead; `outranks` says what is meant.
use zhenggong::vocabulary::Level;

fn main() -> zhenggong::Result<()> {
    let _ = Level::new(1)? < Level::new(2)?;
    let _ = Level::new(1)? > Level::new(2)?;
    Ok(())
}

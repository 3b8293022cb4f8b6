//! Writes person-months of the reference plan and their exact pay as CSV, for `compare.py`.

use std::{
    fs::File,
    io::{BufWriter, Write},
};

use zhenggong::number::Money;
use zhenggong_benches::{ITEMS, cases, engine};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(rows), Some(path)) = (args.next(), args.next()) else {
        return Err("usage: generate ROWS FILE".into());
    };
    let mut out = BufWriter::new(File::create(path)?);
    write!(out, "rank,rest_days,holidays,housing_rate,tax_months,ytd_income,ytd_special")?;
    write!(out, ",ytd_additional,ytd_other,ytd_withheld,special_additional")?;
    for item in ITEMS {
        write!(out, ",{}", item.code().replace('-', "_"))?;
    }
    writeln!(out, ",gross,net")?;
    for case in cases(&engine()?, rows.parse()?)? {
        let p = &case.person;
        let rank = p.rank.known().map(|rank| rank.zh()).unwrap_or_default();
        let rest = p.overtime_rest_days.known().unwrap_or_default();
        let holidays = p.overtime_holiday_days.known().unwrap_or_default();
        let rate = p.housing_rate.known().unwrap_or_default();
        let months = p.tax_months.known().unwrap_or_default();
        write!(out, "{rank},{rest},{holidays},{rate},{months}")?;
        let facts = [
            &p.ytd_income,
            &p.ytd_special,
            &p.ytd_additional,
            &p.ytd_other,
            &p.ytd_withheld,
            &p.special_additional,
        ];
        let facts = facts.map(|fact| fact.known().unwrap_or_default());
        let lines = ITEMS.map(|item| case.slip.get(item).unwrap_or_default());
        let totals = [case.settled.gross, case.settled.net];
        let amounts: Vec<Money> = facts.into_iter().chain(lines).chain(totals).collect();
        for amount in amounts {
            write!(out, ",{amount}")?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}

//! The yearly appraisal of a small station: who takes part and how, who may be graded 优秀 within the
//! quota, and what follows from each grade. Prints in Chinese.
//!
//! `cargo run --example appraisal` needs no file: the people are invented and stand below.

use std::error::Error;

use zhenggong::{
    assessment::{
        AwardGround, AwardTariff, Candidate, CountRounding, CreditFacts, GradeFacts, Pool,
        Recipient, RiseKind, ServiceSanction, YearFacts, YearGrade, allocate, appraisal_standing,
        award_money, grade_effects, quota_seats, step_credit, year_end_bonus,
    },
    calendar::parse_date,
    derivation::NoTrace,
    number::{Money, Rate},
    testing,
    vocabulary::{AnnualGrade, SanctionKind},
};

/// An officer of the station: opaque id, score of the year, grades of the three years before, basic pay.
struct Officer {
    id: &'static str,
    score: i64,
    before: [AnnualGrade; 3],
    basic_pay: i64,
    sanction: Option<(SanctionKind, &'static str)>,
}

const YEAR: i32 = 2024;

fn officers() -> Vec<Officer> {
    use AnnualGrade::{Competent as C, Excellent as E};
    let row =
        |id, score, before, basic_pay| Officer { id, score, before, basic_pay, sanction: None };
    let warned = Some((SanctionKind::Warning, "2024-03-01"));
    let demerit = Some((SanctionKind::Demerit, "2024-09-01"));
    vec![
        row("0101", 9620, [C, E, E], 4105),
        row("0102", 9450, [E, C, C], 3870),
        Officer { sanction: warned, ..row("0103", 9700, [C, C, C], 3655) },
        row("0104", 8830, [C, C, E], 3512),
        Officer { sanction: demerit, ..row("0105", 7900, [C, C, C], 3440) },
        row("0106", 9450, [C, C, C], 3298),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    let law = testing::national("2024-12")?;
    let officers = officers();
    let mut people = Vec::new();
    for officer in &officers {
        people.push(candidate(officer, &law)?);
    }
    // Six should take part: a fifth of them is 1.2, which the station's rule rounds up.
    let rounding = Some(CountRounding::Up);
    let mut pool = Pool {
        id: "城东派出所".to_owned(),
        units: None,
        sequence: None,
        scheme: None,
        on_staff: None,
        taking_part: None,
        should_take_part: Some(6),
        share: None,
        threshold: None,
        decided: None,
    };
    let seats = quota_seats(law.get()?, 6, None, rounding, &mut NoTrace)?;
    println!("{YEAR} 年度考核，{}：应参加 6 人，优秀名额 {seats} 人", pool.id);
    // 0102 and 0106 have the same score; the law does not choose, the committee does.
    let pools = [pool.clone()];
    if let Err(error) = allocate(law.get()?, &pools, &people, rounding, None, &mut NoTrace) {
        println!("{}", error.zh());
    }
    pool.decided = Some(vec!["0106".to_owned()]);
    println!("经考核委员会研究：0106\n");
    let pools = [pool];
    let found = allocate(law.get()?, &pools, &people, rounding, None, &mut NoTrace)?;
    for (officer, person) in officers.iter().zip(&people) {
        let excellent = found.iter().any(|a| a.excellent.iter().any(|c| c.id == person.id));
        // Nobody of this station is below 称职; the standing cuts what the law does not allow.
        let grade = if excellent { AnnualGrade::Excellent } else { AnnualGrade::Competent };
        let grade = person.standing.cut(grade);
        print_officer(officer, person, grade, &law)?;
    }
    Ok(())
}

fn candidate(
    officer: &Officer,
    law: &zhenggong::policy::Snapshot,
) -> Result<Candidate, Box<dyn Error>> {
    let mut sanctions = Vec::new();
    if let Some((kind, effective)) = officer.sanction {
        sanctions.push(ServiceSanction { kind, effective: parse_date(effective)?, ends: None });
    }
    let facts = YearFacts {
        probation: false,
        under_investigation: false,
        refused: false,
        leave_over_half_year: false,
        sanctions,
        party_sanctions: Vec::new(),
    };
    let (standing, _) = appraisal_standing(law.get()?, law.get()?, &facts, YEAR, &mut NoTrace)?;
    Ok(Candidate {
        id: officer.id.to_owned(),
        unit: "城东派出所".to_owned(),
        sequence: None,
        scheme: None,
        score: Rate::from_parts(officer.score, 2),
        standing,
        bars: Vec::new(),
        keys: Default::default(),
    })
}

fn print_officer(
    officer: &Officer,
    person: &Candidate,
    grade: AnnualGrade,
    law: &zhenggong::policy::Snapshot,
) -> Result<(), Box<dyn Error>> {
    println!("{}  {} 分  {}  {}", officer.id, person.score, person.standing.zh(), grade.zh());
    let before = officer.before.iter().rev().copied().collect();
    let facts = GradeFacts { grade, before, before_is_all: false, dismissal_bars: None };
    let effects = grade_effects(law.get()?, &facts, &mut NoTrace)?;
    for award in effects.award.into_iter().chain(effects.series_award) {
        // No text says which tariff an officer's yearly award follows; here the bureau decided.
        let tariff = Some(AwardTariff::Police);
        let ground = AwardGround::AnnualAppraisal;
        let money =
            award_money(law.get()?, award, Recipient::Person, ground, tariff, &mut NoTrace)?;
        println!("      {}，奖金标准 {} 元", award.zh(), money.money);
    }
    if let Some(months) = effects.months_off.filter(|months| *months > 0) {
        println!("      晋升上一职级所需年限缩短 {months} 个月");
    }
    let years =
        officer.before.iter().zip(YEAR - 3..).map(|(g, year)| YearGrade { year, grade: *g });
    let years = years.chain([YearGrade { year: YEAR, grade }]).collect();
    let facts = CreditFacts { years, step_years: 0, level_years: 0, levels_left: None };
    for rise in step_credit(law.get()?, &facts, &mut NoTrace)?.rises {
        if rise.from > parse_date("2024-12-31")? {
            let what =
                if rise.kind == RiseKind::Step { "一个工资档次" } else { "一个级别" };
            println!("      自 {} 起晋升{what}", rise.from);
        }
    }
    let pay = Money::from_yuan(officer.basic_pay)?;
    let bonus = year_end_bonus(law.get()?, grade, pay, &mut NoTrace)?;
    println!("      年终一次性奖金 {bonus} 元");
    Ok(())
}

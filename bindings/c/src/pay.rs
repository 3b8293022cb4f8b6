//! Pay by plain structs: for callers that ask often, and need amounts without a derivation.

use zhenggong::{
    derivation::NoTrace,
    person::Label,
    settlement::{Slip, settle},
    vocabulary::{PayItem, Vocabulary},
};

use crate::{
    boundary::run,
    engine::zg_engine,
    error::{Fault, zg_error},
    facts::{self, Given, NUMBERS},
    handle::{self, Out, check_size},
    rate::zg_rate,
    status::zg_status,
    text::{self, zg_str},
};

/// Room for items in zg_person_month and zg_pay; more than there are. 项目数组长度。
pub const ZG_ITEM_ROOM: usize = 64;

/// The facts of one person for one month. Set all of it to zero, then size, kind, month and what is
/// known; a fact whose bit stands in neither mask is missing, and its field is not read. 个人月度事实。
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct zg_person_month {
    /// sizeof(zg_person_month).
    pub size: usize,
    /// The facts that are known: ZG_BIT(ZG_FACT_RANK) and so on. Their fields are read.
    pub known: u64,
    /// The facts that do not apply to the person, in the same way.
    pub not_applicable: u64,
    /// The items whose amount the office states: ZG_BIT(ZG_ITEM_POST_PAY) and so on.
    pub stated_items: u64,
    /// Opaque id of the person, which errors name; {NULL, 0} for none. Read during the call only.
    pub person: zg_str,
    /// Post of an auxiliary, as the pay plan names it. Read during the call only.
    pub auxiliary_post: zg_str,
    /// Assessment coefficient of the month.
    pub coefficient: zg_rate,
    /// Housing fund rate of the person's unit.
    pub housing_rate: zg_rate,
    /// Wage from which the contribution base is made, in fen.
    pub contribution_wage: i64,
    /// Wage from which the housing fund base is made, in fen.
    pub housing_wage: i64,
    /// Income this year before this month, in fen.
    pub ytd_income: i64,
    /// Contributions deducted this year before this month, in fen.
    pub ytd_special: i64,
    /// Special additional deductions this year before this month, in fen.
    pub ytd_additional: i64,
    /// Other lawful deductions this year before this month, in fen.
    pub ytd_other: i64,
    /// Tax withheld this year before this month, in fen.
    pub ytd_withheld: i64,
    /// Special additional deductions of this month, in fen.
    pub special_additional: i64,
    /// Stated amounts in fen, by item: stated, at ZG_ITEM_POST_PAY and so on.
    pub stated: [i64; ZG_ITEM_ROOM],
    /// The month that is paid, as 202503.
    pub month: u32,
    /// Day since which the rank is held, as 20250312.
    pub rank_since: u32,
    /// Rest days worked without compensatory leave.
    pub overtime_rest_days: u32,
    /// Statutory holidays worked without compensatory leave.
    pub overtime_holiday_days: u32,
    /// Night shifts of the month.
    pub night_shifts: u32,
    /// Overtime hours of the month.
    pub overtime_hours: u32,
    /// Days on duty in the month.
    pub duty_days: u32,
    /// Whole years of service as an auxiliary.
    pub service_years: u32,
    /// Months employed by this unit this year, this one included.
    pub tax_months: u32,
    /// How many bonuses were taxed apart earlier this year.
    pub bonus_separate_used: u32,
    /// Day on which a new worker began or a transferee was first paid here, as 20210308.
    pub fund_start: u32,
    /// 1 leaves the employer's lines out, so that no pack has to have their standards; otherwise 0.
    pub without_employer_cost: u8,
    /// ZG_KIND_OFFICER or ZG_KIND_AUXILIARY; always needed.
    pub kind: u8,
    /// ZG_RANK_CONSTABLE_SECOND_CLASS and so on.
    pub rank: u8,
    /// Rank held before rank_since, ZG_RANK_CONSTABLE_SECOND_CLASS and so on.
    pub previous_rank: u8,
    /// ZG_RANK_EVENT_GRANTED and so on.
    pub rank_event: u8,
    /// ZG_POST_STAFF_MEMBER and so on.
    pub post: u8,
    /// ZG_POST_KIND_LEADING or ZG_POST_KIND_NON_LEADING.
    pub post_kind: u8,
    /// Level, 27 to 1; with step, the fact ZG_FACT_LEVEL_STEP.
    pub level: u8,
    /// Step inside the level, from 1.
    pub step: u8,
    /// ZG_DUTY_FRONT_LINE and so on.
    pub duty: u8,
    /// ZG_AUXILIARY_GRADE_1 and so on.
    pub auxiliary_grade: u8,
    /// ZG_RISK_CLASS_1 and so on.
    pub risk_class: u8,
    /// ZG_RISK_STEP_BASE and so on.
    pub risk_step: u8,
    /// ZG_TAX_MODE_NORMAL and so on.
    pub tax_mode: u8,
    /// ZG_BONUS_SEPARATE or ZG_BONUS_MERGE.
    pub bonus_election: u8,
    /// ZG_FUND_START_NEW_WORKER or ZG_FUND_START_TRANSFEREE.
    pub fund_start_kind: u8,
    /// Zero; anything else is ZG_INVALID_OPTION.
    pub reserved: [u8; 4],
}

/// The pay of one person for one month: totals and the amount of each item. 个人月度工资。
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct zg_pay {
    /// sizeof(zg_pay), set by the caller before the call.
    pub size: usize,
    /// Gross pay in fen, the sum of all earnings.
    pub gross: i64,
    /// Sum of all deductions in fen.
    pub deductions: i64,
    /// Net pay in fen, gross less deductions; it can be negative.
    pub net: i64,
    /// What the employer pays on top, in fen.
    pub employer_cost: i64,
    /// The items that have a line: ZG_BIT(ZG_ITEM_POST_PAY) and so on.
    pub items: u64,
    /// Those of them whose amount was stated and not computed.
    pub stated_items: u64,
    /// Amounts in fen by item: amounts, at ZG_ITEM_POST_PAY and so on; 0 without a line.
    pub amounts: [i64; ZG_ITEM_ROOM],
}

/// Computes the pay of one person for a month, without a derivation. 计算一人一月工资（无推导）。
///
/// The same rules as zg_engine_payslip give the same amounts and errors. On ZG_OK nothing is
/// allocated, once the month was asked for before; an auxiliary_post that the pay plan does not name
/// is the exception. What it was computed with: zg_engine_receipt for the month.
///
/// engine   Borrowed. Any number of threads may use it at once.
/// person   Borrowed; its size field is sizeof(zg_person_month).
/// out      Its size field is sizeof(zg_pay). On ZG_OK, the pay. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, an input error (1xx) that names
/// the field, a policy error (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_pay(
    engine: *const zg_engine,
    person: *const zg_person_month,
    out: *mut zg_pay,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out) = unsafe {
            check_size(person, "person")?;
            (handle::borrow(engine, "engine")?, Out::sized(out, "out")?)
        };
        // SAFETY: not NULL and of the right size; the caller does not write to it during the call.
        let person = unsafe { &*person };
        out.put(pay(engine, person)?);
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

fn pay(engine: &crate::plans::Held, person: &zg_person_month) -> Result<zg_pay, Fault> {
    // SAFETY: the conventions of the header: the text can be read during the call.
    let id = unsafe { text::read(person.person.data, person.person.len, "person")? };
    let place = |fault: Fault, month| fault.person(Label::new(id).ok().as_ref(), month);
    let month = facts::month(person.month).map_err(|e| place(e.into(), None))?;
    let employer_cost = match person.without_employer_cost {
        0 => true,
        1 => false,
        other => return Err(Fault::option("without_employer_cost", other, "0, 1")),
    };
    if person.reserved != [0; 4] {
        return Err(Fault::option("reserved", format!("{:?}", person.reserved), "0"));
    }
    let plan = engine.plan(month, employer_cost)?;
    let given = Given::read(person, plan).map_err(|e| place(e, Some(month)))?;
    let mut slip = Slip::new();
    let totals = settle(plan.month_plan(), &given, &mut NoTrace, &mut slip)
        .map_err(|e| place(e.into(), Some(month)))?;
    let mut pay = zg_pay {
        size: size_of::<zg_pay>(),
        gross: totals.gross.fen(),
        deductions: totals.deductions.fen(),
        net: totals.net.fen(),
        employer_cost: totals.employer_cost.fen(),
        items: 0,
        stated_items: 0,
        amounts: [0; ZG_ITEM_ROOM],
    };
    let mut rest = slip.present();
    while rest != 0 {
        let at = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        let (Some(item), Some(number)) = (PayItem::ALL.get(at), NUMBERS.get(at)) else { continue };
        let (Some(slot), Some(amount)) =
            (pay.amounts.get_mut(usize::from(*number)), slip.get(*item))
        else {
            return Err(no_number(*item));
        };
        *slot = amount.fen();
        pay.items |= 1 << number;
        if slip.origin(*item) == Some(zhenggong::settlement::Origin::Stated) {
            pay.stated_items |= 1 << number;
        }
    }
    Ok(pay)
}

#[cold]
fn no_number(item: PayItem) -> Fault {
    let detail = format!("{} has no number in C", item.term().code);
    zhenggong::Error::new(zhenggong::ErrorCode::Internal).arg("detail", detail).into()
}

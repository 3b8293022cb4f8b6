//! The month run over Arrow streams.

use arrow_array::{ffi::FFI_ArrowSchema, ffi_stream::FFI_ArrowArrayStream};
use zhenggong::{derivation::Language, vocabulary::PayItem};
use zhenggong_arrow::{Batch, BatchOptions, DecimalWidth, OnError, Seen, Total};

use crate::{
    assessment::{self, zg_assessment},
    boundary::run,
    codes::ITEMS,
    engine::zg_engine,
    error::{Fault, zg_error},
    facts,
    handle::{self, Older, Out},
    rows_in::take,
    status::zg_status,
    stream_in::Input,
    stream_out::{self, Running, export, internal},
};

/// The stream ends with the error of the first row that can't be computed. 遇错即止。
pub const ZG_ON_ERROR_STOP: i32 = 0;
/// Such a row has no amounts, and its error in the columns error_code and error. 错误入列。
pub const ZG_ON_ERROR_COLUMN: i32 = 1;
/// Amounts come as decimal128(18, 2). 128位十进制。
pub const ZG_DECIMAL128: i32 = 0;
/// Refused as ZG_INVALID_OPTION: readers of Arrow take the buffer of a decimal64 column for one of 128
/// bits, and so show other amounts. 不提供64位十进制。
pub const ZG_DECIMAL64: i32 = 1;

/// A person with a second row of the same month in one batch of the result is the error
/// ZG_DUPLICATE_PERSON of that row. 同批查重。
pub const ZG_REPEATS_IN_BATCH: i32 = 0;
/// As before, over the whole stream. The tables that came are kept in memory until its end. 全流查重。
pub const ZG_REPEATS_IN_STREAM: i32 = 1;
/// A person may have several rows of a month, and nothing is compared. 不查重。
pub const ZG_REPEATS_ALLOWED: i32 = 2;
/// Columns have keys as names, such as post_pay; texts of errors are English. 英文列名。
pub const ZG_COLUMNS_KEYS: i32 = 0;
/// Columns have Chinese names, and texts of errors are Chinese. 中文列名。
pub const ZG_COLUMNS_ZH: i32 = 1;
/// 应发合计: gross pay.
pub const ZG_TOTAL_GROSS: u8 = 0;
/// 扣款合计: sum of all deductions.
pub const ZG_TOTAL_DEDUCTIONS: u8 = 1;
/// 实发合计: net pay.
pub const ZG_TOTAL_NET: u8 = 2;
/// 单位承担合计: what the employer pays on top.
pub const ZG_TOTAL_EMPLOYER_COST: u8 = 3;

/// The totals by their numbers in C.
const TOTALS: [(u8, Total); 4] = [
    (ZG_TOTAL_GROSS, Total::Gross),
    (ZG_TOTAL_DEDUCTIONS, Total::Deductions),
    (ZG_TOTAL_NET, Total::Net),
    (ZG_TOTAL_EMPLOYER_COST, Total::EmployerCost),
];

/// How a stream is computed and what it gives. All zero but size is the default. 流选项。
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct zg_stream_options {
    /// sizeof(zg_stream_options); the size that it had in ABI 1.1 is taken as well.
    pub size: usize,
    /// The items that get a column, ZG_BIT(ZG_ITEM_POST_PAY) and so on; 0 for all.
    pub items: u64,
    /// The totals that get a column, ZG_BIT(ZG_TOTAL_GROSS) and so on; 0 for all.
    pub totals: u64,
    /// The most rows of a batch that comes out; longer ones are cut. 0 leaves them as they come.
    pub batch_rows: usize,
    /// How many threads share a batch; 0 counts as 1. The result does not depend on it.
    pub threads: u32,
    /// The month of all rows, as 202503; 0 where the table has a column month.
    pub month: u32,
    /// ZG_ON_ERROR_STOP or ZG_ON_ERROR_COLUMN.
    pub on_error: i32,
    /// ZG_DECIMAL128.
    pub width: i32,
    /// 1 leaves the employer's lines out, so that no pack has to have their standards; otherwise 0.
    pub without_employer_cost: i32,
    /// ZG_COLUMNS_KEYS or ZG_COLUMNS_ZH.
    pub columns: i32,
    /// NULL, or the assessment of the same month, whose coefficients are paid; borrowed during the
    /// call. A row that states another coefficient, or is of another month, has an error. Since ABI 1.2.
    pub assessment: *const zg_assessment,
    /// ZG_REPEATS_IN_BATCH, ZG_REPEATS_IN_STREAM or ZG_REPEATS_ALLOWED. Rows without a person are
    /// nobody's. Since ABI 1.2.
    pub repeats: i32,
    /// Zero. Since ABI 1.2.
    pub reserved: i32,
}

/// The options of ABI 1.1, before they had an assessment.
const WITHOUT_ASSESSMENT: Older =
    Older::before::<zg_stream_options>(std::mem::offset_of!(zg_stream_options, assessment));

/// The most threads that make sense to ask for; a larger number is a mistake.
const MAX_THREADS: u32 = 1024;

impl zg_stream_options {
    const BLANK: Self = Self {
        size: 0,
        items: 0,
        totals: 0,
        batch_rows: 0,
        threads: 0,
        month: 0,
        on_error: ZG_ON_ERROR_STOP,
        width: ZG_DECIMAL128,
        without_employer_cost: 0,
        columns: ZG_COLUMNS_KEYS,
        assessment: std::ptr::null(),
        repeats: ZG_REPEATS_IN_BATCH,
        reserved: 0,
    };

    fn read(&self) -> Result<BatchOptions, Fault> {
        let month = match self.month {
            0 => None,
            number => Some(facts::month(number)?),
        };
        let on_error = on_error(self.on_error)?;
        let width = match self.width {
            ZG_DECIMAL128 => DecimalWidth::Decimal128,
            other => return Err(Fault::option("width", other, "ZG_DECIMAL128 (0)")),
        };
        let employer_cost = match self.without_employer_cost {
            0 => true,
            1 => false,
            other => return Err(Fault::option("without_employer_cost", other, "0, 1")),
        };
        if self.threads > MAX_THREADS {
            return Err(Fault::option("threads", self.threads, "0 – 1024"));
        }
        if self.reserved != 0 {
            return Err(Fault::option("reserved", self.reserved, "0"));
        }
        let allow_repeats = match self.repeats {
            ZG_REPEATS_IN_BATCH | ZG_REPEATS_IN_STREAM => false,
            ZG_REPEATS_ALLOWED => true,
            other => {
                let known =
                    "ZG_REPEATS_IN_BATCH (0), ZG_REPEATS_IN_STREAM (1), ZG_REPEATS_ALLOWED (2)";
                return Err(Fault::option("repeats", other, known));
            }
        };
        let defaults = BatchOptions::default();
        let items = if self.items == 0 { defaults.items } else { items(self.items)? };
        let totals = if self.totals == 0 { defaults.totals } else { totals(self.totals)? };
        let language = language(self.columns)?;
        let threads = usize::try_from(self.threads).unwrap_or(1);
        Ok(BatchOptions {
            month,
            on_error,
            employer_cost,
            threads,
            items,
            totals,
            width,
            language,
            allow_repeats,
        })
    }
}

/// What is done with a row that has no answer.
pub(crate) fn on_error(number: i32) -> Result<OnError, Fault> {
    match number {
        ZG_ON_ERROR_STOP => Ok(OnError::Stop),
        ZG_ON_ERROR_COLUMN => Ok(OnError::Column),
        other => {
            let known = "ZG_ON_ERROR_STOP (0), ZG_ON_ERROR_COLUMN (1)";
            Err(Fault::option("on_error", other, known))
        }
    }
}

/// The language of column names and of the texts in cells.
pub(crate) fn language(columns: i32) -> Result<Language, Fault> {
    match columns {
        ZG_COLUMNS_KEYS => Ok(Language::En),
        ZG_COLUMNS_ZH => Ok(Language::Zh),
        other => {
            let known = "ZG_COLUMNS_KEYS (0), ZG_COLUMNS_ZH (1)";
            Err(Fault::option("columns", other, known))
        }
    }
}

/// The items of a mask, in the order in which they are printed.
fn items(mask: u64) -> Result<Vec<PayItem>, Fault> {
    let mut items: Vec<PayItem> = Vec::new();
    for bit in (0..u64::BITS).filter(|bit| mask & (1 << bit) != 0) {
        match ITEMS.get(bit as usize) {
            Some(item) => items.push(*item),
            None => return Err(Fault::option("items", format!("bit {bit}"), "ZG_ITEM_…")),
        }
    }
    items.sort();
    Ok(items)
}

/// The totals of a mask, in the order in which they are printed.
fn totals(mask: u64) -> Result<Vec<Total>, Fault> {
    let stray = TOTALS.iter().fold(mask, |rest, (number, _)| rest & !(1 << number));
    if stray != 0 {
        let bit = format!("bit {}", stray.trailing_zeros());
        return Err(Fault::option("totals", bit, "ZG_TOTAL_…"));
    }
    let asked = TOTALS.iter().filter(|(number, _)| mask & (1 << number) != 0);
    Ok(asked.map(|(_, total)| *total).collect())
}

/// Computes the pay of a stream of tables, one row per person and month. 以 Arrow 流核算。
///
/// The table's columns are those of zg_stream_input_schema, in any order and type that can be read;
/// float columns are refused. What comes out has the columns person, unit and month as they came,
/// then one per item and total in yuan. Batches are computed as they are asked for, so memory does
/// not grow with rows. A get_next of the result that fails returns EINVAL, or EIO where the input or
/// the library is at fault; its get_last_error has three lines: number and name of the code, the
/// message in Chinese, the message in English. zg_stream_error gives the whole error. What it was
/// computed with: zg_engine_receipt for the month of the options.
///
/// engine   Borrowed. The result stays valid without it.
/// input    Taken over in every case, also where the call fails: afterwards it is marked as released,
///          and what it held is released now or with the result. Only NULL is left alone.
/// options  NULL for the defaults, or borrowed; the size field is sizeof(zg_stream_options), of this
///          header or an older one. With an assessment, the table needs the column person.
/// out      On ZG_OK, a stream owned by the caller, who calls its release. It is used by one thread
///          at a time. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, ZG_INVALID_OPTION,
/// ZG_STREAM_RELEASED, ZG_STREAM_FAILED where the input has no schema to give; ZG_WRONG_MONTH where the
/// assessment is of another month than the options say, ZG_NOT_APPLICABLE where it is not one of a
/// month; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE, ZG_UNKNOWN_FIELD, ZG_MISSING_COLUMN, ZG_DUPLICATE_COLUMN, naming the column;
/// ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_month_run_stream(
    engine: *const zg_engine,
    input: *mut FFI_ArrowArrayStream,
    options: *const zg_stream_options,
    out: *mut FFI_ArrowArrayStream,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    let taken = unsafe { take(input) };
    let body = || {
        let stream = taken.ok_or_else(|| Fault::null("input"))?;
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, options, assessment) = unsafe {
            let engine = handle::borrow(engine, "engine")?;
            let blank = zg_stream_options::BLANK;
            let options = match options.is_null() {
                true => blank,
                false => handle::read_grown(options, "options", WITHOUT_ASSESSMENT, blank)?,
            };
            let assessment = match options.assessment.is_null() {
                true => None,
                false => Some(handle::borrow(options.assessment, "assessment")?),
            };
            (engine, Out::new(out, "out")?, options, assessment)
        };
        let rows = options.batch_rows;
        let seen = (options.repeats == ZG_REPEATS_IN_STREAM).then(Seen::new);
        let options = options.read()?;
        let coefficients = assessment.map(assessment::Held::of_month).transpose()?;
        let input = Input::open(stream, "input", rows)?;
        out.put(export(Running::pay(engine.share(), input, options, coefficients, seen)?));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns the error that ended a result stream. 返回结果流的错误。
///
/// stream   Borrowed; a stream that a function of this header gave.
/// out      On ZG_OK, an error owned by the caller (zg_error_free), or NULL where the stream has not
///          failed. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_STREAM_RELEASED; ZG_WRONG_HANDLE for another library's
/// stream. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_stream_error(
    stream: *const FFI_ArrowArrayStream,
    out: *mut *mut zg_error,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, parts) = unsafe { (Out::new(out, "out")?, stream_out::failure(stream)?) };
        out.put(parts.map_or(std::ptr::null_mut(), handle::give));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns the schema of a table with every column that can be read. 返回输入表的结构。
///
/// The types are those that cost least to make; the others that a column can have are read, too.
///
/// out      On ZG_OK, a schema owned by the caller, who calls its release. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_stream_input_schema(
    out: *mut FFI_ArrowSchema,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let out = unsafe { Out::new(out, "out")? };
        out.put(FFI_ArrowSchema::try_from(&Batch::input_schema()).map_err(|e| internal(&e))?);
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

//! Derivations: the steps of a computation by typed getters, as text, as JSON.

use std::ffi::c_char;

use chrono::{Datelike, NaiveDate};
use zhenggong::{
    derivation::{Derivation, Label, Language, Op, Step, Value},
    policy::{Citation, CiteId},
};

use crate::{
    boundary::{plain, run},
    codes::{EVIDENCES, LAYERS, number_of},
    engine::zg_engine,
    error::{Fault, zg_error},
    handle::{self, Kind, Out},
    payslip::{language, zg_payslip},
    request,
    status::zg_status,
    text::{self, Text, zg_str, zg_string},
};

/// A line begins: what is computed next. 一行开始。
pub const ZG_STEP_LINE: i32 = 1;
/// A term of the line's formula. 算式中的一项。
pub const ZG_STEP_TERM: i32 = 2;
/// A fact or reason that is no number of the formula. 说明。
pub const ZG_STEP_NOTE: i32 = 3;
/// The formula's value is rounded: the value before, and how. 取整。
pub const ZG_STEP_ROUND: i32 = 4;
/// The line ends with this value. 一行的结果。
pub const ZG_STEP_END: i32 = 5;
/// The step is no term. 不是算式项。
pub const ZG_OP_NONE: i32 = 0;
/// The first term. 首项。
pub const ZG_OP_IS: i32 = 1;
/// Added. 加。
pub const ZG_OP_PLUS: i32 = 2;
/// Taken off. 减。
pub const ZG_OP_MINUS: i32 = 3;
/// Multiplied. 乘。
pub const ZG_OP_TIMES: i32 = 4;
/// Divided by. 除以。
pub const ZG_OP_OVER: i32 = 5;
/// Raised to this floor where it lay below. 不低于。
pub const ZG_OP_AT_LEAST: i32 = 6;
/// Cut to this ceiling where it lay above. 不高于。
pub const ZG_OP_AT_MOST: i32 = 7;

/// Why an amount is what it is: steps, each with its source. 推导过程。
pub struct zg_derivation {
    _private: [u8; 0],
}

impl Kind for zg_derivation {
    type Held = Held;
    const MARK: u64 = 0x7a67_4445_5249_5645;
    const NAME: &'static str = "zg_derivation";
}

/// One step of a derivation. The texts are views that are valid until the derivation is freed; what
/// a step has not is the empty text or 0. 推导的一步。
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct zg_step {
    /// sizeof(zg_step), set by the caller before the call.
    pub size: usize,
    /// ZG_STEP_LINE, _TERM, _NOTE, _ROUND or _END.
    pub kind: i32,
    /// How a term joins the formula: ZG_OP_IS and so on. ZG_OP_NONE for other steps.
    pub op: i32,
    /// How deep the line stands to which the step belongs; 0 for the outermost.
    pub depth: u32,
    /// Whether the value is an amount, which `fen` has then: 1 or 0.
    pub is_amount: u32,
    /// The value in fen, where it is an amount; otherwise 0.
    pub fen: i64,
    /// Stable code of the label.
    pub code: zg_str,
    /// What the step is about, in Chinese; for ZG_STEP_ROUND, how it is rounded.
    pub label_zh: zg_str,
    /// The same in English.
    pub label_en: zg_str,
    /// The value in Chinese; for ZG_STEP_ROUND, the value before.
    pub value_zh: zg_str,
    /// The same in English.
    pub value_en: zg_str,
    /// Title of the document that the value comes from.
    pub source_title: zg_str,
    /// Number of that document.
    pub source_number: zg_str,
    /// Clause of that document.
    pub clause: zg_str,
    /// Name of the place that set the value.
    pub place: zg_str,
    /// The pack's remark on the value.
    pub note: zg_str,
    /// ZG_EVIDENCE_OFFICIAL and so on; 0 without a source.
    pub evidence: i32,
    /// ZG_LAYER_NATIONAL and so on; 0 without a source.
    pub layer: i32,
    /// First day on which the value holds, as 20250301; 0 without a source.
    pub from: u32,
    /// Last day on which it holds, as 20250331; 0 without a source or where none is stated.
    pub to: u32,
}

/// Where a text stands among all texts of a derivation.
#[derive(Clone, Copy, Default)]
struct Span {
    at: usize,
    len: usize,
}

/// A derivation with the texts that steps lend out, each with a NUL after it.
pub(crate) struct Held {
    inner: Derivation,
    texts: String,
    steps: Vec<Shown>,
    /// The cited sources, each made once.
    cited: Vec<(CiteId, Cited)>,
}

#[derive(Clone, Copy, Default)]
struct Shown {
    kind: i32,
    op: i32,
    depth: u32,
    fen: Option<i64>,
    code: Span,
    label: [Span; 2],
    value: [Span; 2],
    cited: Option<usize>,
}

struct Cited {
    title: Span,
    number: Span,
    clause: Span,
    place: Span,
    note: Span,
    evidence: i32,
    layer: i32,
    from: u32,
    to: u32,
}

impl Held {
    pub(crate) fn new(inner: Derivation) -> Self {
        let mut held = Self { texts: String::new(), steps: Vec::new(), cited: Vec::new(), inner };
        let steps = held.inner.steps().collect::<Vec<_>>();
        let mut open: Vec<Shown> = Vec::new();
        for step in &steps {
            let shown = held.show(step, &open);
            match step {
                Step::Begin(_) => open.push(shown),
                Step::End(_) => drop(open.pop()),
                _ => {}
            }
            held.steps.push(shown);
        }
        held
    }

    fn show(&mut self, step: &Step, open: &[Shown]) -> Shown {
        let cited = step.cite().and_then(|id| self.cite(id));
        let depth = u32::try_from(open.len()).unwrap_or(u32::MAX);
        let inside = Shown { depth: depth.saturating_sub(1), cited, ..Shown::default() };
        match step {
            Step::Begin(label) => {
                let named = self.named(*label);
                Shown { kind: ZG_STEP_LINE, depth, ..named }
            }
            Step::Term { op, label, value, .. } => {
                let named = self.named(*label);
                let inside = Shown { code: named.code, label: named.label, ..inside };
                Shown { kind: ZG_STEP_TERM, op: number(*op), ..self.valued(inside, *value) }
            }
            Step::Note { label, value, .. } => {
                let named = self.named(*label);
                let inside = Shown { code: named.code, label: named.label, ..inside };
                let noted = value.map_or(inside, |value| self.valued(inside, value));
                Shown { kind: ZG_STEP_NOTE, ..noted }
            }
            Step::Round { before, rounding, .. } => {
                let code = self.text(&rounding.to_string());
                let label = [self.text(rounding.zh()), self.text(rounding.en())];
                let inside = Shown { code, label, ..inside };
                Shown { kind: ZG_STEP_ROUND, ..self.valued(inside, Value::Exact(*before)) }
            }
            Step::End(value) => {
                let line = open.last().copied().unwrap_or_default();
                let inside = Shown { code: line.code, label: line.label, ..inside };
                Shown { kind: ZG_STEP_END, ..self.valued(inside, *value) }
            }
        }
    }

    fn text(&mut self, text: &str) -> Span {
        let at = self.texts.len();
        self.texts.push_str(text);
        self.texts.push('\0');
        Span { at, len: text.len() }
    }

    fn named(&mut self, label: Label) -> Shown {
        let texts = |held: &Self| {
            let snapshot = held.inner.snapshot();
            let text = |language| label.text(snapshot, language).to_owned();
            (label.code(snapshot).to_owned(), text(Language::Zh), text(Language::En))
        };
        let (code, zh, en) = texts(self);
        Shown {
            code: self.text(&code),
            label: [self.text(&zh), self.text(&en)],
            ..Shown::default()
        }
    }

    fn valued(&mut self, shown: Shown, value: Value) -> Shown {
        let fen = if let Value::Money(money) = value { Some(money.fen()) } else { None };
        let zh = self.text(&value.text(Language::Zh));
        let en = self.text(&value.text(Language::En));
        Shown { fen, value: [zh, en], ..shown }
    }

    fn cite(&mut self, id: CiteId) -> Option<usize> {
        if let Some(at) = self.cited.iter().position(|(seen, _)| *seen == id) {
            return Some(at);
        }
        let citation: Citation = self.inner.snapshot().citation(id)?.clone();
        let source = citation.source();
        let cited = Cited {
            title: self.text(&source.title),
            number: self.text(source.number.as_deref().unwrap_or_default()),
            clause: self.text(citation.clause()),
            place: self.text(citation.place()),
            note: self.text(citation.note().unwrap_or_default()),
            evidence: number_of(EVIDENCES, citation.evidence()),
            layer: number_of(LAYERS, citation.layer()),
            from: date(citation.from()),
            to: citation.to().map_or(0, date),
        };
        self.cited.push((id, cited));
        Some(self.cited.len() - 1)
    }

    fn view(&self, span: Span) -> zg_str {
        match self.texts.get(span.at..span.at + span.len) {
            Some(text) if span.len > 0 => zg_str { data: text.as_ptr().cast(), len: span.len },
            _ => zg_str::EMPTY,
        }
    }

    fn step(&self, index: usize) -> Result<zg_step, Fault> {
        let shown = self.steps.get(index).ok_or_else(|| Fault::no_step(index))?;
        let cited = shown.cited.and_then(|at| self.cited.get(at)).map(|(_, cited)| cited);
        let source = |get: fn(&Cited) -> Span| cited.map_or(zg_str::EMPTY, |c| self.view(get(c)));
        let [label_zh, label_en] = shown.label.map(|span| self.view(span));
        let [value_zh, value_en] = shown.value.map(|span| self.view(span));
        Ok(zg_step {
            size: size_of::<zg_step>(),
            kind: shown.kind,
            op: shown.op,
            depth: shown.depth,
            is_amount: shown.fen.is_some().into(),
            fen: shown.fen.unwrap_or(0),
            code: self.view(shown.code),
            label_zh,
            label_en,
            value_zh,
            value_en,
            source_title: source(|c| c.title),
            source_number: source(|c| c.number),
            clause: source(|c| c.clause),
            place: source(|c| c.place),
            note: source(|c| c.note),
            evidence: cited.map_or(0, |c| c.evidence),
            layer: cited.map_or(0, |c| c.layer),
            from: cited.map_or(0, |c| c.from),
            to: cited.map_or(0, |c| c.to),
        })
    }
}

fn number(op: Op) -> i32 {
    match op {
        Op::Is => ZG_OP_IS,
        Op::Plus => ZG_OP_PLUS,
        Op::Minus => ZG_OP_MINUS,
        Op::Times => ZG_OP_TIMES,
        Op::Over => ZG_OP_OVER,
        Op::AtLeast => ZG_OP_AT_LEAST,
        Op::AtMost => ZG_OP_AT_MOST,
    }
}

/// A date as the number 20250301.
fn date(date: NaiveDate) -> u32 {
    u32::try_from(date.year()).unwrap_or(0) * 10_000 + date.month() * 100 + date.day()
}

/// Writes what `get` finds in a derivation to `out`.
///
/// # Safety
///
/// The conventions of the header.
unsafe fn answer<T>(
    derivation: *const zg_derivation,
    out: *mut T,
    err: *mut *mut zg_error,
    get: impl FnOnce(&Held) -> Result<T, Fault>,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out) =
            unsafe { (handle::borrow(derivation, "derivation")?, Out::new(out, "out")?) };
        out.put(get(held)?);
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns the derivation of a payslip. 返回工资单的推导过程。
///
/// payslip  Borrowed; the derivation stays valid without it.
/// out      On ZG_OK, a derivation owned by the caller (zg_derivation_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_derivation(
    payslip: *const zg_payslip,
    out: *mut *mut zg_derivation,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out) = unsafe { (handle::borrow(payslip, "payslip")?, Out::new(out, "out")?) };
        out.put(handle::give(Held::new(held.derivation().clone())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Runs any rule of the catalogue and returns how its value came about. 运行规则并返回推导过程。
///
/// engine   Borrowed. Any number of threads may use it at once.
/// rule     UTF-8 id of the rule, rule_len bytes.
/// input    UTF-8 JSON object, input_len bytes, as for zg_engine_evaluate.
/// out      On ZG_OK, a derivation owned by the caller (zg_derivation_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns what zg_engine_evaluate returns. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_derive(
    engine: *const zg_engine,
    rule: *const c_char,
    rule_len: usize,
    input: *const c_char,
    input_len: usize,
    out: *mut *mut zg_derivation,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, rule, input) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(rule, rule_len, "rule")?,
                text::read(input, input_len, "input")?,
            )
        };
        let answer = engine.evaluate_owned(rule, request::parse(input)?)?;
        out.put(handle::give(Held::new(answer.derivation().clone())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns how many steps a derivation has. 返回步骤数。
///
/// derivation Borrowed. NULL and a handle of another kind give 0. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_derivation_step_count(derivation: *const zg_derivation) -> usize {
    plain(0, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(derivation, "derivation") }.map_or(0, |held| held.steps.len())
    })
}

/// Returns one step of a derivation. 返回推导的一步。
///
/// derivation Borrowed.
/// index    From 0, in the order in which the rules took them.
/// out      Its size field is sizeof(zg_step). On ZG_OK, the step. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, ZG_NO_SUCH_LINE. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_derivation_step(
    derivation: *const zg_derivation,
    index: usize,
    out: *mut zg_step,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out) =
            unsafe { (handle::borrow(derivation, "derivation")?, Out::sized(out, "out")?) };
        out.put(held.step(index)?);
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns a derivation as text, indented. 返回推导说明。
///
/// derivation Borrowed.
/// lang     ZG_ZH or ZG_EN.
/// out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_derivation_text(
    derivation: *const zg_derivation,
    lang: i32,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |held: &Held| Ok(handle::give(Text::new(held.inner.text(language(lang)?))));
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(derivation, out, err, get) }
}

/// Returns a derivation as JSON, a tree of lines with every source. 返回推导过程的 JSON。
///
/// derivation Borrowed.
/// out      On ZG_OK, JSON as under "derivation" of form "evaluation/1", owned by the caller
///          (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_derivation_json(
    derivation: *const zg_derivation,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |held: &Held| Ok(handle::give(Text::new(held.inner.to_json().to_string())));
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(derivation, out, err, get) }
}

/// Frees a derivation. 释放推导过程。
///
/// derivation Owned by the caller, or NULL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_derivation_free(derivation: *mut zg_derivation) {
    // SAFETY: the conventions of the header, which callers keep.
    plain((), || unsafe { handle::free(derivation) });
}

//! Which of the two neighbouring amounts a rounding takes.

/// Which of the two neighbouring amounts a rounding takes.
///
/// All modes work on the magnitude: −0.125 rounds as 0.125 does and keeps its sign, so that a
/// deduction and the payment that it takes back cancel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RoundingMode {
    /// 四舍五入: the nearer one, and at the exact half the one away from zero.
    ///
    /// The ordinary custom of payroll, and what texts mean that say no more than "四舍五入".
    HalfUp,
    /// 四舍六入五成双: the nearer one, and at the exact half the even one.
    HalfEven,
    /// 进位: away from zero as soon as anything is left over, be it a part of a fen.
    Up,
    /// 舍去: toward zero; what is left over is dropped.
    Down,
    /// 见分进角: parts of a fen are dropped, then any fen goes up to the next jiao.
    ///
    /// 12.009 stays 12.00, because only the digit of the fen is looked at; 12.01 becomes 12.10.
    FenToJiao,
    /// 见角进元: what is below a jiao is dropped, then any jiao goes up to the next yuan.
    ///
    /// 12.05 becomes 12.00, because only the digit of the jiao is looked at; 12.10 becomes 13.00.
    JiaoToYuan,
}

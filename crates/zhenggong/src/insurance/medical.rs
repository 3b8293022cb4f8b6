//! 基本医疗保险（含生育）, medical insurance with maternity (rule `insurance.medical`).

use crate::number::Money;

super::scheme! {
    /// What the packs say about medical insurance, with maternity insurance merged in.
    ///
    /// # Source
    ///
    /// 社会保险法 arts 23 and 53: both sides pay medical insurance, the employer alone maternity. The
    /// employer's rate and a flat personal amount for large claims are local.
    ///
    /// # Rounding
    ///
    /// Each line by itself, as the place says; no national rule fixes it.
    Medical: "insurance.medical", "基本医疗保险缴费", "medical insurance contribution";
    about: "缴费基数乘以缴费比例（单位部分含生育），个人另可有定额。",
        "The base times the rate (the employer's with maternity); a flat personal amount may come on top.";
    items: Medical, EmployerMedical;
    rates: Local, Local;
    also: [field::<Money>("flat_personal", Scope::Local)];
}

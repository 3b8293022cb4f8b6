//! 企业职工基本养老保险, basic pension of enterprises: auxiliaries (rule
//! `insurance.enterprise-pension`).

super::scheme! {
    /// What the packs say about the basic pension of contract staff (辅警).
    ///
    /// # Source
    ///
    /// 社会保险法 art. 12 (shares of both sides); 国办发〔2019〕13号 (16 % by the employer from 2019-05;
    /// some provinces came up from 14 % later and need a pack of their own).
    ///
    /// # Rounding
    ///
    /// Each line by itself, as the place says; no national rule fixes it.
    EnterprisePension: "insurance.enterprise-pension", "企业职工基本养老保险缴费",
        "enterprise pension contribution";
    about: "缴费基数乘以缴费比例，个人、单位分别计算并取整（辅警）。",
        "The base times the rate, each side computed and rounded by itself (auxiliaries).";
    items: Pension, EmployerPension;
    rates: Local, Local;
    also: [];
}

//! 机关事业单位基本养老保险, basic pension of institutions: officers (rule
//! `insurance.institution-pension`).

super::scheme! {
    /// What the packs say about the basic pension of government institutions (民警).
    ///
    /// # Source
    ///
    /// 国发〔2015〕2号: 8 % of the person's own base. 国办发〔2019〕13号: 16 % by the employer from
    /// 2019-05; the employer's rate before is not attested and stays a gap. The base is that of
    /// `insurance.contribution-base`.
    ///
    /// # Rounding
    ///
    /// Each line by itself, as the place says; no national rule fixes it.
    InstitutionPension: "insurance.institution-pension", "机关事业单位基本养老保险缴费",
        "institution pension contribution";
    about: "缴费基数乘以缴费比例，个人、单位分别计算并取整（民警）。",
        "The base times the rate, each side computed and rounded by itself (officers).";
    items: Pension, EmployerPension;
    rates: National, Local;
    also: [];
}

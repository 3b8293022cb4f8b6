//! 失业保险, unemployment insurance (rule `insurance.unemployment`).

super::scheme! {
    /// What the packs say about unemployment insurance.
    ///
    /// # Source
    ///
    /// 社会保险法 art. 44: both sides pay. The rates of 失业保险条例 art. 6 (2 % and 1 %) have been cut for
    /// stated periods since, so the rate in force is local and has an end.
    ///
    /// # Rounding
    ///
    /// Each line by itself, as the place says; no national rule fixes it.
    Unemployment: "insurance.unemployment", "失业保险缴费", "unemployment insurance contribution";
    about: "缴费基数乘以当地现行（阶段性）缴费比例。",
        "The base times the local rate in force, which is set for a stated period.";
    items: Unemployment, EmployerUnemployment;
    rates: Local, Local;
    also: [];
}

//! 职业年金, occupational annuity: officers (rule `insurance.occupational-annuity`).

super::scheme! {
    /// What the packs say about the occupational annuity of government institutions (民警).
    ///
    /// # Source
    ///
    /// 国办发〔2015〕18号 art. 4: 4 % withheld from the person and 8 % by the unit, of the base of the
    /// basic pension; art. 6: a fully budget-funded unit keeps its share on the books; art. 7: 8 % of
    /// the person's own base is credited. Art. 4 counts the unit's share on its wage total: with a
    /// person's base the line is what is credited to that person.
    ///
    /// # Rounding
    ///
    /// Each line by itself, as the place says; no national rule fixes it.
    OccupationalAnnuity: "insurance.occupational-annuity", "职业年金缴费",
        "occupational annuity contribution";
    about: "基本养老保险缴费基数的4%（个人）和8%（单位）。",
        "4 % (own share) and 8 % (employer) of the base of the basic pension.";
    items: OccupationalAnnuity, EmployerAnnuity;
    rates: National, National;
    also: [];
}

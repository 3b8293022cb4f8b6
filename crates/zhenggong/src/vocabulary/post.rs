//! 职务层次, post tiers, and the two kinds of post that pay differs by.

use super::vocabulary;

vocabulary! {
    /// The twelve post tiers (职务层次) of civil servants, high to low, as the pay tables list them.
    pub enum PostTier ("post-tier", "职务层次", "post tier") {
        StatePrincipal = "state-principal", "国家级正职", "State level, principal";
        StateDeputy = "state-deputy", "国家级副职", "State level, deputy";
        ProvinceMinistryPrincipal = "province-ministry-principal", "省部级正职", "Province or ministry level, principal";
        ProvinceMinistryDeputy = "province-ministry-deputy", "省部级副职", "Province or ministry level, deputy";
        BureauPrincipal = "bureau-principal", "厅局级正职", "Bureau level, principal";
        BureauDeputy = "bureau-deputy", "厅局级副职", "Bureau level, deputy";
        DivisionPrincipal = "division-principal", "县处级正职", "Division level, principal";
        DivisionDeputy = "division-deputy", "县处级副职", "Division level, deputy";
        SectionPrincipal = "section-principal", "乡科级正职", "Section level, principal";
        SectionDeputy = "section-deputy", "乡科级副职", "Section level, deputy";
        StaffMember = "staff-member", "科员", "Staff member";
        Clerk = "clerk", "办事员", "Clerk";
    }
}

vocabulary! {
    /// Whether a post is a leading one (领导职务); the tables before 2019 pay the two kinds apart.
    pub enum PostKind ("post-kind", "职务类别", "kind of post") {
        Leading = "leading", "领导职务", "leading post";
        NonLeading = "non-leading", "非领导职务", "non-leading post";
    }
}

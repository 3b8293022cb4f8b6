//! The closed lists that schemes are written with.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// Who is assessed.
    #[derive(PartialOrd, Ord)]
    pub enum SubjectKind ("subject-kind", "考核对象", "subject of assessment") {
        Unit = "unit", "单位", "unit";
        Leader = "leader", "领导", "leader";
        Officer = "officer", "民警", "officer";
        Auxiliary = "auxiliary", "辅警", "auxiliary";
    }
}

vocabulary! {
    /// How long one assessment runs.
    #[derive(PartialOrd, Ord)]
    pub enum PeriodKind ("period-kind", "考核周期", "period of assessment") {
        Month = "month", "月度", "month";
        Quarter = "quarter", "季度", "quarter";
        HalfYear = "half-year", "半年", "half-year";
        Year = "year", "年度", "year";
    }
}

impl PeriodKind {
    /// Returns how many months the period has.
    #[must_use]
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

vocabulary! {
    /// 平战: in which condition a scheme holds.
    pub enum Condition ("condition", "平战状态", "condition") {
        Peacetime = "peacetime", "平时", "peacetime";
        Wartime = "wartime", "战时", "wartime";
    }
}

vocabulary! {
    /// How a period is scored that a switch of condition splits.
    pub enum Split ("split", "平战分段合成", "combining of split periods") {
        Days = "days", "按天数加权", "mean weighted by days";
        Changes = "changes", "各段增减分相加", "sum of the changes of each part";
    }
}

vocabulary! {
    /// How the rules of an item change the sheet.
    pub enum ItemMode ("item-mode", "项目计分方式", "mode of an item") {
        ScaledLoss = "scaled-loss", "百分制折算扣分", "loss on a scale of 100, scaled by the weight";
        DirectLoss = "direct-loss", "直接扣分", "loss taken straight off the weight";
        Earn = "earn", "得分制", "points earned from zero";
        Public = "public", "公共加扣分", "raw additions and deductions";
    }
}

vocabulary! {
    /// The kinds of rule that an item is made of. The list is closed.
    pub enum RuleKind ("rule-kind", "计分规则种类", "kind of scoring rule") {
        Fixed = "fixed", "定额", "fixed, once a period";
        PerOccurrence = "per-occurrence", "按次", "for each occurrence";
        Surcharge = "surcharge", "按次并加重", "for each occurrence, with surcharges";
        Shortfall = "shortfall", "欠数", "for each one missing";
        Target = "target", "目标完成率", "by the part of a target that is missing";
        Ceiling = "ceiling", "控制数", "above a control number, in steps";
        Bands = "bands", "分档", "by the band of a measured value";
        Rated = "rated", "评议", "weighted average of ratings";
        Manual = "manual", "评定", "entered within limits";
        Fitness = "fitness", "体能测试", "by the standard of fitness tests";
        TrainingDays = "training-days", "训练天数", "for each day of training missing";
    }
}

vocabulary! {
    /// Whether a rule takes points off or adds them.
    pub enum Direction ("direction", "加扣方向", "direction") {
        Deduct = "deduct", "扣分", "deduction";
        Add = "add", "加分", "addition";
    }
}

vocabulary! {
    /// What a rule does where nothing was measured or rated in the period.
    pub enum WhenMissing ("when-missing", "未录入时", "where nothing was entered") {
        Refuse = "refuse", "不予计算", "refuse to compute";
        Zero = "zero", "按零计", "count as zero";
        Skip = "skip", "不计", "leave out";
    }
}

vocabulary! {
    /// What a veto does.
    pub enum VetoEffect ("veto-effect", "否决效果", "effect of a veto") {
        Zero = "zero", "计零分", "score zero";
        GradeAtMost = "grade-at-most", "等次不高于", "grade at most";
        NoGrade = "no-grade", "不确定等次", "no grade";
        Terminate = "terminate", "解除合同", "contract ends";
    }
}

vocabulary! {
    /// How far a veto reaches.
    pub enum VetoScope ("veto-scope", "否决范围", "scope of a veto") {
        Period = "period", "本周期", "this period";
        Year = "year", "本年度", "the year";
    }
}

vocabulary! {
    /// How sheets make a total.
    pub enum CombineKind ("combine", "合成方式", "combining of sheets") {
        Sum = "sum", "各表相加", "sum of the sheets";
        Weighted = "weighted", "加权", "weighted sum of the sheets";
        Mean = "mean", "平均", "mean of the sheets";
        BaseMinusLoss = "base-minus-loss", "基础分加各表增减分", "base with the changes of every sheet";
    }
}

vocabulary! {
    /// What happens with a total above the full score.
    pub enum Above ("above", "超过满分时", "where the total is above the full score") {
        Refuse = "refuse", "不予接受", "refuse";
        Cap = "cap", "按满分计", "cut to the full score";
        Allow = "allow", "据实计", "let it stand";
    }
}

vocabulary! {
    /// What a factor multiplies.
    pub enum FactorOn ("factor-on", "系数作用于", "what a factor multiplies") {
        Event = "event", "事件得分", "points of an event";
        Total = "total", "总分", "total";
    }
}

vocabulary! {
    /// How the scores of periods make one.
    pub enum RollupMethod ("rollup-method", "周期合成方式", "combining of periods") {
        Mean = "mean", "平均", "mean";
        Weighted = "weighted", "加权平均", "weighted mean";
        Sum = "sum", "相加", "sum";
        Last = "last", "取最后一期", "the last one";
    }
}

vocabulary! {
    /// What combining does about a period without a score.
    pub enum MissingPeriod ("missing-period", "缺期处理", "periods without a score") {
        Refuse = "refuse", "不予合成", "refuse";
        Skip = "skip", "按有分的期次计", "go by the periods that have one";
        Zero = "zero", "按零分计", "count as zero";
    }
}

vocabulary! {
    /// What a period without a grade is for a longer one.
    pub enum UngradedPart ("ungraded-part", "不确定等次的期次", "periods without a grade") {
        Counts = "counts", "分数照计", "their totals count";
        Missing = "missing", "视同缺期", "as if they had no score";
    }
}

vocabulary! {
    /// What happens with bad subjects and events.
    pub enum OnError ("on-error", "出错处理方式", "way to treat errors") {
        Raise = "raise", "整批不计", "the first error is the answer";
        Report = "report", "列出错误，其余照计", "errors are listed, and the others are scored";
    }
}

#[allow(clippy::derivable_impls, reason = "members of a list have no attributes of their own")]
impl Default for OnError {
    fn default() -> Self {
        Self::Raise
    }
}

vocabulary! {
    /// What the scores of a period show besides.
    pub enum Show ("show", "附带输出", "shown besides") {
        Trail = "trail", "逐项来历", "trail of every point";
        Ranking = "ranking", "排名", "ranking lists";
    }
}

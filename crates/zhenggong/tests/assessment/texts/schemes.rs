//! What the schemes say that are told.

/// One sheet, two factors of the total, and every bound.
pub(super) const OWN: &str = r#"id = "own-officer"
zh = "民警考核"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 1" }
combine = "base-minus-loss"
base = "90"
total = { full = "100", above = "cap", floor = "40" }
ungraded = { id = "none", zh = "不确定等次", en = "no grade" }
grades = [
    { id = "pass", zh = "合格", en = "pass", from = "60" },
    { id = "fail", zh = "不合格", en = "fail" },
]
factors = [
    { id = "post", zh = "岗位系数", en = "post", clause = "第五条", on = "total", identities = { "一线" = "1.13" }, default = "0.97" },
]
vetoes = [
    { id = "leak", zh = "泄密", en = "leak", clause = "第六条", rules = ["leak"], effect = "grade-at-most", grade = "fail", scope = "period" },
]

[[value.scheme.sheets]]
id = "work"
zh = "工作"
en = "work"
base = "100"

[[value.scheme.sheets.items]]
id = "duty"
zh = "勤务"
en = "duty"
mode = "public"
rules = [
    { id = "late", zh = "迟到", en = "late", kind = "per-occurrence", points = "3.3" },
    { id = "leak", zh = "泄密", en = "leak", kind = "fixed", points = "1" },
]
"#;

/// Rules of every kind, with what goes into their points.
pub(super) const GROUNDS: &str = r#"id = "own-officer"
zh = "民警考核"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 2" }
combine = "sum"
total = { full = "200", above = "cap", floor = "0" }
ungraded = { id = "none", zh = "不确定等次", en = "no grade" }
grades = [
    { id = "pass", zh = "合格", en = "pass", from = "60" },
    { id = "fail", zh = "不合格", en = "fail" },
]
factors = [
    { id = "personal", zh = "纯属个人原因", en = "purely personal cause", clause = "第九条", on = "event", flag = "个人原因", value = "0.3" },
    { id = "post", zh = "岗位系数", en = "post", clause = "第十条", on = "total", identities = { "一线" = "1.1", "机关" = "0.9" }, default = "1" },
]
vetoes = [
    { id = "often", zh = "多次违纪", en = "often", clause = "第十一条", rules = ["breach"], at_least = 2, effect = "no-grade", scope = "period" },
    { id = "low", zh = "业务过低", en = "work too low", clause = "第十二条", sheet = "work", below = "80", effect = "grade-at-most", grade = "fail", scope = "period" },
]

[[value.scheme.sheets]]
id = "work"
zh = "业务"
en = "work"
base = "100"

[[value.scheme.sheets.items]]
id = "tasks"
zh = "任务"
en = "tasks"
clause = "第二条"
mode = "direct-loss"
weight = "60"
rules = [
    { id = "patrols", zh = "巡逻", en = "patrols", kind = "shortfall", due = 4, points = "0.3" },
    { id = "arrests", zh = "抓获", en = "arrests", kind = "target", units = "1", per = 3, whole = true, worth = "10" },
    { id = "checks", zh = "检查", en = "checks", kind = "target", target = "20", over = "40", worth = "8" },
    { id = "thefts", zh = "盗窃", en = "thefts", kind = "ceiling", limit = 20, first = "2", step_percent = "10", step_points = "1" },
    { id = "fires", zh = "火灾", en = "fires", kind = "ceiling", limit = 0, first = "3", per_case = "1", missing = "zero" },
    { id = "fitness", zh = "体能", en = "fitness", kind = "bands", bands = [{ below = "240", points = "5" }, { from = "240", below = "320", points = "2" }, { from = "320", points = "0" }] },
]

[[value.scheme.sheets.items]]
id = "conduct"
zh = "作风"
en = "conduct"
clause = "第三条"
mode = "scaled-loss"
weight = "40"
rules = [
    { id = "breach", zh = "违纪", en = "breach", kind = "surcharge", points = "10", flags = { "屡犯" = "5" }, cap = "45" },
]

[[value.scheme.sheets]]
id = "team"
zh = "队伍"
en = "team"
base = "0"
full = "100"

[[value.scheme.sheets.items]]
id = "rating"
zh = "评议"
en = "rating"
clause = "第四条"
mode = "earn"
weight = "100"
rules = [
    { id = "marks", zh = "民主评议", en = "marks", kind = "rated", scale = "100", worth = "50", weights = { "领导" = "0.6", "同事" = "0.4" } },
]

[[value.scheme.sheets.items]]
id = "honours"
zh = "表彰"
en = "honours"
mode = "public"
most = "6"
rules = [
    { id = "praise", zh = "嘉奖", en = "praise", clause = "第五条", kind = "per-occurrence", direction = "add", points = "3", once_per_matter = true },
    { id = "merit", zh = "三等功", en = "merit", clause = "第五条", kind = "per-occurrence", direction = "add", points = "5", once_per_matter = true },
]
"#;

/// Rules by the standards of tests and training, in the place of the other tasks.
pub(super) const TESTS: &str = r#"
    { id = "each", zh = "体能达标（每项60分）", en = "fitness, 60 in each", kind = "fitness", pass = 60, failed = "8" },
    { id = "sum", zh = "体能四项合计", en = "fitness, sum of four", kind = "fitness", bands = [{ below = "320", points = "5" }, { from = "320", points = "1.5" }] },
    { id = "drill", zh = "实战训练日", en = "days of drill", kind = "training-days", due = { "一线" = 3, "机关" = 1 }, points = "2", cap = "4" },
    { id = "duty", zh = "值班训练日", en = "days of training on duty", kind = "training-days", due = { "一线" = 2, "机关" = 1 }, points = "0.5" },
]
"#;

//! Schemes of every shape: two sheets whose items have all modes, with rules of all kinds.

use proptest::prelude::*;

use crate::own::SCHEME;

/// What an event of a rule brings.
pub(crate) struct Spec {
    pub(crate) id: &'static str,
    /// Whether it is counted.
    pub(crate) counts: bool,
    /// Whether it names its matter.
    pub(crate) once: bool,
    /// Whether its points are entered.
    pub(crate) entered: bool,
    /// Whether it has a value.
    pub(crate) measured: bool,
    pub(crate) flag: Option<&'static str>,
}

const PLAIN: Spec =
    Spec { id: "", counts: true, once: false, entered: false, measured: false, flag: Some("own") };

pub(crate) const RULES: [Spec; 19] = [
    Spec { id: "minor", once: true, ..PLAIN },
    Spec { id: "major", once: true, ..PLAIN },
    Spec { id: "found", once: true, entered: true, ..PLAIN },
    Spec { id: "praise", once: true, ..PLAIN },
    Spec { id: "medal", once: true, ..PLAIN },
    Spec { id: "awarded", once: true, entered: true, ..PLAIN },
    Spec { id: "late", ..PLAIN },
    Spec { id: "repeated", flag: Some("again"), ..PLAIN },
    Spec { id: "once", ..PLAIN },
    Spec { id: "by-hand", entered: true, ..PLAIN },
    Spec { id: "grave", ..PLAIN },
    Spec { id: "leak", ..PLAIN },
    Spec { id: "good", ..PLAIN },
    Spec { id: "cases", counts: false, measured: true, flag: None, ..PLAIN },
    Spec { id: "thefts", counts: false, measured: true, flag: None, ..PLAIN },
    Spec { id: "band", counts: false, measured: true, flag: None, ..PLAIN },
    Spec { id: "drills", flag: None, ..PLAIN },
    Spec { id: "solved", flag: None, ..PLAIN },
    Spec { id: "rated", counts: false, entered: true, flag: None, ..PLAIN },
];

/// The rules of which one more event is a deduction.
pub(crate) const DEDUCTIONS: [&str; 11] = [
    "minor", "major", "found", "late", "repeated", "once", "by-hand", "grave", "leak", "cases",
    "thefts",
];

/// How a scheme is made.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The modes of the three items of the first sheet.
    pub(crate) modes: [&'static str; 3],
    pub(crate) above_weight: bool,
    pub(crate) caps: bool,
    pub(crate) limits: bool,
    pub(crate) bounds: bool,
    pub(crate) veto: bool,
    pub(crate) coarse: bool,
    pub(crate) combine: &'static str,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            modes: ["public"; 3],
            above_weight: false,
            caps: true,
            limits: false,
            bounds: false,
            veto: false,
            coarse: false,
            combine: "sum",
        }
    }
}

pub(crate) fn shape() -> impl Strategy<Value = Shape> {
    let mode = || prop::sample::select(vec!["scaled-loss", "direct-loss", "earn", "public"]);
    let combine = prop::sample::select(vec!["sum", "weighted", "mean", "base-minus-loss"]);
    let modes = [mode(), mode(), mode()];
    (modes, any::<[bool; 6]>(), combine).prop_map(|(modes, bits, combine)| {
        let [above_weight, caps, limits, bounds, veto, coarse] = bits;
        Shape { modes, above_weight, caps, limits, bounds, veto, coarse, combine }
    })
}

fn rule(id: &str, kind: &str, rest: &str) -> String {
    format!(
        "    {{ id = \"{id}\", zh = \"规则{id}\", en = \"rule {id}\", kind = \"{kind}\", {rest} }},\n"
    )
}

impl Shape {
    fn cap(&self, points: &str) -> String {
        if self.caps { format!(", cap = \"{points}\"") } else { String::new() }
    }

    fn item(&self, id: &str, mode: &str, rules: &str) -> String {
        let more = match mode {
            "public" if self.limits => "least = \"20\"\nmost = \"15\"\n".to_owned(),
            "public" => String::new(),
            "earn" => "weight = \"100\"\n".to_owned(),
            _ if self.above_weight => "weight = \"100\"\nabove_weight = true\n".to_owned(),
            _ => "weight = \"100\"\n".to_owned(),
        };
        format!(
            "[[value.scheme.sheets.items]]\nid = \"{id}\"\nzh = \"项目{id}\"\nen = \"item {id}\"\nmode = \"{mode}\"\n{more}rules = [\n{rules}]\n"
        )
    }

    fn sheet(&self, id: &str, weight: &str, full: usize, items: &str) -> String {
        let weight = if self.combine == "weighted" { weight } else { "" };
        let bounds = if self.bounds { "floor = \"10\"\ncap = \"105\"\n" } else { "" };
        let full = if full == 0 { String::new() } else { format!("full = \"{full}\"\n") };
        format!(
            "[[value.scheme.sheets]]\nid = \"{id}\"\nzh = \"表{id}\"\nen = \"sheet {id}\"\nbase = \"100\"\n{full}{weight}{bounds}{items}"
        )
    }

    fn first_item(&self) -> String {
        let once = "once_per_matter = true";
        [
            rule("minor", "per-occurrence", &format!("points = \"4\", {once}{}", self.cap("6"))),
            rule("major", "per-occurrence", &format!("points = \"3\", {once}")),
            rule("found", "manual", &format!("min = \"0\", max = \"20\", {once}{}", self.cap("9"))),
            rule("good", "per-occurrence", "points = \"2\", direction = \"add\""),
        ]
        .concat()
    }

    fn second_item(&self) -> String {
        let add = "once_per_matter = true, direction = \"add\"";
        [
            rule("praise", "per-occurrence", &format!("points = \"2.5\", {add}{}", self.cap("4"))),
            rule("medal", "per-occurrence", &format!("points = \"2\", {add}")),
            rule(
                "awarded",
                "manual",
                &format!("min = \"0\", max = \"20\", {add}{}", self.cap("8")),
            ),
            rule("late", "per-occurrence", &format!("points = \"0.7\"{}", self.cap("3"))),
            rule(
                "repeated",
                "surcharge",
                &format!("points = \"1\", flags = {{ again = \"2\" }}{}", self.cap("8")),
            ),
        ]
        .concat()
    }

    fn third_item() -> String {
        [
            rule("once", "fixed", "points = \"5\""),
            rule("by-hand", "manual", "min = \"0\", max = \"20\""),
            rule("cases", "ceiling", "limit = 5, first = \"2\", step_percent = \"10\", step_points = \"1\", missing = \"zero\""),
            rule("thefts", "ceiling", "limit = 0, first = \"1\", per_case = \"0.5\", missing = \"skip\""),
            rule("band", "bands", "bands = [{ from = \"5\", points = \"0\" }, { below = \"5\", points = \"3\" }], missing = \"skip\""),
            rule("drills", "shortfall", "due = 4, points = \"0.3\", missing = \"zero\""),
            rule("solved", "target", "units = \"3\", per = 10, whole = true, worth = \"6\", missing = \"zero\""),
            rule("rated", "rated", "scale = \"100\", worth = \"10\", weights = { \"领导\" = \"1\" }, missing = \"skip\""),
        ]
        .concat()
    }

    /// The pack with the scheme.
    pub(crate) fn text(&self) -> String {
        let by = if self.coarse { "half-up 1" } else { "half-up 4" };
        let base = if self.combine == "base-minus-loss" { "base = \"100\"" } else { "" };
        let floor = if self.bounds { ", floor = \"0\"" } else { "" };
        let veto = if self.veto {
            r#"vetoes = [
    { id = "leak-zero", zh = "泄密", en = "leak", rules = ["leak"], effect = "zero", scope = "period" },
    { id = "many", zh = "多次", en = "many", rules = ["late", "grave"], at_least = 4, effect = "grade-at-most", grade = "fail", scope = "period" },
    { id = "low", zh = "低分", en = "low", sheet = "b", below = "50", effect = "zero", scope = "period" },
]"#
        } else {
            ""
        };
        let full = |modes: &[&str]| modes.iter().filter(|m| **m != "public").count() * 100;
        let [one, two, three] = self.modes;
        let first = [
            self.item("i1", one, &self.first_item()),
            self.item("i2", two, &self.second_item()),
            self.item("i3", three, &Self::third_item()),
        ]
        .concat();
        let second = [
            rule("grave", "per-occurrence", "points = \"7.5\""),
            rule("leak", "fixed", "points = \"12\""),
        ]
        .concat();
        let second = format!(
            "[[value.scheme.sheets.items]]\nid = \"i4\"\nzh = \"项目\"\nen = \"item\"\nmode = \"public\"\nrules = [\n{second}]\n"
        );
        format!(
            r#"{SCHEME}id = "town-officer"
zh = "民警"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = {{ points = "{by}", score = "half-up 2" }}
combine = "{}"
{base}
total = {{ full = "100", above = "allow"{floor} }}
ungraded = {{ id = "none", zh = "无", en = "none" }}
grades = [{{ id = "pass", zh = "合格", en = "pass", from = "60" }}, {{ id = "fail", zh = "不合格", en = "fail" }}]
factors = [
    {{ id = "personal", zh = "个人原因", en = "personal cause", on = "event", flag = "own", value = "0.3" }},
    {{ id = "war", zh = "战时", en = "wartime", on = "event", condition = "wartime", value = "1.5" }},
    {{ id = "post", zh = "岗位", en = "post", on = "total", identities = {{ "一线" = "1.13" }}, default = "1" }},
]
{veto}
{}{}"#,
            self.combine,
            self.sheet("a", "weight = \"0.7\"\n", full(&[one, two, three]), &first),
            self.sheet("b", "weight = \"0.3\"\n", 0, &second),
        )
    }
}

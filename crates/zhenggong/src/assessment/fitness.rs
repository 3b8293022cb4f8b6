//! 体育锻炼达标标准, points for fitness by the standard of 2010 (rule `assessment.fitness`).
//!
//! A person takes one event of each category; the grade rests on the sum of four. Two of thirteen
//! tables are attested, men up to 25 and 26 to 30; for another group the rule names the gap. The sums
//! that the grades take were not found, so the rule gives points and no grade.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    answer::{ByTerm, by_term},
    fitness_group::{FitnessCategory, FitnessEvent, FitnessGroup, group_of},
    fitness_mark::{Mark, Marks},
    fitness_range, refusal,
};
use crate::{
    Error, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, CiteId, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{Sex, Term, Vocabulary},
};

type Columns = Table<FitnessEvent, Marks>;

/// What the packs say about fitness.
#[derive(Debug, Clone)]
pub struct FitnessStandard {
    to_age: Table<FitnessGroup, u32>,
    category: Table<FitnessEvent, Choice<FitnessCategory>>,
    points: Sourced<Marks>,
    // Men, then women, each by group; an error where the table is not attested or accepted.
    men: Vec<Result<Option<Columns>>>,
    women: Vec<Result<Option<Columns>>>,
}

/// One result of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FitnessResult {
    /// The event.
    pub event: FitnessEvent,
    /// Seconds (or minutes and seconds), metres or a count.
    pub mark: Mark,
}

/// 体能得分. The points of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FitnessScore {
    /// 年龄组. The age group.
    pub group: FitnessGroup,
    /// 各项目得分，单位分，按成绩录入顺序. The points of each event, in the order of the results.
    #[serde(serialize_with = "by_term")]
    #[schemars(with = "ByTerm<FitnessEvent, u32>")]
    pub points: Vec<(FitnessEvent, u32)>,
    /// 四类项目合计，单位分；四类未齐时不列. The sum of four, or none where a category is not covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<u32>,
}

static SCORE: Term = Term::new("fitness-score", "体能得分合计", "Points for fitness");
static EVENT: Term = Term::new("event-points", "项目得分", "Points of an event");
static MARK: Term = Term::new("mark", "成绩", "result");
static ROW: Term = Term::new("row", "所达标准", "mark of the row reached");
static SEX: Term = Term::new("sex", "性别", "sex");
static AGE: Term = Term::new("age", "年龄", "age");
static NO_SUM: Term = Term::new(
    "no-sum",
    "四类项目未齐，合计仅为已测项目",
    "not all four categories were tested, so this is not the sum of four",
);

/// Returns the points by the standard, for one to four results.
///
/// A result that lies between two rows has the points of the lower one.
///
/// # Source
///
/// 公安机关人民警察体育锻炼达标标准 (公政治〔2010〕445号; evidence: official for groups and categories, inferred
/// for the columns of the two tables).
///
/// # Errors
///
/// `CellNotAttested` for a table or column that is not attested, and for a result below the lowest
/// row; `NotApplicable` for an age outside all groups; `ContradictoryFacts` for two events of one
/// category; `MissingFact` without a result; `InvalidInput` for a result that nobody has, as one in
/// another unit, which says what to write.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{FitnessEvent, FitnessResult, fitness_score};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::Sex};
/// let snapshot = testing::national("2024-06")?;
/// let run = FitnessResult { event: FitnessEvent::Run1000, mark: "3:40".parse()? };
/// let score = fitness_score(snapshot.get()?, Sex::Male, 28, &[run], &mut NoTrace)?;
/// assert_eq!(score.points, [(FitnessEvent::Run1000, 95)]);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn fitness_score<T: Trace>(
    p: &FitnessStandard,
    sex: Sex,
    age: u32,
    results: &[FitnessResult],
    t: &mut T,
) -> Result<FitnessScore> {
    if results.is_empty() {
        return Err(refusal::missing(&RULE, "results"));
    }
    let (group, table) = p.table(sex, age)?;
    t.begin(&SCORE);
    t.note(&SEX, Some(Value::Term(sex.term())));
    t.note(&AGE, Some(Value::Count(age.into())));
    if let Some(to) = p.to_age.get(group) {
        t.cited_note(&FitnessGroup::KIND, Some(Value::Term(group.term())), to.cite);
    }
    let mut covered = [false; FitnessCategory::ALL.len()];
    let (mut points, mut sum) = (Vec::with_capacity(results.len()), 0);
    for (result, at) in results.iter().zip(0..) {
        fitness_range::check(&RULE, result.event.term(), result.event.range(), result.mark, at)?;
        let found = p.points_of(table, group, *result, &mut covered, t)?;
        points.push((result.event, found));
        sum += found;
    }
    let complete = covered.iter().all(|c| *c);
    if !complete {
        t.note(&NO_SUM, None);
    }
    t.end(Value::Count(sum.into()));
    Ok(FitnessScore { group, points, sum: complete.then_some(sum) })
}

/// What a result reaches in the table of its group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) category: FitnessCategory,
    /// The points; none below the lowest row.
    pub(super) points: Option<u32>,
    cite: CiteId,
    row: Option<(Mark, CiteId)>,
}

impl Reach {
    /// Says that a result is below the lowest row.
    #[cold]
    pub(super) fn below(self, result: FitnessResult) -> Error {
        let FitnessResult { event, mark } = result;
        refusal::not_attested(
            &RULE,
            (
                format!("{} {mark}（低于表中最低一行）", event.zh()),
                format!("{} {mark}, below the lowest row", event.en()),
            ),
        )
    }
}

impl FitnessStandard {
    /// Returns what one result reaches.
    pub(super) fn reach(&self, sex: Sex, age: u32, result: FitnessResult) -> Result<Reach> {
        let (group, table) = self.table(sex, age)?;
        fitness_range::check(&RULE, result.event.term(), result.event.range(), result.mark, 0)?;
        self.reach_in(table, group, result)
    }

    /// Returns the group of this age, and its table.
    fn table(&self, sex: Sex, age: u32) -> Result<(FitnessGroup, &Columns)> {
        let to_age: Vec<_> =
            FitnessGroup::ALL.iter().map(|g| self.to_age.get(*g).map(|s| s.value)).collect();
        let group = group_of(&to_age, sex, age)?;
        let tables = if sex == Sex::Male { &self.men } else { &self.women };
        match tables.get(group.index()) {
            Some(Ok(Some(table))) => Ok((group, table)),
            Some(Err(error)) => Err(error.clone()),
            _ => {
                let zh = format!("{}子{}", sex.zh(), group.zh());
                Err(refusal::not_attested(&RULE, (zh, format!("{}, {}", sex.en(), group.en()))))
            }
        }
    }

    fn reach_in(
        &self,
        table: &Columns,
        group: FitnessGroup,
        result: FitnessResult,
    ) -> Result<Reach> {
        let (event, mark) = (result.event, result.mark);
        let Some(category) = self.category.get(event) else {
            return Err(refusal::not_attested(&RULE, event.term()));
        };
        let Some(column) = table.get(event) else {
            return Err(refusal::not_attested(
                &RULE,
                (
                    format!("{} {}", group.zh(), event.zh()),
                    format!("{}, {}", group.en(), event.en()),
                ),
            ));
        };
        let reaches = |row: Mark| if event.is_timed() { mark <= row } else { mark >= row };
        let mut rows = column.value.0.iter().zip(&self.points.value.0);
        let reached =
            rows.find_map(|(row, points)| Some((row.filter(|r| reaches(*r))?, (*points)?)));
        Ok(Reach {
            category: category.value.0,
            points: reached.map(|(_, points)| points.hundredths() / 100),
            cite: category.cite,
            row: reached.map(|(row, _)| (row, column.cite)),
        })
    }

    fn points_of<T: Trace>(
        &self,
        table: &Columns,
        group: FitnessGroup,
        result: FitnessResult,
        covered: &mut [bool],
        t: &mut T,
    ) -> Result<u32> {
        let (event, mark) = (result.event, result.mark);
        let reach = self.reach_in(table, group, result)?;
        let of = reach.category;
        if covered.get_mut(of.index()).is_none_or(|c| std::mem::replace(c, true)) {
            let detail = format!("{}有两个项目 / two events of the {}", of.zh(), of.en());
            return Err(refusal::contradiction(&RULE, "results", detail));
        }
        let (Some((row, cite)), Some(points)) = (reach.row, reach.points) else {
            return Err(reach.below(result).field("results"));
        };
        t.begin(&EVENT);
        t.note(&FitnessEvent::KIND, Some(Value::Term(event.term())));
        t.cited_note(&FitnessCategory::KIND, Some(Value::Term(of.term())), reach.cite);
        t.note(&MARK, Some(Value::Number(mark.value())));
        t.cited_note(&ROW, Some(Value::Number(row.value())), cite);
        t.end(Value::Count(points.into()));
        Ok(points)
    }

    /// Says what is wrong with a table, or nothing.
    fn fault(&self) -> Option<String> {
        let points = self.points.value.0;
        let falls = points.windows(2).all(|w| matches!(w, [Some(a), Some(b)] if a > b));
        if !falls {
            return Some("分值应逐行递减 / points must fall from row to row".into());
        }
        for table in self.men.iter().chain(&self.women).filter_map(|t| t.as_ref().ok()?.as_ref()) {
            for (event, column) in table.iter() {
                let marks: Vec<_> = column.value.0.iter().flatten().collect();
                let eases = |a: &Mark, b: &Mark| if event.is_timed() { a < b } else { a > b };
                if !marks.windows(2).all(|w| matches!(w, [a, b] if eases(a, b))) {
                    return Some(format!(
                        "{}的标准应逐行放宽 / marks of the {} must ease from row to row",
                        event.zh(),
                        event.en()
                    ));
                }
            }
        }
        None
    }
}

const MEN: [&str; 7] = ["men_1", "men_2", "men_3", "men_4", "men_5", "men_6", "men_7"];
const WOMEN: [&str; 6] = ["women_1", "women_2", "women_3", "women_4", "women_5", "women_6"];

impl Parameters for FitnessStandard {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let tables = |keys: &[&'static str]| -> Vec<_> {
            keys.iter().map(|key| fields.optional::<Keyed<FitnessEvent, Marks>>(key)).collect()
        };
        let p = Self {
            to_age: fields.get::<Keyed<FitnessGroup, u32>>("to_age")?,
            category: fields.get::<Keyed<FitnessEvent, Choice<FitnessCategory>>>("category")?,
            points: fields.get::<Marks>("points")?,
            men: tables(&MEN),
            women: tables(&WOMEN),
        };
        match p.fault() {
            Some(detail) => Err(fields.shape_error(detail)),
            None => Ok(p),
        }
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<FitnessGroup, u32>>("to_age", Scope::National),
    field::<Keyed<FitnessEvent, Choice<FitnessCategory>>>("category", Scope::National),
    field::<Marks>("points", Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[0], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[1], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[2], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[3], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[4], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[5], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(MEN[6], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(WOMEN[0], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(WOMEN[1], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(WOMEN[2], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(WOMEN[3], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(WOMEN[4], Scope::National),
    field::<Keyed<FitnessEvent, Marks>>(WOMEN[5], Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.fitness", "体育锻炼达标得分", "points for fitness"),
    about: Term::new(
        "about",
        "按 2010 年标准查各项目得分和四类合计；仅青年一、二组男子表可考，其余指明缺口。",
        "Points by the standard of 2010, and their sum; only the tables of men up to 30 are attested, other gaps are named.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(SEX, "sex"),
        InputSpec::required(AGE, "count"),
        InputSpec::required(Term::new("results", "成绩", "results"), "[{event, mark}]"),
    ],
    output: "{group, points, sum}",
    resolve: resolve_as::<FitnessStandard>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    sex: Sex,
    age: u32,
    results: Vec<FitnessResult>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<FitnessScore> {
    fitness_score(snapshot.get()?, input.sex, input.age, &input.results, t)
}

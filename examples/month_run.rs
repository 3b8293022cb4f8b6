//! The main job: a month's pay for a whole roster.
//!
//! Prints the totals by unit, one payslip with its whole derivation, and the errors of the rows that
//! can't be computed, and writes the result as CSV. Run it with `--help` for the options.

use std::{
    env, fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use chrono::NaiveDate;
use zhenggong::{
    Engine, Error, ErrorCode, Result,
    calendar::{Month, parse_date},
    derivation::Language,
    policy::{Evidence, Pack},
    settlement::MonthRun,
    vocabulary::{PayItem, Vocabulary},
};
use zhenggong_roster::{Encoding, Roster, RosterOptions, read_roster, write_run};

/// Adds a line to the text that is printed at the end.
macro_rules! line {
    ($out:expr, $($text:tt)*) => {{
        $out.push_str(&format!($($text)*));
        $out.push('\n');
    }};
}

const HELP: &str = "\
month_run: 月度核算 / a month's pay from a roster

  --month 2021-03      月份 / month
  --roster FILE        花名册 CSV / roster (default: the sample roster)
  --gbk                花名册为 GBK 编码 / the roster is in GBK
  --place ID           内置示例政策包 / built-in example pack (default: example-city)
  --pack FILE          另加政策包文件 / one more pack file
  --person ID          说明哪个人 / whom to explain (default: P0001)
  --language zh|en     语言 / language (default: zh)
  --known-on DATE      按截至该日所知 / as known on this day
  --accept LEVEL       official|secondary|inferred (default: inferred; the sample city is invented)
  --out FILE           结果 CSV / result (default: out/month.csv)
";

struct Options {
    month: Month,
    roster: PathBuf,
    encoding: Encoding,
    place: Option<String>,
    packs: Vec<PathBuf>,
    person: String,
    language: Language,
    known_on: Option<NaiveDate>,
    accept: Evidence,
    out: PathBuf,
}

fn options() -> Result<Option<Options>> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut o = Options {
        month: Month::new(2021, 3)?,
        roster: here.join("data/sample-roster.csv"),
        encoding: Encoding::Utf8,
        place: None,
        packs: Vec::new(),
        person: "P0001".to_owned(),
        language: Language::Zh,
        known_on: None,
        accept: Evidence::Inferred,
        out: PathBuf::from("out/month.csv"),
    };
    let mut args = env::args().skip(1);
    while let Some(name) = args.next() {
        match name.as_str() {
            "--help" | "-h" => return Ok(None),
            "--gbk" => {
                o.encoding = Encoding::Gbk;
                continue;
            }
            _ => {}
        }
        let bad = |value: &str, known: &str| {
            Error::new(ErrorCode::InvalidOption)
                .arg("option", &name)
                .arg("value", value)
                .arg("known", known)
        };
        let value = args.next().ok_or_else(|| bad("", "--help"))?;
        match name.as_str() {
            "--month" => o.month = Month::parse(&value)?,
            "--roster" => o.roster = value.into(),
            "--place" => o.place = Some(value),
            "--pack" => o.packs.push(value.into()),
            "--person" => o.person = value,
            "--language" => o.language = Language::find(&value)?,
            "--known-on" => o.known_on = Some(parse_date(&value)?),
            "--accept" => o.accept = Evidence::find(&value)?,
            "--out" => o.out = value.into(),
            _ => return Err(bad(&value, "--help")),
        }
    }
    Ok(Some(o))
}

fn io(path: &std::path::Path, error: &std::io::Error) -> Error {
    Error::new(ErrorCode::Io).arg("detail", format!("{}: {error}", path.display()))
}

fn run(out: &mut String) -> Result<ExitCode> {
    let Some(o) = options()? else {
        out.push_str(HELP);
        return Ok(ExitCode::SUCCESS);
    };
    let zh = o.language == Language::Zh;
    let either = |chinese: &'static str, english| if zh { chinese } else { english };

    let mut builder =
        Engine::builder().packs(Pack::national()).accept(o.accept).known_on(o.known_on);
    let place = o.place.as_deref().unwrap_or("example-city");
    if place != "national" {
        let pack = Pack::example(place).ok_or_else(|| {
            Error::new(ErrorCode::UnknownPlace)
                .arg("place", place)
                .arg("known", Pack::example_ids().collect::<Vec<_>>().join(", "))
                .field("--place")
        })?;
        builder = builder.pack(pack);
    }
    // A place that was asked for is the place; else packs of one's own may be of a lower one.
    if let Some(place) = &o.place {
        builder = builder.place(place);
    }
    for path in &o.packs {
        let text = fs::read_to_string(path).map_err(|e| io(path, &e))?;
        builder = builder.pack(Pack::parse(&path.display().to_string(), &text));
    }
    let engine = match builder.build() {
        Ok(engine) => engine,
        Err(lint) => {
            for finding in &lint.findings {
                eprintln!("{}", if zh { finding.zh() } else { finding.en() });
            }
            return Ok(ExitCode::from(2));
        }
    };

    let bytes = fs::read(&o.roster).map_err(|e| io(&o.roster, &e))?;
    let name = o.roster.file_name().unwrap_or_default().to_string_lossy();
    let read = RosterOptions { encoding: o.encoding, month: o.month };
    let Roster { rows, findings, .. } = read_roster(&name, &bytes, &read);
    if !findings.is_empty() {
        line!(
            out,
            "{}",
            either(
                "花名册有误，请更正后重新核算：",
                "The roster has mistakes; correct them and run again:"
            )
        );
        for finding in &findings {
            line!(out, "{}", if zh { finding.zh() } else { finding.en() });
        }
        return Ok(ExitCode::from(1));
    }
    // Errors name the line of the file, as the findings above do.
    let lines = rows.iter().map(|r| (u64::from(r.line), &r.person));
    let month = engine.month_run_numbered(lines, o.month)?;

    print_totals(out, &month, zh);
    out.push('\n');
    match rows.iter().map(|r| &r.person).find(|p| p.person.as_str() == o.person) {
        None => line!(
            out,
            "{}",
            either("花名册中没有要说明的人。", "The person to explain is not in the roster.")
        ),
        Some(person) => match engine.payslip(person, o.month) {
            Ok(slip) => {
                out.push_str(&slip.text(o.language));
                line!(out, "{}", either("\n计算过程：", "\nDerivation:"));
                out.push_str(&slip.derivation.text(o.language));
            }
            Err(error) => line!(out, "{}", if zh { error.zh() } else { error.en() }),
        },
    }
    out.push('\n');
    print_errors(out, &month, zh);
    if let Some(dir) = o.out.parent().filter(|d| !d.as_os_str().is_empty()) {
        fs::create_dir_all(dir).map_err(|e| io(dir, &e))?;
    }
    fs::write(&o.out, write_run(&month, o.language)?).map_err(|e| io(&o.out, &e))?;
    out.push('\n');
    line!(out, "{} {}", if zh { "结果已写入" } else { "The result is in" }, o.out.display());
    let r = &month.receipt;
    line!(
        out,
        "{} zhenggong {} · {} · {} · {}",
        if zh { "回执" } else { "Receipt" },
        r.library,
        r.place,
        if zh { r.accept.zh() } else { r.accept.en() },
        r.packs.get(..16).unwrap_or_default()
    );
    Ok(ExitCode::SUCCESS)
}

fn print_totals(out: &mut String, month: &MonthRun, zh: bool) {
    let heads = if zh {
        ["单位", "人数", "应发合计", "扣款合计", "实发合计", "单位承担"]
    } else {
        ["Unit", "People", "Gross", "Deductions", "Net", "Employer"]
    };
    line!(out, "{} {}", month.month, if zh { "各单位合计（元）" } else { "totals by unit (yuan)" });
    let mut row = |name: &str, cells: [String; 5]| {
        let used: usize = name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        let mut line = format!("{name}{}", " ".repeat(16usize.saturating_sub(used)));
        for (n, cell) in cells.iter().enumerate() {
            let wide: usize = cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            let width: usize = if n == 0 { 8 } else { 16 };
            line.push_str(&" ".repeat(width.saturating_sub(wide)));
            line.push_str(cell);
        }
        line!(out, "{line}");
    };
    let [first, rest @ ..] = heads;
    row(first, rest.map(str::to_owned));
    let all = if zh { "合计" } else { "Total" };
    let units = month.units.iter().map(|(unit, t)| (unit.as_str(), t));
    for (name, t) in units.chain([(all, &month.totals)]) {
        let money = [t.gross, t.deductions, t.net, t.employer_cost].map(|m| m.to_string());
        let [a, b, c, d] = money;
        row(name, [t.people.to_string(), a, b, c, d]);
    }
    line!(out, "\n{}", if zh { "各项目合计（元）" } else { "Totals by item (yuan)" });
    for item in PayItem::ALL {
        if let Some(sum) = month.totals.items.get(item) {
            let term = item.term();
            line!(out, "  {sum:>16}  {}", if zh { term.zh } else { term.en });
        }
    }
}

fn print_errors(out: &mut String, month: &MonthRun, zh: bool) {
    if month.errors.is_empty() {
        return;
    }
    let count = month.errors.len();
    if zh {
        line!(out, "{count} 人未能核算（其余照常）：");
    } else {
        line!(out, "{count} people could not be computed (the others are not affected):");
    }
    for failed in &month.errors {
        let error = &failed.error;
        let text = if zh { error.zh() } else { error.en() };
        line!(out, "  [{}] {text}", error.code().number());
    }
}

fn main() -> ExitCode {
    let mut out = String::new();
    let code = run(&mut out).unwrap_or_else(|error| {
        eprintln!("[{}] {}\n{}", error.code().number(), error.zh(), error.en());
        ExitCode::from(2)
    });
    // A reader that closes the pipe early (`| head`) has seen what it wanted.
    let _ = io::stdout().lock().write_all(out.as_bytes());
    code
}

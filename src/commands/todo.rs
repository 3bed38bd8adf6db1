//! `cs todo`: every open duty, with its due time and the command that discharges it.

use clap::{ArgMatches, Command};
use serde_json::json;

use crate::base::field::List;
use crate::base::problem::{Exit, Failure, Outcome, Problem, all_or};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::{parse_date, rfc3339, wall_minute};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::{command, option, switch};
use crate::commands::clock::reckoned;
use crate::commands::env::Env;
use crate::commands::progress::Counted;
use crate::duties::{Because, Duty, Whose, duties};
use crate::lists::role;
use crate::show::{clean, json, table};
use crate::tr;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command(
        "todo",
        words(
            "What is due: each duty, how late, and the command that discharges it",
            "待办：到期事项、逾期时长以及处理命令",
        ),
        lang,
    )
    .arg(option(
        "who",
        "STAFF",
        words(
            "Only this person's duties, and those that anyone with the role may do",
            "只看此人的待办，以及按岗位可办的事项",
        ),
        lang,
    ))
    .arg(option("until", "DATE", words("Due up to this day (today if left out)", "截止到哪天（默认今天）"), lang))
    .arg(switch("explain", words("Show how each due time was reckoned (R48)", "说明每个到期时间的算法（R48）"), lang))
    .arg(switch(
        "fail-on-due",
        words("Exit with 4 when anything is listed, for cron", "有待办时以退出码 4 结束，供定时任务使用"),
        lang,
    ))
}

/// Runs it.
///
/// # Errors
/// What can't be read; exit 4 on `--fail-on-due` when something is listed.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let source = Counted::new(&folder);
    let whole = Book::open(&source, env.time);
    // With settings that can't be read every due time would be a guess.
    whole.sound()?;
    // With an earlier --now, what was to be done then (R49).
    let book = whole.as_of(env.time);
    let today = book.now.today();
    let until = match args.get_one::<String>("until") {
        None => today,
        Some(text) => parse_date(text, today).ok_or_else(|| {
            Problem::new(
                "until",
                tr!("--until can't be \"{text}\"", "--until 不能是“{text}”"),
                crate::base::field::Ty::Date.expects(),
            )
        })?,
    };
    let who = args.get_one::<String>("who").map(|word| book.list(List::Staff).resolve(word)).transpose()?;
    let mut open = source.during(env, || duties(&book));
    if let Some(who) = &who {
        let roles = book.list(List::Staff).get(who).map(|row| row.fields.many("roles")).unwrap_or_default();
        open.retain(|duty| duty.who.includes(who, roles));
    }
    let all = open.len();
    open.retain(|duty| book.now.zone.day(duty.told_from()) <= until);
    let later = all - open.len();
    let explain = args.get_flag("explain");
    if env.json {
        let list: Vec<serde_json::Value> = open.iter().map(|duty| document(env, &book, duty, explain)).collect();
        env.data(&json::text(&json!(list)))?;
    } else if !open.is_empty() {
        env.print(&drawn(env, &book, &open, explain))?;
    }
    if later > 0 && !env.json {
        env.say(&tr!(
            "due later: {later}; --until +7 shows those of the next week",
            "另有 {later} 项稍后到期：--until +7 可查看未来一周"
        ));
    }
    all_or(book.take_problems())?;
    if args.get_flag("fail-on-due") && !open.is_empty() {
        let count = open.len();
        return Err(Failure::new(
            Exit::Due,
            Problem::new(
                "due",
                tr!("duties due: {count}", "有 {count} 项待办到期"),
                tr!("discharge them with the commands shown", "请用所列命令逐项处理"),
            ),
        ));
    }
    Ok(())
}

/// From this many columns on the list is a table; on less, a duty has a few lines, its command whole on the last.
const WIDE: usize = 160;

fn drawn(env: &Env, book: &Book<'_>, open: &[Duty], explain: bool) -> String {
    let mut text = match env.canvas.width {
        Some(width) if width < WIDE => open.iter().map(|duty| in_lines(env, book, duty)).collect(),
        _ => table::text(&in_table(book, open), &env.canvas),
    };
    if explain {
        for duty in open {
            text.push('\n');
            text.push_str(&clean::clean_lines(&explained(env, book, duty)));
        }
    }
    text
}

fn in_lines(env: &Env, book: &Book<'_>, duty: &Duty) -> String {
    let drawn = |cell: Cell| table::cell(&cell, env.lang, book.now.zone);
    let late = match late(duty.late_minutes(book.now.time)) {
        none if none.is_empty() => String::new(),
        late => tr!("  late {late}", "  逾期 {late}"; late).get(env.lang).to_string(),
    };
    let (due, who) = (wall_minute(duty.due, book.now.zone), drawn(whose(book, &duty.who)));
    let (what, command) = (clean::clean(duty.what.get(env.lang)), clean::clean(&duty.command));
    format!("{due}  {}  {}  {who}{late}\n    {what}\n    {command}\n", duty.rule, clean::clean(&duty.number))
}

fn in_table(book: &Book<'_>, open: &[Duty]) -> Table {
    let row = |duty: &Duty| Row {
        cells: vec![
            Cell::Time(duty.due),
            Cell::Words(late(duty.late_minutes(book.now.time))),
            Cell::Text(duty.rule.to_string()),
            Cell::Text(duty.number.clone()),
            whose(book, &duty.who),
            Cell::Words(duty.what.clone()),
            Cell::Text(duty.command.clone()),
        ],
        records: Vec::new(),
    };
    Table {
        name: "todo",
        title: words("To do", "待办"),
        columns: vec![
            column("due", "Due", "到期").whole(),
            column("late", "Late", "逾期").whole(),
            column("rule", "Rule", "规则").whole(),
            column("number", "Number", "单号").whole(),
            column("who", "Who", "负责").whole(),
            column("what", "What", "事项"),
            column("command", "Command", "命令"),
        ],
        rows: open.iter().map(row).collect(),
    }
}

/// A person by name, or the lowest role that may do it.
fn whose(book: &Book<'_>, who: &Whose) -> Cell {
    match who {
        Whose::Person(code) => Cell::Text(book.name(List::Staff, code.as_str())),
        Whose::Roles(roles) => roles.first().and_then(|code| role(code)).map(|role| role.name).into(),
    }
}

/// How late, as a person says it; empty while there is time.
fn late(minutes: i64) -> Text {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match minutes {
        ..=0 => Text::default(),
        1..=59 => tr!("{rest} min", "{rest} 分钟"),
        60..=1439 => tr!("{hours} h {rest} min", "{hours} 小时 {rest} 分"),
        _ => tr!("{days} d {hours} h", "{days} 天 {hours} 小时"),
    }
}

fn explained(env: &Env, book: &Book<'_>, duty: &Duty) -> String {
    let zone = book.now.zone;
    let (rule, number, due) = (duty.rule, &duty.number, wall_minute(duty.due, zone));
    let mut text = format!("{rule} {number} → {due}\n");
    match &duty.because {
        Because::Days(since) => text.push_str(&format!("  {}\n", since.get(env.lang))),
        Because::Clock(clock) => text.push_str(&reckoned(env.lang, book, clock, book.now.time)),
    }
    text
}

fn document(env: &Env, book: &Book<'_>, duty: &Duty, explain: bool) -> serde_json::Value {
    let mut object = json!({
        "rule": duty.rule,
        "number": duty.number,
        "due": rfc3339(duty.due),
        "who": duty.who.person().map(ToString::to_string),
        "late_minutes": duty.late_minutes(book.now.time),
        "what": duty.what.get(env.lang),
        "command": duty.command,
    });
    if explain {
        object["explain"] = json!(explained(env, book, duty).lines().map(str::trim).collect::<Vec<_>>());
    }
    object
}

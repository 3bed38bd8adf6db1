//! `cs shift plan`: a row of shifts in one go. `cs shift week`: the roster of a week, who came and who did not. And which
//! shift a step means that comes without a number: that of now (R63).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};
use clap::{ArgMatches, Command};

use crate::base::field::{BETWEEN, Field, Fields, Kind, List, Ty, Value, required};
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::{Date, days_after, wall_minute};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::checks::judge;
use crate::commands::cli::{command, field_flag, format_flag, format_of, option, records_flag, word};
use crate::commands::env::{Env, happened};
use crate::commands::forms::written::with_record;
use crate::commands::forms::{Guest, common, document};
use crate::commands::known::over_known;
use crate::commands::print::print_with_records;
use crate::commands::save::{Change, next_number, save};
use crate::commands::typed::{from_flags, in_order, missing, typed_as};
use crate::commands::work::week_of;
use crate::forms::form::path_of;
use crate::forms::month::heads;
use crate::forms::read::read;
use crate::forms::shift::{OF_NOW, SHIFT, Shift};
use crate::forms::spec::{FormSpec, StepSpec};
use crate::forms::write::Taken;
use crate::shifts::{AHEAD, Rostered, of_now, shifts, shifts_between};
use crate::show::json;
use crate::store::Folder;
use crate::tr;

/// The last day of a row of shifts.
static UNTIL: Field = required("until", Ty::Date, words("Until", "最后一天"), words("The last day", "最后一天"));

/// The commands join those of the shift.
pub const GUEST: Guest = Guest {
    tree: |group, lang| {
        if group == SHIFT.verbs.command { vec![plan_tree(lang), week_tree(lang)] } else { Vec::new() }
    },
    run: |env, group, verb, args| match verb {
        _ if group != SHIFT.verbs.command => None,
        "plan" => Some(plan(env, args)),
        "week" => Some(week(env, args)),
        _ => None,
    },
};

fn plan_tree(lang: Lang) -> Command {
    let about = words(
        "Put somebody on the roster for the same hours of several days, in one change (R63)",
        "为一人连续多天排同一班，一次登记（R63）",
    );
    let days = words("Only these days of the week, as mon,tue or sat;sun", "只排这些星期，如 mon,tue 或 sat;sun");
    command("plan", about, lang)
        .args(subject().map(|who| word(who.key, "STAFF", who.help, lang)))
        .args(flagged().map(|field| field_flag(field, field.key == "on", lang)))
        .arg(field_flag(&UNTIL, false, lang))
        .arg(option("weekdays", "DAYS", days, lang))
        .args(common(lang).into_iter().filter(|arg| arg.get_id() != "attach"))
}

/// The field that is given as the first word.
fn subject() -> Option<&'static Field> {
    SHIFT.fields.iter().find(|field| Some(field.key) == SHIFT.verbs.subject)
}

/// The fields that are given by flags.
fn flagged() -> impl Iterator<Item = &'static Field> {
    SHIFT.fields.iter().filter(|field| Some(field.key) != SHIFT.verbs.subject)
}

fn week_tree(lang: Lang) -> Command {
    let about =
        words("Show the roster of a week: who is on when, and who came (R63)", "查看一周排班表及到岗情况（R63）");
    let week = words(
        "2026-W47, this-week, last-week or next-week; this week if left out",
        "2026-W47、本周、上周或下周（默认本周）",
    );
    command("week", about, lang)
        .arg(word("WEEK", "WEEK", week, lang).required(false))
        .arg(format_flag(lang))
        .arg(records_flag(lang))
}

/// Whether a step of a kind may come without a number, and means the shift of now then.
pub fn is_of_now(spec: &FormSpec, step: &StepSpec) -> bool {
    spec.kind == Kind::Shift && OF_NOW.contains(&step.verb)
}

/// The shift that a step without a number means: that of whoever takes it, at its time (R63).
///
/// # Errors
/// When there is none, or several fit: which they are.
pub fn shift_of_now(env: &Env, book: &Book<'_>, verb: &str, args: &ArgMatches) -> Outcome<Number> {
    let by = env.actor(book, &env.folder()?)?;
    let at = happened(book, args)?;
    let found = of_now(book, &by, verb, at);
    let when = wall_minute(at, book.now.zone);
    match found.as_slice() {
        [one] => Ok(one.form.number.clone()),
        [] => Err(Problem::new(
            "shift.none",
            tr!("{by} has no shift at {when} that {verb} could mean", "{by} 在 {when} 没有可登记 {verb} 的班次"),
            tr!("see the roster: cs shift week; or give the number", "请查看排班表：cs shift week；或填写单号"),
        )
        .into()),
        several => {
            let count = several.len();
            let list = several.iter().map(|one| format!("{} {}", one.form.number, hours(one)));
            let list = list.collect::<Vec<_>>().join(", ");
            Err(Problem::new(
                "shift.several",
                tr!("{by} has {count} shifts at {when}", "{by} 在 {when} 有 {count} 个班次"),
                tr!("give the number: {list}", "请填写单号：{list}"),
            )
            .into())
        }
    }
}

/// From when to when a shift lasts, as it was rostered.
fn hours(shift: &Rostered) -> String {
    Shift::of(&shift.form).hours().map(|hours| hours.to_string()).unwrap_or_default()
}

/// What is asked for: the header of each shift, in the order of the days.
fn headers(env: &Env, book: &Book<'_>, args: &ArgMatches) -> Outcome<Vec<Fields>> {
    let mut problems = Vec::new();
    let mut asked = from_flags(env, book, flagged().chain([&UNTIL]), args, &mut problems);
    if let (Some(who), Some(word)) = (subject(), args.get_one::<String>("staff")) {
        match typed_as(book, who, word, &who.name.into()) {
            Ok(code) => asked.set(who, code),
            Err(problem) => problems.push(problem),
        }
    }
    let weekdays = weekdays(args).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let on = SHIFT.field("on").filter(|on| !args.contains_id(on.key));
    if let Some(on) = on {
        asked.set(on, Value::Date(book.now.today()));
    }
    if problems.is_empty() {
        problems = missing(SHIFT.fields, &asked, None, false);
        problems.extend(missing(std::slice::from_ref(&UNTIL), &asked, None, false));
    }
    all_or(problems)?;
    let (Some(first), Some(last)) = (asked.date("on"), asked.date(UNTIL.key)) else { return Ok(Vec::new()) };
    asked.0.retain(|entry| entry.field.key != UNTIL.key);
    let count = u64::try_from((last - first).num_days() + 1).unwrap_or(0);
    // The last of them would be too far ahead, whenever it was agreed.
    if count > AHEAD + 1 {
        return Err(Problem::new(
            "shift.long",
            tr!(
                "from {first} to {last} are more days than the {AHEAD} that are rostered ahead",
                "{first} 至 {last} 超出可排班的 {AHEAD} 天"
            ),
            tr!("give an earlier --until", "请填写更早的 --until"),
        )
        .into());
    }
    let days = (0..count).map(|n| days_after(first, n));
    let wanted = |day: &Date| weekdays.as_ref().is_none_or(|days| days.contains(&day.weekday()));
    let of_day = |day: Date| {
        let mut fields = asked.clone();
        if let Some(on) = SHIFT.field("on") {
            fields.set(on, Value::Date(day));
        }
        in_order(SHIFT.fields, fields)
    };
    let headers: Vec<Fields> = days.filter(wanted).map(of_day).collect();
    if headers.is_empty() {
        return Err(Problem::new(
            "shift.no-day",
            tr!("there is no such day from {first} to {last}", "{first} 至 {last} 之间没有符合的日期"),
            tr!("give a later --until, or other --weekdays", "请填写更晚的 --until，或改填 --weekdays"),
        )
        .into());
    }
    Ok(headers)
}

/// The days of the week that are wanted; `None` for all.
fn weekdays(args: &ArgMatches) -> Result<Option<Vec<Weekday>>, Problem> {
    let Some(text) = args.get_one::<String>("weekdays") else { return Ok(None) };
    let words = text.split(BETWEEN).map(str::trim).filter(|word| !word.is_empty());
    let days: Result<Vec<Weekday>, _> = words.map(str::parse).collect();
    days.map(Some).map_err(|_| {
        Problem::new(
            "shift.weekdays",
            tr!("--weekdays can't be \"{text}\"", "星期（--weekdays）不能是“{text}”"),
            tr!("give some of: mon, tue, wed, thu, fri, sat, sun", "请从中选填：mon、tue、wed、thu、fri、sat、sun"),
        )
    })
}

/// Runs `cs shift plan`: all shifts are made, or none.
///
/// # Errors
/// Everything that is missing or wrong with any of them.
fn plan(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let made: RefCell<Vec<Number>> = RefCell::default();
    let change = |book: &Book<'_>, _: &[String]| {
        let (change, numbers) = planned(env, &folder, book, args)?;
        made.replace(numbers);
        Ok(change)
    };
    save(env, &folder, "shift plan", &[], change, |book, _| {
        let made = made.borrow();
        if env.json {
            let forms = made.iter().filter_map(|number| book.form(number));
            return env.data(&json::text(&forms.map(|form| document(env, book, &form)).collect()));
        }
        let lines: Vec<String> = made.iter().map(|number| format!("{number}\n")).collect();
        env.data(&lines.concat())
    })
}

/// The change that makes all shifts, and their numbers.
fn planned(env: &Env, folder: &Folder, book: &Book<'_>, args: &ArgMatches) -> Outcome<(Change, Vec<Number>)> {
    let headers = headers(env, book, args)?;
    let by = env.actor(book, folder)?;
    let at = happened(book, args)?;
    let note = args.get_one::<String>("note").map(String::as_str);
    let taken = Taken { verb: "new", at, by: &by, note, attach: &[] };
    let first = next_number(folder, book, &SHIFT, book.now.zone.day(at), &by)?;
    let path = path_of(&SHIFT, &first);
    let seen = book.source().read(&path)?;
    let mut text = seen.clone().unwrap_or_else(|| format!("{}\n", heads(&SHIFT)));
    let (mut numbers, mut wrong) = (Vec::new(), Vec::<Problem>::new());
    for (header, counter) in headers.iter().zip(first.counter()..) {
        let number = Number::new(SHIFT.prefix, first.day(), by.clone(), counter);
        text = with_record(&text, &number, header, &taken)?;
        numbers.push(number);
    }
    for number in &numbers {
        let (form, problems) = read(&SHIFT, number.clone(), &path.as_str().into(), text.as_str().into(), book.now);
        wrong.extend(problems);
        let judged = form.map(|form| judge(book, None, Arc::new(form), true)).unwrap_or_default();
        // What is wrong with the person is wrong on every day, and told once.
        for problem in judged.into_iter().map(Problem::unplaced) {
            if !wrong.iter().any(|known| known.code == problem.code && known.message == problem.message) {
                wrong.push(problem);
            }
        }
    }
    all_or(wrong)?;
    book.sound()?;
    let record = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let subject = format!("plan: {}", numbers.len());
    Ok((Change { path, seen, text, record, subject, step: Some(1), by }, numbers))
}

/// Runs `cs shift week`.
///
/// # Errors
/// When the week is none, or something can't be read.
fn week(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| roster(env, book, week_of(book, args)?, format_of(args), args.get_flag("records")))
}

/// Prints the roster of a week, with the number of each shift where that is asked for; what still lasts when the week
/// begins stands on its first day.
fn roster(env: &Env, book: &Book<'_>, week: Period, format: Option<&str>, numbers: bool) -> Outcome {
    let mut people: BTreeMap<Code, Vec<Rostered>> = BTreeMap::new();
    let monday = book.now.zone.on(week.from, NaiveTime::MIN);
    let mut all = shifts_between(book, monday, monday + TimeDelta::minutes(1));
    all.retain(|shift| shift.on < week.from);
    all.extend(shifts(book, week));
    for shift in all {
        people.entry(shift.person.clone()).or_default().push(shift);
    }
    let days: Vec<Date> = (0..7).map(|n| days_after(week.from, n)).collect();
    let row =
        |(person, shifts): (&Code, &Vec<Rostered>)| Row {
            cells: [Cell::Text(person.to_string()), Cell::Text(book.name(List::Staff, person.as_str()))]
                .into_iter()
                .chain(days.iter().map(|day| {
                    on_day(shifts.iter().filter(|shift| shift.on.max(week.from) == *day), week.from, numbers)
                }))
                .collect(),
            records: shifts.iter().map(|shift| shift.form.number.clone()).collect(),
        };
    let table = Table {
        name: "roster",
        title: words("Roster of the week", "一周排班表"),
        columns: vec![
            column("staff", "Code", "工号").whole(),
            column("name", "Name", "姓名").whole(),
            column("mon", "Mon", "周一"),
            column("tue", "Tue", "周二"),
            column("wed", "Wed", "周三"),
            column("thu", "Thu", "周四"),
            column("fri", "Fri", "周五"),
            column("sat", "Sat", "周六"),
            column("sun", "Sun", "周日"),
        ],
        rows: people.iter().map(row).collect(),
    };
    print_with_records(env, &table, format, false)?;
    if !env.json {
        let (from, to) = (week.from, week.to);
        env.say(&tr!("{week}: {from} to {to}", "{week}：{from} 至 {to}"));
        if !numbers && !table.rows.is_empty() {
            env.say(&tr!(
                "with the numbers of the shifts: cs shift week {week} --records",
                "显示班次单号：cs shift week {week} --records"
            ));
        }
    }
    Ok(())
}

/// What somebody's shifts of a day come to: their hours, each with how the person came, nothing more of one that is awaited;
/// and the number of each where that is asked for. One that began before the week says since when it lasts.
fn on_day<'s>(shifts: impl Iterator<Item = &'s Rostered>, week_from: Date, numbers: bool) -> Cell {
    let mut codes = Vec::new();
    let mut texts: Vec<Text> = Vec::new();
    for shift in shifts {
        let (hours, code, name) = (hours(shift), shift.presence.code(), shift.presence.name());
        let begun_before = shift.on < week_from;
        codes.push(if begun_before { format!("sun {hours} {code}") } else { format!("{hours} {code}") });
        let mut parts = vec![match begun_before {
            true => tr!("(Sun {hours})", "（周日 {hours}）"),
            false => Text::same(hours),
        }];
        parts.extend(numbers.then(|| Text::same(&shift.form.number)));
        parts.extend((code != "awaited").then(|| name.into()));
        texts.push(Text::join(&parts, words(" ", " ")));
    }
    if codes.is_empty() {
        return Cell::Empty;
    }
    Cell::Coded(codes.join("; "), Text::join(&texts, words("; ", "；")))
}

//! `cs visit round`: who is to be visited in a month and has not been (R38, R40, R41). `cs visit summary`: the summary of
//! a month's visits, and that it was handed in (R39).

use clap::{ArgMatches, Command};

use crate::base::field::List;
use crate::base::period::{Period, Unit};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::source::Source;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::{rfc3339, wall_minute};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{command, format_flag, format_of, option, switch};
use crate::commands::env::Env;
use crate::commands::forms::{Guest, period_of};
use crate::commands::known::over_known;
use crate::commands::print::print_table;
use crate::commands::report;
use crate::commands::save::{Change, save};
use crate::customers::latest;
use crate::duties::Whose;
use crate::duties::visits::{caller, log_command};
use crate::forms::visit::{PURPOSES, VISIT};
use crate::lists::role;
use crate::registers::{FILINGS, SUMMARY_OF_VISITS, read};
use crate::store::Folder;
use crate::store::csv_edit::csv_change;
use crate::tr;
use crate::visits::{Call, Round, calls, summaries};

/// The commands join those of the visit.
pub const GUEST: Guest = Guest {
    tree: |group, lang| {
        if group == VISIT.verbs.command { vec![round_tree(lang), summary_tree(lang)] } else { Vec::new() }
    },
    run: |env, group, verb, args| match verb {
        _ if group != VISIT.verbs.command => None,
        "round" => Some(round(env, args)),
        "summary" => Some(summary(env, args)),
        _ => None,
    },
};

fn month_flag(lang: Lang) -> clap::Arg {
    let help =
        words("The month, as 2026-11 or last-month; this month if left out", "月份，如 2026-11 或上月（默认本月）");
    option("month", "MONTH", help, lang)
}

fn round_tree(lang: Lang) -> Command {
    let about = words(
        "Show who is to be visited in a month and has not been, from the day on which the round starts (R38, R40, R41)",
        "列出当月尚未回访的客户及负责人，自回访开始日起（R38、R40、R41）",
    );
    command("round", about, lang)
        .arg(month_flag(lang))
        .arg(option(
            "specialist",
            "STAFF",
            words("Only those whom this person is to visit", "只看此人负责的客户"),
            lang,
        ))
        .arg(switch("all", words("Before the round starts, too", "回访开始前也列出"), lang))
        .arg(format_flag(lang))
}

fn summary_tree(lang: Lang) -> Command {
    let about = words(
        "Show the summary of a month's visits; --done notes that it was handed in (R39)",
        "查看当月回访总结；--done 登记已提交（R39）",
    );
    command("summary", about, lang)
        .arg(month_flag(lang))
        .arg(switch("done", words("It was handed in", "登记总结已提交"), lang))
        .arg(option("note", "TEXT", words("A remark, with --done", "备注（与 --done 同用）"), lang))
        .args(report::how(lang))
}

/// The month that the flag names.
fn month_of(book: &Book<'_>, args: &ArgMatches) -> Outcome<Period> {
    let today = book.now.today();
    let Some(word) = args.get_one::<String>("month") else { return Ok(Period::holding(Unit::Month, today)) };
    let period = period_of(book, word)?;
    if period != Period::holding(Unit::Month, period.from) {
        return Err(Problem::new(
            "visit.month",
            tr!("\"{word}\" is no month", "“{word}”不是月份"),
            tr!("write a month, as 2026-10 or last-month", "请写月份，如 2026-10 或上月"),
        )
        .into());
    }
    Ok(period)
}

/// Runs `cs visit round`.
///
/// # Errors
/// When the month or the person is none, or something can't be read.
fn round(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let month = month_of(book, args)?;
        let who = args.get_one::<String>("specialist").map(|word| book.list(List::Staff).resolve(word)).transpose()?;
        let (today, all) = (book.now.today(), args.get_flag("all"));
        let mut open = calls(book, month);
        open.retain(|call| call.made.is_none() && (all || call.from <= today));
        let mut open: Vec<(Whose, Call)> = open.into_iter().map(|call| (caller(book, &call), call)).collect();
        if let Some(who) = &who {
            let roles = book.list(List::Staff).get(who).map(|row| row.fields.many("roles")).unwrap_or_default();
            open.retain(|(whose, _)| whose.includes(who, roles));
        }
        // The owners one after the other, then what anyone with a role is to do.
        open.sort_by(|(a, x), (b, y)| {
            (a.person().is_none(), a.person(), x.due).cmp(&(b.person().is_none(), b.person(), y.due))
        });
        let printed = print_table(env, &table(env, book, month, &open), format_of(args));
        let start = Round::holding(book, month.from).start;
        if start > today && !all {
            env.say(&tr!(
                "the round of {month} starts on {start}; --all shows it now",
                "{month} 的回访从 {start} 开始；--all 可提前查看"
            ));
        }
        printed
    })
}

/// The visits to be made, each with whom to ask and the last contact. Contacts and phones masked unless revealed (R4).
fn table(env: &Env, book: &Book<'_>, month: Period, open: &[(Whose, Call)]) -> Table {
    let last = latest(book, month.previous().previous().from);
    let row = |(whose, call): &(Whose, Call)| {
        let row = book.list(List::Customers).get(&call.customer);
        let text = |key: &str| row.and_then(|row| row.fields.text(key));
        let private = |key: &str| {
            let entry = row.and_then(|row| row.fields.entry(key));
            entry.map(|entry| Cell::of(entry.field, Some(&entry.value), env.reveal)).into()
        };
        let contact = last.get(&call.customer);
        let code = whose.person().map_or(Cell::Empty, |code| Cell::Text(code.to_string()));
        Row {
            cells: vec![
                code,
                by(book, whose),
                Cell::Text(call.customer.clone()),
                Cell::Text(book.name(List::Customers, &call.customer)),
                text("grade").map_or(Cell::Empty, |grade| Cell::Text(grade.to_string())),
                Cell::chosen(PURPOSES, call.kind),
                private("contact"),
                private("phone"),
                contact.map(|contact| contact.on).into(),
                contact.map_or(Cell::Empty, |contact| Cell::Words(contact.told())),
                Cell::Date(call.due),
                Cell::Text(call.rule.to_string()),
                Cell::Text(log_command(call)),
            ],
            records: contact.and_then(|contact| contact.record.clone()).into_iter().collect(),
        }
    };
    Table {
        name: "round",
        title: words("To be visited", "待回访客户"),
        columns: vec![
            column("specialist", "Code", "工号").whole(),
            column("by", "By", "负责人").whole(),
            column("customer", "Customer", "客户").whole(),
            column("name", "Name", "名称"),
            column("grade", "Grade", "等级").whole(),
            column("purpose", "Purpose", "回访类别").whole(),
            column("contact", "Contact", "联系人").whole(),
            column("phone", "Phone", "电话").whole(),
            column("last", "Last contact", "上次联系").whole(),
            column("last_what", "What", "联系事由"),
            column("due", "Due", "截止").whole(),
            column("rule", "Rule", "规则").whole(),
            column("command", "Command", "命令"),
        ],
        rows: open.iter().map(row).collect(),
    }
}

/// A person by name, or the lowest role that may do it.
fn by(book: &Book<'_>, whose: &Whose) -> Cell {
    match whose {
        Whose::Person(code) => Cell::Text(book.name(List::Staff, code.as_str())),
        Whose::Roles(roles) => {
            roles.first().and_then(|code| role(code)).map(|role| Cell::coded(role.code, role.name)).into()
        }
    }
}

/// Runs `cs visit summary`.
///
/// # Errors
/// When the month is none, something can't be read, or the summary can't be handed in yet or was already.
fn summary(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    if args.get_flag("done") {
        return hand_in(env, &folder, args);
    }
    let book = Book::open(&folder, env.time);
    book.sound()?;
    let month = month_of(&book, args)?;
    report::print(env, &folder, &book, SUMMARY_OF_VISITS, month, args)
}

/// Notes that the summary of a month's visits was handed in (R39): one entry in the register of reports handed in.
fn hand_in(env: &Env, folder: &Folder, args: &ArgMatches) -> Outcome {
    save(
        env,
        folder,
        "visit summary",
        &[],
        |book, _| {
            let month = month_of(book, args)?;
            let by = env.actor(book, folder)?;
            all_or(untimely(book, month).into_iter().collect())?;
            let path = FILINGS.file(book.now.today());
            let seen = folder.read(&path)?;
            let before = seen.clone().unwrap_or_else(|| format!("{}\n", FILINGS.heads()));
            let (at, who, period) = (rfc3339(book.now.time), by.to_string(), month.to_string());
            let mut row = vec![("at", at.as_str()), ("by", &who), ("report", SUMMARY_OF_VISITS), ("period", &period)];
            row.extend(args.get_one::<String>("note").map(|note| ("note", note.as_str())));
            let text = csv_change(&before, &[], &[row])?;
            // The change is not in the file: its places would mislead.
            let wrong = read(&FILINGS, &path.as_str().into(), &text, book.now, |_| ());
            all_or(wrong.into_iter().map(Problem::unplaced).collect())?;
            let record = format!("{SUMMARY_OF_VISITS} {month}");
            Ok(Change { path, seen, text, record, subject: "handed in".to_string(), step: None, by })
        },
        |book, change| {
            let month = change.record.rsplit(' ').next().unwrap_or_default();
            let by = book.name(List::Staff, change.by.as_str());
            env.say(&tr!("summary of the visits of {month}: handed in by {by}", "{month} 回访总结：{by} 已提交"));
            Ok(())
        },
    )
}

/// Why the summary of a month can't be handed in now.
fn untimely(book: &Book<'_>, month: Period) -> Option<Problem> {
    let round = Round::holding(book, month.from);
    if book.now.today() < round.end {
        let end = round.end;
        return Some(Problem::new(
            "visit.summary-early",
            tr!("the round of {month} lasts until {end}", "{month} 的回访到 {end} 才结束"),
            tr!("hand its summary in when it is over (R39)", "请在回访结束后提交总结（R39）"),
        ));
    }
    let handed = summaries(book);
    let (at, by) = handed.get(&month.from)?;
    let (at, by) = (wall_minute(*at, book.now.zone), book.name(List::Staff, by.as_str()));
    Some(Problem::new(
        "visit.summary-twice",
        tr!("the summary of {month} was handed in by {by} at {at}", "{month} 的回访总结已由 {by} 于 {at} 提交"),
        tr!("there is nothing to do", "无需再次提交"),
    ))
}

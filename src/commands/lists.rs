//! The commands of all lists, made from the table of lists: add, edit, import, list, show. Two lists have a word more:
//! customers have commands of their own, and the first of the staff adds herself.

use clap::{ArgMatches, Command};
use serde_json::{Map, Value as Json, json};

use crate::base::field::{Entry, Field, Fields, List, Ty, Value};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::source::Source;
use crate::base::table::{Cell, Column, Row, Table};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::assign;
use crate::commands::cli::{clear_flag, field_flag, filter_word, format_flag, format_of, row_word, switch, word};
use crate::commands::customer;
use crate::commands::env::Env;
use crate::commands::import;
use crate::commands::print::{print_table, with_problems};
use crate::commands::rows::{changed_row, checked};
use crate::commands::save::{Change, save};
use crate::commands::typed::{cleared, from_flags, in_order, missing};
use crate::lists::{self, LISTS, ListSpec};
use crate::store::csv_edit::csv_append;
use crate::tr;

/// The `cs staff`, `cs customer` … commands.
pub fn tree(lang: Lang) -> Vec<Command> {
    LISTS.iter().map(|spec| group(spec, lang)).collect()
}

fn group(spec: &'static ListSpec, lang: Lang) -> Command {
    let (row, name) = (spec.row, spec.name);
    let about = |text: Text| text.get(lang).to_string();
    let key = word(spec.key().key, "CODE", spec.key().help, lang);
    let rest = |filled| spec.fields[1..].iter().map(move |f| field_flag(f, filled, lang));
    let add = Command::new("add").about(about(tr!("Add one {row}", "新增{row}"; row))).arg(key).args(rest(false));
    let edit = Command::new("edit")
        .about(about(tr!("Change one {row}", "修改{row}"; row)))
        .arg(row_word(lang))
        .args(rest(true))
        .arg(clear_flag(lang));
    let list = Command::new("list")
        .about(about(tr!("List them: {name}", "列出{name}"; name)))
        .arg(filter_word(lang))
        .arg(switch("all", words("All columns", "显示全部列"), lang))
        .arg(format_flag(lang));
    let own = match spec.list {
        List::Customers => customer::tree(lang),
        _ => vec![
            Command::new("show")
                .about(about(tr!("Show one {row} whole", "查看一条{row}资料"; row)))
                .arg(row_word(lang)),
        ],
    };
    let more = match spec.list {
        List::Customers => words(", assign, grade, credit, silent", "、分配、等级、信用、沉默客户"),
        _ => words("", ""),
    };
    Command::new(spec.command)
        .about(about(
            tr!("{name}: add, edit, import, list, show{more}", "{name}：新增、修改、导入、列出、查看{more}"; name, more),
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([add, edit, import::command(spec, lang), list])
        .subcommands(own)
}

/// Runs a command of the lists; `None` where the name is none of theirs.
///
/// # Errors
/// What the command refuses.
pub fn run(env: &Env, name: &str, args: &ArgMatches) -> Option<Outcome> {
    let spec = LISTS.iter().find(|spec| spec.command == name)?;
    let (name, args) = args.subcommand()?;
    if spec.list == List::Customers
        && let Some(outcome) = customer::run(env, name, args)
    {
        return Some(outcome);
    }
    Some(match (name, args) {
        ("add", args) => add(env, spec, args),
        ("edit", args) => edit(env, spec, args),
        ("import", args) => import::run(env, spec, args),
        ("list", args) => list(env, spec, args),
        (_, args) => show(env, spec, args),
    })
}

fn told(env: &Env, spec: &'static ListSpec, change: &Change) -> Outcome {
    let (row, code) = (spec.row, &change.record);
    if env.json {
        return env.data(&crate::show::json::text(&json!({ "list": spec.command, "code": code })));
    }
    env.say(&match change.subject.split_once(": ") {
        None => tr!("{row} {code}: added", "已新增{row} {code}"; row),
        Some((_, keys)) => tr!("{row} {code}: {keys} changed", "{row} {code} 已修改：{keys}"; row),
    });
    Ok(())
}

fn add(env: &Env, spec: &'static ListSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let command = format!("{} add", spec.command);
    save(
        env,
        &folder,
        &command,
        &[],
        |book, _| {
            let mut problems = Vec::new();
            let fields = in_order(spec.fields, from_flags(env, book, spec.fields, args, &mut problems));
            if problems.is_empty() {
                problems = missing(spec.fields, &fields, None, false);
            }
            let code = fields.get(spec.key().key).map(|v| v.to_string()).unwrap_or_default();
            problems.extend(assign::owner_given(book, spec, &fields, env, &folder));
            if book.list(spec.list).get(&code).is_some() {
                let (command, row) = (spec.command, spec.row);
                problems.push(Problem::new(
                    "list.double",
                    tr!("there is a {row} {code} already", "{row} {code} 已存在"; row),
                    tr!(
                        "change it with `cs {command} edit {code} …`, or choose another code",
                        "用 cs {command} edit {code} … 修改，或换一个代码"
                    ),
                ));
            }
            all_or(problems)?;
            book.sound()?;
            let seen = folder.read(spec.file)?;
            let text = seen.clone().unwrap_or_else(|| format!("{}\n", lists::heads(spec)));
            let cells: Vec<(&str, String)> = fields.0.iter().map(|e| (e.field.key, e.value.to_string())).collect();
            let cells: Vec<(&str, &str)> = cells.iter().map(|(key, cell)| (*key, cell.as_str())).collect();
            let text = csv_append(&text, &cells)?;
            checked(book, spec, &text)?;
            Ok(Change {
                path: spec.file.to_string(),
                seen,
                text,
                record: code,
                subject: format!("{} add", spec.command),
                step: None,
                by: actor_or_first(env, book, &folder, spec, &fields)?,
            })
        },
        |_, change| told(env, spec, change),
    )
}

/// Who adds the row. The first staff member of a new department adds herself.
fn actor_or_first(
    env: &Env,
    book: &Book<'_>,
    folder: &crate::store::Folder,
    spec: &ListSpec,
    fields: &Fields,
) -> Outcome<crate::base::number::Code> {
    if spec.list == List::Staff
        && book.list(List::Staff).rows.is_empty()
        && let Some(code) = fields.staff("code")
    {
        return Ok(code);
    }
    env.actor(book, folder)
}

fn edit(env: &Env, spec: &'static ListSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let command = format!("{} edit", spec.command);
    save(
        env,
        &folder,
        &command,
        &[],
        |book, _| {
            let word = args.get_one::<String>("WORD").map_or("", String::as_str);
            let code = book.list(spec.list).resolve(word)?;
            let mut problems = Vec::new();
            let given = in_order(spec.fields, from_flags(env, book, &spec.fields[1..], args, &mut problems));
            let mut changes: Vec<(&str, String)> = given.0.iter().map(|e| (e.field.key, e.value.to_string())).collect();
            problems.extend(assign::owner_given(book, spec, &given, env, &folder));
            let cleared = cleared(spec.fields, args, &mut problems);
            changes.extend(cleared.into_iter().map(|key| (key, String::new())));
            if changes.is_empty() && problems.is_empty() {
                let flags: Vec<String> =
                    spec.fields[1..].iter().map(|f| format!("--{}", f.key.replace('_', "-"))).collect();
                let flags = flags.join(" ");
                problems.push(Problem::new(
                    "edit.nothing",
                    tr!("what is to be changed?", "要修改哪一项？"),
                    tr!("give at least one of: {flags}", "请至少填写其中一项：{flags}"),
                ));
            }
            all_or(problems)?;
            book.sound()?;
            let (seen, text) = changed_row(book, spec, &code, &changes)?;
            let keys: Vec<&str> = changes.iter().map(|(key, _)| *key).collect();
            Ok(Change {
                path: spec.file.to_string(),
                seen: Some(seen),
                text,
                record: code,
                subject: format!("{} edit: {}", spec.command, keys.join(" ")),
                step: None,
                by: env.actor(book, &folder)?,
            })
        },
        |_, change| told(env, spec, change),
    )
}

fn list(env: &Env, spec: &'static ListSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let rows = book.list(spec.list);
    let fields: Vec<&'static Field> =
        spec.fields.iter().filter(|f| args.get_flag("all") || env.json || spec.columns.contains(&f.key)).collect();
    let wanted = args.get_one::<String>("WORD").map(|w| w.to_lowercase());
    let holds = |row: &&lists::Row| {
        wanted.as_ref().is_none_or(|w| row.fields.0.iter().any(|e| e.value.to_string().to_lowercase().contains(w)))
    };
    let table = Table {
        name: spec.command,
        title: spec.name,
        columns: fields
            .iter()
            .map(|f| Column {
                key: f.key,
                name: f.name,
                numeric: f.ty.is_numeric(),
                whole: !matches!(f.ty, Ty::Text | Ty::Routes | Ty::Choices(_)) || f.key == spec.key().key,
            })
            .collect(),
        rows: rows
            .rows
            .iter()
            .filter(holds)
            .map(|row| Row {
                cells: fields.iter().map(|f| Cell::of(f, row.fields.get(f.key), env.reveal)).collect(),
                records: Vec::new(),
            })
            .collect(),
    };
    with_problems(&book, print_table(env, &table, format_of(args)))
}

fn show(env: &Env, spec: &'static ListSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let rows = book.list(spec.list);
    let code = rows.resolve(args.get_one::<String>("WORD").map_or("", String::as_str))?;
    let Some(row) = rows.get(&code) else { return Ok(()) };
    let printed = if env.json {
        env.data(&crate::show::json::text(&Json::Object(row_json(env, row))))
    } else {
        let pairs: Vec<(String, String)> =
            row_facts(env, &book, row).into_iter().map(|(_, name, shown)| (name, shown)).collect();
        env.print(&crate::show::text::pairs(&pairs, &env.canvas))
    };
    with_problems(&book, printed)
}

/// A row as scripts read it: masked where it is private (R4).
pub fn row_json(env: &Env, row: &lists::Row) -> Map<String, Json> {
    let value = |entry: &Entry| match (&entry.value, Cell::of(entry.field, Some(&entry.value), env.reveal)) {
        (Value::Many(parts), _) => json!(parts),
        (_, Cell::Text(text)) => json!(text),
        (value, _) => json!(value.to_string()),
    };
    row.fields.0.iter().map(|entry| (entry.field.key.to_string(), value(entry))).collect()
}

/// A row as people read it: the key, the name and the value of each column that holds something; what is private is
/// masked (R4), a code stands with its name.
pub fn row_facts(env: &Env, book: &Book<'_>, row: &lists::Row) -> Vec<(&'static str, String, String)> {
    let shown = |entry: &Entry| match (Cell::of(entry.field, Some(&entry.value), env.reveal), entry.field.ty) {
        (Cell::Text(text), ty) if ty.is_private() => text,
        (Cell::Text(code), Ty::Code(list)) => format!("{code} {}", book.name(list, &code)),
        _ => entry.value.show(entry.field.ty, env.lang, book.now.zone),
    };
    let fact = |entry: &Entry| (entry.field.key, entry.field.name.get(env.lang).to_string(), shown(entry));
    row.fields.0.iter().map(fact).collect()
}

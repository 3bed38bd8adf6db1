//! `cs customer import FILE` and the same for every list: rows of a spreadsheet taken over, after a look at what changes.
//!
//! One import is one change of one file: what is wrong with any cell leaves all as it was.

mod plan;
mod preview;

use clap::{ArgMatches, Command};

use crate::base::field::List;
use crate::base::number::Code;
use crate::base::problem::{Outcome, Place, Problem};
use crate::base::source::Source;
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::ask::confirmed;
use crate::commands::assign::owner_given;
use crate::commands::cli::{column_flag, encoding_flag, sheet_word, switch};
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::commands::rows::checked;
use crate::commands::save::{Change, save};
use crate::commands::sheets::{by_hand, given_sheet};
use crate::lists::{self, ListSpec};
use crate::show::json;
use crate::store::Folder;
use crate::store::csv_edit::{Cells, csv_change};
use crate::tr;
use plan::{Added, Changed, Plan, plan};

/// The command's line for a list.
pub fn command(spec: &'static ListSpec, lang: Lang) -> Command {
    let (name, list, key) = (spec.name, spec.command, spec.key().key);
    let columns =
        spec.fields.iter().map(|f| format!("{} ({})", f.key, f.name.get(lang))).collect::<Vec<_>>().join(", ");
    let about = tr!("Add and change many from a spreadsheet: {name}", "从电子表格批量新增和修改：{name}"; name);
    let long = tr!(
        "Columns are found by these keys or names: {columns}\n\
         Rows are matched by {key}: what is new is added, what differs is changed, the rest is left. A column that the \
         file lacks and a cell that it leaves empty change nothing. The changes are shown and written after a yes.\n\n\
         Examples:\n  cs {list} import rows.xlsx\n  cs {list} import rows.csv --encoding gb18030 --yes",
        "按以下列名或名称识别各列：{columns}\n\
         按 {key} 对应各行：没有的新增，不同的修改，其余不动。文件中没有的列和空单元格都不改动原值。\n\
         先列出改动，确认后才写入。\n\n\
         示例：\n  cs {list} import 表格.xlsx\n  cs {list} import 表格.csv --encoding gb18030 --yes"
    );
    Command::new("import")
        .about(about.get(lang).to_string())
        .arg(sheet_word(lang))
        .arg(switch("yes", words("Write without asking", "不再询问，直接写入"), lang))
        .arg(column_flag(lang))
        .arg(encoding_flag(lang))
        .after_help(long.get(lang).to_string())
}

/// Runs it.
///
/// # Errors
/// Everything that is wrong with the file; a list that changed between the question and its answer.
pub fn run(env: &Env, spec: &'static ListSpec, args: &ArgMatches) -> Outcome {
    let (sheet, mapped) = (given_sheet(env, args)?, by_hand(args)?);
    let folder = env.folder()?;
    let planned =
        |book: &Book<'_>| plan(book, spec, &sheet, &mapped, |fields| owner_given(book, spec, fields, env, &folder));
    let first = planned(&Book::open(&folder, env.time))?;
    let sure = args.get_flag("yes") || env.dry_run;
    if first.is_empty() || !sure {
        show(env, spec, &sheet.name, &first, false)?;
        env.say(&standing(spec, &first));
    }
    if first.is_empty() {
        return Ok(());
    }
    if !sure {
        if !env.asks {
            env.say(&tr!(
                "nothing is written yet: add --yes to the command to write it",
                "尚未写入：确认无误后，在命令后加 --yes 写入"
            ));
            return Ok(());
        }
        confirmed(env, &tr!("write this?", "写入以上改动？"))?;
    }
    let command = format!("{} import", spec.command);
    save(
        env,
        &folder,
        &command,
        &[],
        |book, _| {
            let plan = planned(book)?;
            if plan != first {
                return Err(meanwhile(spec).into());
            }
            change(env, &folder, book, spec, &plan)
        },
        |_, _| {
            if args.get_flag("yes") {
                show(env, spec, &sheet.name, &first, true)?;
            }
            env.say(&done(spec, &first));
            Ok(())
        },
    )
}

/// The plan as the answer.
fn show(env: &Env, spec: &'static ListSpec, file: &str, plan: &Plan, written: bool) -> Outcome {
    if env.json {
        return env.data(&json::text(&preview::json(env, spec, file, plan, written)));
    }
    if plan.is_empty() { Ok(()) } else { print_table(env, &preview::table(env, spec, plan), None) }
}

fn standing(spec: &ListSpec, plan: &Plan) -> Text {
    let (name, added, changed, same) = (spec.name, plan.added.len(), plan.changed.len(), plan.same);
    tr!(
        "{name}: {added} to add, {changed} to change, {same} as they are",
        "{name}：新增 {added} 条，修改 {changed} 条，{same} 条不变"; name
    )
}

fn done(spec: &ListSpec, plan: &Plan) -> Text {
    let (name, added, changed) = (spec.name, plan.added.len(), plan.changed.len());
    tr!("{name}: {added} added, {changed} changed", "{name}：已新增 {added} 条，已修改 {changed} 条"; name)
}

fn meanwhile(spec: &ListSpec) -> Problem {
    let name = spec.name;
    Problem::new(
        "changed-meanwhile",
        tr!("the list ({name}) was changed meanwhile", "{name}在此期间被修改"; name),
        tr!("run the command again and look at what it shows", "请重新执行命令，再次核对列出的改动"),
    )
}

/// The list's file with all rows added and changed.
fn change(env: &Env, folder: &Folder, book: &Book<'_>, spec: &'static ListSpec, plan: &Plan) -> Outcome<Change> {
    let seen = folder.read(spec.file)?;
    let text = seen.clone().unwrap_or_else(|| format!("{}\n", lists::heads(spec)));
    type Texts = Vec<(&'static str, String)>;
    let cells = |row: &Changed| -> Texts { row.cells.iter().map(|c| (c.field.key, c.new.to_string())).collect() };
    let changes: Vec<(usize, Texts)> = plan.changed.iter().map(|row| (row.start, cells(row))).collect();
    let cells = |row: &Added| -> Texts { row.fields.0.iter().map(|e| (e.field.key, e.value.to_string())).collect() };
    let added: Vec<Texts> = plan.added.iter().map(cells).collect();
    let changes: Vec<(usize, Cells<'_>)> = changes.iter().map(|(start, cells)| (*start, borrowed(cells))).collect();
    let added: Vec<Cells<'_>> = added.iter().map(|cells| borrowed(cells)).collect();
    let text = csv_change(&text, &changes, &added).map_err(|problem| problem.at(Place::file(spec.file)))?;
    checked(book, spec, &text)?;
    let (added, changed) = (plan.added.len(), plan.changed.len());
    let list = spec.file.trim_start_matches("lists/").trim_end_matches(".csv");
    Ok(Change {
        path: spec.file.to_string(),
        seen,
        text,
        record: list.to_string(),
        subject: format!("import: {added} added, {changed} changed"),
        step: None,
        by: actor_or_one_of(env, book, folder, spec, plan)?,
    })
}

fn borrowed<'c>(cells: &'c [(&'c str, String)]) -> Cells<'c> {
    cells.iter().map(|(key, cell)| (*key, cell.as_str())).collect()
}

/// Who imports. The first staff of a new department are imported by one of themselves, whom `--by` names.
fn actor_or_one_of(env: &Env, book: &Book<'_>, folder: &Folder, spec: &ListSpec, plan: &Plan) -> Outcome<Code> {
    let is_first = spec.list == List::Staff && book.list(List::Staff).rows.is_empty();
    let named = env.by.as_deref().filter(|_| is_first);
    let one = plan.added.iter().find(|added| named.is_some_and(|by| by.eq_ignore_ascii_case(&added.code)));
    match one.and_then(|added| added.code.parse().ok()) {
        Some(code) => Ok(code),
        None => env.actor(book, folder),
    }
}

//! `cs log`: a record's history in words: what was done, when, by whom, and in which commit.

use clap::{ArgMatches, Command};
use serde_json::json;

use crate::base::problem::Outcome;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::rfc3339;
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::{command, number_word};
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::commands::forms::step::existing;
use crate::commands::print::print_table;
use crate::derived::of_step;
use crate::forms::KINDS;
use crate::forms::form::Form;
use crate::forms::spec::Kept;
use crate::show::json;
use crate::store::Git;
use crate::store::git::LogEntry;
use crate::tr;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command("log", words("Tell a record's history from git, in words", "用文字说明单据的 git 历史"), lang)
        .arg(number_word("NUMBER", lang))
}

/// Runs it.
///
/// # Errors
/// When there is no such record, or git fails.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let number = find_number(&book, KINDS, args.get_one::<String>("NUMBER").map_or("", String::as_str))?;
    let form = existing(&book, &number)?;
    let commits = match Git::probe(folder.root()) {
        Some(git) => commits_of(&form, git.log(&form.file)?),
        None => Vec::new(),
    };
    let rows = rows(&form, &commits);
    if env.json {
        let list: Vec<serde_json::Value> = rows
            .iter()
            .map(|row| json!({ "at": rfc3339(row.at), "by": row.by, "step": row.step, "do": row.verb, "what": row.what.get(env.lang), "commit": row.commit }))
            .collect();
        return env.data(&json::text(&json!(list)));
    }
    let table = Table {
        name: "log",
        title: words("History", "历史"),
        columns: vec![
            column("at", "At", "时间").whole(),
            column("by", "By", "经办").whole(),
            column("what", "What", "内容"),
            column("commit", "Commit", "提交").whole(),
        ],
        rows: rows
            .iter()
            .map(|row| Row {
                cells: vec![
                    Cell::Time(row.at),
                    Cell::Text(row.by.clone()),
                    Cell::Words(row.what.clone()),
                    Cell::Text(row.commit.as_deref().map_or("", |c| &c[..c.len().min(8)]).to_string()),
                ],
                records: Vec::new(),
            })
            .collect(),
    };
    print_table(env, &table, None)
}

/// The commits about a form among those of its file, which it may share with others.
fn commits_of(form: &Form, mut commits: Vec<LogEntry>) -> Vec<LogEntry> {
    if form.spec.kept == Kept::Rows {
        let number = form.number.to_string();
        let names_it = |(key, value): &(String, String)| key == "Cs-Record" && *value == number;
        commits.retain(|entry| entry.trailers.iter().any(names_it));
    }
    commits
}

struct Told {
    at: crate::base::time::Time,
    by: String,
    step: Option<usize>,
    verb: String,
    what: Text,
    commit: Option<String>,
}

/// The steps in order, each with the commit that brought it; then commits that brought no step: edits by hand.
fn rows(form: &Form, commits: &[LogEntry]) -> Vec<Told> {
    let brought = |entry: &LogEntry, index: usize| {
        entry.trailers.iter().any(|(key, value)| key == "Cs-Step" && *value == index.to_string())
    };
    let mut rows: Vec<Told> = form
        .steps
        .iter()
        .map(|step| {
            let name = step.spec.name;
            let (verb, index) = (step.verb(), step.index);
            let name = match of_step(form, step) {
                Some(more) => tr!("{name}: {more}", "{name}：{more}"; name, more),
                None => name.into(),
            };
            let what = match step.voided_by {
                None => tr!("{index}. {name}", "{index}. {name}"; name),
                Some(by) => tr!("{index}. {name} (voided by step {by})", "{index}. {name}（已被步骤 {by} 作废）"; name),
            };
            let commit = commits.iter().find(|entry| brought(entry, step.index)).map(|entry| entry.commit.clone());
            Told { at: step.at, by: step.by.to_string(), step: Some(step.index), verb: verb.to_string(), what, commit }
        })
        .collect();
    for entry in commits.iter().filter(|entry| !entry.trailers.iter().any(|(key, _)| key == "Cs-Step")) {
        rows.push(Told {
            at: entry.time,
            by: entry.author.split('<').next().unwrap_or("").trim().to_string(),
            step: None,
            verb: "commit".to_string(),
            what: Text::same(&entry.subject),
            commit: Some(entry.commit.clone()),
        });
    }
    rows.sort_by_key(|row| row.step.unwrap_or(usize::MAX));
    rows
}

//! `cs customer show`: one customer's row and whole file (360°).

use clap::{ArgMatches, Command};
use serde_json::Value as Json;

use crate::base::field::List;
use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{format_flag, format_of, records_flag, row_word};
use crate::commands::env::Env;
use crate::commands::lists::{row_facts, row_json};
use crate::commands::print::with_problems;
use crate::reports::customer_file::customer_file;
use crate::show::{json, report as draw};

/// The command's line.
pub fn command(lang: Lang) -> Command {
    let about = words(
        "Show one customer's whole file: contacts, sites, orders, repairs, complaints, money, duties",
        "查看客户完整档案：联系记录、门店、订单、维修、投诉、款项、待办",
    );
    crate::commands::cli::command("show", about, lang)
        .arg(row_word(lang))
        .arg(format_flag(lang))
        .arg(records_flag(lang))
}

/// Runs it.
///
/// # Errors
/// When no customer is meant, or a record can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let rows = book.list(List::Customers);
    let code = rows.resolve(args.get_one::<String>("WORD").map_or("", String::as_str))?;
    let Some(row) = rows.get(&code) else { return Ok(()) };
    let sections = customer_file(&book, &code, env.reveal);
    let facts = row_facts(env, &book, row);
    let records = args.get_flag("records");
    let format = format_of(args).unwrap_or("text");
    let printed = match if env.json { "json" } else { format } {
        "json" => {
            let mut object = row_json(env, row);
            object.insert("sections".into(), draw::sections_json(&sections));
            env.data(&json::text(&Json::Object(object)))
        }
        "csv" => env.data(&draw::sections_csv(rows.spec.command, &facts, &sections, records, env.lang)),
        "md" => env.print(&draw::sections_markdown(rows.spec.row, &facts, &sections, records, &env.canvas)),
        _ => env.print(&draw::sections_text(&facts, &sections, records, &env.canvas)),
    };
    with_problems(&book, printed)
}

//! `cs customer silent`: the active customers with whom nobody was in touch for long (R38).

use clap::{ArgMatches, Command};

use crate::base::field::{Entry, List};
use crate::base::problem::Outcome;
use crate::base::table::{Cell, column};
use crate::base::words::{Lang, words};
use crate::commands::cli::{format_flag, format_of, option};
use crate::commands::env::Env;
use crate::commands::known::over_known;
use crate::commands::print::print_table;
use crate::customers::silent;
use crate::reports::customers::silent_customers;
use crate::tr;

/// The command's line.
pub fn command(lang: Lang) -> Command {
    let about = words(
        "List active customers without a contact for long, with their last contact and phone",
        "列出久未联系的合作中客户、最近联系情况和电话",
    );
    let days = words(
        "How long, if not customer.silent_days of policy.toml",
        "多少天；默认按 policy.toml 的 customer.silent_days",
    );
    let days = option("days", "N", days, lang).value_parser(clap::value_parser!(u16));
    crate::commands::cli::command("silent", about, lang).arg(days).arg(format_flag(lang))
}

/// Runs it.
///
/// # Errors
/// When a record can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let days = args.get_one::<u16>("days").map_or(book.figures().silent_days, |days| u64::from(*days));
        let silences = silent(book, days);
        let mut table = silent_customers(book, &silences);
        // Whoever calls them needs the number at hand.
        table.columns.push(column("phone", "Phone", "电话").whole());
        for (row, silence) in table.rows.iter_mut().zip(&silences) {
            let customer = book.list(List::Customers).get(&silence.customer);
            let phone = customer.and_then(|customer| customer.fields.entry("phone"));
            let shown = |Entry { field, value, .. }: &Entry| Cell::of(field, Some(value), env.reveal);
            row.cells.push(phone.map_or(Cell::Empty, shown));
        }
        let printed = print_table(env, &table, format_of(args));
        let count = silences.len();
        env.say(&tr!(
            "active customers without a contact for {days} days or more: {count}",
            "已有 {days} 天或更久没有联系的合作中客户：{count} 个"
        ));
        printed
    })
}

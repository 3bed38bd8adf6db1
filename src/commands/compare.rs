//! `cs repair compare`: the quotes of a ticket side by side, line by line, with the median of past prices (R24).

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::{ArgMatches, Command};

use crate::aftersales::{past_prices, quotes_of, standing};
use crate::base::field::{Fields, Kind, List};
use crate::base::money::Money;
use crate::base::problem::{Outcome, Problem};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{command, number_word};
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::commands::forms::Guest;
use crate::commands::forms::step::existing;
use crate::commands::print::{print_tables, with_problems};
use crate::forms::form::Form;
use crate::forms::quote::{Quote, amount_of};
use crate::forms::repair::{REPAIR, Repair};
use crate::forms::spec_of;
use crate::tr;

/// The command joins those of the ticket.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == REPAIR.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == REPAIR.verbs.command && verb == "compare").then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Lay a ticket's quotes side by side with the median of past prices (R24)",
        "并列比较一张维修单的各家报价及历史中位价（R24）",
    );
    command("compare", about, lang).arg(number_word("WX|BJ", lang))
}

/// Runs it. A quote's number means its ticket.
///
/// # Errors
/// When no ticket is meant, or it has no quote.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let word = args.get_one::<String>("NUMBER").map_or("", String::as_str);
    let number = find_number(&book, &[&REPAIR, spec_of(Kind::Quote)], word)?;
    let named = existing(&book, &number)?;
    let ticket = match Quote::of(&named).repair() {
        Some(ticket) => existing(&book, ticket)?,
        None => named,
    };
    let quotes = quotes_of(&book, &ticket.number);
    let Some(first) = quotes.first().map(|form| form.day()) else {
        let number = &ticket.number;
        return Err(Problem::new(
            "compare.none",
            tr!("{number} has no quote yet", "{number} 还没有报价"),
            tr!(
                "record one: cs repair quote {number} --agency CODE --line COMPONENT=QTY@PRICE:WORK",
                "请先登记：cs repair quote {number} --agency 代码 --line 部件=数量@单价:维修内容"
            ),
        )
        .into());
    };
    let printed = print_tables(env, &[lines(&book, &ticket, &quotes, first), totals(&book, &quotes)]);
    with_problems(&book, printed)
}

/// Each reported component with what each quote asks for it, the cheapest first.
fn lines(book: &Book<'_>, ticket: &Form, quotes: &[Arc<Form>], first: Date) -> Table {
    let mut rows = Vec::new();
    let mut prices = past_prices(book, first);
    let mut met = BTreeSet::new();
    // A component may be reported with several faults.
    for component in Repair::of(ticket).components().filter(|component| met.insert(*component)) {
        let past = prices.remove(component).unwrap_or_default();
        let (count, median) = (past.len() as u64, Money::median(past));
        let mut asked: Vec<(&Arc<Form>, &Fields)> =
            quotes.iter().flat_map(|form| form.lines.iter().map(move |line| (form, line))).collect();
        asked.retain(|(_, line)| line.text("component") == Some(component));
        asked.sort_by_key(|(form, line)| (line.money("price"), form.number.clone()));
        for (form, line) in asked {
            let price = line.money("price");
            let apart = price.zip(median).and_then(|(price, median)| price.minus(median));
            rows.push(Row {
                cells: vec![
                    Cell::Text(component.to_string()),
                    Cell::Number(form.number.clone()),
                    Cell::Text(book.name(List::Agencies, Quote::of(form).agency())),
                    Cell::count(line.whole("quantity")),
                    price.into(),
                    median.into(),
                    Cell::count(count),
                    apart.into(),
                    amount_of(line, "price").into(),
                    Cell::Text(line.text("work").unwrap_or("").to_string()),
                ],
                records: vec![form.number.clone()],
            });
        }
    }
    Table {
        name: "lines",
        title: words("Lines", "明细比价"),
        columns: vec![
            column("component", "Component", "部件").whole(),
            column("quote", "Quote", "报价单").whole(),
            column("agency", "Agency", "广告公司"),
            column("quantity", "Quantity", "数量").numeric(),
            column("price", "Price", "单价").numeric(),
            column("median", "Past median", "历史中位价").numeric(),
            column("past", "Past prices", "历史次数").numeric(),
            column("apart", "Above median", "高于中位价").numeric(),
            column("amount", "Amount", "金额").numeric(),
            column("work", "Work", "维修内容"),
        ],
        rows,
    }
}

/// The quotes by their totals, the cheapest first.
fn totals(book: &Book<'_>, quotes: &[Arc<Form>]) -> Table {
    let mut quotes: Vec<&Arc<Form>> = quotes.iter().collect();
    quotes.sort_by_key(|form| (Quote::of(form).total(), form.number.clone()));
    let row = |form: &&Arc<Form>| {
        let (quote, state) = (Quote::of(form), standing(book, form));
        Row {
            cells: vec![
                Cell::Number(form.number.clone()),
                Cell::Text(book.name(List::Agencies, quote.agency())),
                Cell::Text(form.header.text("city").unwrap_or("").to_string()),
                quote.total().into(),
                Cell::coded(state.code, state.name),
            ],
            records: vec![form.number.clone()],
        }
    };
    Table {
        name: "totals",
        title: words("Totals", "合计比较"),
        columns: vec![
            column("quote", "Quote", "报价单").whole(),
            column("agency", "Agency", "广告公司"),
            column("city", "City", "城市"),
            column("total", "Total", "合计").numeric(),
            column("state", "State", "状态").whole(),
        ],
        rows: quotes.iter().map(row).collect(),
    }
}

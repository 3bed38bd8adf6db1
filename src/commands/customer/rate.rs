//! `cs customer grade` and `cs customer credit`: what orders and payments propose, with the figures, and taking it (R6, R7).

use std::cell::OnceCell;
use std::cmp::Ordering;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::field::List;
use crate::base::number::{Code, Number};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Lang, Text, Words, words};
use crate::book::Book;
use crate::checks::may_sign;
use crate::commands::cli::{format_flag, format_of, records_flag, switch};
use crate::commands::env::Env;
use crate::commands::print::{print_with_records, with_problems};
use crate::commands::rows::checked;
use crate::commands::save::{Change, save};
use crate::customers::{Credit, Grade, active, credits, grades};
use crate::lists::spec_of;
use crate::store::csv_edit::csv_change;
use crate::tr;

/// A mark that customers are given by their figures.
pub struct Rating {
    /// The subcommand, and the column that holds the mark; its day and basis stand in `…_on` and `…_basis`.
    pub name: &'static str,
    about: Words,
    title: Words,
    /// The columns of the day and of the basis.
    on: &'static str,
    basis: &'static str,
    /// The columns of the figures behind a proposal.
    columns: &'static [Column],
    propose: fn(&Book<'_>, &[String]) -> Vec<Proposal>,
}

/// What is proposed for a customer.
struct Proposal {
    customer: String,
    /// `None` where there is nothing to judge by.
    mark: Option<&'static str>,
    /// The figures under the rating's columns.
    figures: Vec<Cell>,
    basis: Text,
    records: Vec<Number>,
}

/// The marks that customers are given.
pub const RATINGS: &[Rating] = &[
    Rating {
        name: "grade",
        about: words(
            "Propose grades by what was ordered in the last months, or accept the proposals",
            "按近期订购金额建议客户等级，或采用建议",
        ),
        title: words("Proposed grades", "客户等级建议"),
        on: "grade_on",
        basis: "grade_basis",
        columns: &[
            column("volume", "Amount ordered", "订购金额").numeric(),
            column("orders", "Orders", "订单数").numeric(),
            column("unpriced", "Orders without prices", "未定价订单").numeric(),
        ],
        propose: |book, codes| grades(book, codes).into_iter().map(|grade| of_grade(book, grade)).collect(),
    },
    Rating {
        name: "credit",
        about: words(
            "Propose credits by the days from payment papers to payment, or accept the proposals (R7)",
            "按寄出付款资料到付清的天数建议客户信用，或采用建议（R7）",
        ),
        title: words("Proposed credits", "客户信用建议"),
        on: "credit_on",
        basis: "credit_basis",
        columns: &[
            column("median", "Days to pay, median", "付款天数中位数").numeric(),
            column("paid", "Orders paid", "已付清订单").numeric(),
            column("open", "Orders unpaid", "未付清订单").numeric(),
            column("owed", "Left to pay", "未付金额").numeric(),
            column("longest", "Unpaid for, longest", "最长未付天数").numeric(),
        ],
        propose: |book, codes| credits(book, codes).into_iter().map(|credit| of_credit(book, credit)).collect(),
    },
];

fn of_grade(book: &Book<'_>, grade: Grade) -> Proposal {
    let (months, volume, count) = (book.figures().rating_months, grade.volume, grade.orders.len());
    let figures = vec![volume.into(), Cell::count(count as u64), Cell::count(grade.unpriced.len() as u64)];
    Proposal {
        customer: grade.customer,
        mark: Some(grade.proposed),
        figures,
        basis: tr!(
            "{volume} ordered in {months} months, orders: {count}",
            "近 {months} 个月订购 {volume}（{count} 单）"
        ),
        records: grade.orders.into_iter().chain(grade.unpriced).collect(),
    }
}

fn of_credit(book: &Book<'_>, credit: Credit) -> Proposal {
    let months = book.figures().rating_months;
    let (paid, open, owed) = (credit.paid.len(), credit.unpaid.len(), credit.owed);
    let days = |days: Option<i64>| Cell::from(days.map(Amount::Days));
    let mut basis: Vec<Text> = Vec::new();
    if let Some(median) = credit.median {
        basis.push(tr!(
            "median {median} days to pay in {months} months, orders: {paid}",
            "近 {months} 个月付款天数中位数 {median} 天（{paid} 单）"
        ));
    }
    if let Some(longest) = credit.longest {
        basis.push(tr!("{owed} unpaid, longest {longest} days", "未付 {owed}，最长 {longest} 天"));
    }
    Proposal {
        mark: credit.proposed,
        figures: vec![
            days(credit.median),
            Cell::count(paid as u64),
            Cell::count(open as u64),
            owed.into(),
            days(credit.longest),
        ],
        basis: Text::join(&basis, words("; ", "；")),
        records: credit.orders(),
        customer: credit.customer,
    }
}

/// The command's line.
pub fn command(rating: &Rating, lang: Lang) -> Command {
    let codes = words("Codes or names; all active customers if left out", "客户代码或名称；默认为全部合作中客户");
    let accept = words(
        "Write the proposals to the list, with day and basis; the archivist or a manager does that",
        "把建议连同日期和依据写入客户档案；由信息档案管理员或经理操作",
    );
    let codes = Arg::new("WORD").value_name("CODE").help(codes.get(lang)).action(ArgAction::Append).num_args(0..);
    crate::commands::cli::command(rating.name, rating.about, lang)
        .arg(codes)
        .arg(switch("accept", accept, lang))
        .arg(format_flag(lang))
        .arg(records_flag(lang))
}

/// Runs it.
///
/// # Errors
/// When there is no such customer, a record can't be read, or the person may not accept.
pub fn run(env: &Env, rating: &Rating, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let given: Vec<&String> = args.get_many("WORD").unwrap_or_default().collect();
    let print = |table: &Table| {
        let format = format_of(args);
        print_with_records(env, table, format, args.get_flag("records"))
    };
    if !args.get_flag("accept") {
        let whole = Book::open(&folder, env.time);
        whole.sound()?;
        let book = whole.as_of(env.time);
        let proposals = proposals(&book, rating, &given)?;
        let printed = print(&table(&book, rating, &proposals));
        if proposals.iter().any(|proposal| proposal.mark.is_some()) {
            let name = rating.name;
            env.say(&tr!(
                "take them with: cs customer {name} CODE … --accept",
                "采用建议：cs customer {name} 客户代码 … --accept"
            ));
        }
        return with_problems(&book, printed);
    }
    let accepted = OnceCell::new();
    save(
        env,
        &folder,
        &format!("customer {}", rating.name),
        &[],
        |book, _| {
            let by = env.actor(book, &folder)?;
            all_or(may_sign(book, "rate", None, &by).into_iter().collect())?;
            let mut proposals = proposals(book, rating, &given)?;
            // A mark that rests on half of the records would be a wrong one.
            book.sound()?;
            proposals.retain(|proposal| proposal.mark.is_some());
            if proposals.is_empty() {
                return Err(nothing(rating).into());
            }
            let change = change(env, book, rating, &proposals, by)?;
            let _ = accepted.set((table(book, rating, &proposals), proposals.len()));
            Ok(change)
        },
        |_, _| {
            let Some((table, count)) = accepted.get() else { return Ok(()) };
            print(table)?;
            env.say(&tr!("customers rated: {count}", "已评定客户：{count} 个"));
            Ok(())
        },
    )
}

fn nothing(rating: &Rating) -> Problem {
    let name = rating.name;
    Problem::new(
        "rate.nothing",
        tr!("there is nothing to accept: no figures to judge by", "没有可采用的建议：缺少评定所需的数据"),
        tr!(
            "see `cs customer {name}`; give it by hand: cs customer edit CODE --{name} …",
            "请查看 cs customer {name}；也可手工评定：cs customer edit 代码 --{name} …"
        ),
    )
}

/// The proposals for the customers who are named; for all active ones where none is.
fn proposals(book: &Book<'_>, rating: &Rating, given: &[&String]) -> Outcome<Vec<Proposal>> {
    let rows = book.list(List::Customers);
    let (mut codes, mut problems) = (Vec::new(), Vec::new());
    for word in given {
        match rows.resolve(word) {
            Ok(code) if codes.contains(&code) => {}
            Ok(code) => codes.push(code),
            Err(problem) => problems.push(problem),
        }
    }
    all_or(problems)?;
    Ok((rating.propose)(book, &if given.is_empty() { active(book) } else { codes }))
}

/// The list with the marks, their day and their basis written to the customers' rows.
fn change(env: &Env, book: &Book<'_>, rating: &Rating, proposals: &[Proposal], by: Code) -> Outcome<Change> {
    let spec = spec_of(List::Customers);
    let rows = book.list(List::Customers);
    let today = book.now.today().to_string();
    let changes: Vec<_> = proposals
        .iter()
        .filter_map(|proposal| {
            let cells = vec![
                (rating.name, proposal.mark?),
                (rating.on, today.as_str()),
                (rating.basis, proposal.basis.get(env.lang)),
            ];
            Some((rows.get(&proposal.customer)?.span.start, cells))
        })
        .collect();
    let text = csv_change(&rows.text, &changes, &[])?;
    checked(book, spec, &text)?;
    let (record, subject) = match proposals {
        [one] => (one.customer.clone(), format!("customer {}: {}", rating.name, one.mark.unwrap_or_default())),
        several => ("customers".to_string(), format!("{}: {} rated", rating.name, several.len())),
    };
    Ok(Change { path: spec.file.to_string(), seen: Some(rows.text.to_string()), text, record, subject, step: None, by })
}

fn table(book: &Book<'_>, rating: &Rating, proposals: &[Proposal]) -> Table {
    let rows = book.list(List::Customers);
    let row = |proposal: &Proposal| {
        let fields = rows.get(&proposal.customer).map(|row| &row.fields);
        let present = fields.and_then(|fields| fields.text(rating.name));
        let mut cells = vec![
            Cell::Text(proposal.customer.clone()),
            Cell::Text(rows.name_of(&proposal.customer).to_string()),
            mark(present),
            fields.and_then(|fields| fields.date(rating.on)).into(),
            mark(proposal.mark),
            proposal.mark.map_or(Cell::Empty, |proposed| standing(present, proposed)),
        ];
        cells.extend(proposal.figures.iter().cloned());
        Row { cells, records: proposal.records.clone() }
    };
    let mut columns = vec![
        column("code", "Code", "代码").whole(),
        column("customer", "Customer", "客户"),
        column("present", "Present", "现评").whole(),
        column("rated_on", "Rated on", "评定日期").whole(),
        column("proposed", "Proposed", "建议").whole(),
        column("change", "Change", "变动").whole(),
    ];
    columns.extend(rating.columns);
    Table { name: rating.name, title: rating.title, columns, rows: proposals.iter().map(row).collect() }
}

fn mark(mark: Option<&str>) -> Cell {
    mark.map_or(Cell::Empty, |mark| Cell::Text(mark.to_string()))
}

/// How a proposed mark stands against the present one; marks are letters, the better first.
fn standing(present: Option<&str>, proposed: &str) -> Cell {
    match present.map(|present| proposed.cmp(present)) {
        None => Cell::coded("new", words("new", "新评")),
        Some(Ordering::Less) => Cell::coded("up", words("up", "上调")),
        Some(Ordering::Equal) => Cell::coded("same", words("as it is", "不变")),
        Some(Ordering::Greater) => Cell::coded("down", words("down", "下调")),
    }
}

//! 客户分析: what customers ordered, by grade and credit; who ordered most; with whom nobody was in touch (R5, R6, R7).
//!
//! Grade, credit and status are those of today's list: it keeps no history. What was ordered, and the contacts, are as
//! they were known at the end of each period.

use std::collections::{BTreeMap, BTreeSet};

use super::charts;
use super::customer_file::COMPLAINTS;
use super::figure::{Rule, Tally, count};
use super::groups::across;
use super::listing::table;
use super::model::Section;
use super::orders;
use super::receivables::{DAYS_TO_PAY, UNPAID, UNPAID_DAYS, VOLUME, unpaid_orders};
use super::scope::{Scope, Span};
use super::visits::SATISFACTION;
use crate::base::field::Kind::Order as ORDER;
use crate::base::field::List;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::customers::{Silence, customers_of, silent};
use crate::duties::Duty;
use crate::duties::lists::first_contact;
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::lists;
use crate::lists::is_active;

const ORDERING: Rule = count("customers_ordering", "Customers who ordered", "下单客户数", |s| {
    let customers: BTreeSet<&str> = s.made(ORDER).map(|form| Order::of(form).customer()).collect();
    Tally { value: Some(Amount::Count(customers.len() as u64)), ..Tally::count(s.made(ORDER)) }
});
const ORDERS: Rule = Rule { key: "orders", name: words("Orders taken", "接单数"), ..orders::TAKEN };
/// The records are those of the last contacts.
const SILENT: Rule = count("customers_silent", "Silent at the end", "期末沉默客户", |s| {
    let silent = silent(s.book(), s.book().figures().silent_days);
    let mut records: Vec<Number> = silent.iter().filter_map(|silence| silence.last.as_ref()?.record.clone()).collect();
    records.sort_unstable();
    records.dedup();
    Tally { value: Some(Amount::Count(silent.len() as u64)), records }
});
/// R5; a first contact is on record in the list alone.
const OVERDUE: Rule =
    count("customers_uncontacted", "First contacts overdue at the end", "期末逾期未首次联系", |s| Tally {
        value: Some(Amount::Count(overdue(s).len() as u64)),
        records: Vec::new(),
    });

const RULES: &[Rule] =
    &[ORDERING, ORDERS, VOLUME, COMPLAINTS, SATISFACTION, SILENT, OVERDUE, UNPAID, UNPAID_DAYS, DAYS_TO_PAY];

/// Customers: by grade and credit, those who ordered most, those to whom somebody should speak.
pub fn customers(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let silences = silent(span.book(), span.book().figures().silent_days);
    let late = overdue(span);
    let mut section = scope.section("customers", words("Customers", "客户"), RULES);
    section.tables = vec![
        by(scope, &BY_GRADE, &silences, &late),
        by(scope, &BY_CREDIT, &silences, &late),
        top(scope),
        silent_customers(span.book(), &silences),
        overdue_contacts(span.book(), &late),
        unpaid_orders(span),
    ];
    section.charts = charts::CUSTOMERS;
    Some(section)
}

/// The first contacts that are overdue at the end of a span (R5).
fn overdue(span: &Span<'_>) -> Vec<Duty> {
    let book = span.book();
    let mut duties = Vec::new();
    first_contact(book, &mut duties);
    duties.retain(|duty| duty.late_minutes(book.now.time) > 0);
    duties
}

/// A cell of a customer's row.
fn cell_of(book: &Book<'_>, code: &str, key: &str) -> Cell {
    let row = book.list(List::Customers).get(code);
    let entry = row.and_then(|row| row.fields.entry(key));
    entry.map_or(Cell::Empty, |entry| Cell::of(entry.field, Some(&entry.value), false))
}

/// A customer's code, name and owner's name.
fn who(book: &Book<'_>, code: &str) -> [Cell; 3] {
    let customers = book.list(List::Customers);
    let owner = customers.get(code).and_then(|row| row.fields.text("owner"));
    [
        Cell::Text(code.to_string()),
        Cell::Text(customers.name_of(code).to_string()),
        owner.map_or(Cell::Empty, |owner| Cell::Text(book.name(List::Staff, owner))),
    ]
}

const CODE: Column = column("code", "Code", "代码").whole();
const NAME: Column = column("customer", "Customer", "客户");
const OWNER: Column = column("owner", "Owner", "负责人");
const PREVIOUS: Column = column("previous", "Period before", "上期").numeric();
const LAST_YEAR: Column = column("last_year", "Last year", "去年同期").numeric();

/// The three periods, a span of each for every group of customers, so that groups may be compared.
struct Compared<'b>([BTreeMap<String, Span<'b>>; 3]);

impl<'b> Compared<'b> {
    /// `group` names the group of a customer.
    fn of(scope: &Scope<'b>, group: impl Fn(&Book<'b>, String) -> String) -> Compared<'b> {
        let groups = |book: &Book<'b>, form: &Form| {
            let customers = customers_of(book, form).into_iter();
            customers.map(|code| group(book, code)).collect()
        };
        Compared(scope.spans().map(|span| span.split(groups)))
    }

    /// What a rule finds of a group in this period; nothing of one without records.
    fn tally(&self, rule: &Rule, group: &str) -> Tally {
        let none = Tally { value: None, records: Vec::new() };
        self.0[0].get(group).map_or(none, |span| (rule.of)(span))
    }

    /// What a group ordered in the two other periods.
    fn before(&self, group: &str) -> [Tally; 2] {
        [1, 2].map(|at| Tally {
            value: self.0[at].get(group).and_then(|span| (VOLUME.of)(span).value),
            records: Vec::new(),
        })
    }
}

/// A way to sort customers: by a choice in their rows.
struct Sorting {
    name: &'static str,
    title: Words,
    key: &'static str,
    head: Column,
    /// What is told of each group, beside what it ordered.
    rules: &'static [Rule],
}

const BY_GRADE: Sorting = Sorting {
    name: "by_grade",
    title: words("By grade", "按等级"),
    key: "grade",
    head: column("grade", "Grade", "等级"),
    rules: &[ORDERS, COMPLAINTS, SATISFACTION],
};
const BY_CREDIT: Sorting = Sorting {
    name: "by_credit",
    title: words("By credit", "按信用"),
    key: "credit",
    head: column("credit", "Credit", "信用"),
    rules: &[UNPAID],
};

/// The mark of a customer under a column; empty where it has none.
fn mark_of(book: &Book<'_>, code: &str, key: &str) -> String {
    let row = book.list(List::Customers).get(code);
    row.and_then(|row| row.fields.text(key)).unwrap_or_default().to_string()
}

/// The groups of a sorting that have customers, those without a mark last.
fn by(scope: &Scope<'_>, sorting: &Sorting, silences: &[Silence], late: &[Duty]) -> Table {
    let book = scope.span.book();
    let compared = Compared::of(scope, |book, code| mark_of(book, &code, sorting.key));
    let customers = book.list(List::Customers);
    let mut groups: BTreeMap<(bool, String), Vec<&lists::Row>> = BTreeMap::new();
    for row in &customers.rows {
        let mark = mark_of(book, &customers.key_of(row), sorting.key);
        groups.entry((mark.is_empty(), mark)).or_default().push(row);
    }
    let count = |n: usize| Tally { value: Some(Amount::Count(n as u64)), records: Vec::new() };
    let row = |((none, mark), rows): (&(bool, String), &Vec<&lists::Row>)| {
        let is_of = |code: &str| mark_of(book, code, sorting.key) == *mark;
        let [previous, last_year] = compared.before(mark);
        let mut tallies = vec![
            count(rows.iter().filter(|row| is_active(row)).count()),
            compared.tally(&ORDERING, mark),
            compared.tally(&VOLUME, mark),
            previous,
            last_year,
        ];
        tallies.extend(sorting.rules.iter().map(|rule| compared.tally(rule, mark)));
        tallies.push(count(silences.iter().filter(|silence| is_of(&silence.customer)).count()));
        tallies.push(count(late.iter().filter(|duty| is_of(&duty.number)).count()));
        let (values, records) = across(tallies);
        let head = if *none { words("none", "未评").into() } else { Cell::Text(mark.clone()) };
        Row { cells: std::iter::once(head).chain(values).collect(), records }
    };
    let mut columns = vec![
        sorting.head,
        column("active", "Active customers", "合作中客户").numeric(),
        ORDERING.column(),
        VOLUME.column(),
        PREVIOUS,
        LAST_YEAR,
    ];
    columns.extend(sorting.rules.iter().map(Rule::column));
    columns.extend([SILENT.column(), OVERDUE.column()]);
    table(sorting.name, sorting.title, &columns, groups.iter().map(row))
}

/// How many customers the table of those who ordered most has.
const TOP: usize = 20;

/// The customers who ordered most, with their share of all.
fn top(scope: &Scope<'_>) -> Table {
    let book = scope.span.book();
    let compared = Compared::of(scope, |_, code| code);
    let money = |tally: &Tally| match tally.value {
        Some(Amount::Money(money)) => money,
        _ => Money::ZERO,
    };
    let mut ranked: Vec<(&String, Tally)> =
        compared.0[0].keys().map(|code| (code, compared.tally(&VOLUME, code))).collect();
    ranked.retain(|(_, tally)| money(tally) > Money::ZERO);
    ranked.sort_by(|(a, first), (b, second)| money(second).cmp(&money(first)).then(a.cmp(b)));
    let all = Money::sum(ranked.iter().map(|(_, tally)| money(tally)));
    let mut so_far = Money::ZERO;
    let rows: Vec<Row> = ranked
        .into_iter()
        .take(TOP)
        .map(|(code, tally)| {
            so_far = Money::sum([so_far, money(&tally)]);
            let share = |part: Money| Tally { value: Amount::share_of(part, all), records: Vec::new() };
            let shares = [share(money(&tally)), share(so_far)];
            let [previous, last_year] = compared.before(code);
            let others = [&ORDERS, &COMPLAINTS].map(|rule| compared.tally(rule, code));
            let (values, records) =
                across([tally].into_iter().chain(shares).chain([previous, last_year]).chain(others));
            let [code_cell, name, owner] = who(book, code);
            let marks = ["grade", "credit"].map(|key| cell_of(book, code, key));
            let cells = [code_cell, name].into_iter().chain(marks).chain([owner]).chain(values).collect();
            Row { cells, records }
        })
        .collect();
    let columns = [
        CODE,
        NAME,
        BY_GRADE.head,
        BY_CREDIT.head,
        OWNER,
        VOLUME.column(),
        column("share", "Share", "占比").numeric(),
        column("cumulated", "Cumulated", "累计占比").numeric(),
        PREVIOUS,
        LAST_YEAR,
        ORDERS.column(),
        COMPLAINTS.column(),
    ];
    table("top", words("Who ordered most", "订购金额排名"), &columns, rows)
}

/// Silent customers, each with the last contact.
pub fn silent_customers(book: &Book<'_>, silences: &[Silence]) -> Table {
    let columns = [
        CODE,
        NAME,
        BY_GRADE.head,
        OWNER,
        column("last_on", "Last contact", "最近联系").whole(),
        column("last_what", "What", "事项"),
        column("number", "Number", "单号").whole(),
        column("days", "Days silent", "沉默天数").numeric(),
    ];
    let row = |silence: &Silence| {
        let [code, name, owner] = who(book, &silence.customer);
        let last = silence.last.as_ref();
        let cells = vec![
            code,
            name,
            cell_of(book, &silence.customer, "grade"),
            owner,
            last.map(|contact| contact.on).into(),
            last.map_or(Cell::Empty, |contact| Cell::Words(contact.told())),
            last.and_then(|contact| contact.record.as_ref()).into(),
            silence.days.and_then(|days| i64::try_from(days).ok()).map(Amount::Days).into(),
        ];
        Row { cells, records: last.and_then(|contact| contact.record.clone()).into_iter().collect() }
    };
    table("silent", words("Silent customers", "沉默客户"), &columns, silences.iter().map(row))
}

fn overdue_contacts(book: &Book<'_>, late: &[Duty]) -> Table {
    let columns = [CODE, NAME, OWNER, column("due", "Due", "应办时间").whole()];
    let row = |duty: &Duty| {
        let cells = who(book, &duty.number).into_iter().chain([Cell::Time(duty.due)]).collect();
        Row { cells, records: Vec::new() }
    };
    table("overdue", words("First contacts overdue", "逾期未首次联系"), &columns, late.iter().map(row))
}

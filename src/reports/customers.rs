//! 客户分析: what customers ordered, by grade and credit; who ordered most; with whom nobody was in touch (R5, R6, R7).
//!
//! Grade, credit and status are those of today's list: it keeps no history. What was ordered, and the contacts, are as
//! they were known at the end of each period.

use std::collections::{BTreeMap, BTreeSet};

use super::customer_file::COMPLAINTS;
use super::figure::{Rule, Tally, count};
use super::groups::across;
use super::listing::table;
use super::model::Section;
use super::orders;
use super::receivables::{DAYS_TO_PAY, UNPAID, UNPAID_DAYS, VOLUME, unpaid_orders};
use super::scope::{Scope, Span};
use crate::base::field::Kind::Order as ORDER;
use crate::base::field::List;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::customers::{Silence, active, customers_of, silent};
use crate::duties::{Duty, lists::first_contact};
use crate::forms::order::Order;

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

const RULES: &[Rule] = &[ORDERING, ORDERS, VOLUME, COMPLAINTS, SILENT, OVERDUE, UNPAID, UNPAID_DAYS, DAYS_TO_PAY];

/// Customers: by grade and credit, those who ordered most, those to whom somebody should speak.
pub fn customers(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let silences = silent(span.book(), span.book().figures().silent_days);
    let late = overdue(span);
    let volumes = Volumes::of(scope);
    let mut section = scope.section("customers", words("Customers", "客户"), RULES);
    section.tables = vec![
        by(span.book(), &volumes, &BY_GRADE, &silences, &late),
        by(span.book(), &volumes, &BY_CREDIT, &silences, &late),
        top(span.book(), &volumes),
        silent_customers(span.book(), &silences),
        overdue_contacts(span.book(), &late),
        unpaid_orders(span),
    ];
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

/// A span for each customer.
fn by_customer<'b>(span: &Span<'b>) -> BTreeMap<String, Span<'b>> {
    span.split(|book, form| customers_of(book, form))
}

/// What customers ordered in the three periods, so that they may be compared.
struct Volumes<'b> {
    now: BTreeMap<String, Span<'b>>,
    previous: BTreeMap<String, Span<'b>>,
    last_year: BTreeMap<String, Span<'b>>,
}

impl<'b> Volumes<'b> {
    fn of(scope: &Scope<'b>) -> Volumes<'b> {
        let [now, previous, last_year] = [&scope.span, &scope.previous, &scope.last_year].map(by_customer);
        Volumes { now, previous, last_year }
    }

    /// What a rule finds of some customers in this period.
    fn tally(&self, rule: &Rule, codes: &[&String]) -> Tally {
        together(&self.now, rule, codes)
    }

    /// What these ordered in the two other periods.
    fn before(&self, codes: &[&String]) -> [Tally; 2] {
        [&self.previous, &self.last_year].map(|spans| Tally { records: Vec::new(), ..together(spans, &VOLUME, codes) })
    }
}

/// A sum over the spans of some customers.
fn together(spans: &BTreeMap<String, Span<'_>>, rule: &Rule, codes: &[&String]) -> Tally {
    let tallies: Vec<Tally> = codes.iter().filter_map(|code| spans.get(*code)).map(|span| (rule.of)(span)).collect();
    let value = match rule.unit {
        "money" => Amount::Money(Money::sum(tallies.iter().filter_map(|tally| match tally.value {
            Some(Amount::Money(money)) => Some(money),
            _ => None,
        }))),
        _ => Amount::Count(
            tallies
                .iter()
                .filter_map(|tally| match tally.value {
                    Some(Amount::Count(count)) => Some(count),
                    _ => None,
                })
                .sum(),
        ),
    };
    let records: BTreeSet<Number> = tallies.into_iter().flat_map(|tally| tally.records).collect();
    Tally { value: Some(value), records: records.into_iter().collect() }
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
    rules: &[ORDERS, COMPLAINTS],
};
const BY_CREDIT: Sorting = Sorting {
    name: "by_credit",
    title: words("By credit", "按信用"),
    key: "credit",
    head: column("credit", "Credit", "信用"),
    rules: &[UNPAID],
};

/// The groups of a sorting that have customers, those without a mark last.
fn by(book: &Book<'_>, volumes: &Volumes<'_>, sorting: &Sorting, silences: &[Silence], late: &[Duty]) -> Table {
    let customers = book.list(List::Customers);
    let active: BTreeSet<String> = active(book).into_iter().collect();
    let mut groups: BTreeMap<(bool, &str), Vec<String>> = BTreeMap::new();
    for row in &customers.rows {
        let mark = row.fields.text(sorting.key);
        groups.entry((mark.is_none(), mark.unwrap_or(""))).or_default().push(customers.key_of(row));
    }
    let row = |((none, _), codes): (&(bool, &str), &Vec<String>)| {
        let codes: Vec<&String> = codes.iter().collect();
        let is_one = |code: &str| codes.iter().any(|one| *one == code);
        let count = |n: usize| Tally { value: Some(Amount::Count(n as u64)), records: Vec::new() };
        let ordered =
            codes.iter().filter(|code| volumes.now.get(**code).is_some_and(|s| s.made(ORDER).next().is_some()));
        let [previous, last_year] = volumes.before(&codes);
        let mut tallies = vec![
            count(codes.iter().filter(|code| active.contains(**code)).count()),
            count(ordered.count()),
            volumes.tally(&VOLUME, &codes),
            previous,
            last_year,
        ];
        tallies.extend(sorting.rules.iter().map(|rule| volumes.tally(rule, &codes)));
        tallies.push(count(silences.iter().filter(|silence| is_one(&silence.customer)).count()));
        tallies.push(count(late.iter().filter(|duty| is_one(&duty.number)).count()));
        let (values, records) = across(tallies);
        let mark = if *none { words("none", "未评").into() } else { cell_of(book, codes[0], sorting.key) };
        Row { cells: std::iter::once(mark).chain(values).collect(), records }
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
fn top(book: &Book<'_>, volumes: &Volumes<'_>) -> Table {
    let money = |tally: &Tally| match tally.value {
        Some(Amount::Money(money)) => money,
        _ => Money::ZERO,
    };
    let mut ranked: Vec<(&String, Tally)> =
        volumes.now.keys().map(|code| (code, volumes.tally(&VOLUME, &[code]))).collect();
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
            let [previous, last_year] = volumes.before(&[code]);
            let others = [&ORDERS, &COMPLAINTS].map(|rule| volumes.tally(rule, &[code]));
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

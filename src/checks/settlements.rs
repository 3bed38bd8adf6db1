//! The register of settlements as a whole: decisions and payments belong to a statement, nothing is paid twice, and
//! each was entered by somebody who may (R1, R16, R21).

use std::collections::{BTreeMap, BTreeSet};

use super::references::no_code;
use super::signatures::refusal;
use crate::base::field::Kind;
use crate::base::money::Money;
use crate::base::number::{Code, Number};
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::book::Book;
use crate::registers::{SETTLEMENTS, Spot};
use crate::settlement::{Booked, Decision, Event, FEES, SIGN, What, account, counter, event, shaken};
use crate::tr;

/// What names a statement: account, party, month and which one.
type Name = (&'static str, String, Date, String);

/// What is known of a statement while the register is gone through.
#[derive(Default)]
struct Known {
    by: Option<Code>,
    lines: BTreeMap<u64, Money>,
    /// Its place in the order of import.
    order: usize,
    /// Where the first decision of it stands.
    decided: Option<Spot>,
}

/// A payment that is not taken back.
struct Paid<'e> {
    name: Name,
    booked: &'e Booked,
    spot: &'e Spot,
}

/// Everything that is wrong with the register of settlements, beyond single values.
pub fn settlements(book: &Book<'_>, problems: &mut Vec<Problem>) {
    let months = book.fold(&SETTLEMENTS, Date::MIN..=Date::MAX, Vec::new, |events: &mut Vec<Event>, entry| {
        events.push(event(&entry)?);
        Ok(())
    });
    let mut events: Vec<Event> = months.into_iter().flatten().collect();
    events.sort_by_key(|event| event.at);
    let sums = sums(&events);
    let mut known: BTreeMap<Name, Known> = BTreeMap::new();
    let mut paid: Vec<Paid<'_>> = Vec::new();
    for (event, sum) in events.iter().zip(sums) {
        let name = name(event);
        let wrong = match &event.what {
            What::Line { line, .. } => {
                let order = known.len();
                let statement = known.entry(name.clone()).or_insert(Known { order, ..Known::default() });
                statement.by.get_or_insert(event.by.clone());
                statement.lines.insert(line.number, line.amount);
                (statement.lines.len() == 1).then(|| party(book, event)).flatten()
            }
            What::Decide(decided) => match about(&known, &name, decided.line) {
                Err(problem) => Some(problem),
                Ok(statement) => {
                    let billed = decided.line.and_then(|line| statement.lines.get(&line)).copied();
                    let pays = match decided.decision {
                        Decision::Accept => billed,
                        Decision::Dispute => None,
                        Decision::Correct(amount) => Some(amount),
                    };
                    let wrong = signed(book, event, statement, pays.unwrap_or_default());
                    if let Some(statement) = known.get_mut(&name) {
                        statement.decided.get_or_insert(event.spot.clone());
                    }
                    wrong
                }
            },
            What::Settle(booked) => match about(&known, &name, booked.line) {
                Err(problem) => Some(problem),
                Ok(statement) => {
                    paid.push(Paid { name: name.clone(), booked, spot: &event.spot });
                    signed(book, event, statement, sum)
                }
            },
            What::Reverse => match about(&known, &name, None) {
                Err(problem) => Some(problem),
                Ok(statement) => {
                    paid.retain(|paid| paid.name != name);
                    signed(book, event, statement, Money::ZERO)
                }
            },
        };
        problems.extend(wrong.map(|problem| problem.at(book.place(&event.spot))));
    }
    problems.extend(paid_twice(&paid).into_iter().map(|(problem, spot)| problem.at(book.place(spot))));
    problems.extend(forks(&known, &paid).into_iter().map(|(problem, spot)| problem.at(book.place(spot))));
    let records: Vec<&Number> = paid.iter().filter_map(|paid| paid.booked.record.as_ref()).collect();
    if records.into_iter().filter_map(|number| book.form(number)).any(|form| form.spec.kind == FEES.kind) {
        // A repair's agency stands in its quote.
        book.load_naming(Kind::Quote);
    }
    for payment in &paid {
        let wrong = payment
            .booked
            .record
            .as_ref()
            .and_then(|number| paid_void(book, number).or_else(|| paid_shaken(book, payment, number)));
        problems.extend(wrong.map(|problem| problem.at(book.place(payment.spot))));
    }
}

/// What each settlement books at once, by its entries: that is the sum that is signed.
fn sums(events: &[Event]) -> Vec<Money> {
    let amount = |event: &Event| match &event.what {
        What::Settle(booked) => Some(booked.amount),
        _ => None,
    };
    let together = |a: &Event, b: &Event| {
        amount(a).is_some() && amount(b).is_some() && (name(a), a.at, &a.by) == (name(b), b.at, &b.by)
    };
    let runs = events.chunk_by(together);
    runs.flat_map(|run| vec![Money::sum(run.iter().filter_map(amount)); run.len()]).collect()
}

/// What is void counts nowhere, so nothing is owed for it (R66).
fn paid_void(book: &Book<'_>, number: &Number) -> Option<Problem> {
    book.form(number).filter(|form| form.is_void()).map(|_| {
        Problem::new(
            "settlement.void",
            tr!("{number} is paid for, and void (R66)", "{number} 已付款，但单据已作废（R66）"),
            tr!(
                "take the settlement back and settle anew: settle --reverse --note WHY",
                "请撤销结算后重新结算：settle --reverse --note 原因"
            ),
        )
    })
}

/// What is paid for is still owed: released, accepted, the same party's and month's (R16, R18, R21).
fn paid_shaken(book: &Book<'_>, paid: &Paid<'_>, number: &Number) -> Option<Problem> {
    let (code, party, month, _) = &paid.name;
    let (account, month) = (account(code)?, Period::holding(Unit::Month, *month));
    // Nothing is paid for what was accepted as not billed.
    let bar = Some(paid.booked.amount).filter(|sum| *sum != Money::ZERO);
    let bar = bar.and_then(|_| shaken(book, account, number, party, month))?.said();
    let (amount, command, flag) = (paid.booked.amount, account.command, account.flag);
    Some(Problem::new(
        "settlement.shaken",
        tr!(
            "{number} is paid for ({amount}) and changed since: {bar}",
            "{number} 已付款 {amount}，此后单据有变：{bar}"; bar
        ),
        tr!(
            "put the record right, or take the settlement back and settle anew: cs {command} settle --{flag} {party} --month {month} --reverse --note WHY",
            "请更正该单据，或撤销结算后重新结算：cs {command} settle --{flag} {party} --month {month} --reverse --note 原因"
        ),
    ))
}

fn name(event: &Event) -> Name {
    (event.account.code, event.party.clone(), event.month.from, event.statement.clone())
}

/// The statement that an entry is about.
fn about<'k>(known: &'k BTreeMap<Name, Known>, name: &Name, line: Option<u64>) -> Result<&'k Known, Problem> {
    let statement = known.get(name).filter(|s| line.is_none_or(|line| s.lines.contains_key(&line)));
    statement.ok_or_else(|| {
        let (_, party, month, id) = name;
        let (month, line) = (month.format("%Y-%m"), line.map_or_else(String::new, |line| line.to_string()));
        Problem::new(
            "settlement.orphan",
            tr!(
                "statement {id} of {party} for {month} has no line {line}",
                "{party} {month} 的对账单 {id} 没有第 {line} 行"
            ),
            tr!("bring the statement's lines back, or take this entry out", "请恢复对账单明细，或删除该记录"),
        )
    })
}

/// Who decides and settles may do so, and did not import the statement (R1).
fn signed(book: &Book<'_>, event: &Event, statement: &Known, amount: Money) -> Option<Problem> {
    let authors: Vec<&Code> = statement.by.iter().collect();
    refusal(book, SIGN, Some(amount), &authors, &event.by, event.at, book.now.zone.day(event.at))
}

/// A line is paid once, and so is a record, under whatever statement; and of a month one statement alone. What was
/// taken back counts no more.
fn paid_twice<'e>(paid: &[Paid<'e>]) -> Vec<(Problem, &'e Spot)> {
    let mut lines: BTreeSet<(&Name, u64)> = BTreeSet::new();
    let mut records: BTreeSet<&Number> = BTreeSet::new();
    let mut months: BTreeMap<(&str, &str, Date), &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for Paid { name, booked, spot } in paid {
        let (account, party, month, id) = name;
        let under = *months.entry((account, party, *month)).or_insert(id);
        let line_again = booked.line.is_some_and(|line| !lines.insert((name, line)));
        let record_again = booked.record.as_ref().is_some_and(|record| !records.insert(record));
        if under != id || line_again || record_again {
            let what = match (&booked.record, booked.line) {
                (Some(record), _) => record.to_string(),
                (None, line) => line.unwrap_or_default().to_string(),
            };
            problems.push((twice(&what), *spot));
        }
    }
    problems
}

/// Two clones' statements of one month, neither paid: the one imported first counts no more, and its decisions with it.
fn forks<'k>(known: &'k BTreeMap<Name, Known>, paid: &[Paid<'_>]) -> Vec<(Problem, &'k Spot)> {
    let month_of = |name: &'k Name| (name.0, name.1.as_str(), name.2);
    let mut current: BTreeMap<(&str, &str, Date), (&Name, &Known)> = BTreeMap::new();
    for (name, statement) in known {
        let last = current.entry(month_of(name)).or_insert((name, statement));
        if statement.order > last.1.order {
            *last = (name, statement);
        }
    }
    let is_paid = |name: &Name| paid.iter().any(|p| (p.name.0, &p.name.1, p.name.2) == (name.0, &name.1, name.2));
    let fork = |(name, statement): (&'k Name, &'k Known)| {
        let (counts, _) = current.get(&month_of(name))?;
        let spot = statement.decided.as_ref()?;
        let is_fork = *counts != name && counter(&counts.3) == counter(&name.3) && !is_paid(name);
        let ((_, party, month, id), last) = (name, &counts.3);
        let month = month.format("%Y-%m");
        is_fork.then(|| {
            let problem = Problem::new(
                "settlement.fork",
                tr!(
                    "{party} {month} has two statements: {last} counts, {id} no longer does, and it has decisions",
                    "{party} {month} 有两份对账单：以 {last} 为准，{id} 已失效，但已有处理决定"
                ),
                tr!(
                    "import the one that counts once more, and decide its differences",
                    "请重新导入应采用的一份，并处理其差异"
                ),
            );
            (problem, spot)
        })
    };
    known.iter().filter_map(fork).collect()
}

fn twice(what: &str) -> Problem {
    Problem::new(
        "settlement.twice",
        tr!("{what} is settled twice (R16)", "{what} 重复结算（R16）"),
        tr!(
            "have the money back, then take the month's settlement back with settle --reverse --note WHY, and settle anew",
            "请追回重复付款，再用 settle --reverse --note 原因 撤销当月结算并重新结算"
        ),
    )
}

/// The party stands in its list.
fn party(book: &Book<'_>, event: &Event) -> Option<Problem> {
    let (list, code) = (event.account.list, &event.party);
    book.list(list).get(code).is_none().then(|| no_code(list, code))
}

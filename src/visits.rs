//! Who is to be visited when and by whom, what counts as visited, and what a visit leads to (R5, R22, R35, R38–R41).
//! Derived each time, stored nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::Datelike;

use crate::base::field::{Kind, List};
use crate::base::number::{Code, Number};
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::time::{Date, Time, days_after};
use crate::book::Book;
use crate::forms::KINDS;
use crate::forms::form::Form;
use crate::forms::spec::FormSpec;
use crate::forms::visit::{VISIT, Visit};
use crate::lists::{Row, has_role, is_active};
use crate::registers::{Entry, FILINGS, SUMMARY_OF_VISITS};
use crate::tr;

/// Purposes of visits in which a customer is asked how all goes: each counts as the month's visit (R38, R40). A survey,
/// an offer, or what follows up a repair or complaint does not.
const REGULAR: &[&str] = &["monthly", "partner", "new_customer", GREETING];
const GREETING: &str = "greeting";
const CALL_BACK: &str = "complaint_call_back";
const PARTNERS: &[&str] = &["supplier", "contractor", "terminal"];
const DECEMBER: u32 = 12;

/// True of a business partner (R40).
pub fn is_partner(row: &Row) -> bool {
    row.fields.text("kind").is_some_and(|kind| PARTNERS.contains(&kind))
}

/// Who looks after a customer, as long as they work here.
pub fn owner(book: &Book<'_>, customer: &str) -> Option<Code> {
    let owner = book.list(List::Customers).get(customer)?.fields.staff("owner")?;
    book.staff_on(&owner, book.now.today()).is_some().then_some(owner)
}

/// The round of visits of a month, by the figures in force when the month began (R38, R68).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// The month.
    pub month: Period,
    /// Its first day.
    pub start: Date,
    /// Its last day: a working day of the month.
    pub end: Date,
    /// The day by which its summary is handed in (R39).
    pub summary: Date,
}

impl Round {
    /// The round of the month that holds a day.
    pub fn holding(book: &Book<'_>, day: Date) -> Round {
        let month = Period::holding(Unit::Month, day);
        let figures = book.policy.at(month.from);
        let start = days_after(month.from, figures.round_day.saturating_sub(1)).min(month.to);
        let over = days_after(start, figures.round_days).min(month.to);
        let end = last_workday(book, start, over);
        Round { month, start, end, summary: days_after(end, figures.summary_days) }
    }
}

/// The last working day from one day to another; the last day where none of them is one.
fn last_workday(book: &Book<'_>, from: Date, to: Date) -> Date {
    book.calendar().last_working(to).filter(|day| *day >= from).unwrap_or(to)
}

/// A visit that is to be made.
#[derive(Clone, Debug)]
pub struct Call {
    /// The rule that asks for it.
    pub rule: &'static str,
    /// The customer's code.
    pub customer: String,
    /// The kind of visit that is asked for.
    pub kind: &'static str,
    /// Whether the manager is to make it, and not the customer's owner (R38).
    pub by_manager: bool,
    /// The day from which it is to be made.
    pub from: Date,
    /// The day by which it is to be made.
    pub due: Date,
    /// The visit by which it was made.
    pub made: Option<Arc<Form>>,
}

/// Every visit that a month asks for, in the order of the customers' list: of each active customer who was one when the
/// round began by its owner; of each of grade A, in the last month of a quarter, by the manager, too (R38, R40, R41).
/// Customers and owners are as they are today.
pub fn calls(book: &Book<'_>, month: Period) -> Vec<Call> {
    let round = Round::holding(book, month.from);
    let quarter = Period::holding(Unit::Quarter, month.from);
    let by_manager = quarter.to == month.to;
    let made = by_customer(book, if by_manager { quarter.from } else { month.from }, month.to);
    let customers = book.list(List::Customers);
    let mut calls = Vec::new();
    let since = |row: &Row| row.fields.date("since").or(row.fields.date("assigned_on"));
    let there = |row: &&Row| is_active(row) && since(row).is_none_or(|since| since <= round.start);
    for row in customers.rows.iter().filter(there) {
        let customer = customers.key_of(row);
        let of = made.get(customer.as_str()).map_or(&[][..], Vec::as_slice);
        let (rule, kind, counts): (_, _, &[&str]) = match (month.from.month(), is_partner(row)) {
            (DECEMBER, _) => ("R41", GREETING, &[GREETING]),
            (_, true) => ("R40", "partner", REGULAR),
            (_, false) => ("R38", "monthly", REGULAR),
        };
        let first = |fits: &dyn Fn(&Form) -> bool| of.iter().find(|form| fits(form)).cloned();
        let is_large = row.fields.text("grade") == Some("A");
        // Of a customer of grade A the manager's visit comes beside the owner's, and not in its place.
        let owner = row.fields.staff("owner");
        let beside = |form: &Form| is_large && Some(form.author()) != owner.as_ref() && is_managers(book, form);
        let of_month =
            |form: &Form| month.contains(form.day()) && counts.contains(&Visit::of(form).purpose()) && !beside(form);
        if by_manager && is_large {
            let managers = |form: &Form| is_regular(form) && is_managers(book, form);
            calls.push(Call {
                rule: "R38",
                customer: customer.clone(),
                kind: "monthly",
                by_manager: true,
                from: month.from,
                due: last_workday(book, month.from, quarter.to),
                made: first(&managers),
            });
        }
        let (from, due) = (round.start, round.end);
        calls.push(Call { rule, customer, kind, by_manager: false, from, due, made: first(&of_month) });
    }
    calls
}

/// Whether a visit asks how all goes.
fn is_regular(form: &Form) -> bool {
    REGULAR.contains(&Visit::of(form).purpose())
}

/// Whether whoever made a visit was a manager then.
fn is_managers(book: &Book<'_>, form: &Form) -> bool {
    let row = book.staff_on(form.author(), form.day());
    row.is_some_and(|row| has_role(row, "manager"))
}

/// The visits of some days, void ones left out, oldest first.
pub fn made_on(book: &Book<'_>, from: Date, to: Date) -> Vec<Arc<Form>> {
    book.load(&VISIT, from..=to, &|_, _| true);
    let mut visits = book.loaded(Kind::Visit);
    visits.retain(|form| !form.is_void() && from <= form.day() && form.day() <= to);
    visits
}

fn by_customer(book: &Book<'_>, from: Date, to: Date) -> BTreeMap<String, Vec<Arc<Form>>> {
    let mut of: BTreeMap<String, Vec<Arc<Form>>> = BTreeMap::new();
    for form in made_on(book, from, to) {
        of.entry(Visit::of(&form).customer().to_string()).or_default().push(form);
    }
    of
}

/// The customers whom their owners are still to contact for the first time since they were assigned: those whose row
/// tells of no contact, and whose owner has not visited them since (R5).
pub fn uncontacted<'b>(book: &'b Book<'_>) -> Vec<(&'b Row, Date)> {
    let customers = book.list(List::Customers);
    let waiting: Vec<(&Row, Date)> = customers
        .rows
        .iter()
        .filter(|row| row.fields.text("status") != Some("lapsed") && row.fields.text("owner").is_some())
        .filter_map(|row| Some((row, row.fields.date("assigned_on").or(row.fields.date("since"))?)))
        .filter(|(row, assigned)| {
            row.fields.date("contacted_on").is_none_or(|on| on < *assigned || on > book.now.today())
        })
        .collect();
    let Some(first) = waiting.iter().map(|(_, assigned)| *assigned).min() else { return waiting };
    let codes: BTreeSet<String> = waiting.iter().map(|(row, _)| customers.key_of(row)).collect();
    book.load(&VISIT, first.., &|_, glance| glance.may_hold(&codes));
    let visits = book.loaded(Kind::Visit);
    // Visits lie in the order of their days: the last one of each customer by each person.
    let living = visits.iter().filter(|form| !form.is_void());
    let last: BTreeMap<(&str, &Code), Date> =
        living.map(|form| ((Visit::of(form).customer(), form.author()), form.day())).collect();
    let visited = |row: &Row, assigned: Date| {
        let (customer, owner) = (customers.key_of(row), row.fields.staff("owner"));
        owner.and_then(|owner| last.get(&(customer.as_str(), &owner)).copied()).is_some_and(|day| day >= assigned)
    };
    waiting.into_iter().filter(|(row, assigned)| !visited(row, *assigned)).collect()
}

/// The living visits that name a record, oldest first.
pub fn about(book: &Book<'_>, record: &Number) -> Vec<Arc<Form>> {
    let mut visits = book.naming(Kind::Visit, record);
    visits.retain(|form| !form.is_void());
    visits.sort_by_key(|form| form.made_at());
    visits
}

/// The living visits of one kind that follow up a record, oldest first.
pub fn following_up(book: &Book<'_>, kind: &str, record: &Number) -> Vec<Arc<Form>> {
    let mut visits = about(book, record);
    visits.retain(|form| Visit::of(form).purpose() == kind);
    visits
}

/// Whether the customer whom a visit called back is satisfied: no where a complaint was stated, or the score is low.
pub fn is_satisfied(book: &Book<'_>, visit: &Form) -> bool {
    let seen = Visit::of(visit);
    let low = book.policy.at(visit.day()).low_score;
    seen.need() != "complaint" && seen.score("satisfaction").is_none_or(|score| u64::from(score) > low)
}

/// Whether a score calls for something to be done, by the figure in force on the visit's day (R68).
pub fn is_low(book: &Book<'_>, day: Date, lowest: Option<u8>) -> bool {
    lowest.is_some_and(|score| u64::from(score) <= book.policy.at(day).low_score)
}

/// The living records that came of a visit, in the order of the kinds. Looks at nothing that was made before it.
pub fn followers(book: &Book<'_>, visit: &Form) -> Vec<Arc<Form>> {
    let mut records: Vec<Arc<Form>> =
        following_kinds().flat_map(|spec| book.naming(spec.kind, &visit.number)).collect();
    records.retain(|form| !form.is_void());
    records
}

/// The kinds of record that may come of a visit. Points for whom the customer praised, or for how the call went, see to no
/// need.
fn following_kinds() -> impl Iterator<Item = &'static FormSpec> {
    let names_visits = |spec: &&'static FormSpec| spec.names().any(|kind| kind == Kind::Visit);
    KINDS.iter().copied().filter(names_visits).filter(|spec| !matches!(spec.kind, Kind::Score | Kind::Call))
}

/// Makes known what came of some visits, where whole kinds are loaded and look-ups read nothing.
pub fn load_followers<'f>(book: &Book<'_>, visits: impl IntoIterator<Item = &'f Form>) {
    let numbers: BTreeSet<&Number> = visits.into_iter().map(|form| &form.number).collect();
    let Some(first) = numbers.first().map(|number| number.day()) else { return };
    let needles: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    for spec in following_kinds() {
        book.load(spec, first.., &|_, glance| needles.iter().any(|number| glance.holds(number)));
    }
}

/// Whether a visit states a need for somebody to see to. What a customer says when called back about a complaint goes
/// into the complaint's outcome.
pub fn states_need(form: &Form) -> bool {
    let visit = Visit::of(form);
    let called_back = visit.purpose() == CALL_BACK && visit.need() == "complaint";
    visit.need() != "nothing" && !called_back
}

/// When the need that a visit stated was first seen to: its outcome told, or a record made of it.
pub fn seen_to(book: &Book<'_>, form: &Form) -> Option<Time> {
    let told = form.taken("follow").next().map(|step| step.at);
    followers(book, form).iter().filter_map(|record| record.made_at()).chain(told).min()
}

/// Whether the need that a visit stated waits for somebody to see to it.
pub fn awaits(book: &Book<'_>, form: &Form) -> bool {
    !form.is_over() && states_need(form) && seen_to(book, form).is_none()
}

/// The command that follows from a visit: the outcome of a complaint's call-back, else what a stated need asks for.
pub fn next_command(book: &Book<'_>, form: &Form) -> Option<String> {
    let (visit, number) = (Visit::of(form), &form.number);
    let complaint = visit.record().filter(|_| visit.purpose() == CALL_BACK);
    let waits = complaint.filter(|complaint| book.form(complaint).is_some_and(|form| form.state().code == "done"));
    match waits {
        Some(complaint) => Some(format!("cs complain call-back {complaint} --visit {number}")),
        None => awaits(book, form).then(|| need_command(form)),
    }
}

/// The command that sees to the need that a visit stated.
pub fn need_command(form: &Form) -> String {
    let number = &form.number;
    match Visit::of(form).need() {
        "complaint" => format!("cs complain new --record {number}"),
        "improvement" => format!("cs improve new --born-of {number}"),
        _ => format!("cs visit follow {number} --answer TEXT"),
    }
}

/// When the summary of each month's visits was first handed in (R39), by the month's first day.
pub fn summaries(book: &Book<'_>) -> BTreeMap<Date, (Time, Code)> {
    let today = book.now.today();
    let each = |handed: &mut Vec<(Date, Time, Code)>, entry: Entry<'_>| {
        if entry.fields.text("report") != Some(SUMMARY_OF_VISITS) {
            return Ok(());
        }
        let written = entry.fields.text("period").unwrap_or("");
        let month = Period::parse(written, today).map(|period| Period::holding(Unit::Month, period.from));
        let Some(month) = month.filter(|month| month.to_string() == written) else {
            return Err(Problem::new(
                "filing.period",
                tr!("the summary of visits is one of a month", "回访总结按月提交"),
                tr!("write the month as 2026-11", "请写月份，如 2026-11"),
            )
            .at(entry.place("period")));
        };
        handed.push((month.from, entry.at, entry.by));
        Ok(())
    };
    let mut first = BTreeMap::new();
    for (month, at, by) in book.fold(&FILINGS, Date::MIN..=Date::MAX, Vec::new, each).into_iter().flatten() {
        let known = first.entry(month).or_insert((at, by.clone()));
        if at < known.0 {
            *known = (at, by);
        }
    }
    first
}

/// The rounds of which visits are on record, that are over on a day, and whose summary was not handed in (R39).
pub fn unsummarised(book: &Book<'_>, day: Date) -> Vec<Round> {
    let months: BTreeSet<Date> = book.months_in(VISIT.dir).into_iter().map(|month| month.from).collect();
    let handed = summaries(book);
    let rounds =
        months.into_iter().filter(|month| !handed.contains_key(month)).map(|month| Round::holding(book, month));
    rounds.filter(|round| round.end <= day).collect()
}

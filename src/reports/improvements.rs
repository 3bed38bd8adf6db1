//! 整改: each open improvement and its step, and how long customers' consent and proof of success took (R42).

use super::charts;
use super::figure::{Rule, Tally, count, days};
use super::groups::{BY_MODELS, BY_OWN_CUSTOMER, grouped};
use super::listing::{CUSTOMER, DAYS_LATE, NUMBER, STATE, customer, late, state, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::Kind::Improvement as IMPROVEMENT;
use crate::base::field::List;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::numbers_in;
use crate::duties::orders::owner_of;
use crate::forms::form::{Form, Step};
use crate::forms::improvement::{Improvement, says};
use crate::sla::due::met;
use crate::sla::improvements::next_due;

/// Improvements made in the period, or taken up again; dropped ones included.
const OPENED: Rule =
    count("opened", "Opened", "立项", |s| Tally::count(s.made(IMPROVEMENT).chain(s.done(IMPROVEMENT, "reopen"))));
const CONFIRMED: Rule = count("confirmed", "Confirmed by the customer", "客户确认", |s| {
    Tally::count(answers(s, "confirm", "answer", "yes").map(form))
});
const REFUSED: Rule = count("refused", "Refused by the customer", "客户不同意", |s| {
    Tally::count(answers(s, "confirm", "answer", "no").map(form))
});
const IMPLEMENTED: Rule =
    count("implemented", "Carried out", "实施", |s| Tally::count(s.done(IMPROVEMENT, "implement")));
const FAILED: Rule = count("failed", "Found not to work", "验证无效", |s| {
    Tally::count(answers(s, "verify", "works", "no").map(form))
});
const CLOSED: Rule = count("closed", "Closed", "结案", |s| Tally::count(s.done(IMPROVEMENT, "close")));
const DROPPED: Rule = count("dropped", "Dropped", "终止", |s| Tally::count(s.done(IMPROVEMENT, "drop")));
/// Improvements neither closed nor dropped at the end.
const OPEN: Rule = count("open", "Open at the end", "期末未结", |s| Tally::count(s.open(IMPROVEMENT)));
/// Of the open ones, those whose next step was due before the end.
const OVERDUE: Rule = count("overdue", "Overdue at the end", "期末逾期", |s| {
    let overdue =
        |form: &&Form| next_due(s.book(), form).is_some_and(|(due, _)| met(None, due, s.book().now.time).is_some());
    Tally::count(s.open(IMPROVEMENT).filter(overdue))
});
/// From the opening to the customer's consent, of those given in the period.
const DAYS_TO_CONFIRM: Rule = days("days_to_confirm", "Days to consent, median", "客户确认天数中位数", |s| {
    Tally::median(answers(s, "confirm", "answer", "yes").map(|answer| since_opened(s, answer)), Amount::Days)
});
/// From the opening to the proof that it works, of those given in the period.
const DAYS_TO_VERIFY: Rule =
    days("days_to_verify", "Days until it works, median", "验证有效天数中位数", |s| {
        Tally::median(answers(s, "verify", "works", "yes").map(|answer| since_opened(s, answer)), Amount::Days)
    });

const RULES: &[Rule] =
    &[OPENED, CONFIRMED, REFUSED, IMPLEMENTED, FAILED, CLOSED, DROPPED, OPEN, OVERDUE, DAYS_TO_CONFIRM, DAYS_TO_VERIFY];

const OF_A_GROUP: &[Rule] = &[OPENED, REFUSED, FAILED, CLOSED, DROPPED, OPEN, OVERDUE, DAYS_TO_CONFIRM, DAYS_TO_VERIFY];

/// Improvements in a few figures, for the general reports.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    const SHORT: &[Rule] = &[OPENED, CONFIRMED, REFUSED, CLOSED, OPEN, OVERDUE];
    let section = scope.section("improvements", words("Improvements", "整改"), SHORT);
    Some(Section { charts: charts::IMPROVEMENTS_IN_SHORT, ..section })
}

/// Improvements: what was opened and came of it, how fast, for which models and customers, and what is open.
pub fn improvements(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = scope.section("improvements", words("Improvements", "整改"), RULES);
    section.tables = vec![open(span)];
    section.tables.extend([&BY_MODELS, &BY_OWN_CUSTOMER].map(|grouping| grouped(span, grouping, OF_A_GROUP)));
    section.charts = charts::IMPROVEMENTS;
    Some(section)
}

/// The steps of a period that hold an answer, each with its form.
fn answers<'s>(
    span: &'s Span<'_>,
    verb: &'static str,
    key: &'static str,
    choice: &'static str,
) -> impl Iterator<Item = (&'s Form, &'s Step)> {
    span.steps(IMPROVEMENT, verb).filter(move |(_, step)| says(step, key, choice))
}

fn form<'f>((form, _): (&'f Form, &Step)) -> &'f Form {
    form
}

/// Whole days from the opening, the last one before the step, to the step.
fn since_opened<'f>(span: &Span<'_>, (form, step): (&'f Form, &Step)) -> (&'f Form, i64) {
    let zone = span.book().now.zone;
    let opened = Improvement::of(form).opened_before(step.index);
    (form, (zone.day(step.at) - zone.day(opened.at)).num_days())
}

/// The open improvements, each with its step, since when, what is due when, and by whom.
fn open(span: &Span<'_>) -> Table {
    let book = span.book();
    let zone = book.now.zone;
    let columns = [
        NUMBER,
        CUSTOMER,
        column("models", "Models", "型号"),
        column("problem", "Problem", "反馈问题"),
        STATE,
        column("days_in_step", "Days in this step", "本步天数").numeric(),
        column("plan_due", "Plan due", "计划完成日").whole(),
        column("department", "Department", "责任部门"),
        column("who", "Who", "负责人"),
        column("next_due", "Next step due", "下一步期限").whole(),
        DAYS_LATE,
    ];
    let row = |form: &Form| {
        let improvement = Improvement::of(form);
        let next = next_due(book, form).map(|(due, _)| zone.day(due));
        // One that was refused or failed is history.
        let plan = improvement.plan().filter(|_| form.state().code != "analysed");
        let said = |text: Option<&str>| text.map_or(Cell::Empty, |text| Cell::Text(text.to_string()));
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            Cell::Text(form.header.many("model").join(" ")),
            said(form.header.text("problem")),
            state(form),
            Cell::Amount(Amount::Days((span.end() - zone.day(improvement.since().at)).num_days())),
            plan.and_then(|plan| plan.fields.date("due")).into(),
            said(plan.and_then(|plan| plan.fields.text("department"))),
            Cell::Text(book.name(List::Staff, owner_of(book, form).as_str())),
            next.into(),
            late(span.end(), next),
        ];
        let mut records: Vec<Number> = form.header.entry("born_of").map(numbers_in).unwrap_or_default();
        records.push(form.number.clone());
        records.sort_unstable();
        Row { cells, records }
    };
    table("open", words("Open improvements", "未结整改"), &columns, span.open(IMPROVEMENT).map(row))
}

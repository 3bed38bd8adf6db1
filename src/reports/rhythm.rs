//! What belongs to a length of period: the day's work, the week's people and plan, the trend of longer ones, and what
//! there is to decide.

use super::arrivals::{DAMAGE_RATE, ERROR_RATE, ON_TIME, RECEIPTS, unsettled};
use super::customer_file::COMPLAINTS;
use super::figure::{Rule, Tally, count};
use super::groups::{BY_SPECIALIST_AND_BRAND, across, grouped, tallies};
use super::in_short::in_short;
use super::model::Section;
use super::orders::{AMOUNT, FINISHED, OPEN, OVERDUE, TAKEN, overdue_orders, untold_orders};
use super::scope::{Arrived, Scope, Span};
use super::shipments::{DEPARTED, late_slips};
use super::{charts, complaints, consults, listing, orders, scores, shipments, visits};
use crate::base::field::Kind::Order as ORDER;
use crate::base::period::{Period, Unit};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::{Date, days_after};
use crate::base::words::{Text, words};
use crate::complaints::major_since;
use crate::duties::{Duty, of_records};
use crate::forms::complaint::COMPLAINT;
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::policy::Goal;

/// The day: what came in and what is due.
pub fn day(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = scope.section("day", words("The day", "当日"), &[TAKEN, OPEN, OVERDUE]);
    let today = scope.book.now.today();
    if scope.period().contains(today) {
        let due = due_days(scope, |day| day <= today);
        section.tables.push(listing::duties(scope.book, "duties", words("Due today", "今日待办"), &due));
    }
    section.tables.push(listing::orders(span, "orders", words("Orders taken", "当日订单"), span.made(ORDER)));
    section.tables.push(listing::arrivals(span, "arrivals", words("Arrivals", "当日到货"), span.arrived()));
    Some(section)
}

const UNFINISHED: Rule = count("unfinished", "Unfinished orders", "未完工订单", |s| {
    Tally::count(s.open(ORDER).filter(|form| Order::of(form).is_unfinished()))
});

/// Who did what for which brand, and the orders not yet finished.
pub fn people(scope: &Scope<'_>) -> Option<Section> {
    const COLUMNS: &[Rule] = &[
        TAKEN,
        DEPARTED,
        orders::PIECES,
        shipments::PIECES,
        RECEIPTS,
        UNFINISHED,
        visits::MADE,
        COMPLAINTS,
        visits::SUGGESTIONS,
    ];
    let span = &scope.span;
    let mut section = scope.section("people", words("By specialist", "各专员情况"), &[UNFINISHED]);
    section.tables.push(grouped(span, &BY_SPECIALIST_AND_BRAND, COLUMNS));
    let unfinished = span.open(ORDER).filter(|form| Order::of(form).is_unfinished());
    section.tables.push(listing::orders(span, "unfinished", words("Unfinished orders", "未完工订单"), unfinished));
    Some(section)
}

/// The hard cases: major complaints not closed, and whatever was overdue at the end.
pub fn hard(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] =
        &[count("major_open", "Major complaints open", "未结重大投诉", |s| Tally::count(major_open(s)))];
    let span = &scope.span;
    let mut section = scope.section("hard", words("Hard cases", "疑难问题"), RULES);
    let mut overdue = of_records(span.book());
    overdue.retain(|duty| duty.late_minutes(span.book().now.time) > 0);
    let complaints = in_short(span.book(), &COMPLAINT, major_open(span));
    section.tables = vec![
        Table { name: "major", title: words("Major complaints open", "未结重大投诉"), ..complaints },
        listing::duties(span.book(), "overdue", words("Overdue at the end", "期末逾期事项"), &overdue),
    ];
    section.tables.retain(|table| !table.rows.is_empty());
    Some(section)
}

/// R28: the major complaints not closed at the end of a span.
fn major_open<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    span.open(COMPLAINT.kind).filter(|form| major_since(span.book(), form).is_some())
}

/// Next week's plan: the duties that fall due in the seven days after the period, while these are still to come.
pub fn plan(scope: &Scope<'_>) -> Option<Section> {
    let end = scope.period().to;
    if end < scope.book.now.today() {
        return None;
    }
    let mut section = scope.section("plan", words("Next week's plan", "下周计划"), &[]);
    let due = due_days(scope, |day| end < day && day <= days_after(end, 7));
    section.tables.push(listing::duties(scope.book, "duties", words("Due next week", "下周到期事项"), &due));
    Some(section)
}

/// The duties open now that fall due on certain days; as known now, even where a later step is already on record.
fn due_days(scope: &Scope<'_>, wanted: impl Fn(Date) -> bool) -> Vec<Duty> {
    let zone = scope.book.now.zone;
    let mut due = of_records(scope.span.book());
    due.retain(|duty| wanted(zone.day(duty.due)));
    due
}

/// A period longer than this many days is shown by months, a shorter one by weeks.
const LONGEST_BY_WEEK: i64 = 45;

/// The course of the main figures of goods: the weeks of a month, the months of a quarter or year, as far as begun.
pub fn trend(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] = &[TAKEN, AMOUNT, FINISHED, DEPARTED, RECEIPTS, ON_TIME, ERROR_RATE, DAMAGE_RATE, OVERDUE];
    let charts = if by_month(scope) { charts::TREND_BY_MONTH } else { charts::TREND_BY_WEEK };
    let mut section = scope.section("trend", words("Trend", "走势"), &[]);
    section.tables.push(course(scope, "trend", RULES));
    section.charts = charts;
    section.goals = goals(scope, RULES);
    Some(section)
}

/// The same of what customers said.
pub fn voice(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] = &[
        Rule { key: "consults", name: words("Consults", "咨询"), ..consults::TAKEN },
        COMPLAINTS,
        complaints::HANDLED_IN_TIME,
        visits::MADE,
        visits::SATISFACTION,
    ];
    let charts = if by_month(scope) { charts::VOICE_BY_MONTH } else { charts::VOICE_BY_WEEK };
    let mut section = scope.section("voice", words("Voice of the customer", "客户之声"), &[]);
    section.tables.push(course(scope, "voice", RULES));
    section.charts = charts;
    section.goals = goals(scope, RULES);
    Some(section)
}

/// What the department's figures are to come to in every part of the period; a budget is that of the whole.
fn goals(scope: &Scope<'_>, rules: &[Rule]) -> Vec<(&'static str, Goal)> {
    let goal = |rule: &Rule| Some((rule.key, scope.goal(rule.aim?)?));
    rules.iter().filter_map(goal).filter(|(_, goal)| !goal.is_budget()).collect()
}

fn by_month(scope: &Scope<'_>) -> bool {
    let period = scope.period();
    (period.to - period.from).num_days() > LONGEST_BY_WEEK
}

/// How figures went, part by part.
fn course(scope: &Scope<'_>, name: &'static str, rules: &[Rule]) -> Table {
    let parts = scope.period().parts(if by_month(scope) { Unit::Month } else { Unit::Week }).into_iter();
    let parts = parts.filter(|part| part.from <= scope.book.now.today());
    let row = |part: Period| {
        let (values, records) = across(tallies(&scope.part(part), rules));
        let mut cells = vec![Cell::Words(Text::same(part)), Cell::Date(part.from), Cell::Date(part.to)];
        cells.extend(values);
        Row { cells, records }
    };
    let mut columns = vec![
        column("period", "Period", "期间").whole(),
        column("from", "From", "自").whole(),
        column("to", "To", "至").whole(),
    ];
    columns.extend(rules.iter().map(Rule::column));
    Table { name, title: words("", ""), columns, rows: parts.map(row).collect() }
}

/// What asks for a decision at the end of the period.
pub fn decide(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] = &[
        OVERDUE,
        count("unsettled", "Discrepancies not settled", "未处理到货差异", |s| {
            Tally::count(unsettled(s).map(Arrived::form))
        }),
        count("slips_late", "Slips beyond the limit", "超期未回回单", |s| Tally::count(late_slips(s))),
        count("delays_untold", "Delays not told", "延期未告知客户", |s| Tally::count(untold_orders(s))),
        scores::FLAGGED,
    ];
    let span = &scope.span;
    let mut section = scope.section("decide", words("To decide", "待决事项"), RULES);
    section.tables = vec![
        listing::orders(span, "overdue", words("Overdue orders", "逾期订单"), overdue_orders(span)),
        listing::arrivals(span, "unsettled", words("Discrepancies not settled", "未处理到货差异"), unsettled(span)),
        listing::shipments(span, "slips_late", words("Slips beyond the limit", "超期未回回单"), late_slips(span)),
        listing::orders(span, "delays_untold", words("Delays not told", "延期未告知客户"), untold_orders(span)),
        scores::flagged(span),
    ];
    section.tables.retain(|table| !table.rows.is_empty());
    Some(section)
}

//! Figures of repair tickets and parts requests (R17–R25), and the report of them.
//!
//! A step counts in the period in which it was recorded. What we pay is the fee released; what others pay is the quote
//! approved, and counts once, in the period in which the rep first accepted the work.

use super::figure::{Rule, Tally, count, days, money, percent};
use super::groups::{BY_CAUSE, BY_CITY, BY_REPORTER, grouped};
use super::model::Section;
use super::scope::{Scope, Span};
use super::tickets::{mended_on, tickets};
use super::work::{MENDING, jobs_in, waited};
use super::{agencies, budget, charts, work};
use crate::aftersales::{cover, fee, owes};
use crate::base::field::Kind::{Parts as PARTS, Repair as REPAIR};
use crate::base::money::Money;
use crate::base::table::Amount;
use crate::base::words::words;
use crate::forms::cover::Payer;
use crate::forms::form::{Form, Step};
use crate::forms::parts::Parts;
use crate::sla::repairs::{self as clocks, repaired_on};

/// Tickets made in the period, rejected ones included.
const TAKEN: Rule = count("taken", "Taken", "报修", |s| Tally::count(s.made(REPAIR)));
const JUDGED: Rule = count("judged", "Judged", "判定", |s| Tally::count(s.done(REPAIR, "judge")));
const MENDED: Rule = count("mended", "Repaired", "修复", |s| Tally::count(s.done(REPAIR, "repaired")));
const CLOSED: Rule = count("closed", "Closed", "结案", |s| Tally::count(s.done(REPAIR, "close")));
const REJECTED: Rule = count("rejected", "Rejected", "驳回", |s| Tally::count(s.done(REPAIR, "reject")));
/// Tickets neither closed nor rejected at the end.
const OPEN: Rule = count("open", "Open at the end", "期末未结", |s| Tally::count(s.open(REPAIR)));
/// Of the open ones, those not mended and past the day wanted.
const OVERDUE: Rule = count("overdue", "Overdue at the end", "期末逾期未修", |s| {
    let wanted = |form: &Form| form.header.date("wanted_by").is_some_and(|wanted| wanted < s.end());
    Tally::count(s.open(REPAIR).filter(|form| wanted(form) && mended_on(s, form).is_none()))
});
/// Of the tickets first mended in the period for which a day was wanted.
pub const MENDED_IN_TIME: Rule =
    percent("mended_in_time", "Repaired by the day wanted", "按要求日修复率", |s| {
        Tally::share(
            s.steps(REPAIR, "repaired")
                .filter(is_first)
                .filter_map(|(form, step)| Some((form, repaired_on(s.book(), step) <= form.header.date("wanted_by")?))),
        )
    })
    .aim("mended_in_time");
pub const DAYS_TO_MEND: Rule = days("days_to_mend", "Days to repair, median", "修复天数中位数", |s| {
    Tally::median(waited(s, &MENDING), Amount::Days)
})
.aim("days_to_mend");
/// R22: of the repairs, those whose site was followed up in time.
const FOLLOWED_IN_TIME: Rule =
    percent("followed_in_time", "Followed up in time", "维修回访及时率", |s| s.in_time(&clocks::FOLLOW_UP))
        .aim("followed_in_time");
/// R22: of the repairs followed up in the period, those that had not helped.
pub const STILL_FAULTY: Rule = percent("still_faulty", "Still faulty at follow-up", "回访故障率", |s| {
    Tally::share(jobs_in(s).filter_map(|job| Some((job.form, job.found_faulty(s)?))))
})
.aim("still_faulty");
const PARTS_SENT: Rule =
    count("parts_sent", "Parts requests sent", "寄出配件", |s| Tally::count(s.done(PARTS, "send")));
/// R25.
const PARTS_IN_TIME: Rule =
    percent("parts_in_time", "Parts sent in time", "配件寄出及时率", |s| s.in_time(&clocks::PARTS))
        .aim("parts_in_time");
/// R21: fees released in the period; only what we cover is ever released.
pub const FEES: Rule = money("fees", "Fees released", "核准费用", |s| {
    Tally::money(s.steps(REPAIR, "reimburse").filter_map(|(form, step)| Some((form, step.fields.money("amount")?))))
});
const OWED: Rule = money("fees_owed", "Fees to be released", "待核准费用", |s| {
    let owed = s.open(REPAIR).filter(|form| form.state().code == "accepted" && owes(s.book(), form));
    Tally::money(owed.filter_map(|form| Some((form, fee(s.book(), form)?))))
});
const CUSTOMER_PAYS: Rule = money("fees_customer", "Customer pays", "客户承担", |s| quoted(s, Payer::Customer));
const CARRIER_PAYS: Rule = money("fees_carrier", "Carrier pays", "物流公司承担", |s| quoted(s, Payer::Carrier));
/// R25: the parts cost us, whosever fault it was.
pub const PARTS_COST: Rule = money("parts_cost", "Parts cost", "配件成本", |s| {
    Tally::money(s.done(PARTS, "send").map(|form| (form, Parts::of(form).cost().unwrap_or(Money::ZERO))))
});

const RULES: &[Rule] = &[
    TAKEN,
    JUDGED,
    MENDED,
    CLOSED,
    REJECTED,
    OPEN,
    OVERDUE,
    MENDED_IN_TIME,
    DAYS_TO_MEND,
    FOLLOWED_IN_TIME,
    STILL_FAULTY,
    PARTS_SENT,
    PARTS_IN_TIME,
    FEES,
    OWED,
    CUSTOMER_PAYS,
    CARRIER_PAYS,
    PARTS_COST,
];

/// The kinds of cost that repairs cause (R64).
const COSTS: &[&str] = &["repair_fees", "parts"];

const OF_A_GROUP: &[Rule] =
    &[TAKEN, MENDED, DAYS_TO_MEND, STILL_FAULTY, FEES, CUSTOMER_PAYS, CARRIER_PAYS, PARTS_COST, OPEN, OVERDUE];

/// Repairs: what was reported and mended, how fast, at whose cost, by whom, and what is open.
pub fn repairs(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = scope.section("repairs", words("Repairs", "维修"), RULES);
    section.figures.extend(budget::beside(scope, COSTS));
    section.tables = vec![work::table(span), agencies::table(span)];
    section.tables.extend([&BY_CITY, &BY_REPORTER, &BY_CAUSE].map(|grouping| grouped(span, grouping, OF_A_GROUP)));
    section.tables.push(tickets(span, "open", words("Open tickets", "未结维修单"), span.open(REPAIR)));
    section.charts = charts::REPAIRS;
    Some(section)
}

/// After-sales in a few figures, for the general reports.
pub fn after_sales(scope: &Scope<'_>) -> Option<Section> {
    const SHORT: &[Rule] = &[TAKEN, MENDED, OPEN, OVERDUE, FEES, PARTS_COST];
    let mut section = scope.section("after_sales", words("After-sales", "售后"), SHORT);
    section.figures.extend(budget::beside(scope, COSTS));
    Some(Section { charts: charts::AFTER_SALES, ..section })
}

/// True for the first step of its kind.
fn is_first((form, step): &(&Form, &Step)) -> bool {
    form.taken(step.verb()).next().is_some_and(|first| first.index == step.index)
}

/// What those tickets cost, by the quotes approved, for which somebody else pays.
fn quoted(span: &Span<'_>, payer: Payer) -> Tally {
    let accepted = span.steps(REPAIR, "accept").filter(is_first).map(|(form, _)| form);
    let theirs = accepted.filter(|form| cover(span.book(), form).payer == payer);
    Tally::money(theirs.filter_map(|form| Some((form, fee(span.book(), form)?))))
}

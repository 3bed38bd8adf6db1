//! Figures of orders (R8, R9, R10).
//!
//! An order is overdue, or finished late, against the day that it was last promised for; its delays are figures of
//! their own. Amounts are those of orders whose every line has a price.

use super::charts;
use super::figure::{Rule, Tally, count, money, percent};
use super::groups::{BY_CUSTOMER, BY_SPECIALIST, grouped};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::Kind::Order as ORDER;
use crate::base::money::Money;
use crate::base::words::words;
use crate::duties::orders::{overdue, untold};
use crate::forms::form::{Form, Step};
use crate::forms::order::Order;
use crate::sla::orders as clocks;

/// Orders made in the period, cancelled ones included.
pub const TAKEN: Rule = count("taken", "Taken", "接单", |s| Tally::count(s.made(ORDER)));
const CONFIRMED: Rule = count("confirmed", "Confirmed", "确认", |s| Tally::count(s.done(ORDER, "confirm")));
/// R8.
const CONFIRMED_IN_TIME: Rule =
    percent("confirmed_in_time", "Confirmed in time", "确认及时率", |s| s.in_time(&clocks::CONFIRM))
        .aim("confirmed_in_time");
const CHANGED: Rule = count("changed", "Changed", "变更", |s| Tally::count(s.done(ORDER, "change")));
/// Orders delayed in the period; one delayed twice counts once.
pub const DELAYED: Rule = count("delayed", "Delayed", "延期", |s| Tally::count(s.done(ORDER, "delay")));
/// R9: of the orders delayed in the period, those whose customer knows of the last delay at its end.
pub const DELAYS_TOLD: Rule = percent("delays_told", "Delays told to the customer", "延期告知率", |s| {
    let delayed = s.forms(ORDER).filter(|form| form.taken("delay").any(|step| s.holds(step)));
    Tally::share(delayed.map(|form| (form, untold(form).is_none())))
})
.aim("delays_told");
const EXPEDITED: Rule =
    count("expedited", "Pressed for by the customer", "催货", |s| Tally::count(s.done(ORDER, "expedite")));
const CANCELLED: Rule = count("cancelled", "Cancelled", "取消", |s| Tally::count(s.done(ORDER, "cancel")));
/// Orders finished in the period.
pub const FINISHED: Rule = count("finished", "Finished", "完工", |s| Tally::count(s.done(ORDER, "finish")));
const FINISHED_LATE: Rule = count("finished_late", "Finished late", "逾期完工", |s| {
    Tally::count(s.steps(ORDER, "finish").filter(|(form, step)| is_late(s, form, step)).map(|(form, _)| form))
});
/// Pieces of the orders made in the period.
pub const PIECES: Rule = count("pieces", "Pieces ordered", "订购件数", |s| {
    Tally::pieces(s.made(ORDER).map(|form| (form, Order::of(form).quantity())))
});
/// Sum of the orders made in the period.
pub const AMOUNT: Rule = money("amount", "Amount ordered", "订购金额", |s| {
    Tally::money(s.made(ORDER).filter_map(|form| Some((form, Order::of(form).total()?))))
});
/// What customers paid in the period.
pub const PAID: Rule = money("paid", "Payments received", "回款金额", |s| {
    Tally::money(s.steps(ORDER, "paid").filter_map(|(form, step)| Some((form, payment(form, step)?))))
});
const REMINDED: Rule = count("reminded", "Reminded of payment", "催款", |s| Tally::count(s.done(ORDER, "remind")));
/// Orders neither closed nor cancelled at the end.
pub const OPEN: Rule = count("open", "Open at the end", "期末未结", |s| Tally::count(s.open(ORDER)));
/// R9: orders not finished at the end and past the day promised.
pub const OVERDUE: Rule = count("overdue", "Overdue at the end", "期末逾期", |s| Tally::count(overdue_orders(s)));

const RULES: &[Rule] = &[
    TAKEN,
    CONFIRMED,
    CONFIRMED_IN_TIME,
    CHANGED,
    DELAYED,
    DELAYS_TOLD,
    EXPEDITED,
    CANCELLED,
    FINISHED,
    FINISHED_LATE,
    PIECES,
    AMOUNT,
    PAID,
    REMINDED,
    OPEN,
    OVERDUE,
];

/// What the tables by customer and by specialist tell.
const OF_A_GROUP: &[Rule] = &[TAKEN, PIECES, AMOUNT, PAID, FINISHED, FINISHED_LATE, DELAYED, CANCELLED, OPEN, OVERDUE];

/// Orders: what came in, how it went, what is open.
pub fn orders(scope: &Scope<'_>) -> Option<Section> {
    let mut section = scope.section("orders", words("Orders", "订单"), RULES);
    section.tables.push(grouped(&scope.span, &BY_CUSTOMER, OF_A_GROUP));
    section.tables.push(grouped(&scope.span, &BY_SPECIALIST, OF_A_GROUP));
    section.charts = charts::ORDERS;
    Some(section)
}

/// The orders not finished at the end of a span and past the day promised (R9).
pub fn overdue_orders<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    span.open(ORDER).filter(|form| overdue(span.book(), form, span.end()).is_some())
}

/// The open orders whose customer is not on record as told of the last delay (R9).
pub fn untold_orders<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    span.open(ORDER).filter(|form| untold(form).is_some())
}

/// Finished after the day that was promised by then.
fn is_late(span: &Span<'_>, form: &Form, finish: &Step) -> bool {
    let promised = Order::of(form).expected_at(finish.at);
    promised.is_some_and(|day| day < span.book().now.zone.day(finish.at))
}

/// What a payment brought: its amount, else all that was still to pay. `None` where a price is missing.
fn payment(form: &Form, paid: &Step) -> Option<Money> {
    if let Some(amount) = paid.fields.money("amount") {
        return Some(amount);
    }
    let mut before = Money::ZERO;
    for step in form.taken("paid").take_while(|step| step.index < paid.index) {
        // After a payment of the whole nothing is left.
        let Some(amount) = step.fields.money("amount") else { return Some(Money::ZERO) };
        before = before.plus(amount)?;
    }
    Order::of(form).total()?.minus(before).map(|left| left.max(Money::ZERO))
}

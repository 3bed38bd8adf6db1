//! What customers owe and paid, and what they cost us: figures of orders from their payment papers to their payment, and
//! of what we bore for repairs, parts and complaints.

use super::figure::{Rule, Tally, days, money, percentile};
use super::listing::{CUSTOMER, NUMBER, customer, table};
use super::scope::Span;
use crate::base::field::Kind::{Complaint as COMPLAINT, Order as ORDER};
use crate::base::money::Money;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::words;
use crate::customers::volume;
use crate::flow::{billed_on, credited, is_paid, paid_on, unpaid};
use crate::forms::complaint::Complaint;
use crate::forms::form::Form;
use crate::forms::order::Order;

/// The sum of the orders made in the period, those cancelled by its end left out.
pub const VOLUME: Rule = money("volume", "Amount ordered, less cancelled", "订购金额（不含取消）", |s| {
    Tally::money(s.made(ORDER).filter_map(|form| Some((form, volume(form)?))))
});
/// The sum of the orders for which the payment papers were sent in the period.
pub const BILLED: Rule = money("billed", "Payment papers sent", "已寄付款资料", |s| {
    let billed = s.forms(ORDER).filter(|form| billed_on(s.book(), form).is_some_and(|on| s.period.contains(on)));
    Tally::money(billed.filter_map(|form| Some((form, Order::of(form).total()?))))
});
/// What was credited for goods that were short, damaged or came back, of the orders made in the period.
pub const CREDITED: Rule = money("credited", "Credited", "已退款", |s| {
    Tally::money(s.made(ORDER).map(|form| (form, credited(s.book(), &form.number))))
});
/// What is left to pay, at the end, of the orders whose payment papers were sent.
pub const UNPAID: Rule = money("unpaid", "Unpaid", "未付金额", |s| {
    Tally::money(open(s).filter_map(|form| Some((form, unpaid(s.book(), form)?))))
});
/// How long the oldest of them have been unpaid.
pub const UNPAID_DAYS: Rule = days("unpaid_days", "Unpaid for, longest", "最长未付天数", |s| {
    let days: Vec<i64> = open(s).filter_map(|form| days_unpaid(s, form)).collect();
    Tally { value: percentile(&days, 100).map(Amount::Days), ..Tally::count(open(s)) }
});
/// Days from the payment papers to the payment, of the orders paid in the period; 0 for one paid before.
pub const DAYS_TO_PAY: Rule = days("days_to_pay", "Days to pay, median", "付款天数中位数", |s| {
    Tally::median(s.forms(ORDER).filter_map(|form| Some((form, days_to_pay(s, form)?))), Amount::Days)
});
/// What was paid to customers who complained (R33): as recorded, else as planned.
pub const COMPENSATION: Rule = money("compensation", "Compensation", "投诉赔偿", |s| {
    Tally::money(s.steps(COMPLAINT, "act").filter_map(|(form, act)| Some((form, Complaint::of(form).paid_by(act)?))))
});

/// The orders whose payment papers were sent and that are not paid at the end of a span.
pub fn open<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    let book = span.book();
    span.open(ORDER).filter(move |form| billed_on(book, form).is_some() && !is_paid(book, form))
}

fn days_unpaid(span: &Span<'_>, form: &Form) -> Option<i64> {
    Some((span.end() - billed_on(span.book(), form)?).num_days())
}

fn days_to_pay(span: &Span<'_>, form: &Form) -> Option<i64> {
    let paid = Some(form).filter(|form| is_paid(span.book(), form)).and_then(|form| paid_on(span.book(), form))?;
    let billed = billed_on(span.book(), form)?;
    span.period.contains(paid).then(|| (paid - billed).num_days().max(0))
}

/// Those orders, the longest unpaid first.
pub fn unpaid_orders(span: &Span<'_>) -> Table {
    let book = span.book();
    let columns = [
        NUMBER,
        CUSTOMER,
        column("billed_on", "Papers sent", "付款资料寄出").whole(),
        column("amount", "Amount", "金额").numeric(),
        column("paid", "Paid", "已付").numeric(),
        column("left", "Left to pay", "未付").numeric(),
        column("days", "Days unpaid", "未付天数").numeric(),
    ];
    let mut orders: Vec<&Form> = open(span).collect();
    orders.sort_by_key(|form| (billed_on(book, form), &form.number));
    let row = |form: &Form| {
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            billed_on(book, form).into(),
            Order::of(form).total().into(),
            Order::of(form).paid().filter(|paid| *paid > Money::ZERO).into(),
            unpaid(book, form).into(),
            days_unpaid(span, form).map(Amount::Days).into(),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    table("unpaid", words("Unpaid orders", "未付清订单"), &columns, orders.into_iter().map(row))
}

//! What grade and credit the orders and payments of the last months propose for a customer (R6, R7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::Months;

use crate::base::field::{Kind, List};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::percentile::percentile;
use crate::base::time::{Date, days_after};
use crate::book::Book;
use crate::flow::{billed_on, is_paid, paid_on, unpaid};
use crate::forms::form::Form;
use crate::forms::order::{ORDER, Order};
use crate::lists::is_active;
use crate::policy::Figures;

/// A proposed grade, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The customer's code.
    pub customer: String,
    /// The grade proposed.
    pub proposed: &'static str,
    /// What was ordered, cancelled orders and those without prices left out.
    pub volume: Money,
    /// The orders that make up the volume, oldest first.
    pub orders: Vec<Number>,
    /// Orders of which a line has no price: they count nothing.
    pub unpriced: Vec<Number>,
}

/// A proposed credit, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The customer's code.
    pub customer: String,
    /// The credit proposed; `None` where nothing was paid and nothing is left unpaid for long.
    pub proposed: Option<&'static str>,
    /// The orders paid, with the days from the payment papers to the payment; 0 for one paid before.
    pub paid: Vec<(Number, i64)>,
    /// The median of those days, by nearest rank.
    pub median: Option<i64>,
    /// The orders whose papers were sent and that are not paid, with the days since.
    pub unpaid: Vec<(Number, i64)>,
    /// The most of those days.
    pub longest: Option<i64>,
    /// What is left to pay of those orders.
    pub owed: Money,
}

impl Credit {
    /// The orders behind it, oldest first.
    pub fn orders(&self) -> Vec<Number> {
        let mut orders: Vec<Number> = self.paid.iter().chain(&self.unpaid).map(|(number, _)| number.clone()).collect();
        orders.sort_unstable();
        orders
    }
}

/// The grade of a customer who ordered for so much: a key account from one amount on, B from another.
fn grade(volume: Money, figures: &Figures) -> &'static str {
    match volume {
        _ if volume >= figures.grade_amounts[0] => "A",
        _ if volume >= figures.grade_amounts[1] => "B",
        _ => "C",
    }
}

/// The credit of a customer who pays in so many days, and whose oldest open payment papers are so many days old.
fn credit(median: Option<i64>, longest: Option<i64>, figures: &Figures) -> Option<&'static str> {
    let within = |days: i64, limit: u64| i64::try_from(limit).is_ok_and(|limit| days <= limit);
    if longest.is_some_and(|days| !within(days, figures.unpaid_days)) {
        return Some("D");
    }
    let median = median?;
    let levels = ["A", "B", "C"].into_iter().zip(figures.credit_days);
    Some(levels.into_iter().find(|(_, limit)| within(median, *limit)).map_or("D", |(level, _)| level))
}

/// The first day of the months that ratings look at; they end today.
pub fn first_day(book: &Book<'_>) -> Date {
    let months = u32::try_from(book.figures().rating_months).unwrap_or(u32::MAX);
    let before = book.now.today().checked_sub_months(Months::new(months));
    before.map_or(Date::MIN, |day| days_after(day, 1))
}

/// What an order adds to its customer's volume; `None` for a cancelled one and where a line has no price.
pub fn volume(form: &Form) -> Option<Money> {
    (form.state().code != "cancelled").then(|| Order::of(form).total()).flatten()
}

/// The grade that the orders of the last months propose for each of some customers. Reads
/// the orders of those months, and no other kind.
pub fn grades(book: &Book<'_>, codes: &[String]) -> Vec<Grade> {
    let from = first_day(book);
    let wanted: BTreeSet<String> = codes.iter().cloned().collect();
    book.load(&ORDER, from..=book.now.today(), &|_, glance| glance.may_hold(&wanted));
    let mut orders = by_customer(book, |form| form.day() >= from && form.state().code != "cancelled");
    let rated = |code: &String| {
        let orders = orders.remove(code).unwrap_or_default();
        let (priced, unpriced): (Vec<_>, Vec<_>) = orders.into_iter().partition(|form| volume(form).is_some());
        let sum = Money::sum(priced.iter().filter_map(|form| volume(form)));
        let numbers = |forms: &[Arc<Form>]| forms.iter().map(|form| form.number.clone()).collect();
        Grade {
            customer: code.clone(),
            proposed: grade(sum, book.figures()),
            volume: sum,
            orders: numbers(&priced),
            unpriced: numbers(&unpriced),
        }
    };
    codes.iter().map(rated).collect()
}

/// The credit that the payments of the last months propose for each of some customers. Reads the
/// orders, and of those whose papers were sent and that lived in those months the shipments and receipts.
pub fn credits(book: &Book<'_>, codes: &[String]) -> Vec<Credit> {
    let from = first_day(book);
    let wanted: BTreeSet<String> = codes.iter().cloned().collect();
    book.load(&ORDER, ..=book.now.today(), &|_, glance| {
        glance.holds("papers")
            && glance.may_hold(&wanted)
            && glance.ended(&ORDER).is_none_or(|end| days_after(end, 2) >= from)
    });
    // Credits for what was short or came back are payments too.
    book.load_naming(Kind::Shipment);
    book.load_naming(Kind::Receipt);
    let mut orders = by_customer(book, |form| form.state().code != "cancelled");
    let rated = |code: &String| {
        let orders = orders.remove(code).unwrap_or_default();
        credit_of(book, code, &orders, from)
    };
    codes.iter().map(rated).collect()
}

fn credit_of(book: &Book<'_>, code: &str, orders: &[Arc<Form>], from: Date) -> Credit {
    let today = book.now.today();
    let (mut paid, mut unpaid_orders, mut owed) = (Vec::new(), Vec::new(), Vec::new());
    for form in orders {
        let Some(billed) = billed_on(book, form) else { continue };
        if !is_paid(book, form) {
            unpaid_orders.push((form.number.clone(), (today - billed).num_days()));
            owed.extend(unpaid(book, form));
        } else if let Some(day) = paid_on(book, form).filter(|day| *day >= from) {
            paid.push((form.number.clone(), (day - billed).num_days().max(0)));
        }
    }
    let days: Vec<i64> = paid.iter().map(|(_, days)| *days).collect();
    let (median, longest) = (percentile(&days, 50), unpaid_orders.iter().map(|(_, days)| *days).max());
    Credit {
        customer: code.to_string(),
        proposed: credit(median, longest, book.figures()),
        paid,
        median,
        unpaid: unpaid_orders,
        longest,
        owed: Money::sum(owed),
    }
}

/// The loaded orders that count, by the customer whom they name, oldest first.
fn by_customer(book: &Book<'_>, counts: impl Fn(&Form) -> bool) -> BTreeMap<String, Vec<Arc<Form>>> {
    let mut orders: BTreeMap<String, Vec<Arc<Form>>> = BTreeMap::new();
    for form in book.loaded(Kind::Order).into_iter().filter(|form| !form.is_void() && counts(form)) {
        orders.entry(Order::of(&form).customer().to_string()).or_default().push(form);
    }
    orders
}

/// The codes of all active customers, in the order of the list.
pub fn active(book: &Book<'_>) -> Vec<String> {
    let customers = book.list(List::Customers);
    customers.rows.iter().filter(|row| is_active(row)).map(|row| customers.key_of(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    fn figures() -> Figures {
        Policy::default().at("2026-11-18".parse().unwrap()).clone()
    }

    #[test]
    fn a_grade_begins_at_its_amount() {
        for (volume, proposed) in [("500000", "A"), ("499999.99", "B"), ("100000", "B"), ("99999.99", "C"), ("0", "C")]
        {
            assert_eq!(grade(volume.parse().unwrap(), &figures()), proposed, "{volume}");
        }
    }

    #[test]
    fn a_credit_ends_with_its_last_day_and_long_debts_make_it_d() {
        for (median, longest, proposed) in [
            (Some(0), None, Some("A")),
            (Some(30), None, Some("A")),
            (Some(31), None, Some("B")),
            (Some(45), None, Some("B")),
            (Some(46), None, Some("C")),
            (Some(60), None, Some("C")),
            (Some(61), None, Some("D")),
            (Some(10), Some(90), Some("A")),
            (Some(10), Some(91), Some("D")),
            (None, Some(91), Some("D")),
            (None, Some(90), None),
            (None, None, None),
        ] {
            assert_eq!(credit(median, longest, &figures()), proposed, "{median:?} {longest:?}");
        }
    }
}

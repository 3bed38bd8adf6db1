//! The two reports of the flow of goods: 订单跟踪 and 发货.

use super::arrivals::{DAMAGE_RATE, ERROR_RATE, ON_TIME};
use super::charts;
use super::figure::{Rule, Tally, count};
use super::groups::{BY_CARRIER, grouped};
use super::listing;
use super::model::Section;
use super::orders::OPEN;
use super::scope::Scope;
use super::shipments::{NOTIFIED_IN_TIME, SLIPS_OUT};
use crate::base::field::Kind;
use crate::base::words::words;
use crate::flow::is_paid;

/// Each open order: promised, now expected, made, shipped, received, paid, days late.
pub fn orders(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] = &[
        OPEN,
        count("late", "Late", "逾期", |s| {
            Tally::count(s.open(Kind::Order).filter(|form| listing::days_late(s, form) > 0))
        }),
        count("finished_unpaid", "Finished and not paid", "已完工未付清", |s| {
            let finished = s.open(Kind::Order).filter(|form| form.state().code == "finished");
            Tally::count(finished.filter(|form| !is_paid(s.book(), form)))
        }),
    ];
    let mut section = scope.section("tracking", words("Order tracking", "订单跟踪"), RULES);
    section.tables.push(listing::tracking(&scope.span, scope.span.open(Kind::Order)));
    section.charts = charts::TRACKING;
    Some(section)
}

/// How the carriers did, and each shipment that was made or departed.
pub fn shipments(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] = &[ON_TIME, NOTIFIED_IN_TIME, ERROR_RATE, DAMAGE_RATE, SLIPS_OUT];
    let span = &scope.span;
    let mut section = scope.section("shipping", words("Shipping", "发货情况"), RULES);
    section.tables.push(grouped(span, &BY_CARRIER, RULES));
    let moved = |verb: &str| verb == "new" || verb == "depart";
    let listed =
        span.forms(Kind::Shipment).filter(|form| form.living().any(|step| moved(step.verb()) && span.holds(step)));
    section.tables.push(listing::shipments(span, "shipments", words("Shipments", "发货单"), listed));
    section.charts = charts::SHIPPING;
    Some(section)
}

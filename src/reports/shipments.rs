//! Figures of shipments (R11–R13, R62).

use super::figure::{Rule, Tally, count, money, percent, volume};
use super::model::Section;
use super::scope::{Scope, Span};
use super::{budget, charts};
use crate::base::field::Kind::Shipment as SHIPMENT;
use crate::base::words::words;
use crate::forms::form::Form;
use crate::forms::shipment::Shipment;
use crate::sla::shipments::{self as clocks, slip_due};

const MADE: Rule = count("made", "Made out", "开单", |s| Tally::count(s.made(SHIPMENT)));
/// Shipments departed in the period.
pub const DEPARTED: Rule = count("departed", "Departed", "发出", |s| Tally::count(s.done(SHIPMENT, "depart")));
/// The freight last agreed of the shipments that departed, so that no agreement is summed twice.
const FREIGHT: Rule = money("freight", "Freight agreed, of those departed", "已发出运费（议定）", |s| {
    let agreed = |form: &Form| form.last("freight").and_then(|step| step.fields.money("amount"));
    Tally::money(s.done(SHIPMENT, "depart").filter_map(|form| Some((form, agreed(form)?))))
});
pub const AS_PLANNED: Rule =
    percent("departed_as_planned", "Departed on the planned day", "按计划日发出率", |s| {
        Tally::share(s.steps(SHIPMENT, "depart").filter_map(|(form, step)| {
            let planned = Shipment::of(form).depart()?;
            Some((form, s.book().now.zone.day(step.at) == planned))
        }))
    })
    .aim("departed_as_planned");
/// R12.
pub const NOTIFIED_IN_TIME: Rule =
    percent("notified_in_time", "Consignee told in time", "发货通知及时率", |s| s.in_time(&clocks::NOTICE))
        .aim("notified_in_time");
const REFUSED: Rule = count("refused", "Refused", "拒收", |s| Tally::count(s.done(SHIPMENT, "refused")));
const RETURNS: Rule =
    count("returns_asked", "Returns asked", "申请退换货", |s| Tally::count(s.done(SHIPMENT, "return")));
const CREDITED: Rule = money("returns_credited", "Returns credited", "退货退款金额", |s| {
    let steps = s.steps(SHIPMENT, "return-credit");
    Tally::money(steps.filter_map(|(form, step)| Some((form, step.fields.money("amount")?))))
});
const SLIPS: Rule = count("slips_back", "Slips back", "回单返回", |s| Tally::count(s.done(SHIPMENT, "slip")));
/// R13.
const SLIPS_IN_TIME: Rule =
    percent("slips_in_time", "Slips back in time", "回单及时率", |s| s.in_time(&clocks::SLIP)).aim("slips_in_time");
/// R13: shipments of which something arrived and the slip is not back at the end.
pub const SLIPS_OUT: Rule = count("slips_out", "Slips outstanding at the end", "期末未回回单", |s| {
    Tally::count(s.open(SHIPMENT).filter(|form| is_slip_out(s, form)))
});
/// Pieces of the shipments that departed.
pub const PIECES: Rule = count("pieces", "Pieces shipped", "发货件数", |s| {
    Tally::pieces(s.done(SHIPMENT, "depart").map(|form| (form, Shipment::of(form).quantity())))
});
const VOLUME: Rule = volume("volume", "Volume shipped", "发货体积", |s| {
    Tally::volume(s.done(SHIPMENT, "depart").filter_map(|form| Some((form, form.header.measure("volume")?))))
});

const RULES: &[Rule] = &[
    MADE,
    DEPARTED,
    FREIGHT,
    AS_PLANNED,
    NOTIFIED_IN_TIME,
    REFUSED,
    RETURNS,
    CREDITED,
    SLIPS,
    SLIPS_IN_TIME,
    SLIPS_OUT,
    PIECES,
    VOLUME,
];

/// Shipments: what left, whether in time, what came back.
pub fn shipments(scope: &Scope<'_>) -> Option<Section> {
    let mut section = scope.section("shipments", words("Shipments", "发货"), RULES);
    section.figures.extend(budget::beside(scope, &["freight"]));
    Some(Section { charts: charts::SHIPMENTS, ..section })
}

fn is_slip_out(span: &Span<'_>, form: &Form) -> bool {
    form.state().code == "departed" && slip_due(span.book(), form).is_some()
}

/// The shipments whose slip is outstanding beyond its limit at the end of a span (R13).
pub fn late_slips<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    let now = span.book().now.time;
    span.open(SHIPMENT)
        .filter(move |form| is_slip_out(span, form) && slip_due(span.book(), form).is_some_and(|(due, _)| due < now))
}

//! Figures of arrivals (R15). A receipt counts in the period in which it was made.

use super::charts;
use super::figure::{Rule, Tally, count, percent};
use super::model::Section;
use super::scope::{Arrived, Scope, Span};
use crate::base::field::Kind::Receipt as RECEIPT;
use crate::base::words::words;
use crate::flow::Count;
use crate::forms::shipment::Shipment;
use crate::sla::shipments as clocks;

/// Receipts made in the period.
pub const RECEIPTS: Rule = count("receipts", "Arrival receipts", "到货回执", |s| Tally::count(s.made(RECEIPT)));
/// Of the receipts, those whose goods came on the planned day or before.
pub const ON_TIME: Rule = percent("on_time", "Arrived on time", "到货准时率", |s| {
    Tally::share(s.arrived().filter_map(|arrived| {
        let planned = Shipment::of(&arrived.shipment).arrive()?;
        Some((arrived.form(), s.book().now.zone.day(arrived.arrival.at?) <= planned))
    }))
})
.aim("arrived_on_time");
/// R15: of the shipments, those whose arrival was receipted whole on the planned day.
const RECEIPTED_IN_TIME: Rule =
    percent("receipted_in_time", "Receipt made in time", "到货回执及时率", |s| s.in_time(&clocks::RECEIPT))
        .aim("receipted_in_time");
const RECEIVED: Rule = count("pieces_received", "Pieces received", "实收件数", |s| pieces(s, |c| c.received));
const SHORT: Rule = count("pieces_short", "Pieces short", "短少件数", |s| pieces(s, |c| c.short));
const OVER: Rule = count("pieces_over", "Pieces over", "多发件数", |s| pieces(s, |c| c.over));
const WRONG: Rule = count("pieces_wrong", "Pieces wrong", "错发件数", |s| pieces(s, |c| c.wrong));
const DAMAGED: Rule = count("pieces_damaged", "Pieces damaged", "破损件数", |s| pieces(s, |c| c.damaged));
/// Pieces short, over or wrong, of all that came or should have come; so a shipment lost whole is 100 %.
pub const ERROR_RATE: Rule = percent("error_rate", "Arrival errors", "到货差错率", |s| {
    Tally::rate(s.arrived().map(|a| (a.form(), sum(a, |c| missed(c) + c.over), sum(a, |c| c.received + missed(c)))))
})
.aim("arrival_errors");
/// Pieces damaged, of those received.
pub const DAMAGE_RATE: Rule = percent("damage_rate", "Damage", "破损率", |s| {
    Tally::rate(s.arrived().map(|a| (a.form(), sum(a, |c| c.damaged), sum(a, |c| c.received))))
})
.aim("damage");
const OPENED: Rule = count("discrepancies", "Receipts with a discrepancy", "到货差异", |s| {
    Tally::count(s.arrived().filter(|a| a.arrival.discrepancy() > 0).map(Arrived::form))
});
/// Receipts for which a remedy of the period left nothing open.
const REMEDIED: Rule = count("remedied", "Discrepancies settled", "差异已处理", |s| {
    let remedied = |a: &&Arrived| a.form().taken("remedy").any(|step| s.holds(step));
    Tally::count(s.arrivals().iter().filter(|a| a.arrival.open() == 0).filter(remedied).map(Arrived::form))
});
const UNSETTLED: Rule = count("unsettled", "Discrepancies open at the end", "期末未处理差异", |s| {
    Tally::count(unsettled(s).map(Arrived::form))
});

const RULES: &[Rule] = &[
    RECEIPTS,
    ON_TIME,
    RECEIPTED_IN_TIME,
    RECEIVED,
    SHORT,
    OVER,
    WRONG,
    DAMAGED,
    ERROR_RATE,
    DAMAGE_RATE,
    OPENED,
    REMEDIED,
    UNSETTLED,
];

/// Arrivals: what came, whether in time, and what was wrong with it.
pub fn arrivals(scope: &Scope<'_>) -> Option<Section> {
    let section = scope.section("arrivals", words("Arrivals", "到货"), RULES);
    Some(Section { charts: charts::ARRIVALS, ..section })
}

/// The receipts with a discrepancy that no remedy has settled by the end of a span (R15).
pub fn unsettled<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Arrived> {
    span.arrivals().iter().filter(|arrived| arrived.arrival.open() > 0)
}

/// The sum of something counted over a receipt.
pub fn sum(arrived: &Arrived, of: impl Fn(&Count) -> u64) -> u64 {
    arrived.arrival.counts.iter().map(of).sum()
}

/// Pieces that should have come and did not; a wrong piece stands for one.
fn missed(count: &Count) -> u64 {
    count.short.max(count.wrong)
}

fn pieces(span: &Span<'_>, of: fn(&Count) -> u64) -> Tally {
    Tally::pieces(span.arrived().map(|arrived| (arrived.form(), sum(arrived, of))))
}

//! How each agency did: the tickets it was sent to, how long it took, what it cost us, and how its quotes fared
//! (R20–R24).

use super::figure::Tally;
use super::groups::{BY_AGENCY, grouped_by};
use super::scope::Span;
use super::work::jobs_in;
use crate::aftersales::{Job, quotes_of};
use crate::base::field::Kind::Quote as QUOTE;
use crate::base::table::{Amount, Column, Table, column};
use crate::base::time::Time;
use crate::forms::form::Form;
use crate::forms::quote::Quote;

/// A figure of an agency: over the span of its tickets and quotes, and its code. A ticket may have had two agencies.
type OfAgency = fn(&Span<'_>, &str) -> Tally;

const COLUMNS: &[(Column, OfAgency)] = &[
    (column("sent", "Sent", "派单").numeric(), |s, agency| {
        Tally::count(of(s, agency).filter(|job| s.holds(job.sent)).map(|job| job.form))
    }),
    (column("mended", "Repaired", "修复").numeric(), |s, agency| {
        Tally::count(of(s, agency).filter(|job| job.mended(s).is_some()).map(|job| job.form))
    }),
    (column("days_to_repair", "Days to repair, median", "修复天数中位数").numeric(), |s, agency| {
        Tally::median(of(s, agency).filter_map(|job| Some((job.form, job.days(s)?))), Amount::Days)
    }),
    (column("still_faulty", "Still faulty at follow-up", "回访故障率").numeric(), |s, agency| {
        Tally::share(of(s, agency).filter_map(|job| Some((job.form, job.found_faulty(s)?))))
    }),
    (column("fees", "Fees released", "核准费用").numeric(), |s, agency| {
        let released = of(s, agency).flat_map(|job| job.taken("reimburse").map(move |step| (job.form, step)));
        let in_span = released.filter(|(_, step)| s.holds(step));
        Tally::money(in_span.filter_map(|(form, step)| Some((form, step.fields.money("amount")?))))
    }),
    (column("quotes", "Quotes", "报价").numeric(), |s, _| Tally::count(s.made(QUOTE))),
    (column("quotes_won", "Won", "中标").numeric(), |s, _| Tally::count(s.done(QUOTE, "approve"))),
    (column("quotes_lost", "Lost", "未采用").numeric(), |s, _| {
        Tally::count(s.forms(QUOTE).filter(|quote| lost_at(s, quote).is_some_and(|at| s.contains(at))))
    }),
];

/// Each agency that was sent, mended, quoted or was paid in the span.
pub fn table(span: &Span<'_>) -> Table {
    grouped_by(span, &BY_AGENCY, COLUMNS.iter().map(|(column, _)| *column), |group, agency| {
        COLUMNS.iter().map(|(_, of)| of(group, agency)).collect()
    })
}

fn of<'s>(span: &'s Span<'_>, agency: &str) -> impl Iterator<Item = Job<'s>> {
    jobs_in(span).filter(move |job| job.agency() == agency)
}

/// When a quote lost: when it was declined or, before that, when another of its ticket was approved (R24).
fn lost_at(span: &Span<'_>, quote: &Form) -> Option<Time> {
    if Quote::of(quote).is_approved() {
        return None;
    }
    let others = Quote::of(quote).repair().map(|ticket| quotes_of(span.book(), ticket)).unwrap_or_default();
    let beaten = others.iter().filter_map(|other| other.last("approve")).map(|step| step.at);
    beaten.chain(quote.last("decline").map(|step| step.at)).min()
}

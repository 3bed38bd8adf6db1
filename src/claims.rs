//! Insurance claims with what they are about: whose carriage it was, when the insurer is to be told (R43), which policies
//! were in force, and what is left of a sum insured. Derived each time, stored nowhere.

use std::sync::Arc;

use crate::base::field::{Kind, List};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::table::Amount;
use crate::base::time::{Date, Time};
use crate::book::Book;
use crate::clock::{Clock, Reading};
use crate::forms::claim::{CLAIM, Claim};
use crate::forms::form::{Form, Step};
use crate::forms::receipt::Receipt;
use crate::forms::repair::Repair;
use crate::forms::shipment::Shipment;
use crate::lists::Row;

/// Kinds of policy that cover goods on the way.
const TRANSPORT: &[&str] = &["carrier_liability", "cargo"];
/// Kinds of policy that cover what stands on its site.
const ON_SITE: &[&str] = &["property"];

/// The living claims that name a record, oldest first; those withdrawn are left out.
pub fn claims_of(book: &Book<'_>, record: &Number) -> Vec<Arc<Form>> {
    let mut claims = book.naming(Kind::Claim, record);
    claims.retain(|form| !form.is_void() && !Claim::of(form).is_withdrawn());
    claims
}

/// The receipt, shipment or repair that a claim is about.
pub fn record_of(book: &Book<'_>, claim: &Form) -> Option<Arc<Form>> {
    book.form(Claim::of(claim).record()?)
}

/// The shipment with which a loss came: the record itself, or the one that it names.
fn shipment_of(book: &Book<'_>, claim: &Form) -> Option<Arc<Form>> {
    let record = record_of(book, claim)?;
    match record.spec.kind {
        Kind::Shipment => Some(record),
        _ => book.form(record.header.record("shipment")?),
    }
}

/// The code of the carrier whose carriage it was; `None` of a repair that names no shipment.
pub fn carrier_of(book: &Book<'_>, claim: &Form) -> Option<String> {
    let shipment = shipment_of(book, claim)?;
    Some(Shipment::of(&shipment).carrier().to_string()).filter(|code| !code.is_empty())
}

/// The day on which what a record shows was lost, unless somebody says otherwise: that of the arrival, the departure or
/// the report.
pub fn day_of_loss(book: &Book<'_>, record: &Form) -> Date {
    let moment = match record.spec.kind {
        Kind::Receipt => Receipt::of(record).arrived_at(),
        Kind::Shipment => Shipment::of(record).departed().map(|step| step.at),
        _ => None,
    };
    moment.map_or(record.day(), |at| book.now.zone.day(at))
}

/// When the loss became known, so that the insurer can be told (R43): the arrival that a receipt records, however late
/// it was written down; a shipment's refusal; the judgement that a fault came from transport. Where there is none of
/// these, or later, when the claim was made.
fn known_at(book: &Book<'_>, claim: &Form) -> Option<Time> {
    let made = claim.made_at()?;
    let record = record_of(book, claim);
    let known = record.as_ref().and_then(|record| match record.spec.kind {
        Kind::Receipt => Receipt::of(record).arrived_at(),
        Kind::Shipment => record.taken("refused").next().map(|step| step.at),
        _ => judged_transport(record),
    });
    Some(known.map_or(made, |known| known.min(made)))
}

/// When a fault was first judged to come from transport (R18).
pub fn judged_transport(repair: &Form) -> Option<Time> {
    let judged = repair.living().filter(|step| matches!(step.verb(), "judge" | "rejudge"));
    let transport = |step: &&Step| step.fields.text("cause") == Some("logistics");
    judged.filter(transport).map(|step| step.at).next()
}

/// The clock within which the insurer is told (R43), by the figure in force when it began (R68).
pub fn notice(book: &Book<'_>, claim: &Form) -> Option<Clock> {
    let start = known_at(book, claim)?;
    let target = book.policy.at(book.now.zone.day(start)).claim_notify;
    let stopped = Claim::of(claim).notified().map(|step| step.at);
    Some(Clock { start, target, pauses: Vec::new(), stopped })
}

/// How that clock stands now.
pub fn read_notice(book: &Book<'_>, clock: &Clock) -> Reading {
    book.reading(clock, book.now.time)
}

/// The row of the policy that a claim is made under.
pub fn policy_of<'b>(book: &'b Book<'_>, claim: &Form) -> Option<&'b Row> {
    book.list(List::Policies).get(Claim::of(claim).policy())
}

/// True where a policy is in force on a day, its first and its last day included.
pub fn in_force(policy: &Row, day: Date) -> bool {
    policy.fields.date("from").is_some_and(|from| from <= day) && policy.fields.date("to").is_some_and(|to| day <= to)
}

/// The numbers of the policies in force on a day that cover what a record shows: those of goods on the way for receipts,
/// shipments and faults from transport, those of property for other faults.
pub fn fitting(book: &Book<'_>, record: &Form, day: Date) -> Vec<String> {
    let on_the_way = record.spec.kind != Kind::Repair
        || Repair::of(record).cause() == Some("logistics")
        || record.header.get("shipment").is_some();
    let kinds = if on_the_way { TRANSPORT } else { ON_SITE };
    let policies = book.list(List::Policies);
    let fits = |row: &&Row| in_force(row, day) && row.fields.text("kind").is_some_and(|kind| kinds.contains(&kind));
    policies.rows.iter().filter(fits).map(|row| policies.key_of(row)).collect()
}

/// The living claims of losses in a policy's term, oldest first.
pub fn of_policy(book: &Book<'_>, policy: &Row) -> Vec<Arc<Form>> {
    let Some(from) = policy.fields.date("from") else { return Vec::new() };
    let number = book.list(List::Policies).key_of(policy);
    // No claim is older than its loss.
    book.load(&CLAIM, from.., &|_, _| true);
    let mut claims = book.loaded(Kind::Claim);
    claims.retain(|form| {
        let claim = Claim::of(form);
        !form.is_void() && claim.policy() == number && claim.lost_on().is_some_and(|day| in_force(policy, day))
    });
    claims
}

/// What of a policy's sum insured is left for a claim once other claims have taken theirs, as `takes` tells of each.
/// `None` where the policy names no sum.
fn left_beside(book: &Book<'_>, claim: &Form, takes: impl Fn(&Arc<Form>) -> Money) -> Option<Money> {
    let policy = policy_of(book, claim)?;
    // Without a sum there is nothing to look for.
    policy.fields.money("sum")?;
    let mut others = of_policy(book, policy);
    others.retain(|other| other.number != claim.number);
    rest(policy, others.iter().map(takes))
}

/// A policy's sum insured less what is taken of it, never below nothing; `None` where it names no sum.
fn rest(policy: &Row, taken: impl Iterator<Item = Money>) -> Option<Money> {
    let rest = policy.fields.money("sum")?.minus(Money::sum(taken));
    Some(rest.unwrap_or_default().max(Money::ZERO))
}

/// What was left of the sum insured for a claim at a moment, its own amount not taken off.
pub fn left_for(book: &Book<'_>, claim: &Form, at: Time) -> Option<Money> {
    left_beside(book, claim, |other| other.as_of(at).map(|form| Claim::of(&form).takes()).unwrap_or_default())
}

/// What the claims that took of the sum insured before this one leave it; of those of the same minute, the one with the
/// lower number comes first.
pub fn left_by_others(book: &Book<'_>, claim: &Form) -> Option<Money> {
    let place = |form: &Form| Claim::of(form).taking().map(|step| (step.at, form.number.clone()));
    let mine = place(claim)?;
    left_beside(book, claim, |other| {
        let earlier = place(other).is_some_and(|theirs| theirs < mine);
        if earlier { Claim::of(other).takes() } else { Money::ZERO }
    })
}

/// What the living claims of a policy leave of its sum insured; `None` where it names no sum.
pub fn left_under(policy: &Row, claims: &[Arc<Form>]) -> Option<Money> {
    rest(policy, claims.iter().map(|form| Claim::of(form).takes()))
}

/// What was paid under a policy for losses in its term.
pub fn paid_under(claims: &[Arc<Form>]) -> Money {
    Money::sum(claims.iter().filter_map(|form| Claim::of(form).settled()?.fields.money("amount")))
}

/// What was paid under a policy as a share of its premium; `None` where no premium is known.
pub fn loss_ratio(policy: &Row, claims: &[Arc<Form>]) -> Option<Amount> {
    Amount::share_of(paid_under(claims), policy.fields.money("premium")?)
}

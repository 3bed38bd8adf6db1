//! After-sales over several forms: a ticket with its quotes and parts, what it costs and who pays (R17–R25).
//! Derived each time, stored nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::field::Kind;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::time::{Date, Time};
use crate::book::Book;
use crate::forms::cover::{Cover, Payer};
use crate::forms::form::{Form, Step};
use crate::forms::quote::{QUOTE, Quote};
use crate::forms::repair::Repair;
use crate::forms::spec::{State, state};
use crate::forms::visit::Visit;
use crate::visits::following_up;

/// Who pays for a ticket, and why (R17–R19), by the warranty in force when it was reported (R68).
pub fn cover(book: &Book<'_>, repair: &Form) -> Cover {
    Repair::of(repair).cover(book.policy.at(repair.day()).warranty_months)
}

/// The living quotes of a ticket, oldest first.
pub fn quotes_of(book: &Book<'_>, repair: &Number) -> Vec<Arc<Form>> {
    let mut quotes = book.naming(Kind::Quote, repair);
    quotes.retain(|form| !form.is_void());
    quotes
}

/// The quote of a ticket that was signed (R24).
pub fn approved_quote(book: &Book<'_>, repair: &Number) -> Option<Arc<Form>> {
    quotes_of(book, repair).into_iter().find(|form| Quote::of(form).is_approved())
}

/// Where a quote stands among those of its ticket: its state, or that another was chosen.
pub fn standing(book: &Book<'_>, quote: &Form) -> State {
    let chosen = || Quote::of(quote).repair().is_some_and(|repair| approved_quote(book, repair).is_some());
    let state = *quote.state();
    if state.code == "open" && chosen() { LOST } else { state }
}

const LOST: State = state("lost", "not chosen", "未中选");

/// The living parts requests that belong to a repair, receipt or order, oldest first.
pub fn parts_of(book: &Book<'_>, source: &Number) -> Vec<Arc<Form>> {
    let mut parts = book.naming(Kind::Parts, source);
    parts.retain(|form| !form.is_void() && form.state().code != "rejected");
    parts
}

/// What approved quotes made before a day asked for one of each component that they mended. Reads every quote of the past.
pub fn past_prices(book: &Book<'_>, before: Date) -> BTreeMap<String, Vec<Money>> {
    book.load(&QUOTE, ..before, &|_, glance| glance.holds("approve"));
    let mut prices: BTreeMap<String, Vec<Money>> = BTreeMap::new();
    for form in book.loaded(Kind::Quote) {
        if form.day() < before && Quote::of(&form).is_approved() {
            for line in &form.lines {
                if let (Some(component), Some(price)) = (line.text("component"), line.money("price")) {
                    prices.entry(component.to_string()).or_default().push(price);
                }
            }
        }
    }
    prices
}

/// What mending costs: the fee released, else that of the approved quote.
pub fn fee(book: &Book<'_>, repair: &Form) -> Option<Money> {
    let released = Repair::of(repair).released().and_then(|step| step.fields.money("amount"));
    released.or_else(|| Quote::of(&*approved_quote(book, &repair.number)?).total())
}

/// How the site was asked after a repair: by a step of the ticket, or by a visit that follows it up (R22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// When.
    pub at: Time,
    /// Whether the fixture was still faulty.
    pub faulty: bool,
    /// The ticket's last step by then: the follow-up itself, or the one that the visit came after.
    pub index: usize,
    /// Whether it was a visit.
    pub by_visit: bool,
}

impl FollowUp {
    /// Where it stands among the ticket's steps: a visit after the last step that was taken by then.
    pub fn place(&self) -> (usize, bool) {
        (self.index, self.by_visit)
    }
}

/// Every follow-up of a ticket's repairs, oldest first. A visit counts where the fixture was mended by then.
pub fn follow_ups(book: &Book<'_>, repair: &Form) -> Vec<FollowUp> {
    let own = repair.taken("follow-up").map(|step| {
        let faulty = step.fields.text("result") == Some("faulty");
        FollowUp { at: step.at, faulty, index: step.index, by_visit: false }
    });
    let by_visit = following_up(book, "repair_follow_up", &repair.number).into_iter().filter_map(|visit| {
        let at = visit.made_at()?;
        let index = mended_by(repair, at)?;
        Some(FollowUp { at, faulty: Visit::of(&visit).is_faulty(), index, by_visit: true })
    });
    let mut all: Vec<FollowUp> = own.chain(by_visit).collect();
    all.sort_by_key(|found| (found.place(), found.at));
    all
}

/// The last step of a ticket that was taken before a moment at which its fixture was mended; `None` where it was not.
/// What was mended in that very minute was mended by then, all else of the minute came after.
pub fn mended_by(repair: &Form, at: Time) -> Option<usize> {
    let mended = |step: &&Step| step.verb() == "repaired";
    let before: Vec<&Step> = repair.living().filter(|step| step.at < at).collect();
    let last = before.iter().rfind(|step| matches!(step.verb(), "dispatch" | "repaired"));
    if last.is_some_and(mended) {
        return before.last().map(|step| step.index);
    }
    repair.living().find(|step| step.at == at && mended(step)).map(|step| step.index)
}

/// The follow-up that still holds: the last one since an agency was sent (R22).
pub fn followed(book: &Book<'_>, repair: &Form) -> Option<FollowUp> {
    followed_before(book, repair, usize::MAX)
}

/// The follow-up that held when the step `until` was taken.
pub fn followed_before(book: &Book<'_>, repair: &Form, until: usize) -> Option<FollowUp> {
    let sent = repair.taken("dispatch").rfind(|step| step.index < until).map_or(0, |step| step.index);
    follow_ups(book, repair).into_iter().rfind(|found| found.index < until).filter(|found| found.index > sent)
}

/// The follow-up that found the fixture still faulty, until an agency is sent again (R22).
pub fn faulty(book: &Book<'_>, repair: &Form) -> Option<FollowUp> {
    followed(book, repair).filter(|found| found.faulty)
}

/// True where we owe the agency a fee that is not released yet (R21).
pub fn owes(book: &Book<'_>, repair: &Form) -> bool {
    cover(book, repair).payer == Payer::Us
        && Repair::of(repair).released().is_none()
        && approved_quote(book, &repair.number).is_some()
}

/// What an agency that was sent did, until another or the same was sent again.
pub struct Job<'f> {
    /// The ticket.
    pub form: &'f Form,
    /// The dispatch.
    pub sent: &'f Step,
    /// The next dispatch, which ended it.
    pub next: Option<&'f Step>,
}

/// The jobs of a ticket, in order.
pub fn jobs(form: &Form) -> impl Iterator<Item = Job<'_>> {
    let next = form.taken("dispatch").skip(1).map(Some).chain([None]);
    form.taken("dispatch").zip(next).map(move |(sent, next)| Job { form, sent, next })
}

impl<'f> Job<'f> {
    /// The code of the agency.
    pub fn agency(&self) -> &'f str {
        self.sent.fields.text("agency").unwrap_or("")
    }

    /// The steps with a verb that belong to the job.
    pub fn taken(&self, verb: &'static str) -> impl DoubleEndedIterator<Item = &'f Step> + use<'f> {
        let (from, to) = (self.sent.index, self.next.map_or(usize::MAX, |next| next.index));
        self.form.taken(verb).filter(move |step| from < step.index && step.index < to)
    }

    /// The follow-ups that belong to the job, in order (R22).
    pub fn followed(&self, book: &Book<'_>) -> Vec<FollowUp> {
        let (from, to) = (self.sent.index, self.next.map_or(usize::MAX, |next| next.index));
        let mut found = follow_ups(book, self.form);
        found.retain(|found| from < found.index && found.index < to);
        found
    }
}

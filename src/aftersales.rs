//! After-sales over several forms: a ticket with its quotes and parts, what it costs and who pays (R17–R25).
//! Derived each time, stored nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::field::Kind;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::time::Date;
use crate::book::Book;
use crate::forms::cover::{Cover, Payer};
use crate::forms::form::{Form, Step};
use crate::forms::quote::{QUOTE, Quote};
use crate::forms::repair::Repair;
use crate::forms::spec::{State, state};

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
}

//! When a customer and we were last in touch, and who has been silent for long.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::customers_of;
use crate::base::field::{Kind, List};
use crate::base::number::{Code, Number};
use crate::base::time::{Date, Time, days_before};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::lists::is_active;
use crate::tr;

/// A step in which the customer, or whoever receives the customer's goods, and we speak or write to each other.
struct Touch {
    kind: Kind,
    verb: &'static str,
    /// It is one only where the step says so.
    told: Option<&'static str>,
}

const fn touch(kind: Kind, verb: &'static str) -> Touch {
    Touch { kind, verb, told: None }
}

/// Every step that is a contact.
const TOUCHES: &[Touch] = &[
    touch(Kind::Order, "new"),
    touch(Kind::Order, "confirm"),
    touch(Kind::Order, "train"),
    Touch { told: Some("told"), ..touch(Kind::Order, "delay") },
    touch(Kind::Order, "change"),
    touch(Kind::Order, "expedite"),
    touch(Kind::Order, "cancel"),
    touch(Kind::Order, "papers"),
    touch(Kind::Order, "remind"),
    touch(Kind::Shipment, "freight"),
    touch(Kind::Shipment, "notify"),
    touch(Kind::Shipment, "return"),
    touch(Kind::Repair, "new"),
    touch(Kind::Repair, "follow-up"),
    touch(Kind::Complaint, "new"),
    touch(Kind::Complaint, "agree"),
    touch(Kind::Complaint, "disagree"),
    touch(Kind::Complaint, "resume"),
    touch(Kind::Complaint, "call-back"),
    touch(Kind::Complaint, "reopen"),
    touch(Kind::Consult, "new"),
    touch(Kind::Consult, "answer"),
    touch(Kind::Consult, "ask-again"),
    touch(Kind::Visit, "new"),
    touch(Kind::Improvement, "send"),
    touch(Kind::Improvement, "remind"),
    touch(Kind::Improvement, "confirm"),
];

/// One contact with a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The day.
    pub on: Date,
    /// The moment, where a record tells it.
    at: Option<Time>,
    /// What kind of record tells of it.
    pub record_kind: Words,
    /// What was done.
    pub what: Words,
    /// Who did it, where known.
    pub by: Option<Code>,
    /// The record; none for the first contact, which the customer's row tells of (R5).
    pub record: Option<Number>,
}

impl Contact {
    fn moment(&self) -> (Date, Option<Time>) {
        (self.on, self.at)
    }

    /// What it was, in words: the kind of record and the step.
    pub fn told(&self) -> Text {
        let (kind, what) = (self.record_kind, self.what);
        tr!("{kind}: {what}", "{kind}：{what}"; kind, what)
    }
}

/// True of a step that is a contact.
fn is_contact(form: &Form, step: &Step) -> bool {
    let of = |touch: &&Touch| touch.kind == form.spec.kind && touch.verb == step.verb();
    TOUCHES.iter().find(of).is_some_and(|touch| touch.told.is_none_or(|key| step.fields.get(key).is_some()))
}

fn contacts_in<'f>(book: &Book<'_>, form: &'f Form) -> impl Iterator<Item = Contact> + use<'f> {
    let zone = book.now.zone;
    form.living().filter(move |step| is_contact(form, step)).map(move |step| Contact {
        on: zone.day(step.at),
        at: Some(step.at),
        record_kind: form.spec.name,
        what: step.spec.name,
        by: Some(step.by.clone()),
        record: Some(form.number.clone()),
    })
}

/// The first contact that a customer's row tells of (R5).
fn first_contact(book: &Book<'_>, code: &str) -> Option<Contact> {
    let row = book.list(List::Customers).get(code)?;
    Some(Contact {
        on: row.fields.date("contacted_on").filter(|on| *on <= book.now.today())?,
        at: None,
        record_kind: words("customer", "客户档案"),
        what: words("first contact", "首次联系"),
        by: row.fields.staff("owner"),
        record: None,
    })
}

/// The contacts with a customer that its row and these forms tell of, the last one first.
pub fn contacts_with<'f>(book: &Book<'_>, code: &str, forms: impl IntoIterator<Item = &'f Form>) -> Vec<Contact> {
    let of_forms = forms.into_iter().flat_map(|form| contacts_in(book, form));
    let mut contacts: Vec<Contact> = first_contact(book, code).into_iter().chain(of_forms).collect();
    // Of two in one minute the one written later comes first.
    contacts.sort_by_key(Contact::moment);
    contacts.reverse();
    contacts
}

/// The last contact with each customer that the rows and the loaded forms tell of.
fn last_contacts(book: &Book<'_>) -> BTreeMap<String, Contact> {
    let customers = book.list(List::Customers);
    let mut last: BTreeMap<String, Contact> = BTreeMap::new();
    for code in customers.rows.iter().map(|row| customers.key_of(row)) {
        if let Some(first) = first_contact(book, &code) {
            last.insert(code, first);
        }
    }
    let kinds: BTreeSet<Kind> = TOUCHES.iter().map(|touch| touch.kind).collect();
    for form in kinds.into_iter().flat_map(|kind| book.loaded(kind)).filter(|form| !form.is_void()) {
        let Some(contact) = contacts_in(book, &form).max_by_key(Contact::moment) else { continue };
        for code in customers_of(book, &form) {
            let known = last.get(&code).is_some_and(|known| known.moment() >= contact.moment());
            if !known {
                last.insert(code, contact.clone());
            }
        }
    }
    last
}

/// The last contact with each customer, as far as what lived on a day or later tells of it, and the customers' rows.
pub fn latest(book: &Book<'_>, from: Date) -> BTreeMap<String, Contact> {
    // A glance reads days as they are written, up to two off the department's own.
    let from = days_before(from, 2);
    book.load_all(&|spec, _, glance| glance.ended(spec).is_none_or(|end| end >= from));
    last_contacts(book)
}

/// A customer from whom nothing was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The customer's code.
    pub customer: String,
    /// The last contact, if there ever was one.
    pub last: Option<Contact>,
    /// Whole days since then, or since the customer is one; `None` where neither is known.
    pub days: Option<u64>,
}

/// The active customers with whom nobody was in touch for so many days or more, the longest silence first. Opens what
/// was alive in those days, and for the silent ones what there is of them.
pub fn silent(book: &Book<'_>, days: u64) -> Vec<Silence> {
    let today = book.now.today();
    latest(book, days_before(today, days));
    let first: BTreeSet<String> = silences(book, days).into_iter().map(|silence| silence.customer).collect();
    book.load_customers(&first);
    silences(book, days)
}

fn silences(book: &Book<'_>, days: u64) -> Vec<Silence> {
    let today = book.now.today();
    let customers = book.list(List::Customers);
    let mut last = last_contacts(book);
    let silence = |code: String| {
        let row = customers.get(&code)?;
        let since = row.fields.date("since").or(row.fields.date("assigned_on"));
        let last = last.remove(&code);
        let quiet = last.as_ref().map(|contact| contact.on).or(since).map(|on| (today - on).num_days());
        let counts = quiet.is_none_or(|quiet| u64::try_from(quiet).is_ok_and(|quiet| quiet >= days));
        counts.then(|| Silence { customer: code, last, days: quiet.map(i64::unsigned_abs) })
    };
    let active = customers.rows.iter().filter(|row| is_active(row)).map(|row| customers.key_of(row));
    let mut silences: Vec<Silence> = active.filter_map(silence).collect();
    // Never heard of at all is the longest silence.
    silences.sort_by_key(|silence| (Reverse(silence.days.unwrap_or(u64::MAX)), silence.customer.clone()));
    silences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::spec_of;

    #[test]
    fn every_contact_is_a_step_of_its_kind() {
        for touch in TOUCHES {
            let step = spec_of(touch.kind).step(touch.verb);
            let told = |key| step.is_some_and(|step| step.fields.iter().any(|field| field.key == key));
            assert!(step.is_some() && touch.told.is_none_or(told), "{:?} {}", touch.kind, touch.verb);
        }
    }
}

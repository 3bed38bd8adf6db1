//! What consults, visits, complaints and improvements take from elsewhere: the customer's row, and the records that they
//! are about.

use std::sync::Arc;

use super::{Draft, some_of, text};
use crate::base::field::{Kind, List, Value};
use crate::forms::form::Form;
use crate::forms::visit::lowest;
use crate::visits::{is_low, is_partner};

/// Fills in what the customer's row says: the form's own key, and the row's.
pub(super) fn of_customer(draft: &mut Draft<'_, '_>, keys: &[(&str, &str)]) {
    let customers = draft.book.list(List::Customers);
    let Some(row) = draft.header.text("customer").and_then(|code| customers.get(code)) else { return };
    draft.take(&row.fields, keys);
}

/// Whom to ask at the customer.
const PERSON: &[(&str, &str)] = &[("contact", "contact"), ("phone", "phone")];

pub(super) fn consult(draft: &mut Draft<'_, '_>) {
    draft.fill("channel", text("hotline"));
    of_customer(draft, &[("asker", "contact"), ("phone", "phone")]);
}

pub(super) fn complaint(draft: &mut Draft<'_, '_>) {
    let named = draft.record("record");
    draft.fill("customer", named.and_then(|form| draft.book.customer_of(&form)).map(Value::Text));
    of_customer(draft, PERSON);
}

/// An improvement is of the one customer, and of the models, of what it was born of.
pub(super) fn improvement(draft: &mut Draft<'_, '_>) {
    let book = draft.book;
    let born_of: Vec<Arc<Form>> =
        draft.header.many("born_of").iter().filter_map(|number| book.form(&number.parse().ok()?)).collect();
    let mut customers: Vec<String> = born_of.iter().filter_map(|form| book.customer_of(form)).collect();
    customers.dedup();
    draft.fill("customer", customers.pop().filter(|_| customers.is_empty()).map(Value::Text));
    let mut models: Vec<String> = Vec::new();
    for model in born_of.iter().filter_map(|form| form.header.text("model")) {
        if !models.iter().any(|known| known == model) {
            models.push(model.to_string());
        }
    }
    draft.fill("model", some_of(models));
    of_customer(draft, PERSON);
}

/// The kind of visit that follows up a kind of record.
fn follow_up_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Repair => Some("repair_follow_up"),
        Kind::Complaint => Some("complaint_call_back"),
        _ => None,
    }
}

/// What a visit takes from the record that it follows up, and whom it asks: its own key, and the other's, the likeliest
/// first.
const VISIT_FROM: &[(&str, &str)] = &[
    ("site", "site"),
    ("contact", "site_contact"),
    ("phone", "site_phone"),
    ("contact", "contact"),
    ("phone", "phone"),
];

/// A visit takes what it needs from the record that it follows up, the customer, and the scores.
pub(super) fn visit(draft: &mut Draft<'_, '_>) {
    let book = draft.book;
    if let Some(form) = draft.record("record") {
        draft.fill("customer", book.customer_of(&form).map(Value::Text));
        draft.fill("purpose", follow_up_of(form.spec.kind).and_then(text));
        draft.take(&form.header, VISIT_FROM);
    }
    let customer = draft.header.text("customer").and_then(|code| book.list(List::Customers).get(code));
    draft.fill("purpose", text(if customer.is_some_and(is_partner) { "partner" } else { "monthly" }));
    draft.fill("channel", text("hotline"));
    let low = is_low(book, draft.day(), lowest(draft.header));
    if draft.header.text("purpose") == Some("repair_follow_up") && !low {
        draft.fill("fixture", text("working"));
    }
    draft.fill("need", text(if low { "improvement" } else { "nothing" }));
    of_customer(draft, PERSON);
}

//! What a record takes from the consult that it came from (R26).

use super::{Draft, text};
use crate::base::field::Kind;
use crate::forms::shared::FROM_CONSULT;
use crate::forms::spec::FormSpec;

/// What a record takes from the consult that it came from: its own key, and the consult's. A shipment takes its
/// consignee from its order.
const FROM_A_CONSULT: &[(Kind, &[(&str, &str)])] = &[
    (Kind::Order, &[("customer", "customer"), ("contact", "asker"), ("phone", "phone")]),
    (Kind::Repair, &[("customer", "customer"), ("reporter", "asker"), ("phone", "phone")]),
    (
        Kind::Complaint,
        &[
            ("customer", "customer"),
            ("contact", "asker"),
            ("phone", "phone"),
            ("channel", "channel"),
            ("content", "what"),
        ],
    ),
];

/// How an order came, by the channel of the consult that it came from; of other channels an order knows nothing.
const SOURCES: &[(&str, &str)] =
    &[("hotline", "phone"), ("mobile", "phone"), ("mail", "mail"), ("web", "web"), ("chat", "web")];

/// What a kind takes from a consult: its own key, and the consult's.
fn taken_by(spec: &FormSpec) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let of_kind = FROM_A_CONSULT.iter().filter(|(kind, _)| *kind == spec.kind);
    of_kind.flat_map(|(_, keys)| *keys)
}

/// The keys that may follow from a consult.
pub fn fillable_from_consult(spec: &FormSpec) -> impl Iterator<Item = &'static str> {
    taken_by(spec).map(|(key, _)| *key)
}

/// Fills in what the consult says from which the record came (R26).
pub(super) fn of_consult(draft: &mut Draft<'_, '_>) {
    let Some(consult) = draft.record(FROM_CONSULT.key) else { return };
    // Whoever asked is no contact of another customer.
    let of_another = draft.header.get("customer").is_some_and(|own| consult.header.get("customer") != Some(own));
    for (key, from) in taken_by(draft.spec).filter(|(_, from)| !(of_another && matches!(*from, "asker" | "phone"))) {
        draft.fill(key, consult.header.get(from).cloned());
    }
    let channel = consult.header.text("channel").unwrap_or("");
    let source = SOURCES.iter().find(|(of, _)| *of == channel).and_then(|(_, source)| text(source));
    let is_order = draft.spec.kind == Kind::Order;
    draft.fill("source", source.filter(|_| is_order));
}

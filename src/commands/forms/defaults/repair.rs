//! What repair tickets, their quotes and parts requests take from elsewhere: the site, the agency, the record behind.

use super::{Draft, text};
use crate::base::field::{Kind, List};

pub(super) fn repair(draft: &mut Draft<'_, '_>) {
    draft.fill("arranged_by", text("us"));
    let sites = draft.book.list(List::Sites);
    let Some(site) = draft.header.text("site").and_then(|code| sites.get(code)) else { return };
    draft.take(&site.fields, &[("customer", "customer"), ("site_contact", "contact"), ("site_phone", "phone")]);
}

/// An agency's quote takes whom to ask from the agency, and our representative from the ticket's site.
pub(super) fn quote(draft: &mut Draft<'_, '_>) {
    let [agencies, sites] = [List::Agencies, List::Sites].map(|list| draft.book.list(list));
    if let Some(agency) = draft.header.text("agency").and_then(|code| agencies.get(code)) {
        draft.take(&agency.fields, &[("city", "city"), ("contact", "contact"), ("phone", "phone")]);
    }
    let ticket = draft.record("repair");
    if let Some(site) = ticket.as_ref().and_then(|form| sites.get(form.header.text("site")?)) {
        draft.take(&site.fields, &[("rep", "rep")]);
    }
}

/// What a parts request takes from the form that it belongs to: its own key, and the other's, the likeliest first.
const PARTS_FROM: &[(&str, &str)] = &[
    ("site", "site"),
    ("model", "model"),
    ("applicant", "reporter"),
    ("applicant", "received_by"),
    ("applicant", "contact"),
    ("contact", "site_contact"),
    ("contact", "received_by"),
    ("contact", "contact"),
    ("phone", "site_phone"),
    ("phone", "phone"),
    ("address", "deliver_to"),
    ("address", "address"),
];

/// A parts request takes what it needs from the record that it belongs to, and from its site.
pub(super) fn parts(draft: &mut Draft<'_, '_>) {
    let book = draft.book;
    let Some(form) = draft.record("source") else { return };
    let source = match form.spec.kind {
        // What a receipt does not say, its shipment does.
        Kind::Receipt => form.header.record("shipment").and_then(|number| book.form(number)),
        _ => None,
    };
    for (key, from) in PARTS_FROM {
        let mut forms = std::iter::once(&form).chain(&source);
        let found = forms.find_map(|form| Some(form.current(from)?.value.clone()));
        draft.fill(key, found);
    }
    let site = form.header.text("site").and_then(|code| book.list(List::Sites).get(code));
    let place = site.map(|row| {
        let [city, mall] = ["city", "mall"].map(|key| row.fields.text(key).unwrap_or(""));
        // Many a mall bears its city's name.
        if mall.contains(city) { mall.to_string() } else { format!("{city} {mall}") }
    });
    draft.fill("address", place.as_deref().and_then(text));
}

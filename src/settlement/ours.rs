//! What is ours: the shipments that departed with a carrier, the repairs that an agency did for us.

use std::collections::{BTreeSet, HashSet};

use super::bar::Bar;
use super::matching::{Claim, Line, plain};
use crate::aftersales::{approved_quote, fee, owes};
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, days_after, days_before};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::quote::{QUOTE, Quote};
use crate::forms::repair::{REPAIR, Repair};
use crate::forms::shipment::{SHIPMENT, Shipment};

/// What somebody wants to know of our records.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The months asked about, as a span of days.
    pub days: Period,
    /// Only this party; all where `None`.
    pub party: Option<&'a str>,
    /// Records of ours that statements name; those of earlier months are told too.
    numbers: BTreeSet<Number>,
    /// The parties' own numbers that statements name, [`plain`].
    references: HashSet<String>,
}

impl<'a> Ask<'a> {
    /// About a span of days and what the lines of statements name.
    pub fn about<'l>(
        book: &Book<'_>,
        days: Period,
        party: Option<&'a str>,
        lines: impl IntoIterator<Item = &'l Line>,
    ) -> Ask<'a> {
        let mut ask = Ask { party, ..Ask::any(days) };
        for line in lines {
            ask.numbers.extend(line.numbers());
            ask.references.extend(line.reference.as_deref().map(plain));
        }
        // Who names a quote means its ticket.
        let quotes = ask.numbers.iter().filter(|n| n.prefix() == QUOTE.prefix).filter_map(|n| book.form(n));
        let tickets: Vec<Number> = quotes.filter_map(|form| Quote::of(&form).repair().cloned()).collect();
        ask.numbers.extend(tickets);
        ask
    }

    /// About a span of days, whatever statements name.
    pub fn any(days: Period) -> Ask<'a> {
        Ask { days, party: None, numbers: BTreeSet::new(), references: HashSet::new() }
    }

    /// True for a form's text that may tell of something in the days asked about: what happened then is written there
    /// with its date. An offset other than ours may move it by a day.
    fn may_tell(&self, text: &str) -> bool {
        let wider = Period::between(days_before(self.days.from, 1), days_after(self.days.to, 1)).unwrap_or(self.days);
        wider.parts(Unit::Month).iter().any(|month| holds(text, &month.from.format("%Y-%m").to_string()))
    }

    /// True for a claim of the days asked about, or an earlier one that a statement names.
    pub fn wants(&self, claim: &Claim) -> bool {
        self.party.is_none_or(|party| party == claim.party)
            && (self.days.contains(claim.day) || claim.day < self.days.from && self.names(claim))
    }

    /// True for a claim that a statement names.
    pub fn names(&self, claim: &Claim) -> bool {
        let by_number = std::iter::once(&claim.number).chain(&claim.also).any(|n| self.numbers.contains(n));
        by_number || claim.reference.as_deref().is_some_and(|r| self.references.contains(&plain(r)))
    }
}

fn holds(text: &str, needle: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some()
}

/// Whether a glance at a shipment's text shows that it may be asked about.
pub fn may_ship(ask: &Ask<'_>, number: &Number, text: &str) -> bool {
    // The line as `cs` writes it; a waybill written otherwise is found by the record's number.
    let waybill_wanted = || {
        let mut waybills = text.lines().filter_map(|l| l.strip_prefix("waybill = \"")?.strip_suffix('"'));
        waybills.any(|waybill| ask.references.contains(&plain(waybill)))
    };
    let of_party = || ask.party.is_none_or(|party| holds(text, party));
    // A waybill tells of another carrier's shipment too, so that it can be said whose it is.
    ask.numbers.contains(number) || of_party() && ask.may_tell(text) || !ask.references.is_empty() && waybill_wanted()
}

/// Whether a glance at a ticket's text shows that it may be asked about; its agency stands in its quote.
pub fn may_mend(ask: &Ask<'_>, number: &Number, text: &str) -> bool {
    ask.numbers.contains(number) || holds(text, "accept") && ask.may_tell(text)
}

/// Loads the shipments asked about.
pub fn load_shipped(book: &Book<'_>, ask: &Ask<'_>) {
    book.load(&SHIPMENT, ..=ask.days.to, &|number, glance| may_ship(ask, number, glance.file()));
}

/// Loads the tickets asked about, and with them their quotes.
pub fn load_mended(book: &Book<'_>, ask: &Ask<'_>) {
    book.load(&REPAIR, ..=ask.days.to, &|number, glance| may_mend(ask, number, glance.file()));
    book.load_naming(QUOTE.kind);
}

/// A shipment that departed, with its freight, under the carrier's waybill (R16).
pub fn shipped(book: &Book<'_>, form: &Form) -> Option<Claim> {
    let shipment = Shipment::of(form);
    let departed = shipment.departed().filter(|_| !form.is_void())?;
    Some(Claim {
        number: form.number.clone(),
        also: Vec::new(),
        reference: departed.fields.text("waybill").map(str::to_string),
        party: shipment.carrier().to_string(),
        day: book.now.zone.day(departed.at),
        amount: shipment.freight()?,
        held: None,
    })
}

/// Why we owe nothing for a shipment.
pub fn unshipped(_: &Book<'_>, form: &Form) -> Bar {
    match Shipment::of(form).departed() {
        _ if form.is_void() => Bar::Void,
        None => Bar::NotDeparted,
        Some(_) => Bar::Unpriced,
    }
}

/// Why we owe nothing for a repair.
pub fn unmended(book: &Book<'_>, form: &Form) -> Bar {
    if form.is_void() {
        return Bar::Void;
    }
    if !is_accepted(form) {
        return Bar::NotAccepted;
    }
    if approved_quote(book, &form.number).is_none() { Bar::Unpriced } else { Bar::Uncovered }
}

fn is_accepted(form: &Form) -> bool {
    matches!(form.state().code, "accepted" | "released" | "closed") && form.last("accept").is_some()
}

/// A repair that was accepted, with the fee that we owe the agency of its approved quote (R21).
pub fn mended(book: &Book<'_>, form: &Form) -> Option<Claim> {
    let accepted = form.last("accept").filter(|_| is_accepted(form))?;
    let released = Repair::of(form).released().is_some();
    // What the customer or a carrier pays is none of ours (R18).
    if !(released || owes(book, form)) {
        return None;
    }
    let quote = approved_quote(book, &form.number)?;
    Some(Claim {
        number: form.number.clone(),
        also: vec![quote.number.clone()],
        reference: None,
        party: Quote::of(&quote).agency().to_string(),
        day: book.now.zone.day(accepted.at),
        amount: fee(book, form)?,
        held: (!released).then(|| format!("cs repair reimburse {}", form.number)),
    })
}

/// The day before which nothing about these claims can have been settled: that of the oldest record.
pub fn oldest(claims: &[Claim]) -> Option<Date> {
    claims.iter().map(|claim| claim.number.day()).min()
}

/// The carrier and the day of a shipment's only departure, where a glance at its text shows them for sure: written as
/// `cs` writes it, nothing voided, and so far from the month's ends that no offset matters.
pub fn departure(text: &str) -> Option<(&str, Date)> {
    let depart = "do = \"depart\"\nat = ";
    let at = text.find(depart)?;
    let rest = &text[at + depart.len()..];
    if rest.contains("\"depart\"") || holds(text, "void") || holds(text, "\"\"\"") || holds(text, "'''") {
        return None;
    }
    let header = &text[..text.find("\n[[")?];
    let carrier = header.lines().find_map(|line| line.strip_prefix("carrier = \"")?.strip_suffix('"'))?;
    let day: Date = rest.get(..10)?.parse().ok()?;
    let month = Period::holding(Unit::Month, day);
    (month.from < day && day < month.to).then_some((carrier, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_departure_is_seen_at_a_glance_only_where_it_is_sure() {
        let text = "order = [\"DD-260901-YX-1\"]\ncarrier = \"FAST\"\n\n[[line]]\nmodel = \"SHELF\"\n\n[[step]]\ndo = \"depart\"\nat = 2026-10-05T09:00:00+08:00\nby = \"YX\"\n";
        assert_eq!(departure(text), Some(("FAST", "2026-10-05".parse().unwrap())));
        for unsure in [
            text.replace("10-05", "10-01"),
            text.replace("10-05", "10-31"),
            text.replace("at = ", "at="),
            text.replace("carrier = \"", "carrier = '"),
            format!("{text}\n[[step]]\ndo = \"void\"\nstep = 1\n"),
            format!("{text}\n[[step]]\ndo = \"depart\"\nat = 2026-10-06T09:00:00+08:00\n"),
        ] {
            assert_eq!(departure(&unsure), None, "{unsure}");
        }
    }
}

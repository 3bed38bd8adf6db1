//! What a new form, its lines and its steps take from what is already on record, where the user says nothing else; never
//! over what was given.

mod claim;
mod consult;
mod customer;
mod goods;
mod repair;
mod rhythm;
mod steps;

use std::sync::Arc;

pub use consult::fillable_from_consult;
pub use goods::fill_prices;
pub use steps::{fill_step, fillable_in, unfilled};

use crate::base::field::{Field, Fields, Kind, Value};
use crate::base::number::Code;
use crate::base::problem::Problem;
use crate::base::time::{Date, Time};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::spec::FormSpec;

/// What a kind of form takes from elsewhere.
struct Filling {
    kind: Kind,
    /// The required keys that may be filled; what is missing of them while the rest is wrong is not told.
    keys: &'static [&'static str],
    run: fn(&mut Draft<'_, '_>),
    undecided: Option<Undecided>,
}

/// A key that stays empty where several values or none would fit, and the problem that tells which they are.
struct Undecided {
    key: &'static str,
    why: fn(&Book<'_>, &Fields) -> Option<Problem>,
}

const fn filling(kind: Kind, keys: &'static [&'static str], run: fn(&mut Draft<'_, '_>)) -> Filling {
    Filling { kind, keys, run, undecided: None }
}

impl Filling {
    const fn undecided(mut self, key: &'static str, why: fn(&Book<'_>, &Fields) -> Option<Problem>) -> Filling {
        self.undecided = Some(Undecided { key, why });
        self
    }
}

/// A kind that is not here takes nothing from elsewhere.
const FILLINGS: &[Filling] = &[
    filling(Kind::Order, &[], goods::order),
    filling(Kind::Shipment, &["consignee", "address"], goods::shipment),
    filling(Kind::Receipt, &["arrived_at"], goods::receipt),
    filling(Kind::Repair, &["customer", "arranged_by"], repair::repair),
    filling(Kind::Quote, &[], repair::quote),
    filling(Kind::Parts, &["applicant", "address"], repair::parts),
    filling(Kind::Consult, &["channel"], customer::consult),
    filling(Kind::Visit, &["customer", "purpose", "channel", "need"], customer::visit),
    filling(Kind::Complaint, &[], customer::complaint),
    filling(Kind::Improvement, &["customer"], customer::improvement),
    filling(Kind::Claim, &["policy", "lost_on"], claim::claim).undecided("policy", claim::policy_undecided),
    filling(Kind::Score, &["points", "on"], rhythm::score).undecided("points", rhythm::points_undecided),
    filling(Kind::Work, &[], rhythm::work),
    filling(Kind::Training, &["topic", "when", "attendees"], rhythm::training),
    filling(Kind::Call, &["on"], rhythm::call),
    filling(Kind::Shift, &["on"], rhythm::today),
    filling(Kind::Meeting, &["when", "topics"], rhythm::meeting),
];

fn filling_of(spec: &FormSpec) -> Option<&'static Filling> {
    FILLINGS.iter().find(|filling| filling.kind == spec.kind)
}

/// A new form while its header is filled in.
struct Draft<'d, 'b> {
    book: &'d Book<'b>,
    spec: &'static FormSpec,
    header: &'d mut Fields,
    at: Time,
    /// Who makes it, where that is known; git may have to be asked.
    by: &'d dyn Fn() -> Option<Code>,
}

impl Draft<'_, '_> {
    /// Fills in a key of the kind that is still empty, where there is a value for it.
    fn fill(&mut self, key: &str, value: Option<Value>) {
        let field = self.spec.field(key).filter(|field| self.header.get(field.key).is_none());
        if let Some((field, value)) = field.zip(value) {
            self.header.set(field, value);
        }
    }

    /// Fills in keys from other fields: the draft's own key, and the other's, the likeliest first.
    fn take(&mut self, from: &Fields, keys: &[(&str, &str)]) {
        for (key, other) in keys {
            self.fill(key, from.get(other).cloned());
        }
    }

    /// The record that the draft names under a key.
    fn record(&self, key: &str) -> Option<Arc<Form>> {
        self.book.form(self.header.record(key)?)
    }

    /// The day on which the form is made.
    fn day(&self) -> Date {
        self.book.now.zone.day(self.at)
    }
}

fn text(value: &str) -> Option<Value> {
    (!value.is_empty()).then(|| Value::Text(value.to_string()))
}

/// Several values, where there are any.
fn some_of(values: Vec<String>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Many(values))
}

/// Fills in what follows from the consult, the customer, other records, the time or who makes it; never over what was given.
pub fn fill_in(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields, at: Time, by: &dyn Fn() -> Option<Code>) {
    let mut draft = Draft { book, spec, header, at, by };
    consult::of_consult(&mut draft);
    if let Some(filling) = filling_of(spec) {
        (filling.run)(&mut draft);
    }
}

/// The keys that [`fill_in`] may fill; what is missing of them while the rest is wrong is not told.
pub fn fillable(spec: &FormSpec) -> &'static [&'static str] {
    filling_of(spec).map_or(&[], |filling| filling.keys)
}

/// Why a field that [`fill_in`] may fill is empty, where several values or none would fit: which they are.
pub fn undecided(book: &Book<'_>, spec: &FormSpec, field: &Field, header: &Fields) -> Option<Problem> {
    let undecided = filling_of(spec)?.undecided.as_ref().filter(|undecided| undecided.key == field.key)?;
    (undecided.why)(book, header)
}

/// The last form of a kind that a customer had, for the defaults of prompts.
pub fn last_of_customer(book: &Book<'_>, spec: &'static FormSpec, customer: &str) -> Option<Arc<Form>> {
    // A person waits for the prompt: look at the last thousand, not at the whole past.
    let numbers = book.numbers(spec, "");
    numbers.iter().take(1000).filter_map(|n| book.form(n)).find(|form| form.header.text("customer") == Some(customer))
}

//! What follows from the records and is stored in none of them: what `show` tells beyond a form's own text. A file for
//! each kind.

mod call;
mod claim;
mod clocks;
mod complaint;
mod consult;
mod improvement;
mod meeting;
mod order;
mod repair;
mod score;
mod shift;
mod shipment;
mod training;
mod visit;
mod work;

use std::sync::Arc;

use crate::base::field::{Kind, List};
use crate::base::number::Number;
use crate::base::table::{Cell, Table};
use crate::base::time::Date;
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::claims::claims_of;
use crate::forms::form::{Form, Step};
use crate::forms::parts::Parts;
use crate::forms::shared::FROM_CONSULT;

pub use complaint::timed;

/// One derived value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Stable key.
    pub key: &'static str,
    /// What people call it.
    pub name: Words,
    /// The value.
    pub cell: Cell,
    /// True where it only says again what the header says: told to scripts, not to people.
    pub again: bool,
}

/// What follows from a form and those around it.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// Single values.
    pub facts: Vec<Fact>,
    /// Tables.
    pub tables: Vec<Table>,
}

impl Derived {
    fn fact(&mut self, key: &'static str, name: Words, cell: impl Into<Cell>) {
        self.fact_again(key, name, cell.into(), false);
    }

    /// One of which it is known whether the header says it too.
    fn fact_again(&mut self, key: &'static str, name: Words, cell: Cell, again: bool) {
        self.facts.push(Fact { key, name, cell, again });
    }

    /// The numbers of some records.
    fn records(&mut self, key: &'static str, name: Words, forms: &[Arc<Form>]) {
        let numbers: Vec<String> = forms.iter().map(|form| form.number.to_string()).collect();
        self.fact(key, name, Cell::Text(numbers.join(" ")));
    }

    /// The insurance claims that name any of these records.
    fn claims<'n>(&mut self, book: &Book<'_>, records: impl IntoIterator<Item = &'n Number>) {
        let claims: Vec<Arc<Form>> = records.into_iter().flat_map(|number| claims_of(book, number)).collect();
        self.records("claims", words("Insurance claims", "理赔申请"), &claims);
    }

    /// A day that steps may have moved from where the header had it.
    fn moved(&mut self, key: &'static str, name: Words, first: Option<Date>, now: Option<Date>) {
        self.fact_again(key, name, now.into(), first == now);
    }
}

/// Derives what there is to tell of a form.
pub fn derive(book: &Book<'_>, form: &Form) -> Derived {
    let mut derived = Derived::default();
    if form.is_void() {
        return derived;
    }
    match form.spec.kind {
        Kind::Order => order::derive(book, form, &mut derived),
        Kind::Shipment => shipment::derive(book, form, &mut derived),
        Kind::Receipt => shipment::receipt(book, form, &mut derived),
        Kind::Repair => repair::derive(book, form, &mut derived),
        Kind::Quote => repair::quote(book, form, &mut derived),
        Kind::Parts => derived.fact("cost", words("Cost to us", "我方成本"), Parts::of(form).cost()),
        Kind::Complaint => complaint::derive(book, form, &mut derived),
        Kind::Consult => consult::derive(book, form, &mut derived),
        Kind::Visit => visit::derive(book, form, &mut derived),
        Kind::Improvement => improvement::derive(book, form, &mut derived),
        Kind::Claim => claim::derive(book, form, &mut derived),
        Kind::Score => score::derive(book, form, &mut derived),
        Kind::Meeting => meeting::meeting(book, form, &mut derived),
        Kind::Shift => shift::shift(book, form, &mut derived),
        Kind::Work => work::work(book, form, &mut derived),
        Kind::Training => training::training(book, form, &mut derived),
        Kind::Call => call::derive(book, form, &mut derived),
    }
    if let Some(consult) = form.header.record(FROM_CONSULT.key).and_then(|number| book.form(number)) {
        let asked = consult.header.text("what").unwrap_or("").to_string();
        let again = form.header.text("content") == Some(&asked);
        derived.fact_again("asked", words("Asked", "咨询内容"), Cell::Text(asked), again);
    }
    improvement::born(book, form, &mut derived);
    derived
}

/// What a step says beyond its own fields, by what came before it.
pub fn of_step(form: &Form, step: &Step) -> Option<Text> {
    match (form.spec.kind, step.verb()) {
        (Kind::Shift, "swap") => shift::swapped(form, step),
        _ => None,
    }
}

fn yes_no(yes: bool) -> Words {
    if yes { words("yes", "是") } else { words("no", "否") }
}

/// A row of a list, by its code and its name.
pub fn named(book: &Book<'_>, list: List, code: &str) -> Cell {
    Cell::Coded(code.to_string(), Text::same(book.name(list, code)))
}

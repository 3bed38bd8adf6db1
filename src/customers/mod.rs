//! The customers as their records show them: whose a record is, when they and we were last in touch (R5), and the grade
//! and credit that the figures propose (R6, R7). Derived each time, stored nowhere.

mod contact;
mod rating;

use std::collections::BTreeSet;

pub use contact::{Contact, Silence, contacts_with, latest, silent};
pub use rating::{Credit, Grade, active, credits, first_day, grades, volume};

use crate::base::field::Kind;
use crate::book::{Book, told_by};
use crate::forms::form::Form;

/// The codes of the customers whom a form concerns: the one that it names, else those of the records that it rests on.
pub fn customers_of(book: &Book<'_>, form: &Form) -> BTreeSet<String> {
    // A score concerns a colleague, whosever record shows it.
    if matches!(form.spec.kind, Kind::Score | Kind::Call) {
        return BTreeSet::new();
    }
    told_by(book, form, |form| form.header.text("customer").map(str::to_string))
}

//! Goals of persons (R65) are those of people in the staff list.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::references::no_code;
use crate::base::field::List;
use crate::base::problem::{Place, Problem};
use crate::book::Book;
use crate::policy::{FILE, Whose};

/// The persons with goals, of any date, whom the staff list lacks.
pub fn goals(book: &Book<'_>, problems: &mut Vec<Problem>) {
    let layers = book.policy.layers().flat_map(|figures| figures.goals.iter());
    let persons: BTreeSet<&str> = layers
        .filter_map(|(whose, _)| match whose {
            Whose::Person(code) => Some(code.as_str()),
            Whose::Department | Whose::Role(_) => None,
        })
        .collect();
    for code in persons.into_iter().filter(|code| book.list(List::Staff).get(code).is_none()) {
        let problem = no_code(List::Staff, code);
        problems.push(match place(book, code) {
            Some(place) => problem.at(place),
            None => problem,
        });
    }
}

/// Where the policy names a person, as far as it is written as `cs init` shows it.
fn place(book: &Book<'_>, code: &str) -> Option<Place> {
    let text = book.source().read(FILE).ok().flatten()?;
    let file: Arc<str> = FILE.into();
    let path = format!("goals.{code}");
    let at = text.find(&path)?;
    Some(Place::at(&file, &text, at..at + path.len()))
}

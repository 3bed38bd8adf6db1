//! What follows from an item of work.

use super::{Derived, named};
use crate::base::field::List;
use crate::base::table::Cell;
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::work::Work;
use crate::work::Standing;

/// Whose an item of work is, when it is due now, and how it stands (R50).
pub(super) fn work(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let (item, zone) = (Work::of(form), book.now.zone);
    // The header says it, but in records that a hand made.
    if form.header.get("staff").is_none() {
        derived.fact("person", words("Whose", "责任人"), named(book, List::Staff, item.person().as_str()));
    }
    let terms = item.terms(zone);
    let due = terms.last().map(|term| term.due);
    derived.moved("now_due", words("Now due", "现期限"), form.header.date("due"), due);
    let standing = terms.last().map(|term| Standing::of(term, book.now.time, zone));
    let told = standing.map_or(Cell::Empty, |standing| Cell::coded(standing.code(), standing.name()));
    derived.fact("standing", words("Standing", "完成情况"), told);
}

//! What follows from a meeting.

use super::{Derived, named};
use crate::base::field::List;
use crate::base::table::Cell;
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::meeting::Meeting;

/// Who leads it, and how many of its to-dos are still open (R51).
pub(super) fn meeting(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let meeting = Meeting::of(form);
    derived.fact("led_by", words("Led by", "主持"), named(book, List::Staff, meeting.host().as_str()));
    let open = meeting.open_todos();
    derived.fact("open_todos", words("To-dos open", "未完待办"), Cell::count(open.len() as u64));
}

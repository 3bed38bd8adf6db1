//! Until when a score of a call may be contested, and when what was contested is settled (R54).

use super::due::{Due, in_workdays};
use crate::book::Book;
use crate::forms::call::Call;
use crate::forms::form::Form;

/// By when the person scored may contest a score: working days after it was entered, by the figure of the call's day (R68).
pub fn contest_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    let days = book.policy.at(Call::of(form).on()).contest_workdays;
    form.made_at().map(|made| in_workdays(book, made, days))
}

/// By when a contested score is upheld or amended: working days after it was contested.
pub fn settle_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    let days = book.policy.at(Call::of(form).on()).contest_settle_workdays;
    form.last("contest").map(|step| in_workdays(book, step.at, days))
}

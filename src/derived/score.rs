//! What follows from an entry in the ledger of points: its clause, its worth, and where the person stands (R56, R57).

use super::Derived;
use crate::base::table::Cell;
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::score::Score;
use crate::policy::is_award;
use crate::scores::{AWARD, DEDUCTION, Level, clause_of, entries, half_of, standings};

/// What the clause is about, what the entry is worth in yuan, and the standing in its half-year.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let score = Score::of(form);
    let clause = clause_of(book, form);
    derived.fact("about", words("About", "条款内容"), clause.map(|clause| Cell::Words(clause.name.clone())));
    let given = is_award(score.clause());
    derived.fact("effect", words("Effect", "性质"), if given { AWARD } else { DEDUCTION });
    let Some(staff) = score.staff() else { return };
    let half = half_of(score.on());
    let entries = entries(book, half, Some(&staff));
    let own = entries.iter().find(|entry| entry.form.number == form.number).filter(|entry| entry.counts);
    derived.fact("worth", words("Worth", "折合金额"), own.map(|entry| entry.worth));
    let standing = standings(book, half, Some(&staff)).pop();
    let taken = standing.as_ref().map_or(0, |standing| standing.taken);
    derived.fact("half", words("Half-year", "所属半年"), Cell::Text(half.to_string()));
    derived.fact("taken", words("Taken in it", "半年累计扣分"), Cell::count(taken));
    let level = standing.map_or(Level::Clear, |standing| standing.level);
    derived.fact("standing", words("Standing", "状态"), Cell::coded(level.code(), level.name()));
}

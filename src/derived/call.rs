//! What follows from the score of a call (R54).

use super::{Derived, yes_no};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::Book;
use crate::calls::{ScoredCall, items_of, total_of};
use crate::forms::call::Call;
use crate::forms::form::Form;
use crate::sla::calls::contest_due;

/// What it comes to, whether it passes, until when it may be contested, and its points item by item.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let call = Call::of(form);
    let scored = ScoredCall::of(book, form);
    derived.fact("total", words("Total", "总分"), scored.as_ref().map(|scored| Cell::count(scored.total)));
    derived.fact("full", words("Of", "满分"), scored.as_ref().map(|scored| Cell::count(scored.full)));
    derived.fact("percent", words("Share", "得分率"), scored.as_ref().and_then(ScoredCall::percent));
    derived.fact("passed", words("Passed", "合格"), scored.map(|scored| yes_no(scored.passes(book))));
    let before = form.last("amend").map(|_| Cell::count(total_of(&call.given(), call.found_fault())));
    derived.fact("total_before", words("Total before it was amended", "更正前总分"), before);
    let may_be = contest_due(book, form).filter(|_| form.state().code == "counts").map(|(due, _)| due);
    derived.fact("contest_until", words("May be contested until", "申诉截止"), may_be);
    let (given, counting, items) = (call.given(), call.marks(), items_of(book, form));
    let rows = counting.iter().map(|mark| {
        let item = items.get(&mark.item);
        let first = given.iter().find(|first| first.item == mark.item).filter(|first| first.points != mark.points);
        Row {
            cells: vec![
                Cell::Text(mark.item.clone()),
                item.map_or(Cell::Empty, |item| Cell::Words(item.name.clone())),
                Cell::count(mark.points),
                item.map(|item| Cell::count(item.max)).into(),
                first.map(|first| Cell::count(first.points)).into(),
            ],
            records: Vec::new(),
        }
    });
    derived.tables.push(Table {
        name: "items",
        title: words("Points", "各项得分"),
        columns: vec![
            column("item", "Item", "项目").whole(),
            column("about", "About", "内容"),
            column("points", "Points", "得分").numeric(),
            column("max", "Of", "满分").numeric(),
            column("before", "Before", "更正前").numeric(),
        ],
        rows: rows.collect(),
    });
}

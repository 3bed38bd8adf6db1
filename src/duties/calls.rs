//! Duties of call quality (R54): contested scores are settled, and everybody's calls scored.

use super::{Because, Duty, Whose, by_day, duty, open};
use crate::base::field::{Kind, List};
use crate::base::period::{Period, Unit};
use crate::book::Book;
use crate::calls::{Short, has_begun, short};
use crate::forms::call::{AUTHORITY, Call, REVIEW};
use crate::sla::calls::settle_due;
use crate::tr;

/// R54: a contested score is upheld or amended.
pub fn contested(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Call) {
        let Some(due) = settle_due(book, form) else { continue };
        let staff = Call::of(form).staff();
        let name = staff.map(|code| book.name(List::Staff, code.as_str())).unwrap_or_default();
        let what = tr!("uphold or amend the score that {name} contests", "裁定{name}的质检申诉：维持或更正");
        let of_author = duty(form, "R54", due, what, "uphold|amend NUMBER --reason TEXT");
        duties.push(Duty { who: Whose::signing(book, REVIEW), ..of_author });
    }
}

/// R54: as many calls of each month are scored as the policy asks for, also of the month that ended last.
pub fn quota(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let this = Period::holding(Unit::Month, book.now.today());
    let last = Some(this.previous()).filter(|last| has_begun(book, *last));
    for month in last.into_iter().chain([this]) {
        let (due, _) = by_day(book, month.to, tr!("the month ends on", "月末"));
        for Short { staff, scored, asked } in short(book, month) {
            let name = book.name(List::Staff, staff.as_str());
            duties.push(Duty {
                rule: "R54",
                number: format!("{staff} {month}"),
                due,
                since: None,
                who: Whose::signing(book, AUTHORITY),
                what: tr!(
                    "score calls of {name} in {month}: {scored} of {asked} so far",
                    "质检{name} {month} 的通话：已评 {scored} 通，应评 {asked} 通"
                ),
                command: format!("cs qa score {staff} --marks ITEM=POINTS"),
                because: Because::Days(tr!("{asked} calls each month", "每月应评 {asked} 通")),
            });
        }
    }
}

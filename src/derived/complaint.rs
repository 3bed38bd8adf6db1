//! What follows from a complaint: whether it is a major one, who has it, what was planned, and its clocks.

use super::clocks::{clock_row, clock_table};
use super::{Derived, named, visit, yes_no};
use crate::base::field::List;
use crate::base::table::{Amount, Cell, Table};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::complaints::{Timed, clocks, recurring};
use crate::forms::complaint::{Complaint, cause_name};
use crate::forms::form::Form;

/// What makes it major (R28), its cycle and holder, the measure and its cause (R33, R36), and its clocks (R29–R35).
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let complaint = Complaint::of(form);
    let criteria = complaint.criteria(book.policy.at(form.day()).large_loss);
    let major = !criteria.is_empty();
    derived.fact("major", words("Major", "重大投诉"), Cell::coded(if major { "yes" } else { "no" }, yes_no(major)));
    let codes: Vec<&str> = criteria.iter().map(|c| c.code).collect();
    let names: Vec<Text> = criteria.iter().map(|c| c.name.into()).collect();
    let by = Cell::Coded(codes.join(";"), Text::join(&names, words(", ", "、")));
    let header = form.header.many("criteria");
    let again = codes.len() == header.len() && codes.iter().all(|code| header.iter().any(|h| h == code));
    derived.fact_again("major_by", words("Major by", "重大依据"), by, again);
    let cycle = complaint.cycles().len() as u64;
    derived.fact("cycle", words("Cycle", "处理轮次"), Cell::count(cycle));
    derived.fact("holder", words("With", "当前跟进人"), named(book, List::Staff, complaint.holder().as_str()));
    let plan = complaint.plan();
    let compensation = plan.and_then(|(step, _)| step.fields.money("compensation"));
    derived.fact("compensation", words("Compensation", "赔偿金额"), compensation.map(Amount::Money));
    let signed = plan.map(|(_, signed)| yes_no(signed.is_some()));
    derived.fact("signed", words("Measure signed", "措施已签批"), signed);
    let cause = complaint.cause().map(|code| Cell::Coded(code.to_string(), cause_name(code)));
    derived.fact("cause", words("Root cause", "根本原因"), cause);
    let times = recurring(book, form, book.now.time).len() as u64;
    let recurs = (times > 0).then_some(Amount::Count(times));
    derived.fact("recurs", words("Times this cause came up in the month", "当月同类原因次数"), recurs);
    derived.tables.push(timed(book, &clocks(book, form)));
    derived.tables.extend(visit::following(book, form));
}

/// The clocks of a complaint as they stand.
pub fn timed(book: &Book<'_>, clocks: &[Timed]) -> Table {
    let row = |timed: &Timed| {
        let goal = Cell::coded(timed.goal.code(), timed.goal.name());
        clock_row(timed.goal.rule(), goal, timed.cycle, timed.clock.start, &timed.read(book), timed.stopped(book))
    };
    clock_table(clocks.iter().map(row).collect())
}

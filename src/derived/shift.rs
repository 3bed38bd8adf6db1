//! What follows from a shift.

use std::sync::Arc;

use super::{Derived, named};
use crate::base::field::List;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::shift::Shift;
use crate::shifts::{Rostered, next_after};
use crate::tr;

/// Whose shift it is, from when to when, whether the person came, and what is left of what was handed over, to whom (R63).
pub(super) fn shift(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let Some(own) = Rostered::of(book, &Arc::new(form.clone())) else { return };
    let staff = |code: &str| named(book, List::Staff, code);
    derived.fact_again("person", words("Who", "值班人"), staff(own.person.as_str()), true);
    derived.fact("begins", words("Begins", "开始"), own.begin);
    derived.fact("ends", words("Ends", "结束"), own.end);
    derived.fact("presence", words("Presence", "考勤"), Cell::coded(own.presence.code(), own.presence.name()));
    let (late, early) = own.presence.minutes();
    let told = |minutes: u64| (minutes > 0).then_some(Amount::Minutes(minutes as i64));
    derived.fact("late", words("Late by", "迟到"), told(late));
    derived.fact("left_early", words("Left early by", "早退"), told(early));
    let shift = Shift::of(form);
    let Some(handed) = shift.handed_over() else { return };
    let open = shift.open_points().len() as u64;
    derived.fact("open_points", words("Points open", "未完待办"), Cell::count(open));
    if open > 0 {
        let next: Vec<String> =
            next_after(book, &form.number, handed.at).iter().map(|next| next.person.to_string()).collect();
        derived.fact("next", words("Next on duty", "下一班"), Cell::Text(next.join(" ")));
    }
    let row = |point: &crate::forms::shift::Point<'_>| Row {
        cells: vec![
            Cell::count(point.number as u64),
            Cell::Text(point.what.to_string()),
            point.settled.map(|step| Cell::Time(step.at)).into(),
            point.settled.map(|step| staff(step.by.as_str())).into(),
            point.settled.and_then(|step| step.fields.text("result")).map(|text| Cell::Text(text.to_string())).into(),
        ],
        records: vec![form.number.clone()],
    };
    derived.tables.push(Table {
        name: "points",
        title: words("Points handed over", "交接待办"),
        columns: vec![
            column("point", "No.", "序号").numeric(),
            column("what", "What", "事项"),
            column("settled_at", "Settled at", "处理时间").whole(),
            column("by", "By", "处理人").whole(),
            column("result", "Result", "结果"),
        ],
        rows: shift.points().iter().map(row).collect(),
    });
}

/// From whom to whom a swap went (R63).
pub(super) fn swapped(form: &Form, step: &Step) -> Option<Text> {
    let (from, to) = (Shift::of(form).person_before(step.index)?, step.fields.staff("staff")?);
    Some(tr!("from {from} to {to}", "由 {from} 换为 {to}"))
}

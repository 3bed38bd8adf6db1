//! What follows from a training record.

use super::{Derived, named, yes_no};
use crate::base::field::List;
use crate::base::number::Code;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::training::{Mark, Training};
use crate::trainings::pass_points;

/// How many came of those who were called; of a test each person's result, and how many passed (R52).
pub(super) fn training(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let training = Training::of(form);
    if !training.is_test() {
        let held = form.last("held").map(|_| training.present().len() as u64);
        derived.fact("attended", words("Attended", "出勤人数"), held.map(Cell::count));
        derived.fact(
            "attendance",
            words("Attendance", "出勤率"),
            held.and_then(|held| Amount::share(held, training.attendees().len() as u64)),
        );
        return;
    }
    let pass = pass_points(book, form);
    let marks = training.marks();
    let sat = marks.values().filter(|mark| mark.points.is_some()).count() as u64;
    let failed = marks.values().filter(|mark| mark.failed(pass)).count() as u64;
    derived.fact("pass_points", words("Pass from", "及格分"), Cell::count(pass));
    derived.fact("sat", words("Sat it", "参考人数"), Cell::count(sat));
    derived.fact("failed", words("Failed", "不及格人数"), Cell::count(failed));
    derived.tables.extend((!marks.is_empty()).then(|| Table {
        name: "marks",
        title: words("Results", "测验成绩"),
        columns: vec![
            column("staff", "Whom", "被考人"),
            column("points", "Points", "得分").numeric(),
            column("passed", "Passed", "及格").whole(),
            column("missed", "Missed", "缺考原因"),
            column("resit", "Best when sat again", "补考最高分").numeric(),
        ],
        rows: marks.iter().map(|(staff, mark)| row(book, staff, mark, pass)).collect(),
    }));
}

fn row(book: &Book<'_>, staff: &Code, mark: &Mark<'_>, pass: u64) -> Row {
    let passed = mark.points.map(|_| !mark.failed(pass));
    let cells = vec![
        named(book, List::Staff, staff.as_str()),
        mark.points.map(Cell::count).into(),
        passed.map(|passed| Cell::coded(if passed { "yes" } else { "no" }, yes_no(passed))).into(),
        mark.missed.map(|why| Cell::Text(why.to_string())).into(),
        mark.resits.iter().max().copied().map(Cell::count).into(),
    ];
    Row { cells, records: Vec::new() }
}

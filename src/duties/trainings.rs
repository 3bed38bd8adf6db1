//! Duties of training (R52): sessions that are planned, weeks without one, the month's test, and its marks.

use super::{Because, Duty, Whose, by_day, duty, open};
use crate::base::field::Kind;
use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::time::{Time, wall_minute};
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::training::{AUTHORITY, Training};
use crate::sla::due::in_workdays;
use crate::tr;
use crate::trainings::{empty_weeks, test_day, untested};

/// R52: it is on record on its day that a session was held, or why not.
pub fn sessions(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Training).iter().filter(|form| !Training::of(form).is_test()) {
        let training = Training::of(form);
        let Some(when) = training.when() else { continue };
        let due = by_day(book, book.now.zone.day(when), tr!("the training is on", "培训日期"));
        let (at, topic) = (wall_minute(when, book.now.zone), training.topic().to_string());
        let what = tr!("hold the training of {at} and record it: {topic}", "举办 {at} 的培训并登记出勤：{topic}");
        let of_author = duty(form, "R52", due, what, "held NUMBER --lasted MINUTES");
        let who = training.trainer().map_or(of_author.who.clone(), Whose::Person);
        duties.push(Duty { who, ..of_author });
    }
}

/// R52: a test is marked soon after it was sat, then closed.
pub fn marks(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Training).iter().filter(|form| Training::of(form).is_test()) {
        let Some(when) = Training::of(form).when() else { continue };
        let days = book.policy.at(book.now.zone.day(when)).mark_workdays;
        let (what, verb) = left_to_mark(form);
        let of_author = duty(form, "R52", in_workdays(book, when, days), what, &verb);
        duties.push(Duty { who: Whose::signing(book, AUTHORITY), ..of_author });
    }
}

fn left_to_mark(form: &Form) -> (Text, String) {
    let left = Training::of(form).unmarked();
    let Some(first) = left.first() else {
        return (tr!("close the test: all are marked", "测验成绩已齐，请结案"), "close NUMBER".to_string());
    };
    let people = joined(&left);
    let what = tr!("mark the test of {people}", "登记 {people} 的测验成绩");
    (what, format!("mark NUMBER --staff {first} --points POINTS"))
}

/// R52: each week with a slot has a training on record, or the reason why there was none.
pub fn weekly(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for (week, due) in empty_weeks(book) {
        duties.push(of_supervisor(
            format!("training {week}"),
            due,
            tr!("plan the training of {week}", "安排 {week} 的培训"),
            "cs train plan TYPE --topic TEXT --trainer STAFF --when TIME",
            tr!("the weekly training of {week}", "{week} 的每周培训"),
        ));
    }
}

/// R52: whoever was taught in a month is tested at its end.
pub fn tests(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let now = Period::holding(Unit::Month, book.now.today());
    for month in [now.previous(), now] {
        let untested = untested(book, month);
        if untested.is_empty() {
            continue;
        }
        let people = joined(&untested);
        let day = test_day(book, month);
        duties.push(of_supervisor(
            format!("test {month}"),
            book.calendar().closing(day),
            tr!("set the test of {month} for {people}", "安排 {month} 月末测验：{people}"),
            "cs train plan test --when TIME",
            tr!(
                "the test of {month} is on its last working day, {day}",
                "{month} 月末测验应于最后一个工作日 {day} 进行"
            ),
        ));
    }
}

fn of_supervisor(number: String, due: Time, what: Text, command: &str, because: Text) -> Duty {
    let who = Whose::supervisors();
    Duty {
        rule: "R52",
        number,
        due,
        since: None,
        who,
        what,
        command: command.to_string(),
        because: Because::Days(because),
    }
}

fn joined(people: &[Code]) -> String {
    people.iter().map(Code::as_str).collect::<Vec<_>>().join(" ")
}
